"""Routes of the page /catat. Every page works without a script; the script only saves keystrokes."""

from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request, Response
from fastapi import Path as InPath
from fastapi.responses import RedirectResponse

from bot.domain.errors import PressRefused
from bot.domain.incoming import Sender
from bot.imaging.stripping import kind_of
from bot.services.office import Office
from bot.services.ports import UnitOfWork
from bot.services.visits.at_counter import bring_words, decide, not_reached, rate, reporter, told
from bot.services.visits.counter_web import sign_in, sign_out
from bot.store.engine import Store
from bot.web.catat.guard import Guard, read_fields
from bot.web.catat.meetings import add_meetings
from bot.web.catat.work import Work
from bot.web.pages import templates

HERE = Path(__file__).parent
KINDS = {".css": "text/css", ".js": "text/javascript"}
PICTURES = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Pages:
    """Draws a template, or the door for whoever is not signed in."""

    def __init__(self, office: Office, guard: Guard) -> None:
        self._office = office
        self._guard = guard

    def draw(self, name: str, request: Request, status: int = 200, /, **fields: Any) -> Response:
        """A page."""
        meetings = self._office.region.openings
        page = templates(HERE).get_template(name).render(
            region=self._office.region.name, token=self._guard.token(request), meetings=meetings, **fields
        )
        return Response(page, status, media_type="text/html", headers=HEADERS)

    def door(self, request: Request, status: int = 401, *, key: str = "", refused: bool = False) -> Response:
        """The page before the page."""
        return self.draw("masuk.html", request, status, key=key, refused=refused)

    def words(self, refused: PressRefused) -> str:
        """Why something was not done."""
        return self._office.texts(refused.key, **refused.fields)


def catat_router(*, store: Store, office: Office) -> APIRouter:
    """The pages, their files and forms."""
    guard = Guard(store, office)
    pages, work = Pages(office, guard), Work(store, office)
    router = APIRouter(prefix="/catat", include_in_schema=False)
    _add_signing_in(router, guard, pages, store, office)
    _add_form(router, guard, pages, work)
    _add_case(router, guard, pages, work, _Acts(store, office))
    add_meetings(router, guard, pages, work, store=store, office=office)
    _add_files(router)
    return router


def _add_signing_in(router: APIRouter, guard: Guard, pages: Pages, store: Store, office: Office) -> None:
    @router.get("/masuk")
    def ask(request: Request, kunci: Annotated[str, Query(max_length=200)] = "") -> Response:
        """Opening the link does nothing yet: chat platforms look at links before people do."""
        return pages.door(request, 200, key=kunci)

    @router.post("/masuk")
    async def enter(request: Request) -> Response:
        guard.own_page(request)
        key = (await read_fields(request)).get("kunci", "")
        session = await store.write(lambda uow: sign_in(uow, office, key))
        if session is None:
            return pages.door(request, 403, refused=True)
        response = _to("/catat")
        guard.let_in(response, session)
        return response

    @router.post("/keluar")
    async def leave(request: Request) -> Response:
        await guard.sent(request)
        session = guard.session(request)
        await store.write(lambda uow: sign_out(uow, office, session))
        response = _to("/catat")
        guard.let_out(response)
        return response


def _add_form(router: APIRouter, guard: Guard, pages: Pages, work: Work) -> None:
    @router.get("")
    async def show(request: Request) -> Response:
        if await guard.who(request) is None:
            return pages.door(request)
        return await _form(request, pages, work, work.blank())

    @router.post("")
    async def save(request: Request) -> Response:
        operator, fields = await guard.sent(request)
        try:
            code = await work.save(operator, fields)
        except PressRefused as refused:
            wrong = {"phone": refused.key == "counter.bad_phone", "why": pages.words(refused)}
            return await _form(request, pages, work, {**work.blank(), **fields}, wrong=wrong, status=422)
        return _to(f"/catat/slip/{code}")

    @router.get("/slip/{code}")
    async def slip(request: Request, code: str) -> Response:
        if await guard.who(request) is None:
            return pages.door(request)
        data = await work.slip(code)
        if data is None:
            raise HTTPException(404)
        return pages.draw("tanda_terima.html", request, **data)

    @router.post("/cari")
    async def find(request: Request) -> Response:
        _, fields = await guard.sent(request)
        found = await work.find(fields.get("cari", "").strip())
        if isinstance(found, str):
            return _to(f"/catat/laporan/{found}")
        return pages.draw("cari.html", request, found=found)


async def _form(
    request: Request, pages: Pages, work: Work, form: dict[str, str], *, wrong: Any = None, status: int = 200
) -> Response:
    lists = await work.lists()
    return pages.draw("halaman.html", request, status, form=form, wrong=wrong, hows=work.hows(), **lists)


def _add_case(router: APIRouter, guard: Guard, pages: Pages, work: Work, acts: "_Acts") -> None:
    @router.get("/laporan/{code}")
    async def show(request: Request, code: str) -> Response:
        operator = await guard.who(request)
        if operator is None:
            return pages.door(request)
        return _drawn(request, pages, await work.case(code, operator), wrong="")

    @router.get("/foto/{code}/{number}")
    async def photo(request: Request, code: str, number: Annotated[int, InPath(ge=0, le=99)]) -> Response:
        operator = await guard.who(request)
        if operator is None:
            raise HTTPException(401, "session")
        data = await work.photo(code, number, operator)
        kind = PICTURES.get(kind_of(data) or "") if data else None
        if data is None or kind is None:
            raise HTTPException(404)
        return Response(data, media_type=kind, headers=HEADERS)

    @router.post("/laporan/{code}")
    async def act(request: Request, code: str) -> Response:
        operator, fields = await guard.sent(request)
        what = fields.get("aksi", "")
        if what in ("nomor", "buka"):
            return _drawn(request, pages, await work.case(code, operator, show=what), wrong="")
        try:
            await acts.carry_out(operator, code, what, fields.get("kata", "").strip())
        except PressRefused as refused:
            return _drawn(request, pages, await work.case(code, operator), wrong=pages.words(refused), status=409)
        return _to(f"/catat/laporan/{code}")


def _drawn(request: Request, pages: Pages, data: Any, *, wrong: str, status: int = 200) -> Response:
    if data is None:
        return pages.draw("cari.html", request, 404, found=[])
    return pages.draw("laporan.html", request, status, wrong=wrong, **data)


class _Acts:
    """What an operator does for the reporter of a case."""

    def __init__(self, store: Store, office: Office) -> None:
        self._store = store
        self._office = office

    async def carry_out(self, operator: Sender, code: str, what: str, words: str) -> None:
        """One act, one transaction; PressRefused where it may not be."""

        def work(uow: UnitOfWork) -> None:
            office = self._office
            case, _ = reporter(uow, uow.cases.by_code(code))
            if what == "sampai":
                told(uow, office, operator, case)
            elif what == "gagal":
                not_reached(uow, office, operator, case)
            elif what in ("beres", "belum"):
                decide(uow, office, operator, case, what)
            elif what.startswith("nilai") and what[5:].isdigit():
                rate(uow, office, operator, case, int(what[5:]))
            elif what == "jawab" and words:
                bring_words(uow, office, operator, case, words[:4000])
            else:
                raise PressRefused("counter.no_words")

        await self._store.write(work)


def _add_files(router: APIRouter) -> None:
    files = {path.name: path for path in (HERE / "static").iterdir() if path.suffix in KINDS}

    @router.get("/static/{name}")
    def show_file(name: str) -> Response:
        if name not in files:
            raise HTTPException(404)
        return Response(files[name].read_bytes(), media_type=KINDS[files[name].suffix], headers=HEADERS)


def _to(path: str) -> Response:
    return RedirectResponse(path, 303, headers=HEADERS)
