"""The Discord side of the channel port: what is sent and where, and every refusal in our words."""

from collections.abc import AsyncIterator
from pathlib import Path

import discord
import pytest

from bot.domain.errors import MessageGone, Refused, RetryLater
from bot.domain.outgoing import Button, CardLine, CardView, EditText, Text, Toast
from bot.domain.records import Media
from bot.services.channel import Target
from tests.bot.channels.discord.world import World, world

ROWS = ((Button("Terima", "terima:PML-00000"),),)
CARD = CardView("Judul", (CardLine("Jalan", "Topik"),), "dalane <bolong>", rows=ROWS, name="PML-00000 · Jalan")
MESSAGES = "/channels/*/messages"
THREADS = "/channels/*/messages/*/threads"


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[World]:
    async with world(tmp_path) as found:
        yield found


def at(here: World, thread: str | None = None) -> Target:
    return Target(str(here.channel.id), thread)


def media(id: int = 1, *, channel: str = "telegram", path: str | None = None, file_id: str = "") -> Media:
    return Media(id, 1, channel, "photo", file_id, "image/png", path=path)


async def test_a_long_text_comes_in_pieces_and_the_last_has_the_buttons(here: World) -> None:
    ids = await here.port.send_text(at(here), Text("kata " * 900, rows=ROWS))
    sent = here.channel.history()
    assert [str(m.id) for m in sent] == ids
    assert [bool(m.components) for m in sent] == [False] * (len(ids) - 1) + [True]
    assert all(len(m.content) <= 2000 for m in sent)


async def test_a_card_opens_its_thread_and_words_under_it_go_there(here: World) -> None:
    id = await here.port.show_card(at(here), CARD, None)
    (thread,) = here.channel.threads
    assert (str(thread.id), thread.name) == (id, "PML-00000 · Jalan")
    await here.port.send_text(at(here), Text("kata", reply_to=id, card_id=1))
    assert thread.last_message is not None
    assert thread.last_message.content == "kata"


async def test_a_card_is_edited_in_place_and_loses_its_buttons(here: World) -> None:
    id = await here.port.show_card(at(here), CARD, None)
    assert await here.port.show_card(at(here), CardView("Baru", (), ""), id) == id
    (card,) = [m for m in here.channel.history() if m.embeds]
    assert card.embeds[0].title == "Baru"
    assert not card.components


@pytest.mark.parametrize("code", [50001, 50013, 160004])
async def test_without_a_thread_the_words_are_replies_to_the_card(here: World, code: int) -> None:
    here.fail(THREADS, status=403, code=code)
    id = await here.port.show_card(at(here), CARD, None)
    assert here.channel.threads == []
    await here.port.send_text(at(here), Text("kata", reply_to=id, card_id=1))
    last = here.channel.last_message
    assert last is not None
    assert last.reference is not None
    assert str(last.reference.message_id) == id


async def test_trouble_while_the_thread_is_opened_does_not_send_the_card_twice(here: World) -> None:
    here.fail(THREADS, status=503)
    await here.port.show_card(at(here), CARD, None)
    assert len([m for m in here.channel.history() if m.embeds]) == 1


async def test_after_a_restart_a_thread_that_is_not_there_is_tried_once(here: World) -> None:
    id = await here.port.show_card(at(here), CardView("Judul", (), ""), None)
    await here.port.send_text(at(here), Text("satu", reply_to=id, card_id=1))
    tries = len(here.env.http_requests)
    await here.port.send_text(at(here), Text("dua", reply_to=id, card_id=1))
    assert len(here.env.http_requests) == tries + 1
    assert [m.content for m in here.channel.history()][1:] == ["satu", "dua"]


async def test_a_reply_to_a_message_that_is_gone_is_sent_all_the_same(here: World) -> None:
    await here.port.send_text(at(here), Text("ya", reply_to="i123"))
    assert here.channel.last_message is not None


async def test_an_edit_finds_its_text_in_the_channel_too(here: World) -> None:
    card = await here.port.show_card(at(here), CARD, None)
    (id,) = await here.port.send_text(at(here), Text("lama"))
    await here.port.edit_text(at(here, card), EditText(id, "baru_"))
    assert here.channel.last_message is not None
    assert here.channel.last_message.content == r"baru\_"
    with pytest.raises(MessageGone):
        await here.port.edit_text(at(here, card), EditText("123", "baru"))


async def test_files_from_disk_go_into_the_thread_in_messages_of_ten(here: World, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"\x89PNG")
    id = await here.port.show_card(at(here), CARD, None)
    ids = await here.port.send_media(at(here), [media(n, path="a.png") for n in range(12)], id)
    (thread,) = here.channel.threads
    assert [len(m.attachments) for m in thread.history() if str(m.id) in ids] == [10, 2]


async def test_files_are_sent_whole_where_the_thread_is_closed(here: World, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"\x89PNG")
    id = await here.port.show_card(at(here), CardView("Judul", (), ""), None)
    await here.port.send_media(at(here), [media(path="a.png")], id)
    last = here.channel.last_message
    assert last is not None
    assert await last.attachments[0].read() == b"\x89PNG"


async def test_a_file_of_another_channel_is_waited_for(here: World) -> None:
    with pytest.raises(RetryLater):
        await here.port.send_media(at(here), [media()], None)


async def test_a_file_of_discord_is_fetched_by_its_message(here: World) -> None:
    budi = here.guild.add_member(here.env.create_user("Budi"))
    said = await budi.send(here.channel, "", attachments=[("a.png", b"\x89PNG")])
    file_id = f"{here.channel.id}/{said.id}/{said.attachments[0].id}"
    assert await here.port.fetch(media(channel="discord", file_id=file_id)) == b"\x89PNG"
    with pytest.raises(Refused):
        await here.port.fetch(media(channel="discord", file_id=f"{here.channel.id}/{said.id}/1"))
    with pytest.raises(MessageGone):
        await here.port.fetch(media(channel="discord", file_id=f"{here.channel.id}/1/1"))


async def test_faults_are_told_in_our_words(here: World) -> None:
    here.fail(MESSAGES, status=429)
    with pytest.raises(RetryLater):
        await here.port.send_text(at(here), Text("ya"))
    here.fail(MESSAGES, status=502)
    with pytest.raises(RetryLater):
        await here.port.send_text(at(here), Text("ya"))
    here.fail(MESSAGES, status=403, code=50013)
    with pytest.raises(Refused) as refused:
        await here.port.send_text(at(here), Text("ya"))
    assert refused.value.gone == "chat"
    with pytest.raises(MessageGone):
        await here.port.show_card(at(here), CARD, "123")


async def test_a_press_that_nobody_can_answer_any_more_ends(here: World) -> None:
    with pytest.raises(Refused) as refused:
        await here.port.toast(Toast("1:old-token", "Baik."))
    assert refused.value.gone == ""


async def test_a_toast_without_words_says_nothing(here: World) -> None:
    asked = len(here.env.http_requests)
    await here.port.toast(Toast("1:t", ""))
    assert len(here.env.http_requests) == asked


async def test_before_the_sign_in_everything_waits(tmp_path: Path) -> None:
    here = World(tmp_path)
    with pytest.raises(RetryLater):
        await here.port.send_text(Target("1"), Text("ya"))
    assert await here.port.standing("1", "2") is None


async def test_standing_asks_who_sees_the_channel(here: World) -> None:
    budi = here.guild.add_member(here.env.create_user("Budi"))
    hidden = discord.PermissionOverwrite(view_channel=False)
    secret = here.guild.create_text_channel("rahasia", overwrites={here.guild.default_role: hidden})
    assert await here.port.standing(str(here.channel.id), str(budi.id)) is True
    assert await here.port.standing(str(secret.id), str(budi.id)) is False
    here.guild.remove_member(budi)
    assert await here.port.standing(str(here.channel.id), str(budi.id)) is False
    assert await here.port.standing("404", str(budi.id)) is None
    here.fail("/guilds/*/members/*", status=500, method="GET")
    assert await here.port.standing(str(here.channel.id), str(budi.id)) is None
