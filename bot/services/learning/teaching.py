"""Admins label messages: what comes next, what they answer, and what the answers say."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from random import Random, SystemRandom

from bot.domain.case import Case
from bot.domain.correcting import KIND, TOPIC, URGENCY
from bot.domain.errors import PressRefused
from bot.domain.labels import KINDS, NOT_A_REPORT, OTHER, URGENCIES
from bot.domain.lessons import CALM
from bot.domain.records import LABELLED, Lesson
from bot.domain.teaching import Answer, Disagreement, Reason, Score, Task, disagreement, wilson
from bot.services.learning.choosing import Choice, task_of
from bot.services.learning.lessons import hidden, report_text
from bot.services.office import Office
from bot.services.ports import UnitOfWork

TRIES = 20
FIELDS = (KIND, TOPIC, URGENCY)


@dataclass(frozen=True)
class Shown:
    """A message to label, masked. To a blind look nothing shows of what the model or anybody else said."""

    task: Task
    case: Case
    text: str
    guesses: tuple[tuple[str, float], ...] = ()


def next_for(
    uow: UnitOfWork, office: Office, admin: str, *, draw: Random | None = None, alone: bool = True
) -> Shown | None:
    """The message that an admin labels next: the one in hand, or a new one; None where nothing is left.

    Where the admin is not `alone`, what tells of misconduct is not shown: it stays in their hand until they are.
    """
    for task in uow.teaching.waiting(admin):
        if (shown := _shown(uow, office, task)) and (alone or not misconduct(shown.case)):
            return shown
    for _ in range(TRIES):
        new = Choice(uow, office, admin, draw or SystemRandom()).task()
        if new is None:
            return None
        if (shown := _shown(uow, office, new)) and (alone or not misconduct(shown.case)):
            return shown
    return None


def misconduct(case: Case) -> bool:
    """Whether a case must not be shown to a group, of whoever it is."""
    return case.tags.oversight


def ask(uow: UnitOfWork, office: Office, admin: str, case_id: int) -> Shown | None:
    """A message of somebody's own choice, for a second look: one that admins see differently."""
    case = uow.cases.by_id(case_id)
    return _shown(uow, office, uow.teaching.add(task_of(uow, office, case, Reason.SECOND, admin))) if case else None


def shown_again(uow: UnitOfWork, office: Office, task_id: int) -> Shown | None:
    """The message of a task that was given already; None where its words are gone."""
    task = uow.teaching.task(task_id)
    text = texts_of(uow, [task.case_id])[task.case_id] if task else ""
    if task is None or not text:
        return None
    (case,) = uow.lessons.cases([task.case_id])
    if case.secret:
        return None
    return Shown(task, case, text, () if task.blind else case.tags.guesses)


def take(uow: UnitOfWork, office: Office, admin: str, task_id: int) -> bool:
    """Take a task that waits for anybody; False where somebody was quicker."""
    return uow.teaching.give(task_id, admin, at=office.clock())


def answer(
    uow: UnitOfWork, office: Office, admin: str, task_id: int, *, kind: str, topic: str, urgency: str,
    seconds: float = 0.0,
) -> Answer:  # fmt: skip
    """Keep what an admin says of a task, each label a lesson; said anew, the later word counts."""
    task = _mine(uow, admin, task_id)
    if kind not in KINDS or not office.region.topics.knows(topic) or urgency not in URGENCIES:
        raise PressRefused("toast.unknown")
    if kind == NOT_A_REPORT:
        topic, urgency = OTHER, CALM
    before = uow.teaching.answer_to(task.id)
    new = Answer(task.id, task.case_id, admin, kind, topic, urgency, office.clock(), seconds)
    uow.teaching.answer(new)
    for field in FIELDS:
        value = str(getattr(new, field))
        if before is None or getattr(before, field) != value:
            guess = str(getattr(task, field))
            uow.cases.learn(Lesson(task.case_id, field, guess, value, admin, task.model, new.at, LABELLED))
    return new


def confirm(uow: UnitOfWork, office: Office, admin: str, task_id: int, *, seconds: float = 0.0) -> Answer:
    """One tap: the model is right."""
    task = _mine(uow, admin, task_id)
    topic = office.region.topics.read(task.topic)
    return answer(
        uow, office, admin, task_id, kind=task.kind, topic=topic, urgency=task.urgency, seconds=seconds
    )


def skip(uow: UnitOfWork, office: Office, admin: str, task_id: int) -> None:
    """An admin cannot tell: it is not shown to them again. What was answered stays answered."""
    task = _mine(uow, admin, task_id)
    if uow.teaching.answer_to(task.id) is None:
        _pass(uow, office, task)


def suspect(uow: UnitOfWork, office: Office, ids: Collection[str]) -> int:
    """Ask for a second look at labels that may be wrong, once each; `ids` as the export wrote them. How many."""
    salt = uow.lessons.salt()
    known = {task.case_id for task in uow.teaching.tasks(reason=Reason.SECOND)}
    taught = sorted({lesson.case_id for lesson in uow.lessons.all()} - known)
    meant = [case for case in uow.lessons.cases(taught) if not case.secret and hidden(salt, f"case:{case.id}") in ids]
    for case in meant:
        uow.teaching.add(task_of(uow, office, case, Reason.SECOND, ""))
    return len(meant)


def disagreements(uow: UnitOfWork) -> list[Disagreement]:
    """What admins see differently and no majority has settled, case by case."""
    by_case: dict[int, list[Answer]] = {}
    for each in uow.teaching.answers():
        by_case.setdefault(each.case_id, []).append(each)
    found = (disagreement(answers, field) for answers in by_case.values() for field in FIELDS)
    return [each for each in found if each]


def live_accuracy(
    uow: UnitOfWork, office: Office, *, model: str | None = None, since: float = 0.0
) -> dict[str, Score]:
    """How often the model is right on this office's cases, per field: of the random share alone, which is unbiased."""
    tasks = {task.id: task for task in uow.teaching.tasks(reason=Reason.RANDOM)}
    drawn = [each for each in uow.teaching.answers(since=since) if each.task_id in tasks and not each.skipped]
    pairs = [(tasks[each.task_id], each) for each in drawn if model in (None, tasks[each.task_id].model)]
    read = office.region.topics.read
    right = {
        KIND: sum(task.kind == each.kind for task, each in pairs),
        TOPIC: sum(read(task.topic) == read(each.topic) for task, each in pairs),
        URGENCY: sum(task.urgency == each.urgency for task, each in pairs),
    }
    return {field: wilson(count, len(pairs)) for field, count in right.items()}


def _shown(uow: UnitOfWork, office: Office, task: Task) -> Shown | None:
    """The message of a task; one whose words are gone is passed over for good."""
    shown = shown_again(uow, office, task.id)
    if shown is None:
        _pass(uow, office, task)
    return shown


def texts_of(uow: UnitOfWork, case_ids: Sequence[int]) -> dict[int, str]:
    """The masked words of cases; empty where they are gone."""
    words = uow.lessons.words(case_ids)
    return {case_id: report_text(words.get(case_id, [])) for case_id in case_ids}


def _pass(uow: UnitOfWork, office: Office, task: Task) -> None:
    uow.teaching.answer(Answer(task.id, task.case_id, task.admin, "", "", "", office.clock()))


def _mine(uow: UnitOfWork, admin: str, task_id: int) -> Task:
    task = uow.teaching.task(task_id)
    if task is None or task.admin != admin:
        raise PressRefused("toast.unknown")
    return task
