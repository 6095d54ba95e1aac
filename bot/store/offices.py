"""The counter: callers, reports taken down for them, what they are still to be told, reports half told."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from bot.domain.counter import KANTOR, Form
from bot.domain.counter_records import Call, OfficeDraft, Owed, TakenDown
from bot.domain.records import Person
from bot.store.people import People
from bot.store.sql import upsert
from bot.store.tables import office_call, office_draft, person, taken_down

TOLD = ("words", "name", "phone", "how", "anonymous", "secret")  # of a form
_OWED = office_call.c.done_at.is_(None)


class Offices:
    """The repository of the counter."""

    def __init__(self, connection: sa.Connection) -> None:
        self._c = connection
        self._here: int | None = None
        self._heard: list[str] = []

    def caller(self, user_id: str, *, name: str, phone: str | None, now: float) -> Person:
        """Whoever has this number, or somebody new under this id; a name that is given now counts."""
        known = self.by_phone(phone) if phone else None
        if known is None:
            new = upsert(self._c, person).values(
                channel=KANTOR, user_id=user_id, chat_id=user_id, name=name, phone=phone, blocked=False, misses=0,
                missed_at=0.0, surveyed_at=0.0, created_at=now,
            )  # fmt: skip
            self._c.execute(new.on_conflict_do_nothing())  # two operators may have the same caller at once
            known = self.by_phone(phone) if phone else self._by_user(user_id)
        if known is None:
            raise LookupError("a caller that was just written is not there")
        if name and name != known.name:
            self._c.execute(person.update().where(person.c.id == known.id).values(name=name))
        return People(self._c).by_id(known.id) or known

    def by_phone(self, phone: str) -> Person | None:
        """Whoever called or came with this number."""
        query = sa.select(person.c.id).where(person.c.channel == KANTOR, person.c.phone == phone)
        found = self._c.execute(query).scalar()
        return People(self._c).by_id(found) if found else None

    def _by_user(self, user_id: str) -> Person | None:
        return People(self._c).find(KANTOR, user_id)

    def take_down(self, new: TakenDown) -> None:
        """Keep how a case came to us."""
        self._c.execute(taken_down.insert().values(**new.__dict__))

    def taken_down(self, case_id: int) -> TakenDown | None:
        """How a case came to us; None where its reporter wrote it."""
        row = self._c.execute(sa.select(taken_down).where(taken_down.c.case_id == case_id)).mappings().first()
        return TakenDown(**row) if row else None

    def taken_once(self, once: str) -> TakenDown | None:
        """What this very act has taken down already; the same act sent twice at once waits here for the first."""
        if self._c.dialect.name != "sqlite":  # there one transaction writes at a time
            self._c.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(once, 0))))
        row = self._c.execute(sa.select(taken_down).where(taken_down.c.once == once)).mappings().first()
        return TakenDown(**row) if row else None

    def since(self, at: float, *, most: int) -> list[TakenDown]:
        """What was taken down since a moment, the latest first."""
        query = sa.select(taken_down).where(taken_down.c.at >= at).order_by(taken_down.c.at.desc()).limit(most)
        return [TakenDown(**row) for row in self._c.execute(query).mappings()]

    def call(self, person_id: int, case_id: int | None, text: str, *, at: float) -> int:
        """Put something on the list of what is to be told; returns how much of it the person is owed now."""
        values = {"person_id": person_id, "case_id": case_id, "text": text, "at": at}
        self._c.execute(office_call.insert().values(values))
        mine = (office_call.c.person_id == person_id, _OWED)
        return self._c.execute(sa.select(sa.func.count()).select_from(office_call).where(*mine)).scalar_one()

    def stands_here(self, person_id: int) -> None:
        """For the rest of this transaction the person is with an operator: nothing needs to be told later."""
        self._here = person_id

    def hears(self, person_id: int, text: str) -> bool:
        """Whether it is somebody who stands here, and so hears it at once."""
        if person_id == self._here:
            self._heard.append(text)
        return person_id == self._here

    def heard(self) -> list[str]:
        """What they are to hear now."""
        return self._heard

    def owed(self, *, most: int) -> list[Owed]:
        """Everything to be told to people who can be called, by person and case, the longest waiting first."""
        reachable = sa.select(person.c.id).where(person.c.channel == KANTOR, person.c.phone.is_not(None))
        query = sa.select(office_call).where(_OWED, office_call.c.person_id.in_(reachable)).order_by(office_call.c.id)
        found: dict[tuple[int, int | None], list[Call]] = {}
        for row in self._c.execute(query.limit(most * 10)):
            found.setdefault((row.person_id, row.case_id), []).append(_call(row))
        return [Owed(*key, tuple(calls)) for key, calls in found.items()][:most]

    def owed_to(self, person_id: int, case_id: int | None) -> list[Call]:
        """What one person is still to be told of one case."""
        mine = (office_call.c.person_id == person_id, office_call.c.case_id == case_id, _OWED)
        return [_call(row) for row in self._c.execute(sa.select(office_call).where(*mine).order_by(office_call.c.id))]

    def owed_count(self) -> int:
        """How many people of how many cases wait for a call."""
        reachable = sa.select(person.c.id).where(person.c.channel == KANTOR, person.c.phone.is_not(None))
        pairs = sa.select(office_call.c.person_id, office_call.c.case_id).distinct()
        pairs = pairs.where(_OWED, office_call.c.person_id.in_(reachable))
        return self._c.execute(sa.select(sa.func.count()).select_from(pairs.subquery())).scalar_one()

    def called(self, ids: Sequence[int], *, by: str, at: float) -> int:
        """These were told; how many still waited for it. The words are not needed any more."""
        told = office_call.update().where(office_call.c.id.in_(ids), _OWED)
        return self._c.execute(told.values(done_at=at, done_by=by, text="")).rowcount

    def not_reached(self, ids: Sequence[int], *, at: float) -> None:
        """Nobody answered."""
        tried = {"tries": office_call.c.tries + 1, "tried_at": at}
        self._c.execute(office_call.update().where(office_call.c.id.in_(ids), _OWED).values(tried))

    def draft(self, channel: str, chat_id: str, user_id: str) -> OfficeDraft | None:
        """What somebody is taking down in a chat."""
        mine = (office_draft.c.channel == channel, office_draft.c.chat_id == chat_id, office_draft.c.user_id == user_id)
        row = self._c.execute(sa.select(office_draft).where(*mine)).first()
        return _draft(row) if row else None

    def draft_by_id(self, draft_id: int) -> OfficeDraft | None:
        """A draft by id."""
        row = self._c.execute(sa.select(office_draft).where(office_draft.c.id == draft_id)).first()
        return _draft(row) if row else None

    def begin_draft(self, new: OfficeDraft) -> OfficeDraft:
        """Begin to take something down; what somebody had begun in this chat is given up."""
        mine = (office_draft.c.channel == new.channel, office_draft.c.chat_id == new.chat_id)
        self._c.execute(office_draft.delete().where(*mine, office_draft.c.user_id == new.user_id))
        values = {name: value for name, value in new.__dict__.items() if name not in ("id", "form")} | _told(new.form)
        return _draft(self._c.execute(office_draft.insert().values(values).returning(office_draft)).one())

    def change_draft(self, draft_id: int, *, form: Form | None = None, **values: Any) -> OfficeDraft:
        """Set what is told in a draft, and columns of it."""
        values |= _told(form) if form else {}
        changed = office_draft.update().where(office_draft.c.id == draft_id).values(values).returning(office_draft)
        return _draft(self._c.execute(changed).one())

    def drop_draft(self, draft_id: int) -> bool:
        """Forget a draft; whether it was there."""
        return self._c.execute(office_draft.delete().where(office_draft.c.id == draft_id)).rowcount > 0

    def prune(self, *, before: float) -> None:
        """Forget what was told long ago, and drafts that nobody ended."""
        self._c.execute(office_call.delete().where(office_call.c.done_at < before))
        self._c.execute(office_draft.delete().where(office_draft.c.at < before))


def _told(form: Form) -> dict[str, Any]:
    return {name: getattr(form, name) for name in TOLD}


def _draft(row: sa.Row[Any]) -> OfficeDraft:
    form = Form(**{name: row._mapping[name] for name in TOLD})
    return OfficeDraft(row.id, row.channel, row.chat_id, row.user_id, row.step, row.at, form, row.head)


def _call(row: sa.Row[Any]) -> Call:
    return Call(row.id, row.person_id, row.case_id, row.text, row.at, row.tries, row.tried_at)
