"""Cards as Telegram HTML, texts in pieces, buttons as keyboards. Every word of a person is escaped."""

from html import escape

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.domain.outgoing import CardLine, CardView, Rows

TEXT_UNITS = 4096
ROOM = 4000


def units(text: str) -> int:
    """The length of a text as Telegram counts: UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


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


def cut(text: str, limit: int) -> str:
    """The text, shortened to a number of units."""
    if units(text) <= limit:
        return text
    while units(text) > limit - 2:
        text = text[: max(1, len(text) - max(1, (units(text) - limit) // 2 + 1))]
    return text.rstrip() + " …"


def pieces(text: str) -> list[str]:
    """A long text as several, cut at line ends or spaces where possible."""
    found: list[str] = []
    rest = text.strip() or "…"
    while units(rest) > TEXT_UNITS:
        piece = rest
        while units(piece) > ROOM:
            piece = piece[: len(piece) - max(1, (units(piece) - ROOM + 1) // 2)]
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
