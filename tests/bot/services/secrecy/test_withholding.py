"""A message is deleted; where the platform refuses, it is emptied, or the desk is told."""

from dataclasses import dataclass, field

import pytest

from bot.domain.errors import MessageGone, Refused
from bot.domain.outgoing import Delete, EditText
from bot.services.channel import Target
from bot.services.secrecy.withholding import delete
from tests.bot.services.fakes import FakeChannel, make_office

HERE = Target("-5")


@dataclass
class Keeping(FakeChannel):
    """A platform that deletes nothing any more."""

    why: Exception = field(default_factory=lambda: Refused("message can't be deleted"))
    edits: list[EditText] = field(default_factory=list)
    edits_too: bool = True

    async def delete(self, to: Target, message_id: str, under: str | None) -> None:
        raise self.why

    async def edit_text(self, to: Target, edit: EditText) -> None:
        if not self.edits_too:
            raise Refused("message can't be edited now")
        self.edits.append(edit)


async def test_a_message_that_is_gone_already_costs_nothing() -> None:
    sent = await delete(make_office(), Keeping(why=MessageGone("gone")), HERE, Delete("7", 1))
    assert (sent.count, sent.effect) == (0, None)


async def test_words_that_cannot_be_deleted_are_emptied() -> None:
    channel = Keeping()
    sent = await delete(make_office(), channel, HERE, Delete("7", 1, editable=True))
    assert sent.effect is None
    assert channel.edits == [EditText("7", "Isi pesan ini ditarik kembali.")]


@pytest.mark.parametrize("gone", [Delete("7", 1), Delete("7", 1, editable=True)])
async def test_of_what_can_be_neither_the_desk_is_told(gone: Delete) -> None:
    sent = await delete(make_office(), Keeping(edits_too=False), HERE, gone)
    assert sent.effect is not None


async def test_a_chat_that_is_closed_to_us_is_handled_as_ever() -> None:
    with pytest.raises(Refused):
        await delete(make_office(), Keeping(why=Refused("kicked", gone="chat")), HERE, Delete("7", 1))
