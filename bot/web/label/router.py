"""Routes of the page /label."""

from pathlib import Path
from typing import Annotated, Any
from urllib.parse import parse_qs

from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response
from fastapi.responses import RedirectResponse

from bot.domain.incoming import Sender
from bot.services.learning.labelling_web import form_token, sign_in, sign_out
from bot.services.office import Office
from bot.store.engine import Store
from bot.web.label.forms import Labels, OneCase, OneTask
from bot.web.label.guard import Guard
from bot.web.label.work import Work
from bot.web.pages import templates

HERE = Path(__file__).parent
KINDS = {".css": "text/css", ".js": "text/javascript"}
LONGEST_FORM = 2000
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def label_router(*, store: Store, office: Office) -> APIRouter:
    """The page, its files and its calls."""
    guard = Guard(store, office)
    router = APIRouter(prefix="/label", include_in_schema=False)
    _add_signing_in(router, guard, store, office)
    _add_page(router, guard, Work(store, office), office)
    calls = APIRouter()
    _add_labelling(calls, guard, Work(store, office))
    _add_lists(calls, guard, Work(store, office))
    router.include_router(calls)
    return router


def _draw(name: str, office: Office, status: int = 200, **fields: Any) -> Response:
    page = templates(HERE).get_template(name).render(region=office.region.name, **fields)
    return Response(page, status, media_type="text/html", headers=HEADERS)


def _add_signing_in(router: APIRouter, guard: Guard, store: Store, office: Office) -> None:
    @router.get("/masuk")
    def ask(kunci: Annotated[str, Query(max_length=200)] = "") -> Response:
        """Opening the link does nothing yet: chat platforms look at links before people do."""
        return _draw("masuk.html", office, key=kunci, refused=False)

    @router.post("/masuk", dependencies=[Depends(guard.own_page)])
    async def enter(request: Request) -> Response:
        data = bytearray()
        async for chunk in request.stream():
            data += chunk
            if len(data) > LONGEST_FORM:
                raise HTTPException(413, "form")
        key = parse_qs(data.decode("utf-8", "replace")).get("kunci", [""])[0]
        session = await store.write(lambda uow: sign_in(uow, office, key))
        if session is None:
            return _draw("masuk.html", office, 403, key="", refused=True)
        response = RedirectResponse("/label", 303, headers=HEADERS)
        guard.let_in(response, session)
        return response

    @router.post("/keluar")
    async def leave(request: Request, admin: Annotated[Sender, Depends(guard.calling)]) -> Response:
        session = guard.session(request)
        await store.write(lambda uow: sign_out(uow, office, session))
        response = Response(status_code=204, headers=HEADERS)
        guard.let_out(response)
        return response


def _add_page(router: APIRouter, guard: Guard, work: Work, office: Office) -> None:
    files = {path.name: path for path in (HERE / "static").iterdir() if path.suffix in KINDS}

    @router.get("")
    async def show(request: Request) -> Response:
        if await guard.who(request) is None:
            return _draw("masuk.html", office, 401, key="", refused=False)
        token = form_token(guard.session(request))
        return _draw("halaman.html", office, token=token, labels=work.labels())

    @router.get("/static/{name}")
    def show_file(name: str) -> Response:
        if name not in files:
            raise HTTPException(404)
        return Response(files[name].read_bytes(), media_type=KINDS[files[name].suffix], headers=HEADERS)


def _add_labelling(calls: APIRouter, guard: Guard, work: Work) -> None:
    @calls.post("/berikut")
    async def next_one(admin: Annotated[Sender, Depends(guard.calling)]) -> dict[str, Any]:
        return await work.next(admin)

    @calls.post("/jawab")
    async def answer(form: Labels, admin: Annotated[Sender, Depends(guard.calling)]) -> dict[str, Any]:
        return await work.answer(admin, form)

    @calls.post("/lewati")
    async def skip(form: OneTask, admin: Annotated[Sender, Depends(guard.calling)]) -> dict[str, Any]:
        return await work.skip(admin, form.task)


def _add_lists(calls: APIRouter, guard: Guard, work: Work) -> None:
    @calls.get("/beda")
    async def differing(admin: Annotated[Sender, Depends(guard.calling)]) -> list[dict[str, Any]]:
        return await work.differing()

    @calls.post("/beda")
    async def settle(form: OneCase, admin: Annotated[Sender, Depends(guard.calling)]) -> dict[str, Any]:
        return await work.settle(admin, form.case)

    @calls.get("/curiga")
    async def suspects(admin: Annotated[Sender, Depends(guard.calling)]) -> list[dict[str, Any]]:
        return await work.suspects()

    @calls.post("/curiga")
    async def take(form: OneTask, admin: Annotated[Sender, Depends(guard.calling)]) -> dict[str, Any]:
        return await work.take(admin, form.task)
