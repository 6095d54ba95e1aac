"""A Telegram Bot API stand-in for tests; README.md shows how to use it."""

from tests.standin.chats import Chat, Topic, User
from tests.standin.faults import Fault, FaultKind
from tests.standin.groups import Group
from tests.standin.limits import Limits
from tests.standin.messages import Message
from tests.standin.people import Citizen, Member
from tests.standin.server import BOT_ID, TOKEN, Standin
from tests.standin.webhook import Backoff
from tests.standin.world import Press

__all__ = [
    "BOT_ID", "TOKEN", "Backoff", "Chat", "Citizen", "Fault", "FaultKind", "Group", "Limits", "Member",
    "Message", "Press", "Standin", "Topic", "User",
]  # fmt: skip
