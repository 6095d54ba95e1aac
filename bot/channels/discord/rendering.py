"""Cards as embeds, texts in pieces, buttons as components. Every word of a person is escaped."""

import re
from collections.abc import Sequence

import discord

from bot.domain import buttons
from bot.domain.lengths import cut, fitting, units
from bot.domain.outgoing import Button, CardLine, CardView, Rows

TEXT_UNITS = 2000
ROOM = 1900
TITLE_UNITS = 256
VALUE_UNITS = 1024
EMBED_UNITS = 5900  # of 6000 for title, description and fields together
DESCRIPTION_UNITS = 4096
FIELDS = 25
LABEL_UNITS = 80
PER_ROW = 5
ROWS = 5
OPTIONS = 25  # in one list to choose from
OPTION_UNITS = 100
MENU = "daftar"  # the id of such a list; what it sends is the value that was chosen
NOTHING = "\u200b"  # an embed's field may not be empty
COLOURS = {"darurat": 0xC62828, "tinggi": 0xEF6C00, "sedang": 0x1565C0, "rendah": 0x607D8B}
STYLES = {
    buttons.TAKE: discord.ButtonStyle.primary,
    buttons.DONE: discord.ButtonStyle.success,
    buttons.FIXED: discord.ButtonStyle.success,
}
_LINK = re.compile(r"(https?://[^\s<>|`]+)")
_MARK = re.compile(r"([\\*_~`|<\[@])")
_LINE_MARK = re.compile(r"^(\s*)([#>+-])", re.MULTILINE)
_NUMBERED = re.compile(r"^(\s*\d+)([.)])", re.MULTILINE)


def safe(text: str) -> str:
    """Words as Discord shows them unchanged: no markup, no mention; an address stays one that can be opened."""
    parts = _LINK.split(text.encode("utf-8", "replace").decode())
    escaped = (part if index % 2 else _MARK.sub(r"\\\1", part) for index, part in enumerate(parts))
    return _NUMBERED.sub(r"\1\\\2", _LINE_MARK.sub(r"\1\\\2", "".join(escaped)))


def fit(text: str, limit: int) -> str:
    """Escaped words of at most so many units; what does not fit gives way with a sign."""
    room = limit
    while units(found := safe(cut(text, room))) > limit:
        room = room * 9 // 10
    return found


def pieces(text: str) -> list[str]:
    """A long text as several escaped ones, cut at line ends or spaces where possible."""
    found: list[str] = []
    rest = text.strip() or "…"
    while rest:
        piece = _piece(rest)
        found.append(safe(piece.rstrip()))
        rest = rest[len(piece) :].lstrip()
    return found


def _piece(rest: str) -> str:
    if units(safe(rest)) <= TEXT_UNITS:
        return rest
    room = ROOM
    while units(safe(rest[: fitting(rest, room)])) > TEXT_UNITS:
        room = room * 9 // 10
    piece = rest[: fitting(rest, room)]
    at = max(piece.rfind("\n"), piece.rfind(" "))
    return piece[:at] if at > len(piece) // 2 else piece


def card_embed(view: CardView) -> discord.Embed:
    """A card as an embed, coloured by urgency; the quote gives way where it is too long."""
    embed = discord.Embed(title=fit(view.title, TITLE_UNITS), colour=COLOURS.get(view.colour, COLOURS["sedang"]))
    bare = [line for line in view.lines if not line.head]
    fields = [(line, True) for line in view.lines if line.head] + [(line, False) for line in view.footer]
    for line, inline in fields[:FIELDS]:
        embed.add_field(name=_head(line), value=fit(line.text, VALUE_UNITS) or NOTHING, inline=inline)
    plain = "\n".join(fit(line.text, VALUE_UNITS) for line in bare)
    room = min(DESCRIPTION_UNITS, EMBED_UNITS - len(embed)) - units(plain) - 2
    quote = "\n".join(f"> {line}" for line in _quote(view.quote, room).split("\n")) if view.quote else ""
    embed.description = "\n\n".join(filter(None, (plain, quote))) or None
    return embed


def _head(line: CardLine) -> str:
    return fit(line.head, TITLE_UNITS) if line.head else NOTHING


def _quote(quote: str, room: int) -> str:
    """The citizen's words, with room for the sign that begins each line."""
    return fit(quote, max(200, room - 2 * (quote.count("\n") + 1)))


def keyboard(rows: Rows) -> discord.ui.View | None:
    """Rows of buttons, at most five of five; their `custom_id` is our data, so that they outlive a restart."""
    if not rows:
        return None
    view = discord.ui.View(timeout=None)
    every = [button for row in rows for button in row]
    if len(every) > ROWS * PER_ROW:
        _add_menus(view, every)
    else:
        fits = len(rows) <= ROWS and all(len(row) <= PER_ROW for row in rows)
        for number, row in enumerate(rows if fits else _by(PER_ROW, every)):
            _add_row(view, row, number)
    view.stop()  # presses come in raw: the library need not remember the view
    return view


def _add_row(view: discord.ui.View, row: Sequence[Button], number: int) -> None:
    for button in row:
        style = STYLES.get(buttons.decode(button.data).action, discord.ButtonStyle.secondary)
        label = cut(button.words, LABEL_UNITS)
        view.add_item(discord.ui.Button(label=label, custom_id=button.data, style=style, row=number))


def _add_menus(view: discord.ui.View, every: Sequence[Button]) -> None:
    """More than buttons can hold: lists to choose from, whose values are our data; the way back stays a button."""
    back = [button for button in every if buttons.decode(button.data).action == buttons.BACK]
    choices = [button for button in every if button not in back]
    lists = _by(OPTIONS, choices)[: ROWS - bool(back)]
    for number, group in enumerate(lists):
        options = [discord.SelectOption(label=cut(each.words, OPTION_UNITS), value=each.data) for each in group]
        menu: discord.ui.Select[discord.ui.View] = discord.ui.Select(
            custom_id=f"{MENU}:{number}", options=options, row=number
        )
        view.add_item(menu)
    _add_row(view, back, len(lists))


def _by(size: int, every: Sequence[Button]) -> list[Sequence[Button]]:
    return [every[i : i + size] for i in range(0, len(every), size)]
