"""Cases, their words and files."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from bot.domain.case import Case
from bot.domain.incoming import Attachment
from bot.domain.life import OPEN, Status
from bot.domain.records import REPORTED, Entry, Lesson, Media, Noted
from bot.services.ports import NewCase, NewEntry
from bot.store.rows import tag_values, to_case, to_entry, to_lesson, to_media
from bot.store.tables import audit, case, entry, lesson, media
from bot.store.words import FOUND_BY, write_words

_OPEN = [str(status) for status in OPEN]
FIRST_LOOK = 60.0  # the clock lets a new case be for so long; a burst has passed by then
# What deadlines hang on, and who may be told.
WATCHED = frozenset({"status", "urgency", "unit", "kind", "topic", "accused"})

# Statements of the hot path are built once: building one costs more than running it.
_ADD = case.insert().returning(case)
_CODE_TAKEN = sa.select(case.c.id).where(case.c.code == sa.bindparam("code"))
_SAY = entry.insert().returning(entry.c.id)
_ENTRIES = sa.select(entry).where(entry.c.case_id == sa.bindparam("case_id")).order_by(entry.c.id)
_REPORTED = (media.c.case_id == sa.bindparam("case_id"), media.c.proof.is_(False))
_MEDIA = sa.select(media).where(*_REPORTED).order_by(media.c.id)
_BY_ID = sa.select(case).where(case.c.id == sa.bindparam("case_id"))
_NOTE = audit.insert()
_OF_PERSON = (
    sa.select(case)
    .where(case.c.person_id == sa.bindparam("person_id"))
    .order_by(case.c.id.desc())
    .limit(sa.bindparam("most", type_=sa.Integer))
)
_OF_PERSON_OPEN = _OF_PERSON.where(case.c.status.in_([*_OPEN, str(Status.DIGABUNG)])).with_for_update()
_MERGED = sa.select(case).where(case.c.merged_into == sa.bindparam("root_id")).order_by(case.c.id)
_MERGED_WORDS = (
    sa.select(entry, case.c.code)
    .join(case, case.c.id == entry.c.case_id)
    .where(case.c.merged_into == sa.bindparam("root_id"), entry.c.kind == "addition", case.c.secret.is_(False))
    .order_by(entry.c.id.desc())
    .limit(sa.bindparam("most", type_=sa.Integer))
)


class Cases:
    """The repository of cases and everything told in them."""

    def __init__(self, connection: sa.Connection) -> None:
        self._c = connection
        self._notes: list[dict[str, Any]] = []
        self._reworded: set[int] = set()

    def add(self, new: NewCase) -> Case:
        """Open a case."""
        values = {
            "code": new.code,
            "person_id": new.person_id,
            "channel": new.channel,
            "chat_id": new.chat_id,
            "status": new.status,
            "unit": new.unit,
            "informed": list(new.informed),
            "register": new.register,
            "created_at": new.at,
            "updated_at": new.at,
            "last_said_at": new.at,
            "awaiting": new.awaiting,
            "check_at": None if new.held else new.at + (0.0 if new.tags.emergency else FIRST_LOOK),
            "held": new.held,
            **tag_values(new.tags),
        }
        row = self._c.execute(_ADD, values).one()
        self._reworded.add(row.id)
        return to_case(row)

    def code_taken(self, code: str) -> bool:
        """Whether a code is in use."""
        return self._c.execute(_CODE_TAKEN, {"code": code}).first() is not None

    def by_id(self, case_id: int) -> Case | None:
        """The case of this id."""
        row = self._c.execute(_BY_ID, {"case_id": case_id}).first()
        return to_case(row) if row else None

    def by_code(self, code: str) -> Case | None:
        """The case of this code, locked for the rest of the transaction where the database can."""
        row = self._c.execute(sa.select(case).where(case.c.code == code).with_for_update()).first()
        return to_case(row) if row else None

    def lock(self, case_id: int) -> Case | None:
        """The case, locked for the rest of the transaction where the database can."""
        row = self._c.execute(sa.select(case).where(case.c.id == case_id).with_for_update()).first()
        return to_case(row) if row else None

    def of_person(self, person_id: int, *, open_only: bool = False, limit: int = 20) -> list[Case]:
        """A person's cases, the latest first. `open_only`: with those that go on merged into another, all locked."""
        query = _OF_PERSON_OPEN if open_only else _OF_PERSON
        return [to_case(row) for row in self._c.execute(query, {"person_id": person_id, "most": limit})]

    def open_in(self, unit: str) -> list[Case]:
        """Open cases that a unit must act on, oldest first."""
        mine = (case.c.unit == unit, case.c.status.in_(_OPEN))
        query = sa.select(case).where(*mine).order_by(case.c.id).with_for_update()
        return [to_case(row) for row in self._c.execute(query)]

    def open_emergencies(self) -> list[Case]:
        """Open cases that the duty chat must know."""
        query = sa.select(case).where(case.c.urgency == "darurat", case.c.status.in_(_OPEN)).order_by(case.c.id)
        return [to_case(row) for row in self._c.execute(query)]

    def change(self, case_id: int, **values: Any) -> Case:
        """Set columns, or `tags`, and return the case as it is now."""
        tags = values.pop("tags", None)
        if tags is not None:
            values |= tag_values(tags)
        if "informed" in values:
            values["informed"] = list(values["informed"])
        if "accused" in values:
            values["accused"] = list(values["accused"])
        if FOUND_BY & values.keys():
            self._reworded.add(case_id)
        if WATCHED & values.keys():
            values.setdefault("check_at", 0.0)  # the clock looks at it at once
        row = self._c.execute(case.update().where(case.c.id == case_id).values(values).returning(case)).one()
        return to_case(row)

    def merged(self, root_id: int) -> list[Case]:
        """The cases that were merged into this one, oldest first."""
        return [to_case(row) for row in self._c.execute(_MERGED, {"root_id": root_id})]

    def say(self, new: NewEntry) -> int:
        """Keep words; `case_id` may be None for what is no report."""
        values = {
            "case_id": new.case_id,
            "person_id": new.person_id,
            "author": new.author,
            "name": new.name,
            "kind": new.kind,
            "text": new.text,
            "message_id": new.message_id,
            "group_key": new.group_key,
            "lat": new.point.lat if new.point else None,
            "lon": new.point.lon if new.point else None,
            "forwarded": new.forwarded,
            "at": new.at,
        }
        if new.case_id is not None and new.kind in REPORTED:
            self._reworded.add(new.case_id)
        return int(self._c.execute(_SAY, values).scalar_one())

    def entries(self, case_id: int) -> list[Entry]:
        """Everything said in a case, in order."""
        return [to_entry(row) for row in self._c.execute(_ENTRIES, {"case_id": case_id})]

    def merged_words(self, root_id: int, *, limit: int) -> list[tuple[Entry, str]]:
        """What citizens added to the cases merged into this one, in order, each with its case's code."""
        rows = self._c.execute(_MERGED_WORDS, {"root_id": root_id, "most": limit}).all()
        return [(to_entry(row), row.code) for row in reversed(rows)]

    def entry(self, entry_id: int) -> tuple[Entry, int | None] | None:
        """Words by id, with the person who said them."""
        row = self._c.execute(sa.select(entry).where(entry.c.id == entry_id)).first()
        return (to_entry(row), row.person_id) if row else None

    def entry_of(self, person_id: int, message_id: str) -> Entry | None:
        """The words a person said in a message."""
        query = sa.select(entry).where(entry.c.person_id == person_id, entry.c.message_id == message_id)
        row = self._c.execute(query.order_by(entry.c.id.desc())).first()
        return to_entry(row) if row else None

    def album_case(self, person_id: int, group_key: str) -> int | None:
        """The case that earlier parts of an album went to."""
        query = sa.select(entry.c.case_id).where(
            entry.c.person_id == person_id, entry.c.group_key == group_key, entry.c.case_id.is_not(None)
        )
        return self._c.execute(query.limit(1)).scalar()

    def reword(self, entry_id: int, text: str, *, at: float, case_id: int | None = None) -> None:
        """Replace the words of an entry; with `case_id`, give it to that case as its report."""
        values: dict[str, Any] = {"text": text, "edited_at": at}
        if case_id is not None:
            values |= {"case_id": case_id, "kind": "report"}
        changed = entry.update().where(entry.c.id == entry_id).values(values).returning(entry.c.case_id)
        if of_case := self._c.execute(changed).scalar():
            self._reworded.add(of_case)

    def attach(self, case_id: int, channel: str, files: Sequence[Attachment], *, at: float) -> list[int]:
        """Keep files of a case; they are fetched later."""
        rows = [
            {
                "case_id": case_id,
                "channel": channel,
                "kind": f.kind,
                "file_id": f.file_id,
                "unique_id": f.unique_id,
                "mime": f.mime[:128],
                "size": f.size,
                "next_at": at,
            }
            for f in files
        ]
        if not rows:
            return []
        inserted = media.insert().returning(media.c.id, sort_by_parameter_order=True)
        return [int(i) for i in self._c.execute(inserted, rows).scalars()]

    def media(self, case_id: int) -> list[Media]:
        """The files of a case, without those that staff sent as proof."""
        return [to_media(row) for row in self._c.execute(_MEDIA, {"case_id": case_id})]

    def media_by_id(self, ids: Sequence[int]) -> list[Media]:
        """Files by id, in order of id."""
        rows = self._c.execute(sa.select(media).where(media.c.id.in_(ids)).order_by(media.c.id))
        return [to_media(row) for row in rows]

    def media_to_fetch(self, *, now: float, limit: int) -> list[tuple[Media, int]]:
        """Files not on disk yet whose time has come, with the attempts made."""
        query = (
            sa.select(media)
            .where(media.c.path.is_(None), media.c.error.is_(None), media.c.next_at <= now)
            .order_by(media.c.id)
            .limit(limit)
        )
        return [(to_media(row), row.attempts) for row in self._c.execute(query)]

    def media_fetched(self, media_id: int, **values: Any) -> None:
        """Record how fetching a file went: path and sha256, or the next attempt, or the error."""
        self._c.execute(media.update().where(media.c.id == media_id).values(values))

    def note(self, case_id: int | None, actor: str, what: str, *, at: float, before: str = "", after: str = "") -> None:
        """Write the audit line of something done or read."""
        row = {"case_id": case_id, "actor": actor, "what": what, "at": at, "before": before[:64], "after": after[:64]}
        self._notes.append(row)

    def flush(self) -> None:
        """Write the audit lines of this transaction, and the words that its cases are found by."""
        if self._notes:
            self._c.execute(_NOTE, self._notes)
            self._notes = []
        write_words(self._c, self._reworded)
        self._reworded = set()

    def noted(self, case_id: int, what: str) -> Noted | None:
        """The latest audit line of this kind in a case."""
        self.flush()
        query = sa.select(audit).where(audit.c.case_id == case_id, audit.c.what == what).order_by(audit.c.id.desc())
        row = self._c.execute(query.limit(1)).first()
        return _noted(row) if row else None

    def trail(self, case_id: int) -> list[Noted]:
        """The audit lines of a case, oldest first."""
        self.flush()
        rows = self._c.execute(sa.select(audit).where(audit.c.case_id == case_id).order_by(audit.c.id))
        return [_noted(row) for row in rows]

    def learn(self, new: Lesson) -> None:
        """Keep what a person taught."""
        self._c.execute(lesson.insert().values({**new.__dict__}))

    def lessons(self, case_id: int) -> list[Lesson]:
        """What people taught in a case, in order."""
        rows = self._c.execute(sa.select(lesson).where(lesson.c.case_id == case_id).order_by(lesson.c.id))
        return [to_lesson(row) for row in rows]


def _noted(row: sa.Row[Any]) -> Noted:
    return Noted(row.at, row.actor, row.before or "", row.after or "", row.what)
