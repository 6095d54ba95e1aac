"""What a message of the transcript holds: the JSON that the page draws."""

from typing import Any

from bot.domain.outgoing import CardLine, CardView, Rows, Text
from bot.domain.records import Media

Body = dict[str, Any]


def text_body(text: Text) -> Body:
    """A text of ours; `ask` names who is asked to reply, where somebody is."""
    body: Body = {"kind": "text", "text": text.text, "rows": rows(text.rows)}
    if text.ask_reply:
        body["ask"] = text.user_id or ""
    return body


def card_body(view: CardView) -> Body:
    """A card."""
    return {
        "kind": "card",
        "title": view.title,
        "lines": _lines(view.lines),
        "quote": view.quote,
        "footer": _lines(view.footer),
        "rows": rows(view.rows),
        "colour": view.colour,
    }


def media_body(media: Media, *, ours: bool) -> Body:
    """A file under a card; one that another channel holds is only named."""
    if ours:
        return {"kind": "file", "file": media.file_id, "media": media.kind, "text": ""}
    return {"kind": "absent", "media": media.kind}


def picture_body(file: str, caption: str, buttons: Rows) -> Body:
    """A picture of ours with its caption and buttons."""
    return {"kind": "file", "file": file, "media": "photo", "text": caption, "rows": rows(buttons)}


def document_body(file: str, name: str, caption: str) -> Body:
    """A file of ours to be downloaded, under its name."""
    return {"kind": "document", "file": file, "name": name, "text": caption}


def rows(every: Rows) -> list[list[dict[str, str]]]:
    """Rows of buttons."""
    return [[{"words": button.words, "data": button.data} for button in row] for row in every]


def _lines(lines: tuple[CardLine, ...]) -> list[dict[str, str]]:
    return [{"head": line.head, "text": line.text} for line in lines]
