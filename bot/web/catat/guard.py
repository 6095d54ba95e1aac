"""Who may use the page /catat: whoever brings a session of ours, and nobody through another site."""

import hmac
from urllib.parse import parse_qs, urlsplit

from fastapi import HTTPException, Request, Response

from bot.domain.incoming import Sender
from bot.services.counter_web import SESSION_SECONDS, signed_in
from bot.services.labelling_web import form_token
from bot.services.office import Office
from bot.store.engine import Store

COOKIE = "wadul_catat"
LONGEST_FORM = 40_000  # bytes, encoded
TOKEN = "token"  # noqa: S105 - the name of the field

Fields = dict[str, str]


class Guard:
    """What every route asks first."""

    def __init__(self, store: Store, office: Office) -> None:
        self._store = store
        self._office = office

    async def operator(self, request: Request) -> Sender | None:
        """Who is signed in, asked anew at every request."""
        session = self.session(request)
        return await self._store.read(lambda uow: signed_in(uow, self._office, session)) if session else None

    def session(self, request: Request) -> str:
        """The session that the browser brings; empty where it brings none."""
        return request.cookies.get(COOKIE, "")

    def token(self, request: Request) -> str:
        """What every form of this session carries."""
        return form_token(self.session(request))

    async def sent(self, request: Request) -> tuple[Sender, Fields]:
        """Who sent a form of ours, and its fields; 401 for nobody, 403 for what another site made the browser send."""
        self.own_page(request)
        operator = await self.operator(request)
        if operator is None:
            raise HTTPException(401, "session")
        fields = await read_fields(request)
        if not hmac.compare_digest(fields.get(TOKEN, "").encode(), self.token(request).encode()):
            raise HTTPException(403, "token")
        return operator, fields

    def own_page(self, request: Request) -> None:
        """Refuse what another site sends."""
        origin = request.headers.get("origin")
        ours = {request.headers.get("host"), urlsplit(self._office.web_address).netloc}
        if origin is not None and urlsplit(origin).netloc not in ours:
            raise HTTPException(403, "other origin")

    def let_in(self, response: Response, session: str) -> None:
        """Give the browser its session."""
        response.set_cookie(
            COOKIE, session, max_age=int(SESSION_SECONDS), path="/catat", httponly=True, samesite="strict",
            secure=self._office.web_address.startswith("https:"),
        )  # fmt: skip

    def let_out(self, response: Response) -> None:
        """Take it away."""
        response.delete_cookie(COOKIE, path="/catat")


async def read_fields(request: Request) -> Fields:
    """The fields of a form, each once; 413 for one that nobody types."""
    data = bytearray()
    async for chunk in request.stream():
        data += chunk
        if len(data) > LONGEST_FORM:
            raise HTTPException(413, "form")
    found = parse_qs(data.decode("utf-8", "replace"), keep_blank_values=True)
    return {name: values[0].replace("\x00", "").replace("\r\n", "\n") for name, values in found.items()}
