"""`Lihat data`: what the card masks, shown to one person, and written into the audit."""

from collections.abc import Iterable

from bot.domain.case import Case
from bot.domain.incoming import Pressed
from bot.domain.outgoing import Outgoing, Text
from bot.domain.privacy import mask
from bot.domain.readings import Reading, Why
from bot.domain.records import Entry
from bot.services.office import Office
from bot.services.ports import UnitOfWork

ALERT_CHARS = 200


def reveal(uow: UnitOfWork, office: Office, pressed: Pressed, case: Case, *, unit: str) -> str | None:
    """Show the masked parts: as an alert, or where they are too long in the private chat; the toast still owed.

    `unit` is the one in whose chat it was pressed.
    """
    parts = masked_parts(uow, case, uow.cases.entries(case.id))
    kinds = ",".join(sorted({kind for kind, _ in parts}))
    uow.cases.note(case.id, pressed.sender.actor, "data_seen", at=office.clock(), after=kinds)
    if parts:
        read = tuple(dict.fromkeys(kind for kind, _ in parts))
        new = Reading(office.clock(), pressed.sender.actor, unit, case.id, case.person_id, read, Why.DATA)
        uow.readings.add(new)
    if not parts:
        return office.texts("toast.no_data")
    lines = "\n".join(f"{office.texts(f'data.{kind}')}: {value}" for kind, value in parts)
    text = f"{case.code}\n{lines}"
    if len(text) <= ALERT_CHARS:
        office.toast(uow, pressed.chat.channel, pressed.press_id, text, alert=True)
        return None
    reader = uow.people.find(pressed.sender.channel, pressed.sender.id)
    if reader is None or reader.blocked:
        return office.texts("toast.open_private")
    intent = Text(office.texts("data.private", lines=text))
    uow.outbox.put(Outgoing(reader.channel, reader.chat_id, intent), now=office.clock())
    return office.texts("toast.sent_private")


def masked_parts(uow: UnitOfWork, case: Case, entries: Iterable[Entry]) -> list[tuple[str, str]]:
    """Kind and value of everything the card hides, each once; a shared phone number included.

    Of somebody who wants to stay unknown, and of what is secret, nobody sees any of it.
    """
    if case.anonymous or case.secret:
        return []
    found: dict[tuple[str, str], None] = {}
    for entry in entries:
        if entry.author == "citizen":
            for part in mask(entry.text).parts:
                found[(part.kind, part.value)] = None
    person = uow.people.by_id(case.person_id)
    if person and person.phone:
        found[("telepon", person.phone)] = None
    return list(found)
