"""`Standin`: the Bot API on loopback plus the people of a test, in the test's own loop."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self, TypeVar

from aiohttp import web

from tests.standin.api import Api
from tests.standin.calls import Call
from tests.standin.chats import Chat, User
from tests.standin.control import Control
from tests.standin.faults import Fault, FaultKind
from tests.standin.groups import Group
from tests.standin.http import build_server
from tests.standin.limits import Budget, Limits
from tests.standin.people import Citizen
from tests.standin.webhook import Backoff, WebhookPusher
from tests.standin.world import Press, World

T = TypeVar("T")
TOKEN = "700000001:AAstandinTOKENstandinTOKENstandin00"
BOT_ID = 700_000_001
ADDER = User(990_000_001, "Pengelola")


class Standin:
    """Use as `async with Standin() as standin:`; everything but waiting is synchronous."""

    def __init__(
        self,
        *,
        token: str = TOKEN,
        latency: float = 0.0,
        limits: Limits | None = None,
        privacy: bool = True,
        callback_lifetime: float = 30.0,
        backoff: Backoff | None = None,
        clock: Callable[[], float] = time.time,
        port: int = 0,
    ) -> None:
        bot = User(
            int(token.partition(":")[0]), "Wadul", username="wadul_bot", language_code=None, is_bot=True
        )
        self.token = token
        self.world = World(bot, clock=clock, privacy=privacy, callback_lifetime=callback_lifetime)
        self.webhook = WebhookPusher(self.world.updates, backoff=backoff or Backoff())
        self.api = Api(self.world, self.webhook, latency=latency, budget=Budget(limits) if limits else None)
        self.port = port
        self._control = Control(self)
        self._runner: web.ServerRunner | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listen on loopback."""
        server = build_server(self.api, token=self.token, control=self._control.handle)
        self._runner = web.ServerRunner(server, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port, backlog=1024)
        await site.start()
        self.port = int(self._runner.addresses[0][1])

    async def stop(self) -> None:
        """Stop pushing and listening; pending polls end with 409."""
        await self._control.stop()
        await self.webhook.stop()
        self.world.updates.end_poll()
        if self._runner:
            await self._runner.cleanup()
            self._runner = None

    @property
    def base_url(self) -> str:
        """python-telegram-bot's `base_url`: the token is appended."""
        return f"http://127.0.0.1:{self.port}/bot"

    @property
    def base_file_url(self) -> str:
        """python-telegram-bot's `base_file_url`."""
        return f"http://127.0.0.1:{self.port}/file/bot"

    def citizen(
        self, id: int, *, first_name: str = "Sri", last_name: str | None = None, username: str | None = None
    ) -> Citizen:
        """A person with a private chat that is not started until the person writes."""
        user = self.world.user(User(id, first_name, last_name=last_name, username=username))
        return Citizen(self.world, user, self.world.private_chat(user))

    def group(
        self,
        id: int,
        title: str = "Grup",
        *,
        forum: bool = False,
        admin: bool = False,
        announce: bool = True,
    ) -> Group:
        """A chat that the bot is in, or a view of one made before.

        An id from -1000000000000 down, or `forum`, makes it a supergroup. `admin`: the bot administers
        it. `announce`: the bot's arrival is an update, as in real life.
        """
        if id in self.world.chats:
            return Group(self.world, self.world.chats[id], self.world.user(ADDER))
        supergroup = forum or id <= -1_000_000_000_000
        chat = Chat(
            id, "supergroup" if supergroup else "group", title=title, is_forum=forum, bot_status="left"
        )
        self.world.chats[id] = chat
        owner = self.world.user(ADDER)
        chat.members[owner.id] = "creator"
        group = Group(self.world, chat, owner)
        if announce:
            group.add_bot(admin=admin)
        else:
            chat.bot_status = "administrator" if admin else "member"
        return group

    @property
    def calls(self) -> list[Call]:
        """Every call of the bot but those that only receive, oldest first."""
        return self.world.calls

    def calls_of(self, *methods: str) -> list[Call]:
        """The calls of these methods that had their effect."""
        return [call for call in self.world.calls if call.method in methods and call.ok]

    @property
    def violations(self) -> list[str]:
        """What the bot asked that the Bot API does not know or the stand-in cannot judge."""
        return self.world.violations

    @property
    def presses(self) -> list[Press]:
        """All presses, oldest first."""
        return list(self.world.presses.values())

    @property
    def toasts(self) -> list[str]:
        """All toasts and alerts shown, in the order of the presses."""
        return [press.toast for press in self.presses if press.toast]

    def fault(
        self, kind: FaultKind | str, *, method: str = "*", chat: int | None = None, **options: Any
    ) -> Fault:
        """Order a fault. `options`: times, skip, retry_after, delay, code, description."""
        order = Fault(FaultKind(kind), method=method, chat=chat, **options)
        self.api.faults.orders.append(order)
        return order

    def expire_presses(self) -> None:
        """Make every open callback query too old."""
        for press in self.world.presses.values():
            press.expired = True

    async def wait_for(self, predicate: Callable[[], T], timeout: float = 2.0) -> T:
        """The predicate's first true value; fails with the latest calls when time is up."""
        deadline = time.perf_counter() + timeout
        while not (value := predicate()):
            left = deadline - time.perf_counter()
            if left <= 0:
                raise AssertionError(f"not true within {timeout} s; {self._latest()}")
            await self.world.next_change(timeout=min(left, 0.05))
        return value

    async def settled(self, *, quiet: float = 0.1, timeout: float = 5.0) -> None:
        """Return when all updates are confirmed and the bot has been quiet for a while."""
        deadline = time.perf_counter() + timeout
        seen, since = -1, time.perf_counter()
        while seen != len(self.calls) or self.world.updates.pending or time.perf_counter() - since < quiet:
            if seen != len(self.calls) or self.world.updates.pending:
                seen, since = len(self.calls), time.perf_counter()
            if time.perf_counter() > deadline:
                pending = len(self.world.updates.pending)
                raise AssertionError(
                    f"not settled within {timeout} s; {pending} updates pending; {self._latest()}"
                )
            await asyncio.sleep(min(quiet / 4, 0.02))

    def _latest(self) -> str:
        lines = [
            f"{call.method} {call.chat_id} {str(call.params.get('text', ''))[:80]!r} {call.error or 'ok'}"
            for call in self.calls[-6:]
        ]
        return "latest calls: " + ("; ".join(lines) or "none")
