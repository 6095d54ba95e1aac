"""Erase what a case or a person told, in every table that holds it; what stays is figures, states and the audit.

Files and the person's queue cannot go in this transaction: they are noted in `doomed` and taken away right after it,
also where the process dies in between (`services/rights_loop.py`).
"""

from collections.abc import Collection, Iterable, Sequence

import sqlalchemy as sa

from bot.domain.case import Case
from bot.domain.correcting import LOCATION
from bot.domain.records import Person
from bot.domain.retention import village_of
from bot.services.learning.lessons import hidden
from bot.store.rows import to_case
from bot.store.sql import lane_key
from bot.store.tables import (
    appeal,
    bar,
    bound,
    case,
    coba_message,
    doomed,
    entry,
    inbox,
    label_answer,
    label_task,
    lane,
    lesson,
    media,
    metadata,
    outbox,
    person,
)
from bot.store.traces import forget_case, forget_person
from bot.store.words import write_words

FILE, LESSON, QUEUE = "file", "lesson", "queue"
NOBODY = "erased"
COBA = "coba"
WORDED = ("text", "edit", "picture", "caption")  # intents that carry words themselves; cards are drawn when sent


class Erasing:
    """The repository of forgetting."""

    def __init__(self, connection: sa.Connection) -> None:
        self._c = connection

    def cases(self, person_id: int) -> list[Case]:
        """Every case of somebody that still has its words, oldest first."""
        mine = (case.c.person_id == person_id, case.c.erased_at.is_(None))
        return [to_case(row) for row in self._c.execute(sa.select(case).where(*mine).order_by(case.c.id))]

    def case(self, gone: Case, *, salt: str, at: float) -> None:
        """Take words, files, place and every derived trace from a case; topic, village, times and status stay."""
        self._forget_rows(gone.id)
        self.files([gone.id], at=at)
        self._forget_queued(gone)
        nothing = {"text": "", "name": "", "lat": None, "lon": None, "message_id": None, "group_key": None}
        staff = {"text": ""}
        mine = entry.c.case_id == gone.id
        self._c.execute(entry.update().where(mine, entry.c.author == "citizen").values(nothing))
        self._c.execute(entry.update().where(mine, entry.c.author != "citizen").values(staff))
        values = {"location": village_of(gone.tags.location), "outcome": None, "chat_id": NOBODY, "erased_at": at}
        self._c.execute(case.update().where(case.c.id == gone.id).values(**values, held=False))
        write_words(self._c, [gone.id])
        self._doom(LESSON, [hidden(salt, f"case:{gone.id}")], at=at)

    def files(self, case_ids: Collection[int], *, at: float) -> int:
        """Forget the files of cases; how many."""
        rows = self._c.execute(sa.select(media).where(media.c.case_id.in_(case_ids))).all()
        ids = [row.id for row in rows]
        paths = [f"media/{row.path}" for row in rows if row.path]
        paths += [f"coba/{row.file_id}" for row in rows if row.channel == COBA]
        self._doom(FILE, paths, at=at)
        for table in reversed(metadata.sorted_tables):
            if "media_id" in table.c:  # signatures of a photo go with it
                self._c.execute(table.delete().where(table.c.media_id.in_(ids)))
        self._c.execute(media.delete().where(media.c.id.in_(ids)))
        return len(rows)

    def person(self, gone: Person, *, at: float) -> None:
        """Leave a stub that leads to nobody: no name, phone or id of any platform."""
        key = lane_key(gone.channel, gone.chat_id)
        self._c.execute(entry.delete().where(entry.c.person_id == gone.id, entry.c.case_id.is_(None)))
        if gone.channel == COBA:
            self._forget_page(gone, at=at)
        forget_person(self._c, gone.id)
        self._c.execute(bound.delete().where(bound.c.lane == key))
        self._c.execute(inbox.update().where(inbox.c.lane == key, inbox.c.done_at.is_not(None)).values(payload=""))
        bars = sa.select(bar.c.id).where(bar.c.person_id == gone.id)
        self._c.execute(appeal.update().where(appeal.c.bar_id.in_(bars)).values(text=""))
        self._c.execute(bar.update().where(bar.c.person_id == gone.id).values(reason="", code=""))
        stub = f"{NOBODY}:{gone.id}"
        values = {"user_id": stub, "chat_id": stub, "name": "", "phone": None, "register": None, "corrected": "",
                  "blocked": True, "barred_until": 0.0}  # fmt: skip
        self._c.execute(person.update().where(person.c.id == gone.id).values(values))
        self._doom(QUEUE, [key], at=at)

    def doomed(self, *, most: int) -> list[tuple[int, str, str, float]]:
        """What is still to be taken away: id, kind, what, since when."""
        rows = self._c.execute(sa.select(doomed).order_by(doomed.c.id).limit(most))
        return [(row.id, row.kind, row.what, row.at) for row in rows]

    def buried(self, ids: Sequence[int]) -> None:
        """It is taken away."""
        self._c.execute(doomed.delete().where(doomed.c.id.in_(ids)))

    def queue(self, key: str, *, until: float) -> bool:
        """Take away a chat's queue up to then, once the last answer went out; False where one still waits."""
        waiting = sa.select(outbox.c.id).where(outbox.c.lane == key, outbox.c.done_at.is_(None))
        arriving = sa.select(inbox.c.id).where(
            inbox.c.lane == key, inbox.c.done_at.is_(None), inbox.c.received_at <= until
        )
        if self._c.execute(waiting).first() or self._c.execute(arriving).first():
            return False
        old = (inbox.c.lane == key, inbox.c.received_at <= until)
        self._c.execute(inbox.update().where(*old).values(lane=NOBODY, payload="", group_key=None))
        self._c.execute(outbox.delete().where(outbox.c.lane == key, outbox.c.created_at <= until))
        left = sa.select(outbox.c.id).where(outbox.c.lane == key)
        if self._c.execute(left).first() is None:
            self._c.execute(lane.delete().where(lane.c.key == key, lane.c.owner.is_(None), lane.c.pending <= 0))
        return True

    def _forget_page(self, gone: Person, *, at: float) -> None:
        """What stands on the phone that the coba page plays, with its pictures and files."""
        mine = coba_message.c.chat_id == gone.chat_id
        bodies = self._c.execute(sa.select(coba_message.c.body).where(mine)).scalars()
        self._doom(FILE, [f"coba/{body['file']}" for body in bodies if "file" in body], at=at)
        self._c.execute(coba_message.delete().where(mine))

    def _forget_rows(self, case_id: int) -> None:
        """Questions, drafts, what taught a place, vectors."""
        forget_case(self._c, case_id)
        answered = sa.select(label_answer.c.task_id)
        self._c.execute(label_task.delete().where(label_task.c.case_id == case_id, label_task.c.id.not_in(answered)))
        self._c.execute(lesson.delete().where(lesson.c.case_id == case_id, lesson.c.field == LOCATION))

    def _forget_queued(self, gone: Case) -> None:
        """What waits to be sent with words of the case, and what its messages were bound to in the citizen's chat."""
        mine = (outbox.c.case_id == gone.id, outbox.c.done_at.is_(None), outbox.c.kind.in_(WORDED))
        for key in self._c.execute(outbox.delete().where(*mine).returning(outbox.c.lane)).scalars().all():
            self._c.execute(lane.update().where(lane.c.key == key).values(pending=lane.c.pending - 1))
        own = (bound.c.case_id == gone.id, bound.c.lane == lane_key(gone.channel, gone.chat_id))
        self._c.execute(bound.delete().where(*own))

    def _doom(self, kind: str, what: Iterable[str], *, at: float) -> None:
        rows = [{"kind": kind, "what": each, "at": at} for each in what]
        if rows:
            self._c.execute(doomed.insert(), rows)
