"""Who may use the page /label: whoever brings a session of ours and is an admin, and nobody through another site."""

import hmac

from fastapi import HTTPException, Request

from bot.domain.incoming import Sender
from bot.services.learning.labelling_web import SESSION_SECONDS, form_token, signed_in
from bot.services.office import Office
from bot.store.engine import Store
from bot.web.signing import Door, Doorkeeper

COOKIE = "wadul_label"
HEADER = "x-label-token"


class Guard(Doorkeeper):
    """Dependencies of the routes."""

    def __init__(self, store: Store, office: Office) -> None:
        super().__init__(store, office, Door(COOKIE, "/label", SESSION_SECONDS, signed_in))

    async def calling(self, request: Request) -> Sender:
        """Who makes a call of the page; 401 for nobody, 403 for a call that another site made the browser send."""
        self.own_page(request)
        admin = await self.who(request)
        if admin is None:
            raise HTTPException(401, "session")
        given, own = request.headers.get(HEADER, ""), form_token(self.session(request))
        if not hmac.compare_digest(given.encode(), own.encode()):
            raise HTTPException(403, "token")
        return admin
