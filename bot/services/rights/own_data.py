"""/dataku: what is kept of oneself: a copy, corrections, erasure. Everything by buttons, or by words behind it."""

import re
from collections.abc import Callable

from bot.domain import buttons
from bot.domain.buttons import Press
from bot.domain.incoming import Command, Pressed
from bot.domain.outgoing import Button, Outgoing, SendCopy
from bot.domain.records import Person
from bot.domain.registers import DEFAULT
from bot.services.office import Office
from bot.services.ports import UnitOfWork
from bot.services.rights.erasing import ask_to_be_erased
from bot.services.rights.registering import count

COPY, CORRECT, ERASE, SURELY, YES, NO, NO_PHONE = "salinan", "betul", "hapus", "lanjut", "ya", "tidak", "tanpa_nomor"
LANGUAGES = {"indonesia": "id", "ngoko": "jv", "krama": "jv@krama"}
NAME_CHARS = 64
DAYS_OF_YEAR = 365
_PHONE = re.compile(r"\+?[\d][\d\s().-]{6,18}\d")


def own_data(uow: UnitOfWork, office: Office, person: Person, command: Command) -> None:
    """`/dataku`: the menu; with `nama`, `telepon` or `bahasa` and what it should be: a correction."""
    field, _, value = command.argument.strip().partition(" ")
    if not field:
        _menu(uow, office, person)
        return
    change = CORRECTIONS.get(field.casefold())
    if change is None or not change(uow, office, person, value.strip()):
        office.tell(uow, person, "mydata.how", register=_register(person))


def press_own_data(uow: UnitOfWork, office: Office, pressed: Pressed, what: Press) -> None:
    """A button of the menu; every press is answered."""
    person = uow.people.find(pressed.sender.channel, pressed.sender.id)
    register = _register(person) if person else DEFAULT
    act = PRESSES.get(what.subject)
    done = bool(act and person and pressed.chat.private)
    if act and person and done:
        act(uow, office, person)
    toast = office.texts("toast.ok" if done else "toast.done_already", register)
    office.toast(uow, pressed.chat.channel, pressed.press_id, toast)


def _menu(uow: UnitOfWork, office: Office, person: Person) -> None:
    rows = tuple((_button(office, person, key, key),) for key in (COPY, CORRECT, ERASE))
    office.tell(uow, person, "mydata.menu", register=_register(person), rows=rows)


def _copy(uow: UnitOfWork, office: Office, person: Person) -> None:
    """A plain copy needs nobody's word."""
    now = office.clock()
    uow.outbox.put(Outgoing(person.channel, person.chat_id, SendCopy(person.id), merge_key="copy"), now=now)
    uow.cases.note(None, f"citizen:{person.id}", "copy", at=now)
    count(uow, office, "salinan", "permintaan")


def _correct(uow: UnitOfWork, office: Office, person: Person) -> None:
    register = _register(person)
    rows: list[tuple[Button, ...]] = [
        tuple(_button(office, person, f"language_{word}", word) for word in _offered(office))
    ]
    if person.phone:
        rows.append((_button(office, person, NO_PHONE, NO_PHONE),))
    language = next((word for word, each in LANGUAGES.items() if each == register), "indonesia")
    nothing = office.texts("mydata.none", register)
    office.tell(
        uow, person, "mydata.correct", register=register, rows=tuple(rows), name=person.name or nothing,
        phone=person.phone or nothing, language=office.texts(f"mydata.button.language_{language}", register),
    )


def _offered(office: Office) -> list[str]:
    return list(LANGUAGES) if "jv" in office.region.languages else ["indonesia"]


def _erase(uow: UnitOfWork, office: Office, person: Person) -> None:
    """The first question: what goes, what stays, why, and by when."""
    days = office.region.deadlines.confirm_days
    rows = ((_button(office, person, SURELY, SURELY), _button(office, person, NO, NO)),)
    office.tell(uow, person, "mydata.erase", register=_register(person), rows=rows, days=days)


def _surely(uow: UnitOfWork, office: Office, person: Person) -> None:
    """The second question."""
    rows = ((_button(office, person, YES, YES), _button(office, person, NO, NO)),)
    office.tell(uow, person, "mydata.surely", register=_register(person), rows=rows)


def _no(uow: UnitOfWork, office: Office, person: Person) -> None:
    office.tell(uow, person, "mydata.left", register=_register(person))


def _no_phone(uow: UnitOfWork, office: Office, person: Person) -> None:
    _keep(uow, office, person, phone=None)


def _set_name(uow: UnitOfWork, office: Office, person: Person, value: str) -> bool:
    name = " ".join(value.split())[:NAME_CHARS]
    if name:
        _keep(uow, office, person, name=name, corrected=",".join(sorted(person.corrected | {"name"})))
    return bool(name)


def _set_phone(uow: UnitOfWork, office: Office, person: Person, value: str) -> bool:
    if not _PHONE.fullmatch(value):
        return False
    _keep(uow, office, person, phone=value[:32])
    return True


def _set_language(uow: UnitOfWork, office: Office, person: Person, value: str) -> bool:
    word = value.casefold().removeprefix("jawa ").strip()
    if word not in _offered(office):
        return False
    corrected = ",".join(sorted(person.corrected | {"register"}))
    _keep(uow, office, person, register=LANGUAGES[word], corrected=corrected)
    return True


def _choose_language(word: str) -> Callable[[UnitOfWork, Office, Person], None]:
    """The button of a language."""

    def choose(uow: UnitOfWork, office: Office, person: Person) -> None:
        _set_language(uow, office, person, word)

    return choose


def _keep(uow: UnitOfWork, office: Office, person: Person, **values: object) -> None:
    uow.people.change(person.id, **values)
    uow.cases.note(None, f"citizen:{person.id}", "corrected", at=office.clock(), after=",".join(sorted(values)))
    count(uow, office, "betul", "permintaan")
    register = str(values.get("register") or _register(person))
    office.tell(uow, person, "mydata.corrected", register=register)


def _button(office: Office, person: Person, key: str, action: str) -> Button:
    words = office.texts(f"mydata.button.{key}", _register(person))
    return Button(words, buttons.encode(buttons.MY_DATA, action))


def span_of(office: Office, days: int, register: str) -> str:
    """A span as people say it: whole years, else days."""
    years, rest = divmod(days, DAYS_OF_YEAR)
    return office.texts("mydata.days", register, count=days) if rest else office.texts(
        "mydata.years", register, count=years
    )


def _register(person: Person) -> str:
    return person.register or DEFAULT


CORRECTIONS = {"nama": _set_name, "telepon": _set_phone, "bahasa": _set_language}
PRESSES = {
    COPY: _copy, CORRECT: _correct, ERASE: _erase, SURELY: _surely, YES: ask_to_be_erased, NO: _no,
    NO_PHONE: _no_phone,
    **{word: _choose_language(word) for word in LANGUAGES},
}  # fmt: skip
