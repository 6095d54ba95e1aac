"""Messages that admins label: tasks, answers, and the cases they are drawn from."""

from collections.abc import Collection, Sequence
from typing import Any

import sqlalchemy as sa

from bot.domain.case import MODEL
from bot.domain.teaching import Answer, Candidate, Reason, Task, margin_of
from bot.store.sql import upsert
from bot.store.tables import case, label_answer, label_task

_ANSWERED = sa.select(label_answer, label_task.c.case_id).join(label_task, label_task.c.id == label_answer.c.task_id)
_CANDIDATE = sa.select(case.c.id, case.c.topic, case.c.language, case.c.guesses, case.c.p_topic)
_READ = sa.and_(  # what is secret is not shown to label it, what is erased has no words
    case.c.model.is_not(None), case.c.secret.is_(False), case.c.erased_at.is_(None)
)


class Teaching:
    """The repository of labelling."""

    def __init__(self, connection: sa.Connection) -> None:
        self._c = connection

    def add(self, new: Task) -> Task:
        """Keep a task; it comes back with its id."""
        values = {name: value for name, value in new.__dict__.items() if name != "id"}
        return _task(self._c.execute(label_task.insert().values(values).returning(label_task)).one())

    def task(self, task_id: int) -> Task | None:
        """A task by id, locked for the rest of the transaction where the database can."""
        row = self._c.execute(sa.select(label_task).where(label_task.c.id == task_id).with_for_update()).first()
        return _task(row) if row else None

    def waiting(self, admin: str) -> list[Task]:
        """Tasks of an admin that are not answered, oldest first; of nobody, where `admin` is empty."""
        query = (
            sa.select(label_task)
            .join(label_answer, label_answer.c.task_id == label_task.c.id, isouter=True)
            .where(label_task.c.admin == admin, label_answer.c.task_id.is_(None))
            .order_by(label_task.c.id)
        )
        return [_task(row) for row in self._c.execute(query)]

    def give(self, task_id: int, admin: str, *, at: float) -> bool:
        """Give a task that nobody has to an admin; False where somebody was quicker."""
        free = (label_task.c.id == task_id, label_task.c.admin == "")
        taken = label_task.update().where(*free).values(admin=admin, at=at).returning(label_task.c.id)
        return self._c.execute(taken).first() is not None

    def tasks(self, *, reason: Reason | None = None, since: float = 0.0) -> list[Task]:
        """The tasks given since then, in order."""
        query = sa.select(label_task).where(label_task.c.at >= since).order_by(label_task.c.id)
        return [_task(row) for row in self._c.execute(query.where(label_task.c.reason == reason) if reason else query)]

    def answer(self, new: Answer) -> None:
        """Keep an answer; a later one to the same task takes its place."""
        values = {name: value for name, value in new.__dict__.items() if name != "case_id"}
        row = upsert(self._c, label_answer).values(values)
        self._c.execute(row.on_conflict_do_update(index_elements=["task_id"], set_=values))

    def take_back(self, task_ids: Sequence[int]) -> None:
        """Forget the answers to these tasks: they wait again."""
        self._c.execute(label_answer.delete().where(label_answer.c.task_id.in_(task_ids)))

    def drop(self, task_ids: Sequence[int]) -> None:
        """Forget tasks, with their answers."""
        self.take_back(task_ids)
        self._c.execute(label_task.delete().where(label_task.c.id.in_(task_ids)))

    def answer_to(self, task_id: int) -> Answer | None:
        """The answer to a task."""
        row = self._c.execute(_ANSWERED.where(label_task.c.id == task_id)).first()
        return _answer(row) if row else None

    def answers(self, *, case_id: int | None = None, since: float = 0.0) -> list[Answer]:
        """Answers since then, oldest first; those of one case, where it is named."""
        query = _ANSWERED.where(label_answer.c.at >= since).order_by(label_answer.c.at, label_answer.c.task_id)
        if case_id is not None:
            query = query.where(label_task.c.case_id == case_id)
        return [_answer(row) for row in self._c.execute(query)]

    def read_ids(self, *, since: float, most: int) -> list[int]:
        """The latest cases that the model has read, whoever corrected them since; the newest first."""
        query = sa.select(case.c.id).where(_READ, case.c.created_at >= since).order_by(case.c.id.desc()).limit(most)
        return list(self._c.execute(query).scalars())

    def fresh(self, *, since: float, without: Collection[int], most: int) -> list[Candidate]:
        """The latest cases that stand as the model tagged them, and were not labelled; the newest first."""
        mine = (_READ, case.c.set_by == MODEL, case.c.created_at >= since)
        rows = self._c.execute(_CANDIDATE.where(*mine).order_by(case.c.id.desc()).limit(most + len(without)))
        left = [row for row in rows if row.id not in without][:most]
        return [Candidate(row.id, row.topic, row.language, margin_of(row.guesses, row.p_topic)) for row in left]


def _task(row: sa.Row[Any]) -> Task:
    return Task(
        row.id, row.case_id, Reason(row.reason), row.kind, row.topic, row.urgency, row.model, row.admin, row.at
    )


def _answer(row: sa.Row[Any]) -> Answer:
    return Answer(row.task_id, row.case_id, row.admin, row.kind, row.topic, row.urgency, row.at, row.seconds)
