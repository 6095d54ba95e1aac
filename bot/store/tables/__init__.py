"""Every table, by subject. A new one belongs into the module of its subject, and here."""

from bot.store.tables.base import Id, Time, metadata
from bot.store.tables.cases import WORK, audit, case, case_words, digest, entry, media, nudge
from bot.store.tables.desks import bound, card, coba_message, draft, prompt, room, unit_chat
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
from bot.store.tables.people import admin, person, role, secret, web_key
from bot.store.tables.queues import inbox, lane, outbox, worker

__all__ = [
    "WORK", "Id", "Time", "admin", "audit", "bound", "card", "case", "case_words", "coba_message", "digest",
    "draft", "entry", "inbox", "label_answer", "label_task", "lane", "lesson", "media", "metadata", "model_use",
    "model_version", "nudge", "offered_route", "outbox", "person", "prompt", "rerouting", "role", "room", "secret",
    "shadow_count", "shadow_run", "training_job", "unit_chat", "web_key", "worker",
]
