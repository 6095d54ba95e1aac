"""Connect chats to departments: /hubungkan, /putus, upgrades, removals."""

from collections.abc import Iterable

from bot.domain import buttons
from bot.domain.case import Case
from bot.domain.heads import headed
from bot.domain.incoming import Added, Chat, Command, Moved, Pressed, Removed, Sender
from bot.domain.outgoing import Button
from bot.domain.records import UnitChat
from bot.domain.region import DESK, DUTY, RESERVED
from bot.services.citizens.telling import in_hand
from bot.services.desk.link_choices import choices, turn
from bot.services.desk.offers import offered_to
from bot.services.desk.placing import place, show
from bot.services.office import Office
from bot.services.ports import UnitOfWork


def link(uow: UnitOfWork, office: Office, command: Command) -> None:
    """/hubungkan <id>: link this chat; without an id the departments are offered as buttons."""
    if not _may(uow, office, command):
        return
    unit = command.argument.strip().lower()
    if not unit:
        office.say(uow, command.chat, "link.which", reply_to=command.message_id, rows=choices(office))
    elif not office.region.knows(unit):
        office.say(
            uow, command.chat, "link.unknown", reply_to=command.message_id, rows=choices(office), unit=unit[:40]
        )
    else:
        _ask_or_link(uow, office, command.chat, command.sender, unit)


def press_link(uow: UnitOfWork, office: Office, pressed: Pressed, unit: str, *, move: bool) -> None:
    """A department was chosen by button, or its move from another chat confirmed."""
    if pressed.chat.private or not office.is_admin(uow, pressed.sender):
        office.toast(uow, pressed.chat.channel, pressed.press_id, office.texts("toast.admins_only"), alert=True)
        return
    office.toast(uow, pressed.chat.channel, pressed.press_id, office.texts("toast.ok"))
    if not office.region.knows(unit):
        office.say(uow, pressed.chat, "link.unknown", rows=choices(office), unit=unit[:40])
    elif move:
        _do_link(uow, office, pressed.chat, pressed.sender, unit)
    else:
        _ask_or_link(uow, office, pressed.chat, pressed.sender, unit)


def press_level(uow: UnitOfWork, office: Office, pressed: Pressed, level: str, page: str) -> None:
    """Where there are many departments: a level was chosen, or a page of it."""
    if pressed.chat.private or not office.is_admin(uow, pressed.sender):
        office.toast(uow, pressed.chat.channel, pressed.press_id, office.texts("toast.admins_only"), alert=True)
        return
    office.toast(uow, pressed.chat.channel, pressed.press_id, office.texts("toast.ok"))
    turn(uow, office, pressed, level, page)


def unlink(uow: UnitOfWork, office: Office, command: Command) -> None:
    """/putus [id]: unlink this chat; its open cases go to the admin desk."""
    if not _may(uow, office, command):
        return
    here = uow.desks.units_in(command.chat.channel, command.chat.id)
    wanted = command.argument.strip().lower()
    chosen = [u for u in here if u.unit == wanted] if wanted else [u for u in here if _same_thread(u, command.chat)]
    if not chosen:
        office.say(uow, command.chat, "unlink.none", reply_to=command.message_id)
        return
    _forget(uow, office, chosen)
    names = ", ".join(office.unit_name(u.unit) for u in chosen)
    office.say(uow, command.chat, "unlink.done", reply_to=command.message_id, names=names)
    office.desk(uow, "desk.unlinked", names=names)


def moved(uow: UnitOfWork, office: Office, event: Moved) -> None:
    """A group became a supergroup: links, waiting messages and cards follow; open cards are sent anew."""
    old = event.chat
    uow.flush()
    uow.outbox.relocate(old.channel, old.id, event.new_id, now=office.clock())
    uow.desks.move_chat(old.channel, old.id, event.new_id)
    for card in uow.desks.cards_of_open_cases(old.channel, event.new_id):
        if card.message_id is None:
            show(uow, office, card)


def added(uow: UnitOfWork, office: Office, event: Added) -> None:
    """Wadul came into a group: say how to connect it."""
    if not uow.desks.units_in(event.chat.channel, event.chat.id):
        office.say(uow, event.chat, "link.hello")


def removed(uow: UnitOfWork, office: Office, event: Removed) -> None:
    """Thrown out of a group, or blocked by a citizen: noticed, and told to the admin desk."""
    chat = event.chat
    if chat.private:
        citizen_gone(uow, office, chat.channel, chat.id)
        return
    chat_gone(uow, office, chat.channel, chat.id)


def citizen_gone(uow: UnitOfWork, office: Office, channel: str, chat_id: str) -> None:
    """A citizen can no longer be told anything: the desk knows which open cases that touches."""
    person = uow.people.in_chat(channel, chat_id)
    if person is None or person.blocked:
        return
    uow.people.change(person.id, blocked=True)
    cases = in_hand(uow, person)
    if cases:
        office.desk(uow, "desk.citizen_gone", codes=", ".join(case.code for case in cases))


def chat_gone(uow: UnitOfWork, office: Office, channel: str, chat_id: str) -> None:
    """A department's chat is lost."""
    _lost(uow, office, uow.desks.units_in(channel, chat_id))


def topic_gone(uow: UnitOfWork, office: Office, channel: str, chat_id: str, thread_id: str | None) -> None:
    """One topic of a forum is closed (None: the general one); the others go on."""
    _lost(uow, office, [u for u in uow.desks.units_in(channel, chat_id) if u.thread_id == thread_id])


def _lost(uow: UnitOfWork, office: Office, here: list[UnitChat]) -> None:
    """Unlink, move open cases to the desk, tell the desk."""
    if not here:
        return
    _forget(uow, office, here)
    office.desk(uow, "desk.chat_gone", names=", ".join(office.unit_name(u.unit) for u in here))


def _may(uow: UnitOfWork, office: Office, command: Command) -> bool:
    if command.chat.private:
        office.say(uow, command.chat, "link.group_only")
        return False
    if not office.is_admin(uow, command.sender):
        office.say(uow, command.chat, "link.admins_only", reply_to=command.message_id, id=command.sender.actor)
        return False
    return True


def _ask_or_link(uow: UnitOfWork, office: Office, chat: Chat, sender: Sender, unit: str) -> None:
    before = uow.desks.chat_of(unit)
    if before and not _is_chat(before, chat):
        words = office.texts("button.link_move")
        rows = ((Button(words, buttons.encode(buttons.LINK_MOVE, unit)),),)
        office.say(
            uow, chat, "link.elsewhere", rows=rows, name=office.unit_name(unit), title=before.title or before.chat_id
        )
        return
    _do_link(uow, office, chat, sender, unit)


def _do_link(uow: UnitOfWork, office: Office, chat: Chat, sender: Sender, unit: str) -> None:
    before = uow.desks.chat_of(unit)
    now = office.clock()
    new = UnitChat(unit, chat.channel, chat.id, chat.thread_id, chat.title)
    uow.desks.link(new, by=sender.actor, now=now)
    uow.cases.note(None, sender.actor, "linked", at=now, after=unit)
    name = office.unit_name(unit)
    key = f"link.done.{unit}" if unit in RESERVED else "link.done_head" if headed(unit) else "link.done"
    office.say(uow, chat, key, name=name)
    if before and not _is_chat(before, chat):
        old = Chat(before.channel, before.chat_id, private=False, thread_id=before.thread_id)
        office.say(uow, old, "link.moved_away", name=name, title=chat.title or chat.id)
        office.desk(uow, "desk.link_moved", name=name, title=chat.title or chat.id)
    _place_open(uow, office, unit)


def _place_open(uow: UnitOfWork, office: Office, unit: str) -> None:
    """Cases that waited for this chat, or stood at the desk in its stead, get their cards here."""
    if unit == DESK:
        units = [DESK, *(d.id for d in office.region.departments if not uow.desks.chat_of(d.id))]
    else:
        units = [unit]
    cases = [case for each in units for case in (*uow.cases.open_in(each), *offered_to(uow, office, each))]
    if unit in (DESK, DUTY):
        known = {case.id for case in cases}
        cases += [case for case in uow.cases.open_emergencies() if case.id not in known]
    _place(uow, office, [*cases, *uow.accusing.open()])


def _place(uow: UnitOfWork, office: Office, cases: Iterable[Case]) -> None:
    """Put the cards of cases where they belong now. Who sits in which chat changed: the accusing ones always."""
    for case in {each.id: each for each in cases}.values():
        place(uow, office, case)
        if case.accused:
            uow.clock.postpone(case.id, until=office.clock())


def _forget(uow: UnitOfWork, office: Office, units: list[UnitChat]) -> None:
    for each in units:
        uow.desks.unlink(each.unit)
    for each in units:
        cases = uow.cases.open_emergencies() if each.unit == DUTY else uow.cases.open_in(each.unit)
        _place(uow, office, (*cases, *offered_to(uow, office, each.unit)))
    _place(uow, office, uow.accusing.open())


def _is_chat(unit: UnitChat, chat: Chat) -> bool:
    return (unit.channel, unit.chat_id, unit.thread_id) == (chat.channel, chat.id, chat.thread_id)


def _same_thread(unit: UnitChat, chat: Chat) -> bool:
    return unit.thread_id == chat.thread_id
