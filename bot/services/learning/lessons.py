"""What people's work teaches: agreement, routes that wadul.toml might change, and the rows that training reads."""

import hashlib
import hmac
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from bot.domain.case import MODEL, PLACE, Case
from bot.domain.correcting import LOCATION, TOPIC
from bot.domain.labels import OTHER
from bot.domain.lessons import AGREED, Taught, taught
from bot.domain.privacy import mask
from bot.domain.records import Entry, Lesson, told
from bot.domain.region import DESK
from bot.domain.topics import Topics
from bot.services.office import Office
from bot.services.ports import UnitOfWork

ID_CHARS = 16
Row = dict[str, object]


def agree(uow: UnitOfWork, office: Office, case: Case, *, actor: str) -> None:
    """A department takes a case as the model sent it: weak agreement. What a person settled is none."""
    tags = case.tags
    if tags.model and tags.set_by == MODEL and not tags.unsure and case.unit != DESK:
        uow.cases.learn(Lesson(case.id, AGREED, tags.topic, tags.topic, actor, tags.model, office.clock()))


def lesson_rows(uow: UnitOfWork, topics: Topics, *, salt: str, since: float = 0.0) -> list[Row]:
    """The training rows of every case that taught something since then, the oldest lesson first.

    A case whose words are gone was erased and teaches nothing. Nobody is named: words are masked, ids are hashed.
    """
    by_case: dict[int, list[Lesson]] = {}
    for lesson in uow.lessons.all(since=since):
        by_case.setdefault(lesson.case_id, []).append(lesson)
    ids = sorted(by_case)
    cases = {case.id: case for case in uow.lessons.cases(ids)}
    words = uow.lessons.words(ids)
    groups = _groups(cases.values())
    found: list[tuple[float, Row]] = []
    for case_id, lessons in by_case.items():
        what = taught(lessons, topics)
        text = report_text(words.get(case_id, []))
        if what and text and not cases[case_id].secret and (row := _row(cases[case_id], what, text, topics)):
            marks = {"id": hidden(salt, f"case:{case_id}"), "group": hidden(salt, groups[case_id])}
            found.append((what.at, {**marks, **row}))
    return [row for _, row in sorted(found, key=lambda each: each[0])]


def report_text(entries: Sequence[Entry]) -> str:
    """A report's words as the classifier read them, masked; what only answered `where` is left out."""
    report = told(entries)
    matter = [entry for entry in report if entry.kind != PLACE] or report
    return mask("\n".join(entry.text for entry in matter)).text.strip()


def hidden(salt: str, what: str) -> str:
    """An id that stays the same from one export to the next and leads back to nobody without the office's key."""
    return hmac.new(salt.encode(), what.encode(), hashlib.sha256).hexdigest()[:ID_CHARS]


def _row(case: Case, what: Taught, text: str, topics: Topics) -> Row | None:
    labels = dict(what.labels)
    place = labels.pop(LOCATION, "")
    at = re.search(re.escape(place), text, re.IGNORECASE) if place else None
    if at:
        labels[LOCATION] = at.group()  # as it stands in the words; a place told elsewhere is no phrase of theirs
    if not labels:
        return None
    row: Row = {"text": text, **labels, "language": case.tags.language}
    if labels.get(TOPIC, OTHER) != OTHER and what.source != "agreement":
        further = dict.fromkeys(topics.read(topic) for topic in case.tags.further)
        row["topics2"] = [topic for topic in further if topic not in (labels[TOPIC], OTHER)]
    last = datetime.fromtimestamp(what.at, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return {**row, "at": last, "weight": what.weight, "source": what.source}


def _groups(cases: Iterable[Case]) -> dict[int, str]:
    """Case → the story it belongs to: one reporter's cases, and those merged with them, are one."""
    parent: dict[str, str] = {}

    def root(of: str) -> str:
        while parent.setdefault(of, of) != of:
            of = parent[of]
        return of

    every = list(cases)
    for case in every:
        for other in (f"person:{case.person_id}", f"story:{case.merged_into or case.id}"):
            first, second = sorted((root(f"story:{case.id}"), root(other)))
            parent[second] = first
    return {case.id: root(f"story:{case.id}") for case in every}
