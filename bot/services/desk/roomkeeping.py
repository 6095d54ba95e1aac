"""Open, close, reopen and name rooms on the platform, at the relay's pace: each of these counts as a message.

What may double: Telegram knows neither a key that makes opening idempotent nor a list of topics. If the process
dies, or the answer is lost, after Telegram has opened a topic and before its id is committed, the next attempt opens
another, and the first one stays behind, empty. The id is committed before the card is sent, so that a kill from then
on repeats at most the card, inside the same topic. Closing, reopening and naming may be done twice without harm.
"""

from dataclasses import replace
from functools import partial

import structlog

from bot.domain.errors import Refused, RetryLater, RightMissing
from bot.domain.outgoing import Priority, TendRoom
from bot.domain.records import Room
from bot.services.channel import Channel, Rooms, Target
from bot.services.database import Database
from bot.services.desk.rooms import ask_for_right, furnish, lose, tend, wanted
from bot.services.effects import Effect, Sent
from bot.services.lanes import LaneWork, OutboxRow
from bot.services.office import Office
from bot.services.ports import UnitOfWork

TRIES = 3
PATIENCE_SECONDS = 30.0  # longer than this no card waits for its room
log = structlog.get_logger()


async def open_room(rooms: Rooms, row: OutboxRow, plan: Room) -> tuple[Room, Effect | None]:
    """A room for a new card; without `thread_id` the card goes into the chat itself. The card is never lost for it.

    A passing fault is waited for, but not by an alarm, not long, and not often: then the case does without a room here.
    """
    if row.attempts >= TRIES:
        return plan, partial(furnish, room=plan)
    try:
        thread_id = await rooms.open(plan.chat_id, plan.name)
    except RightMissing:
        return plan, partial(ask_for_right, channel=plan.channel, chat_id=plan.chat_id)
    except Refused as refused:
        if refused.gone:
            raise
        log.warning("room_not_opened", channel=plan.channel, reason=str(refused))
        return plan, partial(furnish, room=plan)
    except RetryLater as fault:
        if row.priority > Priority.ALARM and (fault.seconds or 0.0) <= PATIENCE_SECONDS:
            raise
        log.warning("room_not_opened", channel=plan.channel, reason=str(fault))
        return plan, partial(furnish, room=plan)
    if thread_id is None:
        return plan, None
    room = replace(plan, thread_id=thread_id)
    return room, partial(furnish, room=room)


async def tend_room(database: Database, office: Office, channel: Channel, lane: LaneWork, tended: TendRoom) -> Sent:
    """Take a room one step towards how it should be; what we may not do there is not tried again."""

    def look(uow: UnitOfWork) -> tuple[Room, Room] | None:
        room = uow.rooms.of(tended.case_id, lane.channel, lane.chat_id)
        case = uow.cases.by_id(tended.case_id)
        return (room, wanted(uow, office, case, room)) if room and room.thread_id and case else None

    found = await database.read(look)
    if channel.rooms is None or found is None or found[0] == found[1]:
        return Sent(0)
    room, goal = found
    step = replace(room, closed=goal.closed) if room.closed != goal.closed else goal
    try:
        await _take(channel.rooms, Target(lane.chat_id, room.thread_id), room, step)
    except Refused as refused:
        if refused.gone == "topic":
            return Sent(1, partial(lose, room=room))
        if refused.gone:
            raise
        log.warning("room_not_tended", channel=lane.channel, reason=str(refused))

    def remember(uow: UnitOfWork, office: Office) -> None:
        uow.rooms.keep(step)
        tend(uow, office, step)

    return Sent(1, remember)


async def _take(rooms: Rooms, to: Target, room: Room, step: Room) -> None:
    if room.closed == step.closed:
        await rooms.rename(to, step.name)
    elif step.closed:
        await rooms.close(to)
    else:
        await rooms.reopen(to)
