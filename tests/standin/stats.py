"""Figures of a run: acknowledgements, answers per chat, order, latencies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.standin.chats import Chat
from tests.standin.messages import Message
from tests.standin.world import World


@dataclass(frozen=True, slots=True)
class Mark:
    """Where counting begins."""

    calls: int = 0
    updates: int = 0
    at: float = 0.0


@dataclass(slots=True)
class _Answers:
    seconds: list[float] = field(default_factory=list)
    stamps: list[float] = field(default_factory=list)
    unanswered: int = 0
    out_of_order: int = 0
    repeated: int = 0
    per_chat: dict[int, int] = field(default_factory=dict)


def figures(world: World, mark: Mark, *, per_chat: bool = False) -> dict[str, Any]:
    """All figures since the mark; times in milliseconds.

    `ack_ms` counts from the person's act, `ack_after_sent_ms` from the first delivery to the bot.
    """
    log = world.updates.log[mark.updates :]
    acknowledged = [update for update in log if update.acknowledged is not None]
    calls = world.calls[mark.calls :]
    answers = _answers(world, mark.at)
    span = answers.stamps[-1] - answers.stamps[0] if len(answers.stamps) > 1 else 0.0
    result: dict[str, Any] = {
        "updates": {
            "pushed": len(log), "acknowledged": len(acknowledged), "pending": len(world.updates.pending),
            "sent_again": sum(1 for update in log if update.tries > 1),
        },
        "ack_ms": spread([u.acknowledged - u.at for u in acknowledged if u.acknowledged is not None]),
        "ack_after_sent_ms": spread([
            u.acknowledged - u.first_sent for u in acknowledged if u.acknowledged and u.first_sent
        ]),
        "calls": {
            "ok": dict(Counter(call.method for call in calls if call.ok)),
            "refused": dict(Counter(f"{call.method} {call.error[0]}" for call in calls if call.error)),
            "faults": dict(Counter(call.fault for call in calls if call.fault)),
        },
        "answers": {
            "count": len(answers.stamps), "chats": len(answers.per_chat), "unanswered": answers.unanswered,
            "out_of_order": answers.out_of_order, "repeated": answers.repeated,
            "per_second": round(len(answers.stamps) / span, 1) if span else None,
        },
        "answer_ms": spread(answers.seconds),
        "violations": sorted(set(world.violations)),
    }  # fmt: skip
    if per_chat:
        result["answers"]["per_chat"] = answers.per_chat
    return result


def spread(seconds: Sequence[float]) -> dict[str, float] | None:
    """Median, 95th and 99th percentile and maximum, in milliseconds."""
    if not seconds:
        return None
    ordered = sorted(seconds)
    last = len(ordered) - 1
    shares = {"p50": 0.50, "p95": 0.95, "p99": 0.99, "max": 1.0}
    return {name: round(ordered[round(share * last)] * 1000, 1) for name, share in shares.items()}


def _answers(world: World, since: float) -> _Answers:
    answers = _Answers()
    for chat in world.chats.values():
        if chat.type == "private":
            _count(chat, since, answers)
    answers.stamps.sort()
    return answers


def _count(chat: Chat, since: float, answers: _Answers) -> None:
    """The i-th answer belongs to the message it replies to, else to the oldest still unanswered."""
    waiting: list[Message] = []
    seen: set[tuple[str, int | None]] = set()
    newest_answered = 0
    for message in chat.all_messages.values():
        if message.at < since:
            continue
        if not message.by_bot:
            waiting.append(message)
            continue
        meant = message.reply_to if message.reply_to in waiting else (waiting[0] if waiting else None)
        answers.stamps.append(message.at)
        answers.per_chat[chat.id] = answers.per_chat.get(chat.id, 0) + 1
        target = message.reply_to.id if message.reply_to else None
        answers.repeated += (message.html, target) in seen
        seen.add((message.html, target))
        if target is not None:
            answers.out_of_order += target < newest_answered
            newest_answered = max(newest_answered, target)
        if meant:
            waiting.remove(meant)
            answers.seconds.append(message.at - meant.at)
    answers.unanswered += len(waiting)
