"""Signing in to the page /label: a link that works once and for ten minutes, then a session.

The link is signed, so that a made-up one is turned down before the database is asked; and it is kept, so that it works
once. Of links and sessions only digests are kept. Whether somebody still is an admin is asked at every request.
"""

import hashlib
import hmac

from bot.domain.incoming import Command, Sender
from bot.services import web_links
from bot.services.office import Office
from bot.services.ports import UnitOfWork
from bot.services.web_links import Invitation, digest, new_session, use_link

LINK, SESSION = "link", "session"
SESSION_SECONDS = 8 * 3600.0
PATH = "/label/masuk"


def invite(uow: UnitOfWork, office: Office, command: Command) -> None:
    """/label web: the link goes to the admin alone."""
    web_links.invite(uow, office, command, Invitation(LINK, PATH, "label"))


def sign_in(uow: UnitOfWork, office: Office, link: str) -> str | None:
    """A session for whoever brings a good link; None for every other one."""
    whose = use_link(uow, office, link, kind=LINK)
    if whose is None or not office.is_admin(uow, whose):
        return None
    return new_session(uow, office, whose, kind=SESSION, seconds=SESSION_SECONDS)


def sign_out(uow: UnitOfWork, office: Office, session: str) -> None:
    """End a session."""
    uow.web_keys.use_up(digest(session), SESSION, now=office.clock())


def signed_in(uow: UnitOfWork, office: Office, session: str) -> Sender | None:
    """Whose session it is, while they are an admin."""
    whose = uow.web_keys.whose(digest(session), SESSION, now=office.clock())
    sender = Sender(*whose) if whose else None
    return sender if sender and office.is_admin(uow, sender) else None


def form_token(session: str) -> str:
    """What a request that changes something must bring along: another site can send the cookie, but cannot know it."""
    return hmac.new(session.encode(), b"form", hashlib.sha256).hexdigest()
