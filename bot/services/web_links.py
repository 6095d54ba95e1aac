"""Links that sign somebody in to a page of ours: signed, so that a made-up one is turned down before the database is
asked for it, and kept as a digest, so that each works once."""

import hashlib
import hmac
import secrets

from bot.domain.incoming import Sender
from bot.services.office import Office
from bot.services.ports import UnitOfWork


def new_link(uow: UnitOfWork, office: Office, sender: Sender, *, kind: str, seconds: float) -> str:
    """A key that lets this person in once."""
    nonce, now = secrets.token_urlsafe(18), office.clock()
    uow.web_keys.keep(digest(nonce), kind, sender.channel, sender.id, until=now + seconds, now=now)
    return f"{nonce}.{_sign(uow, nonce)}"


def use_link(uow: UnitOfWork, office: Office, link: str, *, kind: str) -> Sender | None:
    """Whose key it was; it is used up."""
    nonce, _, signature = link.partition(".")
    if not hmac.compare_digest(_sign(uow, nonce).encode(), signature.encode()):
        return None
    whose = uow.web_keys.use_up(digest(nonce), kind, now=office.clock())
    return Sender(*whose) if whose else None


def new_session(uow: UnitOfWork, office: Office, sender: Sender, *, kind: str, seconds: float) -> str:
    """What the browser brings from now on."""
    session, now = secrets.token_urlsafe(32), office.clock()
    uow.web_keys.keep(digest(session), kind, sender.channel, sender.id, until=now + seconds, now=now)
    return session


def digest(key: str) -> str:
    """All that is kept of a key."""
    return hashlib.sha256(key.encode()).hexdigest()


def _sign(uow: UnitOfWork, nonce: str) -> str:
    return hmac.new(f"web:{uow.lessons.salt()}".encode(), nonce.encode(), hashlib.sha256).hexdigest()
