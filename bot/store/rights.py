"""Requests of people over their data, bars and appeals, incidents, and the register that names nobody."""

from typing import Any

import sqlalchemy as sa

from bot.domain.case import Case
from bot.domain.records import Entry
from bot.domain.rights import OPEN_REQUESTS, Appeal, Bar, DataRequest, Incident, Line, RequestStatus
from bot.store.rows import to_case, to_entry
from bot.store.sql import upsert
from bot.store.tables import appeal, bar, case, data_request, entry, incident, person, register

_OPEN = [str(status) for status in OPEN_REQUESTS]
_OPENED = sa.select(case.c.created_at).where(
    case.c.person_id == sa.bindparam("person_id"), case.c.created_at >= sa.bindparam("since")
)


class Rights:
    """The repository of what people may ask, and what the office did about it."""

    def __init__(self, connection: sa.Connection) -> None:
        self._c = connection

    def ask(self, person_id: int, *, at: float) -> DataRequest:
        """Somebody asks to be erased."""
        values = {"person_id": person_id, "at": at, "status": RequestStatus.WAITING}
        return _request(self._c.execute(data_request.insert().values(values).returning(data_request)).one())

    def request(self, request_id: int) -> DataRequest | None:
        """A request by id, locked for the rest of the transaction where the database can."""
        query = sa.select(data_request).where(data_request.c.id == request_id).with_for_update()
        row = self._c.execute(query).first()
        return _request(row) if row else None

    def request_of(self, person_id: int) -> DataRequest | None:
        """The request of somebody that is not over yet."""
        mine = (data_request.c.person_id == person_id, data_request.c.status.in_(_OPEN))
        row = self._c.execute(sa.select(data_request).where(*mine).order_by(data_request.c.id.desc())).first()
        return _request(row) if row else None

    def open_requests(self) -> list[DataRequest]:
        """Every request that is not over yet, oldest first."""
        query = sa.select(data_request).where(data_request.c.status.in_(_OPEN)).order_by(data_request.c.id)
        return [_request(row) for row in self._c.execute(query)]

    def decide(self, request_id: int, **values: object) -> None:
        """Set columns of a request."""
        self._c.execute(data_request.update().where(data_request.c.id == request_id).values(values))

    def bar(self, new: Bar) -> Bar:
        """Bar somebody; what stood before ends."""
        if earlier := self.bar_of(new.person_id):
            self.lift(earlier, at=new.at)
        values = {name: value for name, value in new.__dict__.items() if name != "id"}
        row = self._c.execute(bar.insert().values(values).returning(bar)).one()
        self._c.execute(person.update().where(person.c.id == new.person_id).values(barred_until=new.until))
        return _bar(row)

    def bar_of(self, person_id: int) -> Bar | None:
        """The latest bar of somebody that nobody has lifted; it may be over by itself."""
        mine = (bar.c.person_id == person_id, bar.c.ended_at.is_(None))
        row = self._c.execute(sa.select(bar).where(*mine).order_by(bar.c.id.desc())).first()
        return _bar(row) if row else None

    def bar_by_id(self, bar_id: int) -> Bar | None:
        """A bar by id."""
        row = self._c.execute(sa.select(bar).where(bar.c.id == bar_id)).first()
        return _bar(row) if row else None

    def lift(self, lifted: Bar, *, at: float) -> None:
        """End a bar before its time."""
        self._c.execute(bar.update().where(bar.c.id == lifted.id).values(ended_at=at))
        self._c.execute(person.update().where(person.c.id == lifted.person_id).values(barred_until=0.0))

    def appeal(self, bar_id: int, text: str, *, at: float) -> Appeal:
        """Keep what somebody says against a bar."""
        values = {"bar_id": bar_id, "text": text, "at": at}
        return _appeal(self._c.execute(appeal.insert().values(values).returning(appeal)).one())

    def appeals(self, bar_id: int) -> list[Appeal]:
        """Everything said against a bar, in order."""
        rows = self._c.execute(sa.select(appeal).where(appeal.c.bar_id == bar_id).order_by(appeal.c.id))
        return [_appeal(row) for row in rows]

    def appeal_by_id(self, appeal_id: int) -> Appeal | None:
        """An appeal by id."""
        row = self._c.execute(sa.select(appeal).where(appeal.c.id == appeal_id)).first()
        return _appeal(row) if row else None

    def answer(self, appeal_id: int, answer: str) -> None:
        """Keep how an appeal was answered."""
        self._c.execute(appeal.update().where(appeal.c.id == appeal_id).values(answer=answer))

    def note_incident(self, new: Incident) -> Incident:
        """Keep an incident; it comes back with its id."""
        values = {name: value for name, value in new.__dict__.items() if name != "id"}
        return _incident(self._c.execute(incident.insert().values(values).returning(incident)).one())

    def incident(self, incident_id: int) -> Incident | None:
        """An incident by id."""
        row = self._c.execute(sa.select(incident).where(incident.c.id == incident_id)).first()
        return _incident(row) if row else None

    def incidents(self, *, most: int) -> list[Incident]:
        """The latest incidents, newest first."""
        query = sa.select(incident).order_by(incident.c.id.desc()).limit(most)
        return [_incident(row) for row in self._c.execute(query)]

    def change_incident(self, incident_id: int, **values: object) -> None:
        """Set columns of an incident."""
        self._c.execute(incident.update().where(incident.c.id == incident_id).values(values))

    def count(self, what: str, group: str, count: int, *, day: str, at: float) -> None:
        """Add to the day's line of the register."""
        values = {"day": day, "what": what, "group": group, "count": count, "at": at}
        row = upsert(self._c, register).values(values)
        more = {"count": register.c.count + count, "at": at}
        self._c.execute(row.on_conflict_do_update(index_elements=["day", "what", "group"], set_=more))

    def lines(self, *, most: int) -> list[Line]:
        """The latest lines of the register, newest first."""
        rows = self._c.execute(sa.select(register).order_by(register.c.at.desc(), register.c.group).limit(most))
        return [Line(row.at, row.what, row.group, row._mapping["count"]) for row in rows]

    def opened(self, person_id: int, *, since: float) -> list[float]:
        """When somebody reported since then."""
        return list(self._c.execute(_OPENED, {"person_id": person_id, "since": since}).scalars())

    def held(self, person_id: int) -> list[Case]:
        """Somebody's reports that the desk has not looked at yet, oldest first."""
        query = sa.select(case).where(case.c.person_id == person_id, case.c.held.is_(True)).order_by(case.c.id)
        return [to_case(row) for row in self._c.execute(query)]

    def talk(self, person_id: int) -> list[Entry]:
        """What somebody said that became no report."""
        mine = (entry.c.person_id == person_id, entry.c.case_id.is_(None))
        return [to_entry(row) for row in self._c.execute(sa.select(entry).where(*mine).order_by(entry.c.id))]


def _request(row: sa.Row[Any]) -> DataRequest:
    return DataRequest(
        row.id, row.person_id, row.at, RequestStatus(row.status), row.reason, row.decided_by, row.decided_at
    )


def _bar(row: sa.Row[Any]) -> Bar:
    return Bar(row.id, row.person_id, row.code, row.reason, row.by, row.at, row.until, row.ended_at)


def _appeal(row: sa.Row[Any]) -> Appeal:
    return Appeal(row.id, row.bar_id, row.text, row.at, row.answer)


def _incident(row: sa.Row[Any]) -> Incident:
    return Incident(
        row.id, row.what, row.found_at, row.by, row.touched, row.done, row.told_at, row.closed_at
    )
