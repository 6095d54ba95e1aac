"""The verbs of people and groups as JSON actions, and bursts, for the control API."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.standin.chats import Topic, User
from tests.standin.groups import Group
from tests.standin.messages import Message
from tests.standin.people import Actor, Citizen, Member
from tests.standin.views import message_view, press_view
from tests.standin.world import Press

if TYPE_CHECKING:
    from tests.standin.server import Standin

_PERSON = {
    "say", "reply", "start", "photo", "video", "voice", "document", "album", "location", "contact", "sticker",
    "forward", "edit", "press", "block", "unblock",
}  # fmt: skip
_GROUP = {
    "topic", "close_topic", "reopen_topic", "delete_topic", "kick_bot", "add_bot", "promote_bot", "rename", "upgrade",
}  # fmt: skip
_SLICE = 0.01


@dataclass(frozen=True, slots=True)
class BurstPlan:
    """Messages of many citizens, in rounds; `rate` per second, None for as fast as possible."""

    chats: int
    first_id: int = 1_000_000
    per_chat: int = 1
    texts: list[str] = field(default_factory=lambda: ["dalan ngarep balai desa bolong-bolong"])
    rate: float | None = None


def perform(standin: Standin, action: dict[str, Any]) -> Any:
    """Do one action. `who` is the person, `chat` the group (absent: the private chat)."""
    options = dict(action)
    verb = str(options.pop("do"))
    if verb == "group":
        return {"chat": standin.group(options.pop("chat"), **options).id}
    if verb in _GROUP:
        return _group_action(standin, verb, options)
    if verb not in _PERSON:
        raise ValueError(f"no such action: {verb}")
    actor = _actor(standin, options)
    for name in ("message", "reply_to"):
        if name in options:
            options[name] = actor.chat.all_messages[options[name]]
    return _shown(getattr(actor, verb)(**options))


async def burst(standin: Standin, plan: BurstPlan) -> None:
    """Push the plan in small slices, so that the loop stays free for the bot's calls."""
    started, pushed = time.perf_counter(), 0
    for round_number in range(plan.per_chat):
        for index in range(plan.chats):
            text = plan.texts[(round_number * plan.chats + index) % len(plan.texts)]
            standin.citizen(plan.first_id + index, first_name=f"Warga {index}").say(text)
            pushed += 1
            if plan.rate is None:
                if pushed % 20 == 0:
                    await asyncio.sleep(0)
            elif (ahead := pushed / plan.rate - (time.perf_counter() - started)) > _SLICE:
                await asyncio.sleep(ahead)


def _actor(standin: Standin, options: dict[str, Any]) -> Actor:
    person = standin.citizen(options.pop("who"), first_name=options.pop("name", "Sri"))
    chat = options.pop("chat", None)
    if chat is None or chat == person.id:
        return Citizen(standin.world, person.user, person.chat)
    standin.world.chats[chat].members.setdefault(person.id, "member")
    return Member(standin.world, person.user, standin.world.chats[chat])


def _group_action(standin: Standin, verb: str, options: dict[str, Any]) -> Any:
    chat = standin.world.chats[options.pop("chat")]
    owner_id = next(user_id for user_id, status in chat.members.items() if status == "creator")
    owner: User = standin.world.users[owner_id]
    group = Group(standin.world, chat, owner)
    if isinstance(options.get("topic"), int):
        options["topic"] = chat.topics[options["topic"]]
    return _shown(getattr(group, verb)(**options))


def _shown(made: Any) -> Any:
    if isinstance(made, Message):
        return {"chat": made.chat.id, **message_view(made)}
    if isinstance(made, Press):
        return press_view(made)
    if isinstance(made, Topic):
        return {"topic": made.id, "name": made.name}
    if isinstance(made, Group):
        return {"chat": made.id}
    return [_shown(part) for part in made] if isinstance(made, list) else None
