"""Where words of citizens stand beside their entries, table by table; a test looks that none is forgotten."""

import sqlalchemy as sa

from bot.store.tables import (
    appointment,
    draft,
    handover,
    office_call,
    office_draft,
    person,
    prompt,
    quoted,
    similar,
    similar_pair,
    unsealing,
    wish,
)

CASE_ROWS: tuple[sa.Column[int], ...] = (
    draft.c.case_id, prompt.c.case_id, similar.c.case_id, similar_pair.c.case_id, similar_pair.c.other_id,
    quoted.c.case_id,
)  # fmt: skip
"""Rows of a case that are nothing without its words."""
CASE_WORDS: tuple[tuple[sa.Column[int], str], ...] = (
    (office_call.c.case_id, "text"), (handover.c.case_id, "reason"), (unsealing.c.case_id, "reason"),
)  # fmt: skip
"""Columns that hold words said of a case; the row itself is the office's record."""


def forget_case(connection: sa.Connection, case_id: int) -> None:
    """Take away every row, and empty every column, that holds words of a case."""
    for column in CASE_ROWS:
        connection.execute(column.table.delete().where(column == case_id))
    for column, words in CASE_WORDS:
        connection.execute(column.table.update().where(column == case_id).values({words: ""}))


def forget_person(connection: sa.Connection, person_id: int) -> None:
    """The same of what hangs on a person alone."""
    phone = sa.select(person.c.phone).where(person.c.id == person_id).scalar_subquery()
    connection.execute(office_draft.delete().where(office_draft.c.phone == phone))
    connection.execute(wish.delete().where(wish.c.person_id == person_id))
    connection.execute(office_call.update().where(office_call.c.person_id == person_id).values(text=""))
    connection.execute(appointment.update().where(appointment.c.person_id == person_id).values(subject=""))
