"""Signing in to the page /catat: a link that works once and for ten minutes, then a session for one shift.

Somebody whom wadul.toml names may use the page; an officer of the desk may while their session lasts, which ends at
once when they come into a group of ours anew, leave it, or may only look.
"""

from bot.domain.incoming import Command, MemberChanged, Sender
from bot.domain.roles import Role
from bot.services import web_links
from bot.services.desk.roles import role_of
from bot.services.office import Office
from bot.services.ports import UnitOfWork
from bot.services.web_links import Invitation, digest, new_session, use_link

LINK, SESSION = "catat-link", "catat-sesi"
SESSION_SECONDS = 4 * 3600.0
PATH = "/catat/masuk"


def invite(uow: UnitOfWork, office: Office, command: Command) -> None:
    """/catat web: the link goes to the operator alone."""
    web_links.invite(uow, office, command, Invitation(LINK, PATH, "counter"))


def sign_in(uow: UnitOfWork, office: Office, link: str) -> str | None:
    """A session for whoever brings a good link; None for every other one."""
    operator = use_link(uow, office, link, kind=LINK)
    if operator is None or role_of(uow, operator) is Role.PENGAMAT:
        return None
    return new_session(uow, office, operator, kind=SESSION, seconds=SESSION_SECONDS)


def sign_out(uow: UnitOfWork, office: Office, session: str) -> None:
    """End a session."""
    uow.web_keys.use_up(digest(session), SESSION, now=office.clock())


def signed_in(uow: UnitOfWork, office: Office, session: str) -> Sender | None:
    """Whose session it is, while they may work; with the first name that is known of them."""
    whose = uow.web_keys.whose(digest(session), SESSION, now=office.clock())
    if whose is None or role_of(uow, Sender(*whose)) is Role.PENGAMAT:
        return None
    person = uow.people.find(*whose)
    return Sender(*whose, name=person.name if person else "")


def member_changed(uow: UnitOfWork, event: MemberChanged) -> None:
    """Somebody came or went: their sessions end, for we no longer know that they are of the desk."""
    for kind in (LINK, SESSION):
        uow.web_keys.revoke(kind, event.member.channel, event.member.id)
