"""Links that sign somebody in to a page of ours: signed, so that a made-up one is turned down before the database is
asked for it, and kept as a digest, so that each works once."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from bot.domain.incoming import Command, Sender
from bot.domain.outgoing import Outgoing, Text
from bot.services.office import Office
from bot.services.ports import UnitOfWork

LINK_SECONDS = 600.0


@dataclass(frozen=True)
class Invitation:
    """Where a link leads, under which kind it is kept, and whose texts go with it."""

    kind: str
    path: str
    texts: str


def new_link(uow: UnitOfWork, office: Office, sender: Sender, *, kind: str, seconds: float) -> str:
    """A key that lets this person in once."""
    nonce, now = secrets.token_urlsafe(18), office.clock()
    uow.web_keys.keep(digest(nonce), kind, sender.channel, sender.id, until=now + seconds, now=now)
    return f"{nonce}.{_sign(uow, nonce)}"


def invite(uow: UnitOfWork, office: Office, command: Command, door: Invitation) -> None:
    """Send the link to whoever asked, alone, also where they asked in a group."""
    chat, sender = command.chat, command.sender
    person = None if chat.private else uow.people.find(sender.channel, sender.id)
    if not chat.private and (person is None or person.blocked):
        office.say(uow, chat, f"{door.texts}.write_first", reply_to=command.message_id)
        return
    key = new_link(uow, office, sender, kind=door.kind, seconds=LINK_SECONDS)
    text = office.texts(f"{door.texts}.link", link=f"{office.web_address}{door.path}?kunci={key}")
    private = person.chat_id if person else chat.id
    uow.outbox.put(Outgoing(chat.channel, private, Text(text)), now=office.clock())
    if not chat.private:
        office.say(uow, chat, "label.link_sent", reply_to=command.message_id)


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
