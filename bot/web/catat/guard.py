"""Who may use the page /catat: whoever brings a session of ours, and nobody through another site."""

import hmac
from urllib.parse import parse_qs

from fastapi import HTTPException, Request

from bot.domain.incoming import Sender
from bot.services.learning.labelling_web import form_token
from bot.services.office import Office
from bot.services.visits.counter_web import SESSION_SECONDS, signed_in
from bot.store.engine import Store
from bot.web.signing import Door, Doorkeeper

COOKIE = "wadul_catat"
LONGEST_FORM = 40_000  # bytes, encoded
TOKEN = "token"  # noqa: S105 - the name of the field

Fields = dict[str, str]


class Guard(Doorkeeper):
    """What every route asks first."""

    def __init__(self, store: Store, office: Office) -> None:
        super().__init__(store, office, Door(COOKIE, "/catat", SESSION_SECONDS, signed_in))

    def token(self, request: Request) -> str:
        """What every form of this session carries."""
        return form_token(self.session(request))

    async def sent(self, request: Request) -> tuple[Sender, Fields]:
        """Who sent a form of ours, and its fields; 401 for nobody, 403 for what another site made the browser send."""
        self.own_page(request)
        operator = await self.who(request)
        if operator is None:
            raise HTTPException(401, "session")
        fields = await read_fields(request)
        if not hmac.compare_digest(fields.get(TOKEN, "").encode(), self.token(request).encode()):
            raise HTTPException(403, "token")
        return operator, fields


async def read_fields(request: Request) -> Fields:
    """The fields of a form, each once; 413 for one that nobody types."""
    data = bytearray()
    async for chunk in request.stream():
        data += chunk
        if len(data) > LONGEST_FORM:
            raise HTTPException(413, "form")
    found = parse_qs(data.decode("utf-8", "replace"), keep_blank_values=True)
    return {name: values[0].replace("\x00", "").replace("\r\n", "\n") for name, values in found.items()}
