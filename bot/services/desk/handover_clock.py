"""A hand-over that nobody answers: the target is reminded, then the heads of both sides hear of it."""

from collections.abc import Iterable

from bot.domain.case import Case
from bot.domain.clock import Nudge, Past
from bot.domain.handover import REMINDED, Handover, next_step
from bot.domain.life import FRESH
from bot.domain.outgoing import Outgoing, Priority, Text
from bot.domain.region import DESK
from bot.services.desk.heads import head_chat
from bot.services.desk.offers import OFFER
from bot.services.desk.placing import linked_cards
from bot.services.moments import span
from bot.services.office import Office
from bot.services.ports import UnitOfWork


def tend(uow: UnitOfWork, office: Office, case: Case, handover: Handover | None, past: Past) -> list[float]:
    """Do what time asks of a hand-over that waits; the moments to look again. A fresh emergency rings at both."""
    if handover is None or not handover.holds(case) or (case.tags.emergency and case.status in FRESH):
        return []
    region, now = office.region, office.clock()
    alarms = region.reminders
    hurry = alarms.alarm_minutes * alarms.alarm_head_after * 60.0 if case.tags.emergency else None
    kind, at = next_step(handover, past.nudges, region.calendar, region.accepting, now, hurry=hurry)
    if kind is None:
        return [at] if at is not None else []
    _act(uow, office, case, handover, kind)
    uow.clock.remember(case.id, (Nudge(kind, now),))
    done = {**past.nudges, kind: Nudge(kind, now)}
    _, later = next_step(handover, done, region.calendar, region.accepting, now, hurry=hurry)
    return [later] if later is not None else []


def _act(uow: UnitOfWork, office: Office, case: Case, handover: Handover, kind: str) -> None:
    waited = span(office, office.clock() - handover.at)
    source, unit = office.unit_name(handover.source), office.unit_name(handover.target)
    priority = Priority.ALARM if case.tags.emergency else Priority.CARD
    if kind == REMINDED:
        text = office.texts("clock.handover", code=case.code, source=source, span=waited)
        for card in linked_cards(uow, case):
            if card.role == OFFER:
                office.say_at_card(uow, card, text, priority=priority)
        return
    text = office.texts("clock.handover_head", code=case.code, source=source, unit=unit, span=waited)
    for channel, chat_id, thread_id in _heads(uow, office, case, handover):
        intent = Text(text, case_id=case.id)
        uow.outbox.put(Outgoing(channel, chat_id, intent, priority, thread_id), now=office.clock())


def _heads(uow: UnitOfWork, office: Office, case: Case, handover: Handover) -> Iterable[tuple[str, str, str | None]]:
    """The chats of both sides' heads, each once: where the case is, and who owes the answer. Else the desk's."""
    chats = (head_chat(uow, office, case, unit) for unit in (handover.source, handover.target))
    found = [chat for chat in chats if chat] or [chat for chat in [uow.desks.chat_of(DESK)] if chat]
    return dict.fromkeys((chat.channel, chat.chat_id, chat.thread_id) for chat in found)
