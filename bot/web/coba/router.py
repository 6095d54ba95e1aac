"""Routes of the coba page."""

import asyncio
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response

from bot.channels.coba import CobaChannel
from bot.channels.coba.files import LARGEST, picture_kind
from bot.domain.region import Region
from bot.services.office import Texts
from bot.store.coba import Coba
from bot.store.engine import Store
from bot.web.coba.acting import Acting, Keep
from bot.web.coba.forms import Change, Message, Press
from bot.web.coba.guard import Guard
from bot.web.coba.page import draw_page

STATIC = Path(__file__).parent / "static"
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
WAIT_SECONDS = 1.0  # short enough that a stopping server need not wait long for a page
Version = Annotated[int, Query(ge=-1, le=2**62)]
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def coba_router(*, channel: CobaChannel, store: Store, keep: Keep, region: Region, texts: Texts) -> APIRouter:
    """The page at `/`, its files and its calls under `/coba/`."""
    guard = Guard()
    acting = Acting(channel=channel, store=store, keep=keep, region=region, clock=channel.clock)
    router = APIRouter(dependencies=[Depends(guard.local)], include_in_schema=False)
    _add_page(router, guard, channel, region, texts)
    calls = APIRouter(prefix="/coba", dependencies=[Depends(guard.own_page)])
    _add_reading(calls, channel, store)
    _add_acts(calls, acting, channel)
    router.include_router(calls)
    return router


def _add_page(router: APIRouter, guard: Guard, channel: CobaChannel, region: Region, texts: Texts) -> None:
    page = draw_page(region, texts, token=guard.token)
    files = {path.name: path for path in STATIC.iterdir() if path.suffix in KINDS}

    @router.get("/")
    def show_page() -> Response:
        return Response(page, media_type="text/html", headers=HEADERS)

    @router.get("/coba/static/{name}")
    def show_file(name: str) -> Response:
        if name not in files:
            raise HTTPException(404)
        return Response(files[name].read_bytes(), media_type=KINDS[files[name].suffix], headers=HEADERS)

    @router.get("/coba/berkas/{name}")
    def show_picture(name: str) -> Response:
        data = channel.pictures.read(name)  # the random name is the key: an <img> cannot send the token
        kind = picture_kind(data) if data else None
        if data is None or kind is None:
            raise HTTPException(404)
        return Response(data, media_type=kind, headers=HEADERS)


    @router.get("/coba/salinan/{name}")
    def download(name: str) -> Response:
        data = channel.pictures.read(name)  # only ever offered for saving: a browser shows nothing of it
        if data is None or picture_kind(data):
            raise HTTPException(404)
        return Response(data, media_type="application/json", headers=HEADERS | {"Content-Disposition": "attachment"})


def _add_reading(calls: APIRouter, channel: CobaChannel, store: Store) -> None:
    @calls.get("/kabar")
    async def news(after: Version = -1) -> dict[str, Any]:
        """Messages newer than a version: at once where there are any, else after a short wait; -1 never waits."""
        ticket = channel.bell.ticket()
        found = await store.read(lambda uow: _news(Coba(uow.connection), after))
        if not found["lines"] and found["version"] >= after >= 0:
            try:
                await asyncio.wait_for(ticket.wait(), WAIT_SECONDS)
            except TimeoutError:
                return found
            found = await store.read(lambda uow: _news(Coba(uow.connection), after))
        return found


def _news(coba: Coba, after: int) -> dict[str, Any]:
    lines = coba.since(after)
    version = max((line.version for line in lines), default=coba.version())
    return {"version": version, "lines": [asdict(line) for line in lines]}


def _add_acts(calls: APIRouter, acting: Acting, channel: CobaChannel) -> None:
    @calls.post("/pesan")
    async def say(form: Message) -> dict[str, Any]:
        return {"id": (await acting.say(form)).id}

    @calls.post("/ubah")
    async def change(form: Change) -> dict[str, Any]:
        await acting.change(form)
        return {}

    @calls.post("/tekan")
    async def press(form: Press) -> dict[str, Any]:
        toast = await acting.press(form)
        return {"toast": None if toast is None else {"text": toast.text, "alert": toast.alert}}

    @calls.post("/gambar")
    async def upload(request: Request) -> dict[str, Any]:
        data = bytearray()
        async for chunk in request.stream():
            data += chunk
            if len(data) > LARGEST:
                raise HTTPException(413, "picture")
        try:
            picture = await asyncio.to_thread(channel.pictures.keep, bytes(data))
        except ValueError as error:
            raise HTTPException(415, "picture") from error
        return {"picture": picture.id}
