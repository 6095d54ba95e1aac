"""/anonim and /rahasia: citizens say that nobody learns who they are, or that few read it; before a report or after."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.domain import buttons
from bot.domain.buttons import Press
from bot.domain.case import Case
from bot.domain.codes import find_code, normalise
from bot.domain.incoming import Command, Pressed
from bot.domain.outgoing import Button, Rows
from bot.domain.readings import Wish
from bot.domain.records import Person
from bot.domain.registers import DEFAULT
from bot.domain.secrecy import BOTH, RULE, RULED
from bot.services.citizens.telling import in_hand, root_of
from bot.services.desk.placing import place, refresh, show_media, show_overflow
from bot.services.office import Office
from bot.services.ports import UnitOfWork
from bot.services.secrecy import hiding

AHEAD_SECONDS = 3600.0
BACK, NEXT = "batal", "baru"
REPORT_WORDS = 3  # so many behind the chat word are a report
Do = Callable[..., Case]


@dataclass(frozen=True)
class Kind:
    """One of the two, with what does it and what takes it back."""

    name: str
    done: Callable[[Case], bool]
    do: Do
    undo: Do


ANONYMOUS = Kind("anonim", lambda case: case.anonymous, hiding.hide_name, hiding.show_name)
SECRET = Kind("rahasia", lambda case: case.secret, hiding.make_secret, hiding.make_public)
KINDS = {kind.name: kind for kind in (ANONYMOUS, SECRET)}


def obey(uow: UnitOfWork, office: Office, person: Person, command: Command) -> None:
    """/anonim or /rahasia, with a code, as a reply, for the one open report, or else for the next one."""
    kind = KINDS[command.name]
    register = person.register or DEFAULT
    words = command.argument.casefold().split()
    back = BACK in words
    named = _named(office, command)
    case = None if NEXT in words else _case(uow, office, person, command, named)
    if named and case is None:
        office.tell(uow, person, "cancel.unknown", register=register)
    elif case is None:
        _ahead(uow, office, person, kind, back=back)
    else:
        office.tell(
            uow, person, _settle(uow, office, case, kind, back=back), register=case.register, case=case, code=case.code
        )


def brings_report(office: Office, command: Command) -> bool:
    """Whether a report stands behind /anonim or /rahasia."""
    words, code = command.argument.split(), find_code(command.argument, office.region.prefix)
    return command.name in KINDS and len(words) >= REPORT_WORDS and not code


def wish_ahead(uow: UnitOfWork, office: Office, command: Command) -> None:
    """Keep the wish for the report that comes along with it."""
    person = uow.people.meet(command.sender, command.chat, now=office.clock())
    anonymous, secret = command.name == ANONYMOUS.name, command.name == SECRET.name
    uow.wishes.keep(Wish(person.id, anonymous, secret, office.clock() + AHEAD_SECONDS))


def press_discreet(uow: UnitOfWork, office: Office, pressed: Pressed, what: Press) -> str:
    """A button of the receipt; returns the toast."""
    case = uow.cases.by_code(what.subject)
    person = uow.people.find(pressed.sender.channel, pressed.sender.id)
    kind = KINDS[what.action]
    mine = case is not None and person is not None and case.person_id == person.id and pressed.chat.private
    if case is None or person is None or not mine or (kind.done(case) and not uow.unsealings.of(case.id)):
        return office.texts("toast.done_already", (person and person.register) or DEFAULT)
    key = _settle(uow, office, case, kind, back=False)
    office.tell(uow, person, key, register=case.register, case=case, code=case.code)
    return office.texts("toast.ok", case.register)


def receipt_rows(office: Office, case: Case) -> Rows:
    """`Jadikan rahasia` and `Sembunyikan nama`, of those that are not done yet."""
    offered = [(buttons.SECRET, "hide.button.secret")] if not case.secret else []
    offered += [(buttons.ANONYMOUS, "hide.button.anonymous")] if not case.anonymous else []
    row = tuple(Button(office.texts(key, case.register), buttons.encode(each, case.code)) for each, key in offered)
    return (row,) if row else ()


def hidden_lines(office: Office, case: Case) -> list[str]:
    """What a receipt says of how a case is kept; nothing where nothing is hidden."""
    keys = ["receipt.secret"] if case.secret else []
    keys += ["receipt.apart"] if case.accused else []
    keys += ["receipt.anonymous"] if case.anonymous else []
    lines = " ".join(office.texts(key, case.register) for key in keys)
    return [f"🔒 {lines}"] if lines else []


def _settle(uow: UnitOfWork, office: Office, case: Case, kind: Kind, *, back: bool) -> str:
    """Do it, or take it back; the key of what the citizen is told."""
    actor = f"citizen:{case.person_id}"
    if not back and kind.done(case):
        stopped = kind is SECRET and hiding.insist(uow, office, case)[1]
        return "unseal.kept" if stopped else f"hide.already.{kind.name}"
    if back and not kind.done(case):
        return f"hide.not_done.{kind.name}"
    if back and kind is SECRET and case.secret_by in RULED:
        if case.secret_by == BOTH:
            uow.cases.note(case.id, actor, hiding.SECRET, at=office.clock(), after=hiding.SHOWN)
            uow.cases.change(case.id, secret_by=RULE, updated_at=office.clock())
        return "hide.rule"
    case = (kind.undo if back else kind.do)(uow, office, case, actor=actor)
    refresh(uow, office, case)
    root = root_of(uow, case)
    if root.open:
        place(uow, office, root)
    if back and kind is SECRET:
        entries = uow.cases.entries(case.id)
        show_overflow(uow, office, case, "\n".join(each.text for each in entries if each.author == "citizen"))
        show_media(uow, office, case, [media.id for media in uow.cases.media(case.id)])
    return f"hide.undone.{kind.name}" if back else f"hide.done.{kind.name}"


def _ahead(uow: UnitOfWork, office: Office, person: Person, kind: Kind, *, back: bool) -> None:
    """For the next report, for an hour."""
    register = person.register or DEFAULT
    now = office.clock()
    wish = uow.wishes.of(person.id, now=now) or Wish(person.id, False, False, 0.0)
    anonymous = not back if kind is ANONYMOUS else wish.anonymous
    secret = not back if kind is SECRET else wish.secret
    if back and not (wish.anonymous if kind is ANONYMOUS else wish.secret):
        office.tell(uow, person, "hide.nothing", register=register)
        return
    if anonymous or secret:
        uow.wishes.keep(Wish(person.id, anonymous, secret, now + AHEAD_SECONDS))
    else:
        uow.wishes.drop(person.id)
    key = f"hide.next_off.{kind.name}" if back else f"hide.next.{kind.name}"
    office.tell(uow, person, key, register=register)


def _named(office: Office, command: Command) -> str | None:
    """The code that somebody wrote, with or without its prefix."""
    words = [word for word in command.argument.split() if word.casefold() not in (BACK, NEXT)]
    prefix = office.region.prefix
    return find_code(command.argument, prefix) or (normalise(words[0], prefix) if len(words) == 1 else None)


def _case(uow: UnitOfWork, office: Office, person: Person, command: Command, named: str | None) -> Case | None:
    """The person's own case that is meant: by its code, by reply, or because it is the only open one."""
    case = uow.cases.by_code(named) if named else None
    if case is None and not named and command.reply_to:
        bound = uow.desks.bound_to(command.chat.channel, command.chat.id, command.reply_to)
        case = uow.cases.lock(bound.case_id) if bound else None
    if case is None and not named:
        mine = in_hand(uow, person)
        case = mine[0] if len(mine) == 1 else None
    return case if case and case.person_id == person.id else None
