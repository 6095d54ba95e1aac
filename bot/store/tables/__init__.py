"""Every table, by subject. A new one belongs into the module of its subject, and here."""

from bot.store.tables.base import Id, Time, metadata
from bot.store.tables.cases import ACCUSING, WORK, audit, case, case_words, digest, entry, media, nudge
from bot.store.tables.desks import bound, card, coba_message, draft, prompt, room, unit_chat
from bot.store.tables.evidence import evidence, photo, proof
from bot.store.tables.learning import (
    label_answer,
    label_task,
    lesson,
    model_use,
    model_version,
    offered_route,
    rerouting,
    shadow_count,
    shadow_run,
    training_job,
)
from bot.store.tables.levels import handover
from bot.store.tables.offices import appointment, office_call, office_draft, taken_down
from bot.store.tables.people import admin, person, role, secret, web_key
from bot.store.tables.privacy import quoted, reading, secret_reader, unsealing, wish
from bot.store.tables.queues import inbox, lane, outbox, worker
from bot.store.tables.rights import appeal, bar, data_request, doomed, incident, notice, register
from bot.store.tables.similar import similar, similar_pair

__all__ = [
    "ACCUSING",
    "WORK",
    "Id",
    "Time",
    "admin",
    "appeal",
    "appointment",
    "audit",
    "bar",
    "bound",
    "card",
    "case",
    "case_words",
    "coba_message",
    "data_request",
    "digest",
    "doomed",
    "draft",
    "entry",
    "evidence",
    "handover",
    "inbox",
    "incident",
    "label_answer",
    "label_task",
    "lane",
    "lesson",
    "media",
    "metadata",
    "model_use",
    "model_version",
    "notice",
    "nudge",
    "offered_route",
    "office_call",
    "office_draft",
    "outbox",
    "person",
    "photo",
    "prompt",
    "proof",
    "quoted",
    "reading",
    "register",
    "rerouting",
    "role",
    "room",
    "secret",
    "secret_reader",
    "shadow_count",
    "shadow_run",
    "similar",
    "similar_pair",
    "taken_down",
    "training_job",
    "unit_chat",
    "unsealing",
    "web_key",
    "wish",
    "worker",
]
