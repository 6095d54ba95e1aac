"""What Wadul wants sent: intents that the outbox keeps and a channel carries out."""

from dataclasses import dataclass
from enum import IntEnum


class Priority(IntEnum):
    """Lower goes first within a chat. Alarms pass everything, answers pass new cards, broadcasts come last."""

    ALARM = -1
    ANSWER = 0
    CARD = 5
    BROADCAST = 9


@dataclass(frozen=True)
class Button:
    """A button: the words people read and the data that comes back (at most 64 bytes)."""

    words: str
    data: str


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True)
class Text:
    """Send a plain text. With `case_id` the sent message is bound to the case under `role`.

    `card_id`: reply to this card, wherever it stands by the time of sending.
    """

    text: str
    reply_to: str | None = None
    rows: Rows = ()
    case_id: int | None = None
    role: str = "note"
    user_id: str | None = None
    ask_reply: bool = False
    silent: bool = False
    card_id: int | None = None


@dataclass(frozen=True)
class EditText:
    """Replace the words and buttons of an earlier text of ours."""

    message_id: str
    text: str
    rows: Rows = ()


@dataclass(frozen=True)
class ShowCard:
    """Send or refresh a card; its content is rendered from the present state when it is sent."""

    card_id: int


@dataclass(frozen=True)
class ShowMedia:
    """Send a case's files, as replies to its card in the same chat."""

    card_id: int
    media_ids: tuple[int, ...]


@dataclass(frozen=True)
class Toast:
    """Answer a press: a short line, or an alert (at most 200 characters) that only the presser sees."""

    press_id: str
    text: str
    alert: bool = False


Intent = Text | EditText | ShowCard | ShowMedia | Toast


@dataclass(frozen=True)
class CardLine:
    """One line of a card: an optional bold head and the rest."""

    text: str
    head: str = ""


@dataclass(frozen=True)
class CardView:
    """A card as every channel draws it: bold title, lines, the citizen's words, lines, buttons.

    `name` is what a thread for the words under it may be called; empty where it needs none. `silent`: a new one
    makes no sound.
    """

    title: str
    lines: tuple[CardLine, ...]
    quote: str
    footer: tuple[CardLine, ...] = ()
    rows: Rows = ()
    colour: str = "sedang"
    name: str = ""
    silent: bool = False


@dataclass(frozen=True)
class Outgoing:
    """One intent for one chat, as a use case hands it to the outbox."""

    channel: str
    chat_id: str
    intent: Intent
    priority: Priority = Priority.ANSWER
    thread_id: str | None = None
    merge_key: str | None = None
