"""What is needed to see how the model does: officers' words beside the model's, and its readings, counted."""

import sqlalchemy as sa

from bot.domain.correcting import TOPIC
from bot.domain.lessons import AGREED
from bot.domain.performance import BINS, WEEK, WEEKS, Reading, Word
from bot.domain.records import AT_WORK
from bot.store.tables import case, lesson

_SAID = sa.select(
    lesson.c.case_id, lesson.c.field, lesson.c.before, lesson.c.after, lesson.c.at, case.c.language
).join(case, case.c.id == lesson.c.case_id)  # fmt: skip
_FIRST = (
    sa.select(lesson.c.before)
    .where(lesson.c.case_id == case.c.id, lesson.c.field == TOPIC, lesson.c.undone_at.is_(None))
    .order_by(lesson.c.id)
    .limit(1)
    .scalar_subquery()
)


class Performances:
    """The repository of what /kinerja shows."""

    def __init__(self, connection: sa.Connection) -> None:
        self._c = connection

    def words(self, *, since: float) -> list[Word]:
        """What officers said of the topics of cases since then, in order."""
        mine = (
            lesson.c.at >= since, lesson.c.field.in_((TOPIC, AGREED)), lesson.c.source == AT_WORK,
            lesson.c.undone_at.is_(None), lesson.c.model.is_not(None),
        )  # fmt: skip
        rows = self._c.execute(_SAID.where(*mine).order_by(lesson.c.id))
        return [Word(row.case_id, row.field, row.before, row.after, row.at, row.language) for row in rows]

    def readings(self, *, now: float) -> list[Reading]:
        """How the model read the cases of the latest weeks, counted in the database."""
        starts = [(case.c.created_at > now - (number + 1) * WEEK, number) for number in range(WEEKS)]
        tenths = [(case.c.p_topic < (number + 1) / BINS, number) for number in range(BINS - 1)]
        week, bin_ = sa.case(*starts).label("week"), sa.case(*tenths, else_=BINS - 1).label("bin")
        topic = sa.func.coalesce(_FIRST, case.c.topic).label("topic")
        mine = (case.c.created_at > now - WEEKS * WEEK, case.c.created_at <= now, case.c.model.is_not(None))
        read = sa.select(week, topic, bin_, case.c.doubted).where(*mine).subquery()
        rows = self._c.execute(sa.select(read, sa.func.count().label("cases")).group_by(*read.c))
        return [Reading(row.week, row.topic, row.bin, row.doubted, row.cases) for row in rows]
