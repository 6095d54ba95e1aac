"""Delivering what secrecy asks for: messages taken back, words and lists that wait held back, files for one reader."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TypeVar

from bot.domain.errors import MessageGone, Refused
from bot.domain.outgoing import Delete, EditText, SendFiles, Text
from bot.domain.readings import Listing, Reading, Why
from bot.domain.records import Card
from bot.domain.region import DUTY
from bot.services.channel import Channel, Target
from bot.services.database import Database
from bot.services.effects import Effect, Sent
from bot.services.lanes import LaneWork
from bot.services.office import Office
from bot.services.ports import UnitOfWork
from bot.services.secrecy.recalling import WORDS, take_back

Listed = TypeVar("Listed", Text, EditText)


async def delete(office: Office, channel: Channel, to: Target, gone: Delete) -> Sent:
    """Delete a message; where that is refused, empty it; where that fails too, the desk is told."""
    try:
        await channel.delete(to, gone.message_id, gone.under)
    except MessageGone:
        return Sent(0)
    except Refused as refused:
        if refused.gone:
            raise
        if gone.editable and await _emptied(office, channel, to, gone):
            return Sent(1)
        return Sent(1, partial(_tell_desk, case_id=gone.case_id, chat_id=to.chat_id, channel=channel.name))
    return Sent(1)


async def send_files(database: Database, channel: Channel, to: Target, sent: SendFiles) -> Sent:
    """Files for one reader; those that are gone are left out."""
    files = await database.read(lambda uow: uow.cases.media_by_id(sent.media_ids))
    return Sent(len(await channel.send_media(to, files, None))) if files else Sent(0)


async def is_withheld(database: Database, text: Text) -> bool:
    """Whether words that quote a case must not go out any more: it became secret while they waited."""
    case_id = text.case_id
    if text.role != WORDS or case_id is None:
        return False
    case = await database.read(lambda uow: uow.cases.by_id(case_id))
    return case is not None and case.secret


async def without_secrets(database: Database, office: Office, list_: Listed) -> Listed:
    """A list as it may go out: where a case of it became secret while it waited, it only says to ask anew."""
    if not list_.quotes:
        return list_
    cases = await database.read(lambda uow: [uow.cases.by_id(each) for each in list_.quotes])
    if all(case is not None and not case.secret for case in cases):
        return list_
    return replace(list_, text=office.texts("list.stale"), rows=(), quotes=())


def note_listed(lane: LaneWork, thread_id: str | None, ids: Sequence[str], quotes: Sequence[int]) -> Effect:
    """What a message lists now that it is sent. Where a case became secret at that very moment, it goes at once."""

    def remember(uow: UnitOfWork, office: Office) -> None:
        cases = (uow.cases.by_id(each) for each in quotes)
        secret = next((case.id for case in cases if case and case.secret), None)
        for message_id in ids:
            listing = Listing(lane.channel, lane.chat_id, message_id, thread_id)
            uow.quotes.listed(listing, quotes)
            if secret is not None:
                take_back(uow, office, listing, secret)

    return remember


def note_alarm(uow: UnitOfWork, office: Office, *, card: Card) -> None:
    """An alarm card showed a phone number: the duty chat has read it, which is written down once."""
    case = uow.cases.by_id(card.case_id)
    if case is None or any(each.why is Why.ALARM for each in uow.readings.of_case(case.id)):
        return
    uow.readings.add(
        Reading(office.clock(), f"{card.channel}:{DUTY}", DUTY, case.id, case.person_id, ("telepon",), Why.ALARM)
    )


async def _emptied(office: Office, channel: Channel, to: Target, gone: Delete) -> bool:
    try:
        await channel.edit_text(Target(to.chat_id, gone.under) if gone.under else to, _empty(office, gone))
    except Refused:
        return False
    return True


def _empty(office: Office, gone: Delete) -> EditText:
    return EditText(gone.message_id, office.texts("card.taken_back"))


def _tell_desk(uow: UnitOfWork, office: Office, *, case_id: int, chat_id: str, channel: str) -> None:
    case = uow.cases.by_id(case_id)
    if case is None:
        return
    names = ", ".join(office.unit_name(link.unit) for link in uow.desks.units_in(channel, chat_id))
    office.desk(uow, "desk.not_deleted", merge_key=f"not_deleted:{case.id}", code=case.code, names=names)
