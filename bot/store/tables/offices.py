"""The doors that are no chat: reports taken down for others, calls to make, meetings with the head."""

import sqlalchemy as sa

from bot.domain.appointments import ACTIVE
from bot.domain.counter import KANTOR
from bot.store.tables.base import Id, Time, metadata, row_id
from bot.store.tables.people import person

_caller = sa.and_(person.c.channel == KANTOR, person.c.phone.is_not(None))
sa.Index(
    "uq_person_phone_caller", person.c.phone, unique=True, sqlite_where=_caller, postgresql_where=_caller
)  # one number, one caller

taken_down = sa.Table(
    "taken_down",
    metadata,
    sa.Column("case_id", Id, sa.ForeignKey("cases.id"), primary_key=True, autoincrement=False),
    sa.Column("once", sa.String(64), nullable=False, unique=True),
    sa.Column("how", sa.String(16), nullable=False),
    sa.Column("operator", sa.String(160), nullable=False),
    sa.Column("name", sa.String(128), nullable=False),
    sa.Column("channel", sa.String(16), nullable=False),
    sa.Column("chat_id", sa.String(128), nullable=False),
    sa.Column("at", Time, nullable=False),
)
sa.Index("ix_taken_down_at", taken_down.c.at)

office_call = sa.Table(
    "office_call",
    metadata,
    row_id(),
    sa.Column("person_id", sa.ForeignKey("person.id"), nullable=False),
    sa.Column("case_id", Id),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("at", Time, nullable=False),
    sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
    sa.Column("tried_at", Time),
    sa.Column("done_at", Time),
    sa.Column("done_by", sa.String(160)),
)
_owed = office_call.c.done_at.is_(None)
sa.Index("ix_office_call_owed", office_call.c.person_id, sqlite_where=_owed, postgresql_where=_owed)

office_draft = sa.Table(
    "office_draft",
    metadata,
    row_id(),
    sa.Column("channel", sa.String(16), nullable=False),
    sa.Column("chat_id", sa.String(128), nullable=False),
    sa.Column("user_id", sa.String(128), nullable=False),
    sa.Column("step", sa.String(16), nullable=False),
    sa.Column("words", sa.Text, nullable=False),
    sa.Column("name", sa.String(128), nullable=False),
    sa.Column("phone", sa.String(32)),
    sa.Column("how", sa.String(16), nullable=False),
    sa.Column("anonymous", sa.Boolean, nullable=False),
    sa.Column("secret", sa.Boolean, nullable=False),
    sa.Column("at", Time, nullable=False),
    sa.Column("head", sa.String(32)),
    sa.UniqueConstraint("channel", "chat_id", "user_id"),
)

appointment = sa.Table(
    "appointment",
    metadata,
    row_id(),
    sa.Column("person_id", sa.ForeignKey("person.id"), nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("register", sa.String(16), nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("slot", Time),
    sa.Column("place", sa.Integer),
    sa.Column("number", sa.Integer),
    sa.Column("hold_until", Time),
    sa.Column("check_at", Time),
    sa.Column("reminded", sa.Integer, nullable=False, server_default="0"),
    sa.Column("case_id", Id),
    sa.Column("operator", sa.String(160), nullable=False, server_default=""),
    sa.Column("created_at", Time, nullable=False),
    sa.Column("head", sa.String(32), nullable=False, server_default="kepala"),
    sa.UniqueConstraint("head", "slot", "place"),  # two people never get the same place
)
_active = appointment.c.state.in_([str(state) for state in sorted(ACTIVE)])
sa.Index(
    "uq_appointment_person", appointment.c.person_id, unique=True, sqlite_where=_active, postgresql_where=_active
)  # nor one person two
_watched = appointment.c.check_at.is_not(None)
sa.Index("ix_appointment_check_at", appointment.c.check_at, sqlite_where=_watched, postgresql_where=_watched)
