"""What is kept longer than its class may be: found and taken away a few at a time, in small transactions."""

from collections.abc import Collection

import sqlalchemy as sa

from bot.domain.case import Case
from bot.domain.life import OPEN, Status
from bot.domain.records import Person
from bot.store.people import to_person
from bot.store.rows import to_case
from bot.store.tables import (
    appeal,
    audit,
    bar,
    case,
    data_request,
    entry,
    inbox,
    incident,
    label_answer,
    media,
    notice,
    person,
    reading,
    web_key,
)

_ENDED = case.c.status.not_in([str(status) for status in OPEN | {Status.MENUNGGU_KONFIRMASI, Status.DIGABUNG}])
_root = case.alias("root")
_ROOT_ENDED = sa.and_(
    case.c.status == Status.DIGABUNG,
    sa.exists().where(
        _root.c.id == case.c.merged_into,
        _root.c.status.not_in([str(status) for status in OPEN | {Status.MENUNGGU_KONFIRMASI}]),
    ),
)
READ = ("data_seen", "opened_secret")


class Overdue:
    """The repository of what is over its time."""

    def __init__(self, connection: sa.Connection) -> None:
        self._c = connection

    def cases(self, *, before: float, but: Collection[str], most: int) -> list[Case]:
        """Cases that ended before then and still have their words; `but` topics that a person must let go."""
        query = sa.select(case).where(
            case.c.created_at < before, case.c.updated_at < before, case.c.erased_at.is_(None),
            sa.or_(_ENDED, _ROOT_ENDED), case.c.topic.not_in(but),
        )  # fmt: skip
        return [to_case(row) for row in self._c.execute(query.order_by(case.c.created_at).limit(most))]

    def with_files(self, *, before: float, but: Collection[str], most: int) -> list[int]:
        """Ids of cases that ended before then and still have files."""
        query = sa.select(case.c.id).distinct().join(media, media.c.case_id == case.c.id)
        query = query.where(case.c.updated_at < before, sa.or_(_ENDED, _ROOT_ENDED), case.c.topic.not_in(but))
        return list(self._c.execute(query.order_by(case.c.id).limit(most)).scalars())

    def talk(self, *, before: float, most: int) -> int:
        """Forget words that became no report."""
        old = sa.select(entry.c.id).where(entry.c.case_id.is_(None), entry.c.at < before).limit(most)
        return self._c.execute(entry.delete().where(entry.c.id.in_(old))).rowcount

    def answers(self, *, before: float, most: int) -> int:
        """Forget who labelled what."""
        old = sa.select(label_answer.c.task_id).where(label_answer.c.at < before).limit(most)
        return self._c.execute(label_answer.delete().where(label_answer.c.task_id.in_(old))).rowcount

    def readings(self, *, before: float, most: int) -> int:
        """Forget who read whose data."""
        old = sa.select(audit.c.id).where(audit.c.what.in_(READ), audit.c.at < before).limit(most)
        count = self._c.execute(audit.delete().where(audit.c.id.in_(old))).rowcount
        logged = sa.select(reading.c.id).where(reading.c.at < before).limit(most)
        return count + self._c.execute(reading.delete().where(reading.c.id.in_(logged))).rowcount

    def set_aside(self, *, before: float, most: int) -> int:
        """Empty updates that could not be read and that nobody has repaired since."""
        old = sa.select(inbox.c.id).where(
            inbox.c.set_aside.is_not(None), inbox.c.payload != "", inbox.c.done_at < before
        )
        emptied = inbox.update().where(inbox.c.id.in_(old.limit(most))).values(payload="")
        return self._c.execute(emptied).rowcount

    def keys(self, *, now: float) -> int:
        """Forget links and sessions of the page that have run out."""
        return self._c.execute(web_key.delete().where(web_key.c.until < now)).rowcount

    def rights(self, *, before: float, most: int) -> int:
        """Forget what is settled for so long: appeals, bars, requests, incidents, and the messages about them."""
        old_bars = sa.select(bar.c.id).where(bar.c.until < before).limit(most)
        count = self._c.execute(appeal.delete().where(appeal.c.bar_id.in_(old_bars))).rowcount
        count += self._c.execute(bar.delete().where(bar.c.until < before, ~_has_appeals())).rowcount
        for table in (data_request, incident, notice):
            ended = table.c.decided_at if table is data_request else table.c.closed_at
            count += self._c.execute(table.delete().where(ended < before)).rowcount
        return count

    def people(self, *, before: float, most: int) -> list[Person]:
        """Those who have been here before then and of whom nothing is left but the account: no case with words."""
        kept = sa.exists().where(case.c.person_id == person.c.id, case.c.erased_at.is_(None))
        asked = sa.exists().where(data_request.c.person_id == person.c.id, data_request.c.decided_at.is_(None))
        talked = sa.exists().where(entry.c.person_id == person.c.id, entry.c.at >= before)
        query = sa.select(person).where(
            person.c.created_at < before, ~person.c.user_id.like("erased:%"), ~kept, ~asked, ~talked
        )
        return [to_person(row) for row in self._c.execute(query.order_by(person.c.id).limit(most))]


def _has_appeals() -> sa.ColumnElement[bool]:
    return sa.exists().where(appeal.c.bar_id == bar.c.id)
