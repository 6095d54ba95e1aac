"""Who may use a page of ours: whoever brings a session of it, and nobody through another site."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from fastapi import HTTPException, Request, Response

from bot.domain.incoming import Sender
from bot.services.office import Office
from bot.services.ports import UnitOfWork
from bot.store.engine import Store

SignedIn = Callable[[UnitOfWork, Office, str], Sender | None]


@dataclass(frozen=True)
class Door:
    """One page's cookie: its name, the path it goes to, how many seconds it lasts, and whose a session is."""

    cookie: str
    path: str
    seconds: float
    signed_in: SignedIn


class Doorkeeper:
    """What every route of a page asks first."""

    def __init__(self, store: Store, office: Office, door: Door) -> None:
        self._store = store
        self._office = office
        self._door = door

    def session(self, request: Request) -> str:
        """The session that the browser brings; empty where it brings none."""
        return request.cookies.get(self._door.cookie, "")

    async def who(self, request: Request) -> Sender | None:
        """Who is signed in, asked anew at every request."""
        session = self.session(request)
        if not session:
            return None
        return await self._store.read(lambda uow: self._door.signed_in(uow, self._office, session))

    def own_page(self, request: Request) -> None:
        """Refuse what another site sends."""
        origin = request.headers.get("origin")
        ours = {request.headers.get("host"), urlsplit(self._office.web_address).netloc}
        if origin is not None and urlsplit(origin).netloc not in ours:
            raise HTTPException(403, "other origin")

    def let_in(self, response: Response, session: str) -> None:
        """Give the browser its session."""
        response.set_cookie(
            self._door.cookie, session, max_age=int(self._door.seconds), path=self._door.path, httponly=True,
            samesite="strict", secure=self._office.web_address.startswith("https:"),
        )  # fmt: skip

    def let_out(self, response: Response) -> None:
        """Take it away."""
        response.delete_cookie(self._door.cookie, path=self._door.path)
