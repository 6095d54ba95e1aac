"""A chat's queue in the outbox, as it is handed out and comes back."""

from dataclasses import dataclass

from bot.domain.outgoing import Intent


@dataclass(frozen=True)
class OutboxRow:
    """An intent in hand. `attempts` counts failed sends."""

    id: int
    intent: Intent
    priority: int
    thread_id: str | None
    merge_key: str | None
    attempts: int
    created_at: float


@dataclass(frozen=True)
class LaneWork:
    """A chat's queue in hand: its next rows and when it last sent."""

    key: str
    channel: str
    chat_id: str
    sent_at: tuple[float, ...]
    rows: tuple[OutboxRow, ...]


@dataclass(frozen=True)
class LaneResult:
    """How a lane's rows went. Times are seconds since 1970. `waits` is the row that its budget keeps waiting."""

    key: str
    sent: tuple[int, ...]
    dead: tuple[tuple[int, str], ...]
    retried: tuple[int, ...]
    sent_at: tuple[float, ...]
    ready_at: float
    blocked_until: float
    waits: int | None = None
