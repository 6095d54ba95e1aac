"""Who may use the page /label: whoever brings a session of ours and is an admin, and nobody through another site."""

import hmac
from urllib.parse import urlsplit

from fastapi import HTTPException, Request, Response

from bot.domain.incoming import Sender
from bot.services.labelling_web import SESSION_SECONDS, form_token, signed_in
from bot.services.office import Office
from bot.store.engine import Store

COOKIE = "wadul_label"
HEADER = "x-label-token"


class Guard:
    """Dependencies of the routes."""

    def __init__(self, store: Store, office: Office) -> None:
        self._store = store
        self._office = office

    def session(self, request: Request) -> str:
        """The session that the browser brings; empty where it brings none."""
        return request.cookies.get(COOKIE, "")

    async def admin(self, request: Request) -> Sender | None:
        """Who is signed in, asked anew at every request."""
        session = self.session(request)
        return await self._store.read(lambda uow: signed_in(uow, self._office, session)) if session else None

    async def calling(self, request: Request) -> Sender:
        """Who makes a call of the page; 401 for nobody, 403 for a call that another site made the browser send."""
        self.own_page(request)
        admin = await self.admin(request)
        if admin is None:
            raise HTTPException(401, "session")
        given, own = request.headers.get(HEADER, ""), form_token(self.session(request))
        if not hmac.compare_digest(given.encode(), own.encode()):
            raise HTTPException(403, "token")
        return admin

    def own_page(self, request: Request) -> None:
        """Refuse what another site sends."""
        origin = request.headers.get("origin")
        ours = {request.headers.get("host"), urlsplit(self._office.web_address).netloc}
        if origin is not None and urlsplit(origin).netloc not in ours:
            raise HTTPException(403, "other origin")

    def let_in(self, response: Response, session: str) -> None:
        """Give the browser its session."""
        response.set_cookie(
            COOKIE, session, max_age=int(SESSION_SECONDS), path="/label", httponly=True, samesite="strict",
            secure=self._office.web_address.startswith("https:"),
        )  # fmt: skip

    def let_out(self, response: Response) -> None:
        """Take it away."""
        response.delete_cookie(COOKIE, path="/label")
