"""Chat words as slash commands, and the forms that buttons open; their texts stand in the catalogue."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import discord

from bot.domain import buttons

GUILD, DIRECT = 0, 1  # where Discord offers a command
ON_SERVER, ON_USER = 0, 1  # who may have installed the bot: a citizen needs no server in common with it
TEXT, PERSON = 3, 6  # types of options
DESCRIPTION_CHARS = 100
FORM_CHARS = 45  # of a form's title and label
SENTENCE_CHARS = 1500  # so that the words around it still fit into one message
FORM_SECONDS = 900.0  # as long as Discord takes answers to a press
INPUT = "teks"

Texts = Callable[[str], str]


@dataclass(frozen=True)
class Option:
    """What may stand behind a chat word."""

    name: str
    required: bool = False
    type: int = TEXT
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Word:
    """A chat word, where it is offered, and what may stand behind it (required options first)."""

    name: str
    contexts: tuple[int, ...]
    options: tuple[Option, ...] = ()


CODE, TEXTS, UNIT = Option("kode"), Option("teks", required=True), Option("dinas")
WISH = Option("minta", choices=("baru", "batal"))
ROLE = Option("peran", choices=("kepala", "pengamat", "petugas"))
WORDS = (
    Word("lapor", (DIRECT,), (TEXTS,)),
    Word("status", (DIRECT,), (CODE,)),
    Word("laporanku", (DIRECT,)),
    Word("batal", (DIRECT,), (Option("kode", required=True),)),
    Word("temu", (GUILD, DIRECT), (Option("teks"),)),
    Word("catat", (GUILD, DIRECT), (Option("teks"),)),
    Word("privasi", (DIRECT,)),
    Word("anonim", (DIRECT,), (CODE, WISH)),
    Word("rahasia", (DIRECT,), (CODE, WISH)),
    Word("pembaca", (GUILD,), (UNIT, Option("orang", type=PERSON), Option("lepas", choices=("hapus",)))),
    Word("jejak", (GUILD,), (Option("kode", required=True),)),
    Word("terlapor", (GUILD,), (Option("kode", required=True), UNIT)),
    Word("bukarahasia", (GUILD,), (Option("kode", required=True), TEXTS)),
    Word("dataku", (DIRECT,), (Option("isian"),)),
    Word("banding", (DIRECT,), (TEXTS,)),
    Word("bantuan", (DIRECT,)),
    Word("saya", (GUILD, DIRECT)),
    Word("hubungkan", (GUILD,), (UNIT,)),
    Word("putus", (GUILD,), (UNIT,)),
    Word("balas", (GUILD,), (TEXTS, CODE)),
    Word("tugas", (GUILD,), (Option("pilihan"),)),
    Word("cari", (GUILD,), (Option("kata", required=True),)),
    Word("label", (GUILD,), (Option("cara"),)),
    Word("kinerja", (GUILD,)),
    Word("peran", (GUILD,), (ROLE, Option("orang", type=PERSON))),
    Word("gabung", (GUILD,), (Option("kode", required=True), Option("ke"))),
    Word("pisah", (GUILD,), (CODE,)),
    Word("tutup", (GUILD,), (Option("teks"), CODE)),
    Word("buka", (GUILD,), (CODE,)),
    Word("latih", (GUILD,), (Option("latihan", choices=("penuh",)),)),
    Word("model", (GUILD,)),
    Word("blokir", (GUILD,), (TEXTS, CODE)),
    Word("insiden", (GUILD,), (Option("kejadian"),)),
    Word("register", (GUILD,)),
    Word("hapusdata", (GUILD,), (Option("kode", required=True),)),
)


def payload(texts: Texts) -> list[dict[str, Any]]:
    """Every slash command as Discord wants it registered."""
    return [_command(word, texts) for word in WORDS]


def _command(word: Word, texts: Texts) -> dict[str, Any]:
    return {
        "name": word.name,
        "description": texts(f"word.{word.name}")[:DESCRIPTION_CHARS],
        "type": 1,
        "contexts": list(word.contexts),
        "integration_types": [ON_SERVER, ON_USER] if DIRECT in word.contexts else [ON_SERVER],
        "options": [_option(option, texts) for option in word.options],
    }


def _option(option: Option, texts: Texts) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": option.name,
        "description": texts(f"option.{option.name}")[:DESCRIPTION_CHARS],
        "type": option.type,
        "required": option.required,
    }
    if option.choices:
        found["choices"] = [{"name": choice, "value": choice} for choice in option.choices]
    return found


def argument(options: Iterable[Mapping[str, Any]], *, channel: str) -> str:
    """What stands behind a slash command, as its chat word would be typed: a code first, a person as channel:id."""
    ordered = sorted(options, key=lambda option: option.get("name") != CODE.name)
    values = (f"{channel}:{o['value']}" if o.get("type") == PERSON else str(o.get("value", "")) for o in ordered)
    return " ".join(value.strip() for value in values).strip()


def form(data: str, texts: Texts) -> discord.ui.Modal | None:
    """The form that a button opens, which returns the button's own data; None for every other button."""
    action = buttons.decode(data).action
    kind = buttons.SENTENCES.get(action)
    if kind is None:
        return None
    modal = discord.ui.Modal(title=texts(f"button.{action}")[:FORM_CHARS], custom_id=data, timeout=FORM_SECONDS)
    label = texts(f"form.{kind}")[:FORM_CHARS]
    field: discord.ui.TextInput[discord.ui.Modal] = discord.ui.TextInput(
        label=label, custom_id=INPUT, style=discord.TextStyle.paragraph, max_length=SENTENCE_CHARS
    )
    modal.add_item(field)
    return modal


def sentence(components: Iterable[Mapping[str, Any]]) -> str:
    """The words typed into a form, wherever its layout put the field."""
    for part in components:
        if part.get("custom_id") == INPUT:
            return str(part.get("value", ""))
        inner = [part["component"]] if "component" in part else part.get("components", ())
        if found := sentence(inner):
            return found
    return ""
