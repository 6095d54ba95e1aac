"""Raw updates to events: pure, and whatever was stored can be read again."""

import json

import pytest

from bot.channels.discord.translating import translate
from bot.channels.discord.words import WORDS, argument, payload, sentence
from bot.domain.incoming import (
    Added,
    Attachment,
    Chat,
    Command,
    Edited,
    Event,
    Pressed,
    Removed,
    Said,
    Sender,
    Sentence,
)
from bot.texts import Catalogue

HEAD = {
    "chat": "5", "thread": None, "private": True, "title": "", "sender": "7", "name": "Sri", "message": "9", "at": 1.5,
}  # fmt: skip
CHAT = Chat("discord", "5", private=True)
SRI = Sender("discord", "7", "Sri")
TEXTS = Catalogue.load()


def event(kind: str, **fields: object) -> Event:
    (only,) = translate([json.dumps({"type": kind, **HEAD, **fields})])
    return only


def said(text: str = "", **fields: object) -> Event:
    return event("said", **{"text": text, "files": [], "forwarded": False, **fields})


def test_words_and_files_are_a_message() -> None:
    file = {"kind": "photo", "id": "5/9/11", "mime": "image/png", "size": 3}
    photo = Attachment("photo", "5/9/11", "5/9/11", "image/png", 3)
    assert said("Dalane bolong", files=[file]) == Said(CHAT, SRI, "9", 1.5, text="Dalane bolong", attachments=(photo,))


def test_a_message_with_nothing_we_know_says_so() -> None:
    found = said()
    assert isinstance(found, Said)
    assert found.unsupported == "other"


def test_a_reply_names_what_it_replies_to_and_who_wrote_it() -> None:
    by = {"id": "8", "name": "Budi"}
    found = said("/peran kepala", reply_to="4", reply_text="", reply_by=by, thread="4", private=False, title="dpu")
    chat = Chat("discord", "5", private=False, title="dpu", thread_id="4")
    assert found == Command(chat, SRI, "9", 1.5, "peran", "kepala", "4", "", Sender("discord", "8", "Budi"))


@pytest.mark.parametrize(
    ("text", "word", "rest"),
    [("/Status PML-00000", "status", "PML-00000"), ("/lapor\ndalane bolong", "lapor", "dalane bolong"),
     ("/balas satu\ndua", "balas", "satu\ndua"), ("/start", "start", "")],
)  # fmt: skip
def test_typed_chat_words_are_commands(text: str, word: str, rest: str) -> None:
    found = said(text)
    assert isinstance(found, Command)
    assert (found.name, found.argument) == (word, rest)


@pytest.mark.parametrize("text", ["/", "/ rusak", "//", "/-"])
def test_a_slash_alone_is_no_chat_word(text: str) -> None:
    assert isinstance(said(text), Said)


def test_everything_else_becomes_its_event() -> None:
    assert event("edited", text="baru") == Edited(CHAT, SRI, "9", 1.5, "baru")
    assert event("pressed", press="1:t", data="terima:X") == Pressed(CHAT, SRI, "9", 1.5, "1:t", "terima:X")
    assert event("sentence", press="1:t", data="tanya:X", text="RT?") == Sentence(
        CHAT, SRI, "9", 1.5, "1:t", "tanya:X", "RT?"
    )
    assert event("word", word="tugas", argument="saya", reply_to=None, reply_text="") == Command(
        CHAT, SRI, "9", 1.5, "tugas", "saya"
    )
    assert isinstance(event("added"), Added)


def test_a_lost_server_is_the_loss_of_each_channel() -> None:
    found = translate([json.dumps({"type": "removed", **HEAD, "chats": ["5", "6"]})])
    assert [(type(e), e.chat.id, e.chat.private) for e in found] == [(Removed, "5", False), (Removed, "6", False)]


def test_words_that_no_database_takes_are_mended() -> None:
    found = said("a\x00b\ud800")
    assert isinstance(found, Said)
    assert found.text == "ab?"


@pytest.mark.parametrize("bad", ["{", "[]", "null", "{}", '{"type": "x"}', json.dumps({"type": "?", **HEAD})])
def test_what_cannot_be_read_is_a_value_error(bad: str) -> None:
    with pytest.raises(ValueError):
        translate([bad])


def test_every_slash_command_fits_what_discord_takes() -> None:
    for command in payload(TEXTS):
        assert command["name"] == command["name"].lower()
        assert 1 <= len(command["description"]) <= 100
        required = [option["required"] for option in command["options"]]
        assert required == sorted(required, reverse=True)
    assert len({word.name for word in WORDS}) == len(WORDS)


def test_the_argument_reads_as_it_would_be_typed() -> None:
    options = [{"name": "teks", "type": 3, "value": "besok"}, {"name": "kode", "type": 3, "value": "PML-00000"}]
    assert argument(options, channel="discord") == "PML-00000 besok"
    who = [{"name": "peran", "type": 3, "value": "kepala"}, {"name": "orang", "type": 6, "value": "42"}]
    assert argument(who, channel="discord") == "kepala discord:42"


@pytest.mark.parametrize(
    "components",
    [
        [{"type": 1, "components": [{"type": 4, "custom_id": "teks", "value": "ya"}]}],
        [{"type": 10}, {"type": 18, "component": {"type": 4, "custom_id": "teks", "value": "ya"}}],
    ],
)
def test_the_words_of_a_form_are_found_in_either_layout(components: list[dict[str, object]]) -> None:
    assert sentence(components) == "ya"
