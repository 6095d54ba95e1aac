"""Which use case an event belongs to."""

from dataclasses import replace

from bot.domain.incoming import (
    Added,
    Command,
    Edited,
    Event,
    MemberChanged,
    Moved,
    Pressed,
    Removed,
    Said,
    Sentence,
    Unblocked,
)
from bot.services.citizens import citizen_words
from bot.services.citizens.editing import rehear
from bot.services.citizens.hearing import hear
from bot.services.desk import linking, staff_words
from bot.services.desk.drafting import answer_citizen
from bot.services.desk.looking import look
from bot.services.desk.pressing import press
from bot.services.desk.replying import reply
from bot.services.desk.roles import set_role
from bot.services.desk.rooms import around, at_card
from bot.services.desk.submitting import submit
from bot.services.learning import performance
from bot.services.learning.labelling import label
from bot.services.learning.models import show_models
from bot.services.learning.training import train
from bot.services.office import Office
from bot.services.ports import UnitOfWork
from bot.services.secrecy import discreet, privacy_words
from bot.services.visits.counter_web import member_changed
from bot.services.visits.doors import hears_operator, is_door, walk_in

REPORT = "lapor"  # whatever stands behind it is a report
GROUP_WORDS = {"balas", "tugas", "cari", "peran", *staff_words.WORDS, *privacy_words.WORDS}
"""Staff who mistake the chat report nothing."""
REPORT_WORDS = 3  # an unknown chat word with this much behind it is a report, as in `/lapor dalane bolong`


def handle(uow: UnitOfWork, office: Office, event: Event) -> None:
    """Carry out an event, in the transaction of its inbox rows."""
    office.counters.message(event.chat.channel, type(event).__name__.lower())
    match event:
        case Said():
            if not hears_operator(uow, office, event):
                hear(uow, office, event) if event.chat.private else reply(uow, office, at_card(uow, event))
        case Edited():
            if event.chat.private:
                rehear(uow, office, event)
        case Command():
            _obey(uow, office, event)
        case Pressed():
            press(uow, office, event)
        case Sentence():
            submit(uow, office, event)
        case Moved():
            linking.moved(uow, office, event)
        case Added():
            linking.added(uow, office, event)
        case Removed():
            linking.removed(uow, office, event)
        case MemberChanged():
            member_changed(uow, event)
        case Unblocked():
            uow.people.meet(event.sender, event.chat, now=office.clock())


def _obey(uow: UnitOfWork, office: Office, command: Command) -> None:
    command = command if command.chat.private else at_card(uow, command)
    match command.name:
        case "hubungkan":
            linking.link(uow, office, replace(command, chat=around(uow, command.chat)))
        case "putus":
            linking.unlink(uow, office, replace(command, chat=around(uow, command.chat)))
        case "catat" | "temu" if is_door(office, command):
            walk_in(uow, office, command)
        case "label":
            label(uow, office, command)
        case "kinerja":
            performance.show(uow, office, command)
        case "latih":
            train(uow, office, command)
        case "model":
            show_models(uow, office, command)
        case "admin":
            _become_admin(uow, office, command)
        case "balas" if not command.chat.private:
            answer_citizen(uow, office, command)
        case "tugas" | "cari" if not command.chat.private:
            look(uow, office, command)
        case name if name in staff_words.WORDS and not command.chat.private:
            staff_words.obey(uow, office, command)
        case name if name in privacy_words.WORDS and not command.chat.private:
            privacy_words.obey(uow, office, command)
        case "peran" if not command.chat.private:
            set_role(uow, office, command)
        case "saya" if not command.chat.private:
            text = command.sender.actor
            office.say(uow, command.chat, "own_id", reply_to=command.message_id, id=text)
        case _ if command.chat.private:
            _obey_citizen(uow, office, command)


def _obey_citizen(uow: UnitOfWork, office: Office, command: Command) -> None:
    """A chat word in a private chat; what is a report behind it is heard as one."""
    name = command.name
    enough = 1 if name == REPORT else REPORT_WORDS
    known = name in citizen_words.WORDS or name in GROUP_WORDS
    if discreet.brings_report(office, command):
        discreet.wish_ahead(uow, office, command)
    elif known or len(command.argument.split()) < enough:
        citizen_words.obey(uow, office, command)
        return
    hear(uow, office, Said(command.chat, command.sender, command.message_id, command.at, text=command.argument))


def _become_admin(uow: UnitOfWork, office: Office, command: Command) -> None:
    """The one-time word printed at the start makes its sender the first admin."""
    word = command.argument.strip()
    if office.admin_word is None or word != office.admin_word or uow.people.has_admins():
        office.say(uow, command.chat, "admin.no", reply_to=command.message_id)
        return
    uow.people.make_admin(command.sender.channel, command.sender.id, now=office.clock())
    office.say(uow, command.chat, "admin.yes", reply_to=command.message_id)
