"""The control API of a stand-in in its own process: JSON under /_control.

POST /_control/do        {"actions": [{"do": "say", "who": 5, "text": "…"}, …]} → {"results": […]}
POST /_control/burst     {"chats", "first_id", "per_chat", "texts", "rate"}: pushes in the background
POST /_control/faults    the arguments of Standin.fault; {"clear": true} first forgets the open ones
POST /_control/settings  {"latency", "limits": {…} or null, "privacy"}
POST /_control/mark      figures count from now on
GET  /_control/stats     [?per_chat=1]
GET  /_control/calls     [?since=N&method=sendMessage&chat=5]
GET  /_control/chats     ids; /_control/chats/5 the messages as they stand
GET  /_control/presses
"""

from __future__ import annotations

import asyncio
import json
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.standin import actions, views
from tests.standin.limits import Budget, Limits
from tests.standin.stats import Mark, figures

if TYPE_CHECKING:
    from tests.standin.server import Standin


class Control:
    """Answers the control requests of one stand-in."""

    def __init__(self, standin: Standin) -> None:
        self._standin = standin
        self._mark = Mark()
        self._burst: asyncio.Task[None] | None = None
        self._posts = {
            "do": self._do, "burst": self._start_burst, "faults": self._fault, "settings": self._settings,
            "mark": self._set_mark,
        }  # fmt: skip
        self._gets = {
            "stats": self._stats, "calls": self._calls, "chats": self._chats, "presses": self._presses,
        }  # fmt: skip

    async def handle(self, request: web.BaseRequest) -> web.Response:
        """Route one request; a slip in it is answered 400 with its words."""
        name, _, rest = request.path.removeprefix("/_control/").partition("/")
        try:
            if request.method == "POST" and name in self._posts:
                body = json.loads(await request.read() or b"{}")
                return web.json_response(self._posts[name](body))
            if request.method == "GET" and name in self._gets:
                return web.json_response(self._gets[name](dict(request.query), rest))
        except (KeyError, ValueError, TypeError, AttributeError, AssertionError) as error:
            return web.json_response({"error": f"{type(error).__name__}: {error}"}, status=400)
        return web.json_response({"error": "no such control"}, status=404)

    async def stop(self) -> None:
        """End a running burst."""
        if self._burst:
            self._burst.cancel()
            with suppress(asyncio.CancelledError):
                await self._burst

    def _do(self, body: dict[str, Any]) -> dict[str, Any]:
        return {"results": [actions.perform(self._standin, action) for action in body["actions"]]}

    def _start_burst(self, body: dict[str, Any]) -> dict[str, Any]:
        plan = actions.BurstPlan(**body)
        self._burst = asyncio.create_task(actions.burst(self._standin, plan))
        return {"updates": plan.chats * plan.per_chat}

    def _fault(self, body: dict[str, Any]) -> dict[str, Any]:
        if body.pop("clear", False):
            self._standin.api.faults.orders.clear()
        if body:
            self._standin.fault(body.pop("kind"), **body)
        return {"open": len(self._standin.api.faults.orders)}

    def _settings(self, body: dict[str, Any]) -> dict[str, Any]:
        api = self._standin.api
        if "latency" in body:
            api.latency = float(body["latency"])
        if "limits" in body:
            api.budget = None if body["limits"] is None else Budget(Limits(**body["limits"]))
        if "privacy" in body:
            self._standin.world.privacy = bool(body["privacy"])
        return {"latency": api.latency, "strict": api.budget is not None}

    def _set_mark(self, _: dict[str, Any]) -> dict[str, Any]:
        world = self._standin.world
        self._mark = Mark(len(world.calls), len(world.updates.log), time.perf_counter())
        return {"calls": self._mark.calls, "updates": self._mark.updates}

    def _stats(self, query: dict[str, str], _: str) -> dict[str, Any]:
        result = figures(self._standin.world, self._mark, per_chat=bool(query.get("per_chat")))
        budget = self._standin.api.budget
        result["limits_refused"] = budget.refused if budget else 0
        result["burst_running"] = bool(self._burst and not self._burst.done())
        return result

    def _calls(self, query: dict[str, str], _: str) -> list[dict[str, Any]]:
        calls = self._standin.calls[int(query.get("since", 0)) :]
        method, chat = query.get("method"), query.get("chat")
        return [
            call.json()
            for call in calls
            if (method is None or call.method == method) and (chat is None or call.chat_id == int(chat))
        ]

    def _chats(self, query: dict[str, str], rest: str) -> dict[str, Any]:
        if rest:
            return views.chat_view(self._standin.world.chats[int(rest)], since=int(query.get("since", 0)))
        return {"chats": list(self._standin.world.chats)}

    def _presses(self, query: dict[str, str], _: str) -> list[dict[str, Any]]:
        return [views.press_view(press) for press in self._standin.presses]
