"""What the clock says: reminders under a card, alarms, the head's chat, a citizen who owes an answer."""

from collections.abc import Callable, Iterator
from math import ceil

from bot.domain.case import Case
from bot.domain.clock import Act, Do
from bot.domain.deadlines import DAY
from bot.domain.due import Due
from bot.domain.outgoing import Priority
from bot.domain.records import Card
from bot.services.citizens.confirming import close_by_silence, close_unanswered
from bot.services.desk.heads import tell_head
from bot.services.desk.offers import OFFER
from bot.services.desk.placing import ALARM, MAIN, linked_cards, show
from bot.services.moments import day_of, span, spoken
from bot.services.office import Office
from bot.services.ports import UnitOfWork
from bot.services.proof.held import remind_held
from bot.services.proof.proving import ask_anew

Doing = Callable[[UnitOfWork, Office, Case, Act], bool]


def carry_out(uow: UnitOfWork, office: Office, case: Case, act: Act) -> bool:
    """Do it; False where nobody could be told, so that it must be tried again."""
    return ACTS[act.do](uow, office, case, act)


def _remind(uow: UnitOfWork, office: Office, case: Case, act: Act) -> bool:
    """One message under the card for every deadline there is to speak of; what is late, the head hears too."""
    card = next((each for each in linked_cards(uow, case) if each.role == MAIN), None)
    if card is None:
        return False
    now = office.clock()
    late = [each for each in act.dues if each.late(now)]
    if late:
        show(uow, office, card, priority=Priority.CARD)
        if office.region.reminders.escalate:
            tell_head(uow, office, case, "\n".join(_escalation(office, case, late, now)), but=card)
    office.say_at_card(uow, card, "\n".join(_reminder(office, case, act.dues, now)), priority=Priority.CARD)
    return True


def _reminder(office: Office, case: Case, dues: tuple[Due, ...], now: float) -> Iterator[str]:
    for each in dues:
        key = "clock.late" if each.late(now) else "clock.soon"
        yield office.texts(key, code=case.code, step=_step(office, each), when=_when(office, case, each, now))
    yield f"{_holder(office, case)} {office.texts(f'clock.tip.{dues[0].step}')}"


def _when(office: Office, case: Case, each: Due, now: float) -> str:
    """When it is due; of a secret case by the day, for the hour would be that of the report."""
    return day_of(office, each.at or now) if case.secret else spoken(office, each.at or now, now)


def _escalation(office: Office, case: Case, late: list[Due], now: float) -> Iterator[str]:
    yield office.texts("clock.head_case", **_facts(office, case))
    for each in late:
        when = _when(office, case, each, now)
        yield office.texts("clock.head_late", step=_step(office, each), when=when)
    yield _holder(office, case)


def _alarm(uow: UnitOfWork, office: Office, case: Case, act: Act) -> bool:
    """Sound again, once in each chat where the alarm and the work stand."""
    text = office.texts("clock.alarm", code=case.code, span=span(office, office.clock() - act.since))
    cards: dict[tuple[str, str, str | None], Card] = {}
    for card in linked_cards(uow, case):
        if card.role in (ALARM, MAIN, OFFER):
            cards.setdefault((card.channel, card.chat_id, card.thread_id), card)
    for card in cards.values():
        office.say_at_card(uow, card, text, priority=Priority.ALARM)
    return True


def _alarm_head(uow: UnitOfWork, office: Office, case: Case, act: Act) -> bool:
    waited = span(office, office.clock() - act.since)
    lines = (
        office.texts("clock.head_alarm", **_facts(office, case)),
        office.texts("clock.head_untaken", span=waited, times=act.nudges[0].times),
    )
    return tell_head(uow, office, case, "\n".join(lines), priority=Priority.ALARM)


def _calm_head(uow: UnitOfWork, office: Office, case: Case, act: Act) -> bool:
    """What the head was alarmed of has somebody now, by name, or is over without."""
    if case.taken_by:
        unit = office.unit_name(case.unit)
        text = office.texts("clock.head_taken", code=case.code, name=case.taken_by, unit=unit)
    else:
        text = office.texts("clock.head_over", code=case.code, status=office.status_of(case))
    tell_head(uow, office, case, text)
    return True


def _ask_again(uow: UnitOfWork, office: Office, case: Case, act: Act) -> bool:
    """The citizen is reminded, once and kindly, of what the department asked."""
    person = uow.people.by_id(case.person_id)
    asked = [entry for entry in uow.cases.entries(case.id) if entry.kind == "question"]
    if person and not person.blocked and asked:
        left = asked[-1].at + office.region.deadlines.question_days * DAY - office.clock()
        office.tell(
            uow, person, "question.reminder", register=case.register, case=case, code=case.code, text=asked[-1].text,
            days=max(1, ceil(left / DAY)),
        )  # fmt: skip
    return True


def _close_silent(uow: UnitOfWork, office: Office, case: Case, act: Act) -> bool:
    close_by_silence(uow, office, case, days=office.region.deadlines.confirm_days)
    return True


def _close_unanswered(uow: UnitOfWork, office: Office, case: Case, act: Act) -> bool:
    close_unanswered(uow, office, case, days=office.region.deadlines.question_days)
    return True


def _ask_proof(uow: UnitOfWork, office: Office, case: Case, act: Act) -> bool:
    """The department is reminded of the photo."""
    return ask_anew(uow, office, case, "proof.remind")


def _remind_held(uow: UnitOfWork, office: Office, case: Case, act: Act) -> bool:
    """The desk is reminded of a photo that it must decide on."""
    return remind_held(uow, office, case)


def _begin_alarm(uow: UnitOfWork, office: Office, case: Case, act: Act) -> bool:
    """The card itself has sounded; from now on the minutes count."""
    return True


def _facts(office: Office, case: Case) -> dict[str, str]:
    """What the head reads of a case: no words of the citizen."""
    topic = office.texts(f"topic.{case.tags.topic}")
    return {"code": case.code, "topic": topic, "unit": office.unit_name(case.unit)}


def _holder(office: Office, case: Case) -> str:
    return office.texts("clock.holder", name=case.taken_by) if case.taken_by else office.texts("clock.nobody")


def _step(office: Office, each: Due) -> str:
    return office.texts(f"clock.step.{each.step}")


ACTS: dict[Do, Doing] = {
    Do.REMIND: _remind,
    Do.BEGIN_ALARM: _begin_alarm,
    Do.ALARM: _alarm,
    Do.ALARM_HEAD: _alarm_head,
    Do.CALM_HEAD: _calm_head,
    Do.ASK_AGAIN: _ask_again,
    Do.CLOSE_SILENT: _close_silent,
    Do.CLOSE_UNANSWERED: _close_unanswered,
    Do.ASK_PROOF: _ask_proof,
    Do.REMIND_HELD: _remind_held,
}
