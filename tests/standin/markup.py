"""Texts as Telegram counts and parses them: UTF-16 units, entities, HTML with the real error words."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import Any, NoReturn

from tests.standin.errors import bad_request

Entity = dict[str, Any]

_TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "code": "code", "pre": "pre",
    "a": "text_link", "blockquote": "blockquote", "tg-spoiler": "spoiler", "span": "spoiler",
    "tg-emoji": "custom_emoji",
}  # fmt: skip
_ATTRIBUTE = re.compile(r"""\s*([^\s=>]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s>]*))?""")
_CHARACTER = re.compile(r"&(?:lt|gt|amp|quot|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
_TYPED = re.compile(
    r"(?P<bot_command>(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?)"
    r"|(?P<mention>(?<!\w)@\w{5,32})|(?P<url>https?://\S+)|(?P<hashtag>(?<!\w)#\w+)"
)


def utf16_length(text: str) -> int:
    """Length in UTF-16 units, which is what limits and offsets count."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def typed_entities(text: str) -> list[Entity]:
    """What an app marks in a typed text: commands, mentions, links, hashtags."""
    if not any(sign in text for sign in "/@#"):
        return []
    return [
        {
            "type": match.lastgroup,
            "offset": utf16_length(text[: match.start()]),
            "length": utf16_length(match.group()),
        }
        for match in _TYPED.finditer(text)
    ]


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Plain text and entities, or the real server's refusal."""
    return _Parser(source).run()


@dataclass(slots=True)
class _Open:
    tag: str
    offset: int
    extra: dict[str, Any]


@dataclass(slots=True)
class _Parser:
    source: str
    text: list[str] = field(default_factory=list)
    offset: int = 0
    open: list[_Open] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def run(self) -> tuple[str, list[Entity]]:
        position = 0
        while position < len(self.source):
            following = self.source.find("<", position)
            end = len(self.source) if following < 0 else following
            self._plain(self.source[position:end])
            if following < 0:
                break
            closing = self.source.startswith("</", following)
            position = self._close(following) if closing else self._start(following)
        if self.open:
            raise bad_request(
                f"can't parse entities: Can't find end tag corresponding to start tag \"{self.open[-1].tag}\""
            )
        return _trimmed("".join(self.text), sorted(self.entities, key=lambda e: (e["offset"], -e["length"])))

    def _plain(self, piece: str) -> None:
        piece = _CHARACTER.sub(lambda match: html.unescape(match.group()), piece)
        self.text.append(piece)
        self.offset += utf16_length(piece)

    def _start(self, at: int) -> int:
        end = self.source.find(">", at)
        if end < 0:
            self._fail(at, "Unclosed start tag")
        name, _, rest = self.source[at + 1 : end].partition(" ")
        tag = name.strip().lower()
        if tag not in _TAGS:
            self._fail(at, f'Unsupported start tag "{tag}"')
        attributes = {key.lower(): value.strip("\"'") for key, value in _ATTRIBUTE.findall(rest)}
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            self._fail(at, 'Tag "span" must have class "tg-spoiler"')
        self.open.append(_Open(tag, self.offset, _extra(tag, attributes)))
        return end + 1

    def _close(self, at: int) -> int:
        if not self.open:
            self._fail(at, "Unexpected end tag")
        end = self.source.find(">", at)
        if end < 0:
            self._fail(at, "Unclosed end tag")
        name = self.source[at + 2 : end].strip().lower()
        opened = self.open.pop()
        if name not in {"", opened.tag}:
            self._fail(at, "Unmatched end tag", f', expected "</{opened.tag}>", found "</{name}>"')
        if self.offset > opened.offset and not (opened.tag == "a" and "url" not in opened.extra):
            length = self.offset - opened.offset
            self.entities.append(
                {"type": _TAGS[opened.tag], "offset": opened.offset, "length": length, **opened.extra}
            )
        return end + 1

    def _fail(self, at: int, what: str, tail: str = "") -> NoReturn:
        offset = len(self.source[:at].encode("utf-8", "surrogatepass"))
        raise bad_request(f"can't parse entities: {what} at byte offset {offset}{tail}")


def _extra(tag: str, attributes: dict[str, str]) -> dict[str, Any]:
    if tag == "a" and attributes.get("href"):
        return {"url": html.unescape(attributes["href"])}
    if tag == "tg-emoji":
        return {"custom_emoji_id": attributes.get("emoji-id", "")}
    return {}


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Telegram strips both ends; entities move along."""
    stripped = text.strip()
    if stripped == text:
        return text, entities
    lead = utf16_length(text[: len(text) - len(text.lstrip())])
    length = utf16_length(stripped)
    kept = []
    for entity in entities:
        start = max(0, entity["offset"] - lead)
        end = min(length, entity["offset"] - lead + entity["length"])
        if end > start:
            kept.append({**entity, "offset": start, "length": end - start})
    return stripped, kept
