"""One call from raw parameters to its answer: table, faults, limits, latency, effect, record."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.standin import edit, forum, manage, send
from tests.standin.calls import Call
from tests.standin.errors import ApiError, bad_request
from tests.standin.faults import Fault, FaultKind, FaultPlan
from tests.standin.limits import Budget
from tests.standin.methods import Method, Upload, decode, load_methods, missing
from tests.standin.request import Request
from tests.standin.webhook import WebhookPusher
from tests.standin.world import World

Handler = Callable[[Request], Any]

HANDLERS: dict[str, Handler] = {
    "getMe": manage.get_me,
    "sendMessage": send.send_message,
    "sendPhoto": send.send_media("photo"),
    "sendVideo": send.send_media("video"),
    "sendVoice": send.send_media("voice"),
    "sendAudio": send.send_media("audio"),
    "sendDocument": send.send_media("document"),
    "sendAnimation": send.send_media("animation"),
    "sendSticker": send.send_media("sticker"),
    "sendVideoNote": send.send_media("video_note"),
    "sendMediaGroup": send.send_media_group,
    "sendLocation": send.send_location,
    "sendContact": send.send_contact,
    "copyMessage": send.copy_message,
    "forwardMessage": send.forward_message,
    "editMessageText": edit.edit_text,
    "editMessageCaption": edit.edit_caption,
    "editMessageReplyMarkup": edit.edit_markup,
    "deleteMessage": edit.delete_message,
    "setMessageReaction": edit.set_reaction,
    "answerCallbackQuery": edit.answer_callback,
    "sendChatAction": manage.send_chat_action,
    "getFile": manage.get_file,
    "getChat": manage.get_chat,
    "getChatMember": manage.get_chat_member,
    "getChatAdministrators": manage.get_chat_administrators,
    "setMyCommands": manage.remember("commands"),
    "setMyDescription": manage.remember("description"),
    "setMyShortDescription": manage.remember("short_description"),
    "leaveChat": manage.leave_chat,
    "createForumTopic": forum.create,
    "editForumTopic": forum.edit,
    "closeForumTopic": forum.close,
    "reopenForumTopic": forum.reopen,
}
_FREE = {"sendChatAction"}  # starts with "send" but costs nothing


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back over the wire; `drop` cuts the connection instead."""

    status: int
    body: bytes
    content_type: str = "application/json"
    drop: bool = False


_PAGE = b"<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"
_DROPPED = Answer(500, b"", drop=True)
_HTML = {
    FaultKind.BAD_GATEWAY: Answer(502, _PAGE, "text/html"),
    FaultKind.HTML: Answer(200, _PAGE, "text/html"),
    FaultKind.DROP_BEFORE: _DROPPED,
}


@dataclass(slots=True)
class Api:
    """The Bot API over one world."""

    world: World
    webhook: WebhookPusher
    faults: FaultPlan = field(default_factory=FaultPlan)
    budget: Budget | None = None
    latency: float = 0.0
    methods: Mapping[str, Method] = field(default_factory=load_methods)

    async def call(self, name: str, raw: Mapping[str, Any], uploads: Mapping[str, Upload]) -> Answer:
        """Answer one request."""
        method = self.methods.get(name.lower())
        if method is None:
            return _answer(ApiError(404, "Not Found").body(), 404)
        call = Call(method.name, dict(raw), time.perf_counter(), number=len(self.world.calls),
                    uploads=tuple(uploads))  # fmt: skip
        try:
            answer = await self._perform(method, raw, uploads, call)
        except ApiError as error:
            call.error = (error.code, error.description)
            answer = _answer(error.body(), error.code)
            await self._record(call)
        call.answered = time.perf_counter()
        return answer

    async def _perform(
        self, method: Method, raw: Mapping[str, Any], uploads: Mapping[str, Upload], call: Call
    ) -> Answer:
        params, unknown = decode(method, {**raw, **{name: None for name in uploads if name not in raw}})
        params = {name: value for name, value in params.items() if value is not None}
        call.params = params
        chat_id = params.get("chat_id")
        call.chat_id = chat_id if isinstance(chat_id, int) else None
        self._note_unknown(method, set(unknown) - set(uploads))
        fault = self.faults.take(method.name, call.chat_id)
        if fault:
            call.fault = fault.kind.value
            if fault.kind in _HTML:
                return await self._fail(call, _HTML[fault.kind])
            if error := fault.error():
                raise error
        if method.name in self._RECEIVING:
            return await self._receiving(method.name, params)
        return await self._effect(method, params, uploads, call, fault)

    async def _effect(
        self,
        method: Method,
        params: dict[str, Any],
        uploads: Mapping[str, Upload],
        call: Call,
        fault: Fault | None,
    ) -> Answer:
        wait = self.latency / 2 + (fault.delay if fault and fault.kind is FaultKind.HANG else 0)
        if wait:
            await asyncio.sleep(wait)
        self._require(method, params, uploads)
        self._spend(method.name, params, call.chat_id)
        request = Request(self.world, method, params, uploads)
        result = HANDLERS[method.name](request)
        call.message_ids = tuple(message.id for message in request.made)
        body = json.dumps({"ok": True, "result": result}).encode()
        await self._record(call, extra=fault.delay if fault and fault.kind is FaultKind.SLOW else 0)
        return _DROPPED if fault and fault.kind is FaultKind.DROP_AFTER else Answer(200, body)

    async def _fail(self, call: Call, answer: Answer) -> Answer:
        call.error = (answer.status, f"fault: {call.fault}")
        await self._record(call)
        return answer

    async def _record(self, call: Call, *, extra: float = 0.0) -> None:
        call.number = len(self.world.calls)
        self.world.calls.append(call)
        chat = self.world.chats.get(call.chat_id) if call.chat_id is not None else None
        if chat:
            chat.history.append(call)
        self.world.changed()
        if self.latency or extra:
            await asyncio.sleep(self.latency / 2 + extra)

    def _note_unknown(self, method: Method, names: set[str]) -> None:
        attached = {name for name in names if name.startswith("attached")}
        for name in sorted(names - attached):
            self.world.violations.append(f"{method.name}: unknown parameter {name}")

    def _require(self, method: Method, params: dict[str, Any], uploads: Mapping[str, Upload]) -> None:
        name = missing(method, {*params, *uploads})
        if name is None:
            return
        if name not in {"text", "chat_id"}:  # a slip of the program, not a state of the world
            self.world.violations.append(f"{method.name}: {name} is missing")
        raise bad_request("message text is empty" if name == "text" else f"{name} is empty")

    def _spend(self, name: str, params: dict[str, Any], chat_id: int | None) -> None:
        if self.budget is None or chat_id is None or name in _FREE:
            return
        edit_call = name.startswith("editMessage")
        if edit_call or name.startswith(("send", "copy", "forward")) or name.endswith("ForumTopic"):
            count = len(params["media"]) if name == "sendMediaGroup" else 1
            self.budget.spend(chat_id, messages=count, edit=edit_call)

    _RECEIVING = frozenset({"getUpdates", "setWebhook", "deleteWebhook", "getWebhookInfo"})

    async def _receiving(self, name: str, params: dict[str, Any]) -> Answer:
        updates = self.world.updates
        if name == "getUpdates":
            updates.allow(params.get("allowed_updates"))
            return Answer(200, await updates.poll(
                offset=params.get("offset", 0), limit=params.get("limit", 100),
                timeout=params.get("timeout", 0),
            ))  # fmt: skip
        if name == "getWebhookInfo":
            return _answer({"ok": True, "result": self.webhook.info()})
        if name == "setWebhook":
            updates.allow(params.get("allowed_updates"))
            description = await self.webhook.set(params)
        else:
            description = await self.webhook.delete(drop=bool(params.get("drop_pending_updates")))
        return _answer({"ok": True, "result": True, "description": description})


def _answer(body: dict[str, Any], status: int = 200) -> Answer:
    return Answer(status, json.dumps(body).encode())
