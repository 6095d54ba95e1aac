"""The stand-in's HTTP face: /bot<token>/method, /file/bot<token>/path, /_control."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, web

from tests.standin.api import Answer, Api
from tests.standin.errors import ApiError
from tests.standin.methods import Upload

_UPLOAD_LIMIT = 50 * 1024 * 1024
Control = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]


def build_server(api: Api, *, token: str, control: Control) -> web.Server:
    """aiohttp's bare server: routing by pattern costs a quarter of a call, and two prefixes need none."""
    bot_prefix, file_prefix = f"/bot{token}/", f"/file/bot{token}/"

    async def handle(request: web.BaseRequest) -> web.StreamResponse:
        path = request.path
        if path.startswith(bot_prefix):
            return await _api(request, api, path[len(bot_prefix) :])
        if path.startswith(file_prefix):
            return _file(api, path[len(file_prefix) :])
        if path.startswith("/_control"):
            return await control(request)
        return _stranger(path)

    loop = asyncio.get_running_loop()

    def make(message: Any, payload: Any, protocol: Any, writer: Any, task: Any) -> web.BaseRequest:
        limit = _UPLOAD_LIMIT
        return web.BaseRequest(message, payload, protocol, writer, task, loop, client_max_size=limit)

    return web.Server(handle, request_factory=make, access_log=None, keepalive_timeout=75)


async def _api(request: web.BaseRequest, api: Api, method: str) -> web.StreamResponse:
    raw, uploads = await _parameters(request)
    answer = await api.call(method, raw, uploads)
    if answer.drop:
        return _cut(request)
    return _response(answer)


async def _parameters(request: web.BaseRequest) -> tuple[dict[str, Any], dict[str, Upload]]:
    raw: dict[str, Any] = dict(request.query) if request.query_string else {}
    kind = request.content_type
    if kind == "multipart/form-data":
        return raw, await _multipart(request, raw)
    body = await request.read()
    if body and kind == "application/json":
        raw |= json.loads(body)
    elif body:
        raw |= parse_qsl(body.decode(), keep_blank_values=True)
    return raw, {}


async def _multipart(request: web.BaseRequest, raw: dict[str, Any]) -> dict[str, Upload]:
    uploads: dict[str, Upload] = {}
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            continue
        content = bytes(await part.read(decode=True))
        if part.filename is None:
            raw[part.name] = content.decode()
        else:
            mime = part.headers.get("Content-Type", "application/octet-stream")
            uploads[part.name] = Upload(part.filename, content, mime)
    return uploads


def _file(api: Api, path: str) -> web.StreamResponse:
    stored = api.world.files.by_path.get(path)
    if stored is None:
        return _response(_refusal(404, "Not Found"))
    return web.Response(body=stored.content, content_type="application/octet-stream")


def _stranger(path: str) -> web.StreamResponse:
    """A token of the right shape is unauthorized, anything else is not found."""
    token = path.removeprefix("/file").removeprefix("/bot").partition("/")[0]
    number, _, secret = token.partition(":")
    known_shape = path.startswith(("/bot", "/file/bot")) and number.isdigit() and len(secret) >= 30
    return _response(_refusal(401, "Unauthorized") if known_shape else _refusal(404, "Not Found"))


def _cut(request: web.BaseRequest) -> web.StreamResponse:
    if request.transport:
        request.transport.abort()
    raise asyncio.CancelledError  # there is nobody left to answer


def _refusal(code: int, text: str) -> Answer:
    return Answer(code, json.dumps(ApiError(code, text).body()).encode())


def _response(answer: Answer) -> web.StreamResponse:
    headers = {"Content-Type": answer.content_type}
    return web.Response(body=answer.body, status=answer.status, headers=headers)
