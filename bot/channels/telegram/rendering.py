"""Cards as Telegram HTML, texts in pieces, buttons as keyboards. Every word of a person is escaped."""

from html import escape

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.domain.lengths import cut, fitting, units
from bot.domain.outgoing import CardLine, CardView, Rows

TEXT_UNITS = 4096
ROOM = 4000


def card_html(view: CardView) -> str:
    """A card as HTML of at most 4096 units after entities; the quote gives way where it is too long."""
    head = [f"<b>{_safe(view.title)}</b>", *(_line(line) for line in view.lines)]
    foot = [_line(line) for line in view.footer]
    plain = sum(units(part) + 1 for part in (*head, *foot))
    quote = cut(view.quote, max(200, ROOM - plain))
    parts = ["\n".join(head)]
    if quote:
        parts.append(f"<blockquote expandable>{_safe(quote)}</blockquote>")
    if foot:
        parts.append("\n".join(foot))
    return "\n\n".join(parts)


def _line(line: CardLine) -> str:
    return f"<b>{_safe(line.head)}:</b> {_safe(line.text)}" if line.head else _safe(line.text)


def _safe(text: str) -> str:
    return escape(text.encode("utf-8", "replace").decode(), quote=False)


def pieces(text: str) -> list[str]:
    """A long text as several, cut at line ends or spaces where possible."""
    found: list[str] = []
    rest = text.strip() or "…"
    while units(rest) > TEXT_UNITS:
        piece = rest[: fitting(rest, ROOM)]
        at = max(piece.rfind("\n"), piece.rfind(" "))
        piece = piece[:at] if at > ROOM // 2 else piece
        found.append(piece.rstrip())
        rest = rest[len(piece) :].lstrip()
    return [*found, rest]


def keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    """Rows of buttons; None where there are none."""
    if not rows:
        return None
    return InlineKeyboardMarkup([[InlineKeyboardButton(b.words, callback_data=b.data) for b in row] for row in rows])
