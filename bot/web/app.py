"""The web application: what is public, what is not."""

import contextlib
import ipaddress
from collections.abc import Awaitable, Callable, Mapping, Sequence
from time import time

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.channels.coba import CobaChannel
from bot.domain.errors import StoreUnavailable
from bot.domain.incoming import RawUpdate
from bot.metrics import CONTENT_TYPE, Metrics
from bot.services.office import Office
from bot.services.readiness import Readiness
from bot.store.engine import Store
from bot.web.catat import catat_router
from bot.web.coba import coba_router
from bot.web.label import label_router

Keep = Callable[[Sequence[RawUpdate]], Awaitable[None]]
FORWARDED = ("x-forwarded-for", "forwarded", "x-real-ip")


def build_web(
    *, store: Store, metrics: Metrics, readiness: Readiness, coba: CobaChannel | None, keep: Keep, office: Office
) -> FastAPI:  # fmt: skip
    """Routes of one Wadul; the coba page only where its channel runs."""
    app = FastAPI(title=f"Wadul {office.region.name}", docs_url=None, redoc_url=None)

    @app.get("/healthz")
    async def healthz() -> dict[str, str]:
        """Alive."""
        return {"status": "ok"}

    @app.get("/readyz")
    async def readyz() -> JSONResponse:
        """Ready to work, or 503 with the reasons."""
        reasons = await readiness.reasons()
        body: dict[str, object] = {"status": "waiting" if reasons else "ready", "degraded": readiness.degraded}
        if reasons:
            body["reasons"] = reasons
        return JSONResponse(body, status_code=503 if reasons else 200)

    @app.get("/metrics")
    async def figures(request: Request) -> Response:
        """Prometheus figures, for this machine only."""
        if not from_this_machine(request):
            return PlainTextResponse("metrics are not public: ask from this machine", status_code=403)
        now = time()
        with contextlib.suppress(StoreUnavailable):  # the other figures are wanted most while the database is away
            inbox = await store.read(lambda uow: uow.inbox.backlog(now))
            outbox = await store.read(lambda uow: uow.outbox.backlog(now))
            metrics.queues(inbox=inbox, outbox=outbox)
            metrics.unplaced(len(await store.read(lambda uow: uow.accusing.without_card())))
        return Response(metrics.render(), media_type=CONTENT_TYPE)

    if coba is not None:
        page = coba_router(channel=coba, store=store, keep=keep, region=office.region, texts=office.texts)
        app.include_router(page)
    app.include_router(label_router(store=store, office=office))
    app.include_router(catat_router(store=store, office=office))
    return app


def hooks_first(hooks: Mapping[str, ASGIApp], app: ASGIApp) -> ASGIApp:
    """Webhooks answer without the framework's layers; everything else goes to the application."""

    async def dispatch(scope: Scope, receive: Receive, send: Send) -> None:
        hook = hooks.get(scope["path"]) if scope["type"] == "http" and scope["method"] == "POST" else None
        await (hook or app)(scope, receive, send)

    return dispatch


def from_this_machine(request: Request) -> bool:
    """A loopback client that no proxy forwarded."""
    if request.client is None or any(header in request.headers for header in FORWARDED):
        return False
    try:
        return ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False
