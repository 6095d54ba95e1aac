"""What there is to tell people who have no chat: a list for the operators, who call them or meet them again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from bot.domain import buttons
from bot.domain.case import Case
from bot.domain.counter import KANTOR
from bot.domain.outgoing import Button, CardLine, Outgoing, Priority, Text
from bot.domain.records import Person
from bot.domain.region import DESK

if TYPE_CHECKING:
    from bot.services.office import Office
    from bot.services.ports import UnitOfWork

MERGE_KEY = "calls"  # however much there is to tell: one message that waits says so


def list_call(uow: UnitOfWork, office: Office, person: Person, text: str, case: Case | None) -> None:
    """Somebody is to be told this; whoever stands at the counter just now hears it there."""
    if uow.offices.hears(person.id, text) or not (case or person.phone):  # nobody can ever tell them
        return
    count = uow.offices.call(person.id, case.id if case else None, text, at=office.clock())
    if count == 1 and person.phone:
        _tell_operators(uow, office, case)


def _tell_operators(uow: UnitOfWork, office: Office, case: Case | None) -> None:
    """The chat where it was taken down learns that somebody waits for a call; the desk, where that was no chat."""
    taken = uow.offices.taken_down(case.id) if case else None
    desk = uow.desks.chat_of(DESK)
    if taken and taken.chat_id:
        channel, chat_id, thread = taken.channel, taken.chat_id, None
    elif desk:
        channel, chat_id, thread = desk.channel, desk.chat_id, desk.thread_id
    else:
        return
    rows = ((Button(office.texts("button.hubungi"), buttons.encode(buttons.CALLS)),),)
    quiet = office.region.quiet.is_quiet(office.clock())
    intent = Text(office.texts("counter.new_call"), rows=rows, silent=quiet)
    uow.outbox.put(Outgoing(channel, chat_id, intent, Priority.CARD, thread, MERGE_KEY), now=office.clock())


def counter_line(uow: UnitOfWork, office: Office, case: Case) -> Iterable[CardLine]:
    """How a case came to us, where its reporter did not write it."""
    taken = uow.offices.taken_down(case.id) if case.channel == KANTOR else None
    if taken:
        yield CardLine(office.texts("card.taken_down", how=office.texts(f"how.{taken.how}")))
