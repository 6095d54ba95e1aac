"""A picture that cannot go as one goes as words with the same buttons."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.domain.errors import MessageGone, Refused
from bot.domain.outgoing import CAPTION_UNITS, Button, EditCaption, EditText, Picture, Text
from bot.services.channel import Target
from bot.services.picturing import edit_caption, send_picture
from tests.bot.services.fakes import FakeChannel

ROWS = ((Button("Pakai", "latih:1:pakai"),),)
HERE = Target("-5")


@dataclass
class NoPictures(FakeChannel):
    """A chat in which nobody may send photos."""

    texts: list[Text | EditText] = field(default_factory=list)
    gone: bool = False

    async def send_picture(self, to: Target, picture: Picture, data: bytes) -> str:
        raise Refused("not enough rights to send photos to the chat", gone="chat")

    async def edit_caption(self, to: Target, edit: EditCaption) -> None:
        raise Refused("there is no caption in the message to edit")

    async def send_text(self, to: Target, text: Text) -> list[str]:
        self.texts.append(text)
        return ["7"]

    async def edit_text(self, to: Target, edit: EditText) -> None:
        if self.gone:
            raise MessageGone("message to edit not found")
        self.texts.append(edit)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "picture.png"
    path.write_bytes(b"\x89PNG")
    return path


async def test_a_picture_goes_with_its_caption_cut_to_what_chats_take(file: Path) -> None:
    channel = FakeChannel()
    assert (await send_picture(channel, HERE, Picture(str(file), "k" * 2000, ROWS))).count == 1
    assert len(channel.sent[0][1]) <= CAPTION_UNITS


async def test_where_photos_are_forbidden_or_the_file_is_gone_the_words_go_alone(file: Path) -> None:
    channel = NoPictures()
    await send_picture(channel, HERE, Picture(str(file), "Hasil", ROWS))
    await send_picture(channel, HERE, Picture("/nowhere.png", "Hasil", ROWS))
    assert channel.texts == [Text("Hasil", rows=ROWS)] * 2


async def test_what_went_as_words_is_edited_as_words_and_what_is_gone_is_let_be() -> None:
    channel = NoPictures()
    await edit_caption(channel, HERE, EditCaption("7", "Dipakai"))
    assert channel.texts == [EditText("7", "Dipakai")]
    channel.gone = True
    assert (await edit_caption(channel, HERE, EditCaption("7", "Dipakai"))).count == 0
