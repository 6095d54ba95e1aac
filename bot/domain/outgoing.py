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
CAPTION_UNITS = 1024


@dataclass(frozen=True)
class Text:
    """Send a plain text. With `case_id` the sent message is bound to the case under `role`.

    `card_id`: reply to this card, wherever it stands by the time of sending. `quotes` are the cases of a list that may
    become secret: a message that lists one is taken back then.
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
    quotes: tuple[int, ...] = ()


@dataclass(frozen=True)
class EditText:
    """Replace the words and buttons of an earlier text of ours; `quotes` as in `Text`."""

    message_id: str
    text: str
    rows: Rows = ()
    quotes: tuple[int, ...] = ()


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
class Picture:
    """Send a picture that stands on our disk, with a caption of at most `CAPTION_UNITS` and buttons.

    Where it cannot be read or the chat takes no pictures, the caption goes alone.
    """

    path: str
    caption: str
    rows: Rows = ()


@dataclass(frozen=True)
class EditCaption:
    """Replace the caption and the buttons of an earlier picture of ours, or the words where it went as a text."""

    message_id: str
    caption: str
    rows: Rows = ()


@dataclass(frozen=True)
class ShowJob:
    """Send or refresh the one message of a training job; it is drawn from the present state when it is sent."""

    job_id: int


@dataclass(frozen=True)
class ShowTask:
    """Send or refresh the message in which an admin labels; it is drawn when it is sent.

    `kind` and `urgency` are what was chosen so far. `page` is that of the menu of every topic; -1 shows the guesses.
    """

    task_id: int
    message_id: str | None = None
    kind: str = ""
    urgency: str = ""
    page: int = -1
    alone: bool = True


@dataclass(frozen=True)
class ShowPerformance:
    """Send the picture of how the model does, drawn when it is sent."""


@dataclass(frozen=True)
class SendCopy:
    """Send a citizen a file with all that is kept of them, made when it is sent."""

    person_id: int


@dataclass(frozen=True)
class ShowNotice:
    """Send or refresh a message of the desk that waits for a decision; it is drawn when it is sent.

    `menu`: it offers the reasons for a refusal instead of its usual buttons.
    """

    notice_id: int
    menu: bool = False


@dataclass(frozen=True)
class SendProof:
    """Send a citizen photos of what was done, from our disk; caption and buttons hang under the last."""

    case_id: int
    media_ids: tuple[int, ...]
    caption: str
    rows: Rows = ()


@dataclass(frozen=True)
class ShowPair:
    """Send a photo beside the picture that it is like, drawn when it is sent. `decides`: with the admin's buttons."""

    evidence_id: int
    decides: bool = False


@dataclass(frozen=True)
class Toast:
    """Answer a press: a short line, or an alert (at most 200 characters) that only the presser sees."""

    press_id: str
    text: str
    alert: bool = False


@dataclass(frozen=True)
class TendRoom:
    """Let a case's forum topic in this chat be as it should be by the time of sending: open or closed, its name."""

    case_id: int


@dataclass(frozen=True)
class Delete:
    """Delete a message of ours that quoted a case; what cannot be deleted is emptied where it is `editable`.

    `under` is the card that it hangs under, for platforms that keep such words in a place of their own.
    """

    message_id: str
    case_id: int
    under: str | None = None
    editable: bool = False


@dataclass(frozen=True)
class SendFiles:
    """Send files of a case into a private chat."""

    media_ids: tuple[int, ...]


Intent = (
    Delete | SendFiles |
    Text | EditText | ShowCard | ShowMedia | TendRoom | Picture | EditCaption | ShowJob | ShowTask | ShowPerformance
    | SendCopy | ShowNotice | SendProof | ShowPair | Toast
)  # fmt: skip


@dataclass(frozen=True)
class CardLine:
    """One line of a card: an optional bold head and the rest."""

    text: str
    head: str = ""


@dataclass(frozen=True)
class CardView:
    """A card as every channel draws it: bold title, lines, the citizen's words, lines, buttons.

    `name` is what a thread or forum topic for the words under it may be called; empty where it needs none.
    `silent`: a new one makes no sound. `sealed`: a thread that stands already takes this name too. `tells_phone`: it
    shows somebody's number, which counts as a reading.
    """

    title: str
    lines: tuple[CardLine, ...]
    quote: str
    footer: tuple[CardLine, ...] = ()
    rows: Rows = ()
    colour: str = "sedang"
    name: str = ""
    silent: bool = False
    sealed: bool = False
    tells_phone: bool = False


@dataclass(frozen=True)
class Outgoing:
    """One intent for one chat, as a use case hands it to the outbox."""

    channel: str
    chat_id: str
    intent: Intent
    priority: Priority = Priority.ANSWER
    thread_id: str | None = None
    merge_key: str | None = None
