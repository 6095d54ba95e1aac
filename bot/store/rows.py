"""Rows of the tables as the records of the domain."""

from typing import Any

import sqlalchemy as sa

from bot.domain.case import MODEL, RULES, Case, Tags
from bot.domain.life import Status
from bot.domain.records import Entry, Lesson, Media


def tag_values(tags: Tags) -> dict[str, Any]:
    """The columns of a case that hold its tags."""
    return {
        "kind": tags.kind,
        "topic": tags.topic,
        "further": list(tags.further),
        "urgency": tags.urgency,
        "language": tags.language,
        "location": tags.location,
        "unsure": tags.unsure,
        "guesses": [list(guess) for guess in tags.guesses],
        "p_topic": tags.p_topic,
        "model": tags.model,
        "set_by": tags.set_by,
        "fixed": list(tags.fixed),
        **({"doubted": tags.unsure} if tags.set_by in (MODEL, RULES) else {}),
    }


def _tags(row: sa.Row[Any]) -> Tags:
    return Tags(
        kind=row.kind,
        topic=row.topic,
        urgency=row.urgency,
        language=row.language,
        further=tuple(row.further),
        location=row.location,
        unsure=row.unsure,
        guesses=tuple((label, p) for label, p in row.guesses),
        p_topic=row.p_topic,
        model=row.model,
        set_by=row.set_by,
        fixed=tuple(row.fixed),
    )


def to_case(row: sa.Row[Any]) -> Case:
    """A row of `cases`."""
    return Case(
        id=row.id,
        code=row.code,
        person_id=row.person_id,
        channel=row.channel,
        chat_id=row.chat_id,
        status=Status(row.status),
        tags=_tags(row),
        unit=row.unit,
        register=row.register,
        created_at=row.created_at,
        updated_at=row.updated_at,
        taken_by=row.taken_by,
        taken_by_id=row.taken_by_id,
        awaiting=row.awaiting,
        last_said_at=row.last_said_at,
        outcome=row.outcome,
        merged_into=row.merged_into,
        rating=row.rating,
        due_at=row.due_at,
        informed=tuple(row.informed),
        anonymous=row.anonymous,
        secret=row.secret,
        secret_by=row.secret_by,
        accused=tuple(row.accused),
        held=row.held,
        erased=row.erased_at is not None,
    )


def to_entry(row: sa.Row[Any]) -> Entry:
    """A row of `entry`."""
    return Entry(
        row.id, row.case_id, row.author, row.kind, row.text, row.at, row.message_id, row.name, row.lat, row.lon,
        row.forwarded,
    )


def to_media(row: sa.Row[Any]) -> Media:
    """A row of `media`."""
    return Media(row.id, row.case_id, row.channel, row.kind, row.file_id, row.mime, row.size, row.path, row.proof)


def to_lesson(row: sa.Row[Any]) -> Lesson:
    """A row of `lesson`."""
    return Lesson(
        row.case_id, row.field, row.before, row.after, row.who, row.model, row.at, row.source, row.undone_at
    )
