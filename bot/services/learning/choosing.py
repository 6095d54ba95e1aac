"""Which message an admin labels next: a reason is drawn, and the best case for it is found."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from random import Random

from bot.domain.case import Case
from bot.domain.correcting import KIND, TOPIC, URGENCY
from bot.domain.teaching import (
    Answer,
    Candidate,
    Reason,
    Task,
    choose_reason,
    most_different,
    most_uncertain,
    rarest,
)
from bot.services.learning.unlike import likeness
from bot.services.office import Office
from bot.services.ports import UnitOfWork

DAY = 86400.0
WINDOW = 90 * DAY  # older cases are not shown: what people write about changes
DRAWN_FROM = 5000  # the latest cases, for the random share
CHOSEN_FROM = 300  # and for the choice of the uncertain, the rare, the diverse
CHOSEN = (Reason.UNCERTAIN, Reason.RARE, Reason.DIVERSE)


class Choice:
    """One choice of the next message for an admin, over what was shown and answered before."""

    def __init__(self, uow: UnitOfWork, office: Office, admin: str, draw: Random) -> None:
        self._uow, self._office, self._admin, self._draw = uow, office, admin, draw
        self._since = office.clock() - WINDOW
        self._answers = uow.teaching.answers(since=self._since)
        self._tasks = uow.teaching.tasks(since=self._since)

    def task(self) -> Task | None:
        """The task, already the admin's; None where nothing is left."""
        again, suspects, fresh = self._again(), self._uow.teaching.waiting(""), self._fresh()
        possible = [Reason.RANDOM, *([Reason.AGAIN] if again else []), *([Reason.SECOND] if suspects else [])]
        possible += CHOSEN if fresh else []
        while possible:
            reason = choose_reason(self._draw.random(), possible, self._office.region.learning)
            if reason is Reason.RANDOM:
                found = self._random()
            elif reason is Reason.AGAIN:
                found = self._new(again[0], reason)
            else:
                found = self._take(suspects[0]) if reason is Reason.SECOND else self._choose(fresh, reason)
            if found:
                return found
            possible.remove(reason)
        return None

    def _take(self, task: Task) -> Task | None:
        """A task that waited for anybody, unless somebody else was quicker."""
        given = self._uow.teaching.give(task.id, self._admin, at=self._office.clock())
        return replace(task, admin=self._admin) if given else None

    def _choose(self, candidates: Sequence[Candidate], reason: Reason) -> Task:
        done = [each for each in self._answers if not each.skipped]
        if reason is Reason.RARE:
            best = rarest(candidates, Counter(each.topic for each in done))
        elif reason is Reason.DIVERSE:
            best = self._most_different(candidates, done)
        else:
            best = most_uncertain(candidates)
        return self._new(best.case_id, reason)

    def _most_different(self, candidates: Sequence[Candidate], done: Sequence[Answer]) -> Candidate:
        ids = sorted({each.case_id for each in done})
        languages = {case.id: case.tags.language for case in self._uow.lessons.cases(ids)}
        strata = Counter((each.topic, languages[each.case_id]) for each in done)
        alike = likeness(self._uow, [each.case_id for each in candidates], ids)
        return most_different(candidates, strata, alike, draw=self._draw.random())

    def _random(self) -> Task | None:
        """Any case of the latest, each as likely as the other. One that somebody has labelled is counted as it was."""
        ids = self._uow.teaching.read_ids(since=self._since, most=DRAWN_FROM)
        drawn = {task.case_id for task in self._tasks if task.reason is Reason.RANDOM}
        known = {each.case_id: each for each in self._answers if not each.skipped}
        left = [case_id for case_id in ids if case_id not in drawn | self._elsewhere()]
        while left:
            case_id = left.pop(self._draw.randrange(len(left)))
            if case_id not in known:
                return self._new(case_id, Reason.RANDOM)
            counted = self._new(case_id, Reason.RANDOM, admin=known[case_id].admin)
            self._uow.teaching.answer(replace(known[case_id], task_id=counted.id, seconds=0.0))
        return None

    def _again(self) -> list[int]:
        """Cases that one other admin has labelled and nobody looked at again, the oldest first."""
        if not self._office.region.learning.blind_share:
            return []
        shown = {task.case_id for task in self._tasks if task.reason is Reason.AGAIN}
        admins: dict[int, set[str]] = {}
        for each in self._answers:
            admins.setdefault(each.case_id, set()).add(each.admin)
        done = {each.case_id for each in self._answers if not each.skipped}
        alone = (case_id for case_id, who in admins.items() if len(who) == 1 and self._admin not in who)
        return [case_id for case_id in alone if case_id in done - shown]

    def _fresh(self) -> list[Candidate]:
        """Cases that nobody has labelled."""
        without = {each.case_id for each in self._answers if not each.skipped} | self._elsewhere()
        left = self._uow.teaching.fresh(since=self._since, without=without, most=CHOSEN_FROM)
        return [replace(each, topic=self._office.region.topics.read(each.topic)) for each in left]

    def _elsewhere(self) -> set[int]:
        """Cases in this admin's hand, or in another's today, and those that this one could not tell."""
        today = self._office.clock() - DAY
        done = {each.task_id for each in self._answers}
        waiting = (task for task in self._tasks if task.id not in done)
        held = {task.case_id for task in waiting if task.at >= today or task.admin == self._admin}
        return held | {each.case_id for each in self._answers if each.skipped and each.admin == self._admin}

    def _new(self, case_id: int, reason: Reason, *, admin: str | None = None) -> Task:
        (case,) = self._uow.lessons.cases([case_id])
        return self._uow.teaching.add(task_of(self._uow, self._office, case, reason, admin or self._admin))


def task_of(uow: UnitOfWork, office: Office, case: Case, reason: Reason, admin: str) -> Task:
    """A task with what the model said: what the first person met who changed it."""
    said = {KIND: case.tags.kind, TOPIC: case.tags.topic, URGENCY: case.tags.urgency}
    for lesson in reversed(uow.cases.lessons(case.id)):
        if lesson.field in said:
            said[lesson.field] = lesson.before
    return Task(0, case.id, reason, said[KIND], said[TOPIC], said[URGENCY], case.tags.model, admin, office.clock())
