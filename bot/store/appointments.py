"""Meetings with the head: who has which place, who waits for one, whom to remind."""

from typing import Any

import sqlalchemy as sa

from bot.domain.appointments import ACTIVE, HELD, Appointment, State
from bot.store.sql import upsert
from bot.store.tables import appointment

_ACTIVE = appointment.c.state.in_([str(state) for state in ACTIVE])
_HELD = appointment.c.state.in_([str(state) for state in HELD])


class Appointments:
    """The repository of appointments. That a place is taken once is the database's own rule."""

    def __init__(self, connection: sa.Connection) -> None:
        self._c = connection

    def begin(
        self, person_id: int, subject: str, register: str, *, head: str, operator: str, now: float
    ) -> Appointment:  # fmt: skip
        """Somebody wants to meet a head and has no time yet; what was told before is replaced."""
        values = {
            "subject": subject, "register": register, "state": State.MEMILIH, "operator": operator, "head": head,
        }  # fmt: skip
        new = upsert(self._c, appointment).values(person_id=person_id, created_at=now, reminded=0, **values)
        new = new.on_conflict_do_update(
            index_elements=[appointment.c.person_id], index_where=_literal_active(),
            set_={"subject": subject, "head": head},
        )
        return _to(self._c.execute(new.returning(appointment)).one())

    def get(self, appointment_id: int) -> Appointment | None:
        """An appointment, locked for the rest of the transaction where the database can."""
        query = sa.select(appointment).where(appointment.c.id == appointment_id).with_for_update()
        row = self._c.execute(query).first()
        return _to(row) if row else None

    def active_of(self, person_id: int) -> Appointment | None:
        """The one that somebody has now."""
        row = self._c.execute(sa.select(appointment).where(appointment.c.person_id == person_id, _ACTIVE)).first()
        return _to(row) if row else None

    def latest_of(self, person_id: int) -> Appointment | None:
        """The one that somebody had last, whatever became of it."""
        query = sa.select(appointment).where(appointment.c.person_id == person_id).order_by(appointment.c.id.desc())
        row = self._c.execute(query.limit(1)).first()
        return _to(row) if row else None

    def take(self, appointment_id: int, slot: float, place: int, **values: Any) -> Appointment | None:
        """Give somebody a place; None where another has it."""
        mine = appointment.update().where(appointment.c.id == appointment_id)
        try:
            with self._c.begin_nested():
                row = self._c.execute(mine.values(slot=slot, place=place, **values).returning(appointment)).one()
        except sa.exc.IntegrityError:
            return None
        return _to(row)

    def change(self, appointment_id: int, **values: Any) -> Appointment:
        """Set columns of an appointment."""
        changed = appointment.update().where(appointment.c.id == appointment_id).values(values)
        return _to(self._c.execute(changed.returning(appointment)).one())

    def taken(self, head: str, begin: float, end: float) -> dict[float, int]:
        """How many places with a head are held, by slot."""
        held = _within(head, begin, end)
        query = sa.select(appointment.c.slot, sa.func.count()).where(*held).group_by(appointment.c.slot)
        return {row[0]: row[1] for row in self._c.execute(query)}

    def between(self, head: str, begin: float, end: float) -> list[Appointment]:
        """Who has a place with a head between two moments, in order."""
        held = _within(head, begin, end)
        query = sa.select(appointment).where(*held).order_by(appointment.c.slot, appointment.c.place)
        return [_to(row) for row in self._c.execute(query)]

    def waiting(self, head: str, *, most: int) -> list[Appointment]:
        """Who waits for a place with a head, the longest first; of two processes each sees others."""
        waits = (appointment.c.state == State.MENUNGGU, appointment.c.head == head)
        query = sa.select(appointment).where(*waits).order_by(appointment.c.created_at)
        found = query.limit(most).with_for_update(skip_locked=True)
        return [_to(row) for row in self._c.execute(found)]

    def waited_for(self) -> set[str]:
        """The heads for a place with whom somebody waits."""
        waits = sa.select(appointment.c.head).where(appointment.c.state == State.MENUNGGU)
        return set(self._c.execute(waits.distinct()).scalars())

    def waiting_count(self, head: str) -> int:
        """How many wait for a place with a head."""
        waits = (appointment.c.state == State.MENUNGGU, appointment.c.head == head)
        return self._c.execute(sa.select(sa.func.count()).select_from(appointment).where(*waits)).scalar_one()

    def any_due(self, *, now: float) -> bool:
        """Whether there is one to look at."""
        due = sa.select(appointment.c.id).where(appointment.c.check_at <= now).limit(1)
        return self._c.execute(due).first() is not None

    def claim(self, *, now: float, limit: int) -> list[Appointment]:
        """Those whose time has come, locked; what others have locked comes later."""
        due = sa.select(appointment).where(appointment.c.check_at <= now).order_by(appointment.c.check_at)
        return [_to(row) for row in self._c.execute(due.limit(limit).with_for_update(skip_locked=True))]

    def prune(self, *, before: float) -> None:
        """Forget subjects that were told and never led to a time."""
        begun = (appointment.c.state == State.MEMILIH, appointment.c.created_at < before)
        self._c.execute(appointment.delete().where(*begun))


def _within(head: str, begin: float, end: float) -> tuple[sa.ColumnElement[bool], ...]:
    return appointment.c.head == head, appointment.c.slot >= begin, appointment.c.slot < end, _HELD


def _literal_active() -> sa.ColumnElement[bool]:
    """The condition of the index, in its own words: the databases compare them."""
    return sa.text("state IN ('ditawari', 'memilih', 'menunggu', 'terdaftar')")  # type: ignore[return-value]


def _to(row: sa.Row[Any]) -> Appointment:
    return Appointment(
        row.id, row.person_id, row.subject, row.register, State(row.state), row.created_at, row.slot, row.place,
        row.number, row.hold_until, row.check_at, row.reminded, row.case_id, row.operator, row.head,
    )  # fmt: skip
