"""What reaches Wadul, whatever the channel: the words every channel translates into."""

from dataclasses import dataclass, field

from bot.domain.roles import Standing


@dataclass(frozen=True)
class Chat:
    """A place messages come from and go to. `thread_id` is a forum topic, where the channel has them."""

    channel: str
    id: str
    private: bool
    title: str = ""
    thread_id: str | None = None


@dataclass(frozen=True)
class Sender:
    """Who wrote. Ids are opaque strings; `name` is a first name, shown to colleagues only.

    `standing` is their membership of the chat, asked of the platform before a use case sees the event.
    """

    channel: str
    id: str
    name: str = ""
    standing: Standing = ""

    @property
    def actor(self) -> str:
        """How settings and the audit write a person: `telegram:9001`."""
        return f"{self.channel}:{self.id}"


@dataclass(frozen=True)
class Attachment:
    """A file the channel holds: photo, video, voice, audio, document. Size in bytes, where known."""

    kind: str
    file_id: str
    unique_id: str
    mime: str = ""
    size: int | None = None


@dataclass(frozen=True)
class Point:
    """A place on the map, WGS 84 degrees."""

    lat: float
    lon: float


@dataclass(frozen=True)
class Said:
    """A message: words, files, a place, a shared phone number, in any mix.

    `reply_text` is what the message of ours says that it replies to, in case its id is not recorded (yet).
    `through` is the name of the operator who brings somebody else's words.
    """

    chat: Chat
    sender: Sender
    message_id: str
    at: float
    text: str = ""
    attachments: tuple[Attachment, ...] = ()
    point: Point | None = None
    phone: str | None = None
    reply_to: str | None = None
    reply_text: str = ""
    group_key: str | None = None
    forwarded: bool = False
    unsupported: str | None = None
    through: str = ""


@dataclass(frozen=True)
class Edited:
    """The sender changed the words of an earlier message."""

    chat: Chat
    sender: Sender
    message_id: str
    at: float
    text: str
    group_key: str | None = None


@dataclass(frozen=True)
class Command:
    """A chat word such as /status, with the rest of its line. `reply_by` wrote the message it replies to."""

    chat: Chat
    sender: Sender
    message_id: str
    at: float
    name: str
    argument: str = ""
    reply_to: str | None = None
    reply_text: str = ""
    reply_by: Sender | None = None


@dataclass(frozen=True)
class Pressed:
    """A button was pressed on a message of ours. `press_id` answers it, once and soon."""

    chat: Chat
    sender: Sender
    message_id: str
    at: float
    press_id: str
    data: str


@dataclass(frozen=True)
class Sentence:
    """The sentence that a button asks for, given at once in a form. `data` is the button's, `message_id` its card's."""

    chat: Chat
    sender: Sender
    message_id: str
    at: float
    press_id: str
    data: str
    text: str


@dataclass(frozen=True)
class Moved:
    """A chat got a new id (a group became a supergroup)."""

    chat: Chat
    new_id: str
    at: float


@dataclass(frozen=True)
class Added:
    """Wadul was added to a group."""

    chat: Chat
    sender: Sender
    at: float


@dataclass(frozen=True)
class Removed:
    """Wadul was removed from a group, or a citizen blocked it."""

    chat: Chat
    sender: Sender
    at: float


@dataclass(frozen=True)
class MemberChanged:
    """Somebody came into a group, left it, or was put out: what was known of them is void."""

    chat: Chat
    member: Sender
    at: float


@dataclass(frozen=True)
class Unblocked:
    """A citizen who had blocked Wadul lets it write again."""

    chat: Chat
    sender: Sender
    at: float


Event = Said | Edited | Command | Pressed | Sentence | Moved | Added | Removed | MemberChanged | Unblocked


@dataclass(frozen=True)
class RawUpdate:
    """What a platform delivered, kept word for word before anything may fail on it."""

    channel: str
    event_id: str
    chat_id: str
    payload: str
    group_key: str | None = None
    received_at: float = field(default=0.0)
    hold_seconds: float = 0.0
