"""The office closes a case and says why, or opens one again: `/tutup`, `/buka`."""

from bot.domain.answers import gives_reason
from bot.domain.case import Case
from bot.domain.errors import PressRefused
from bot.domain.incoming import Command, Said
from bot.domain.region import DESK
from bot.services.citizens.telling import noted_as, root_of, tell_reporters
from bot.services.desk.hands import allow
from bot.services.desk.placing import MAIN, close_menus, linked_cards, place, refresh
from bot.services.desk.pointing import answers_for, cards_here, is_head, pointed
from bot.services.desk.prompting import ask_sentence
from bot.services.moving import make_move
from bot.services.office import Office
from bot.services.ports import NewEntry, UnitOfWork

REASON = "tutup"


def close(uow: UnitOfWork, office: Office, command: Command) -> None:
    """`/tutup CODE reason`, or `/tutup reason` as a reply to the card; without a reason it asks for one."""
    case, reason = pointed(uow, office, command)
    if case is None:
        raise PressRefused("tutup.how")
    if not answers_for(uow, office, command, case):
        raise PressRefused("tutup.not_yours")
    allow_to_close(uow, office, case)
    cards = cards_here(uow, command, case)
    if gives_reason(reason):
        close_with_reason(uow, office, case, command, reason)
    elif cards:
        ask_sentence(uow, office, case, cards[0], command, REASON)
    else:
        raise PressRefused("prompt.tutup_why", code=case.code)


def close_with_reason(uow: UnitOfWork, office: Office, case: Case, said: Said | Command, reason: str) -> None:
    """Close a case, and tell everybody who reported it why."""
    allow_to_close(uow, office, case)
    now = office.clock()
    case = make_move(uow, office, case, "tutup", actor=said.sender.actor, outcome=reason, awaiting=None)
    uow.cases.say(NewEntry("staff", "outcome", reason, now, case_id=case.id, name=said.sender.name))
    uow.desks.answered(case.id)
    close_menus(uow, case)
    told = tell_reporters(uow, office, case, "told.closed", text=reason)
    refresh(uow, office, case)
    _say_at_other_cards(uow, office, case, said, "card.closed", text=reason)
    noted = noted_as(case, "tutup.noted") if told else "balas.gone"
    office.say(uow, said.chat, noted, reply_to=said.message_id, code=case.code)


def open_again(uow: UnitOfWork, office: Office, command: Command) -> None:
    """`/buka CODE`, or as a reply to the card: at the desk or by the head, what the office ended goes on."""
    case, _ = pointed(uow, office, command)
    if case is None:
        raise PressRefused("buka.how")
    linked = {u.unit for u in uow.desks.units_in(command.chat.channel, command.chat.id)}
    if DESK not in linked and not is_head(uow, office, command, case):
        raise PressRefused("buka.not_yours")
    _check_root(uow, case)
    allow(office, case, "buka")
    case = make_move(
        uow, office, case, "buka", actor=command.sender.actor, awaiting=None, taken_by=None, taken_by_id=None
    )
    place(uow, office, case)
    told = tell_reporters(uow, office, case, "told.reopened")
    _say_at_other_cards(uow, office, case, command, "card.opened_again")
    noted = noted_as(case, "buka.noted") if told else "balas.gone"
    office.say(uow, command.chat, noted, reply_to=command.message_id, code=case.code)


def allow_to_close(uow: UnitOfWork, office: Office, case: Case) -> None:
    """PressRefused where the case cannot be closed now: it has ended, or goes on in another."""
    _check_root(uow, case)
    allow(office, case, "tutup")


def _check_root(uow: UnitOfWork, case: Case) -> None:
    root = root_of(uow, case)
    if root.id != case.id:
        raise PressRefused("gabung.already", code=case.code, root=root.code)


def _say_at_other_cards(
    uow: UnitOfWork, office: Office, case: Case, said: Said | Command, key: str, **fields: str
) -> None:
    """Whoever answers for the case should notice; where it was said, the answer there is enough."""
    for card in linked_cards(uow, case):
        if card.role == MAIN and (card.channel, card.chat_id) != (said.chat.channel, said.chat.id):
            name = said.sender.name or "Petugas"
            office.say_at_card(uow, card, office.texts(key, code=case.code, name=name, **fields))
