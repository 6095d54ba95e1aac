"""The gateway's events: kept first, acknowledged then; what is not meant for us is not kept."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

import bot.channels.discord.receiving as receiving
from bot.domain.incoming import Added, Command, Edited, Pressed, Removed, Said, Sentence
from bot.domain.outgoing import Button, CardView, Text
from bot.services.channel import Target
from tests.bot.channels.discord.world import World, world

ROWS = ((Button("Terima", "terima:PML-00000"), Button("Selesai", "selesai:PML-00000")),)


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[World]:
    async with world(tmp_path) as found:
        found.kept.clear()  # the hello on the new server
        yield found


async def test_private_words_and_their_change_are_kept_once(here: World) -> None:
    sri = here.env.create_user("sri", global_name="Sri")
    said = await sri.send_dm("Dalane bolong")
    await sri.edit(said, "Dalane bolong banget")
    first, second = here.events()
    assert isinstance(first, Said)
    assert (first.text, first.sender.name, first.chat.private) == ("Dalane bolong", "Sri", True)
    assert isinstance(second, Edited)
    assert second.text == "Dalane bolong banget"
    assert [u.event_id.split(":")[0] for u in here.kept] == ["m", "e"]
    assert len({u.event_id for u in here.kept}) == 2


async def test_only_what_is_meant_for_us_is_kept_of_a_channel(here: World) -> None:
    budi = here.guild.add_member(here.env.create_user("budi"))
    (ours,) = await here.port.send_text(Target(str(here.channel.id)), Text("kartu"))
    message = next(m for m in here.channel.history() if str(m.id) == ours)
    await budi.send(here.channel, "makan siang?")
    await budi.send(here.channel, "kepada bot", reply_to=message)
    await budi.send(here.channel, f"<@{here.client.me}> /balas PML-00000 besok")
    reply, word = here.events()
    assert isinstance(reply, Said)
    assert (reply.text, reply.reply_to, reply.reply_text) == ("kepada bot", ours, "kartu")
    assert isinstance(word, Command)
    assert (word.name, word.argument) == ("balas", "PML-00000 besok")


async def test_words_in_a_cards_thread_belong_to_the_card(here: World) -> None:
    budi = here.guild.add_member(here.env.create_user("budi"))
    card = await here.port.show_card(Target(str(here.channel.id)), CardView("x", (), "", name="PML-00000 · x"), None)
    (thread,) = here.channel.threads
    await budi.send(thread, "besok saya ke sana")
    await budi.slash(thread, "balas", teks="ya")
    for event in here.events():
        assert isinstance(event, Said | Command)
        assert (event.chat.id, event.chat.thread_id, event.reply_to) == (str(here.channel.id), card, card)
        assert event.reply_text == "PML-00000 · x"


async def test_a_press_is_kept_then_acknowledged(here: World) -> None:
    budi = here.guild.add_member(here.env.create_user("budi"))
    id = await here.port.show_card(Target(str(here.channel.id)), CardView("x", (), "", rows=ROWS), None)
    card = next(m for m in here.channel.history() if str(m.id) == id)
    press = await budi.click(card, label="Terima")
    assert press.acknowledged
    (event,) = here.events()
    assert isinstance(event, Pressed)
    assert (event.data, event.message_id, event.sender.id) == ("terima:PML-00000", id, str(budi.id))


async def test_a_press_that_could_not_be_kept_is_not_acknowledged(here: World) -> None:
    budi = here.guild.add_member(here.env.create_user("budi"))
    id = await here.port.show_card(Target(str(here.channel.id)), CardView("x", (), "", rows=ROWS), None)
    card = next(m for m in here.channel.history() if str(m.id) == id)
    here.away = 1
    assert not (await budi.click(card, label="Terima")).acknowledged


async def test_a_press_that_wants_a_sentence_opens_a_form_and_only_the_sentence_is_kept(here: World) -> None:
    budi = here.guild.add_member(here.env.create_user("budi"))
    id = await here.port.show_card(Target(str(here.channel.id)), CardView("x", (), "", rows=ROWS), None)
    card = next(m for m in here.channel.history() if str(m.id) == id)
    asked = await budi.click(card, label="Selesai")
    assert here.kept == []
    sent = await budi.submit_modal(asked, {"teks": "Sudah ditambal."})
    assert sent.acknowledged
    (event,) = here.events()
    assert isinstance(event, Sentence)
    assert (event.data, event.text, event.message_id) == ("selesai:PML-00000", "Sudah ditambal.", id)


async def test_messages_wait_in_order_for_a_database_that_is_away(
    here: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiving, "RETRY_SECONDS", 0.01)
    here.away = 2
    sri = here.env.create_user("sri")
    await sri.send_dm("satu")
    await sri.send_dm("dua")
    assert [e.text for e in here.events() if isinstance(e, Said)] == ["satu", "dua"]


async def test_a_slash_command_is_shown_as_it_would_be_typed(here: World) -> None:
    sri = here.env.create_user("sri")
    used = await sri.slash("lapor", teks="dalane *bolong*")
    assert used.response is not None
    assert used.response.content == r"/lapor dalane \*bolong\*"
    (event,) = here.events()
    assert isinstance(event, Command)
    assert (event.name, event.argument, event.chat.private) == ("lapor", "dalane *bolong*", True)


async def test_files_are_kept_by_ids(here: World) -> None:
    budi = here.guild.add_member(here.env.create_user("budi"))
    said = await budi.send(here.channel, f"<@{here.client.me}> ini", attachments=[("a.png", b"\x89PNG")])
    (event,) = here.events()
    assert isinstance(event, Said)
    (file,) = event.attachments
    assert (file.kind, file.file_id) == ("photo", f"{here.channel.id}/{said.id}/{said.attachments[0].id}")


async def test_coming_and_going_is_noticed(here: World) -> None:
    other = here.env.create_guild("lain")
    await here.env.settle()
    assert here.kept == []  # nowhere to say hello yet
    channel = other.create_text_channel("umum")
    here.env.backend.emit("GUILD_DELETE", {"id": str(other.id)})
    await here.env.settle()
    (event,) = here.events()
    assert isinstance(event, Removed)
    assert (event.chat.id, event.chat.private) == (str(channel.id), False)
    assert not any(isinstance(e, Added) for e in here.events())


async def test_on_a_new_server_hello_is_said_where_wadul_may_write(here: World) -> None:
    guild = here.client.get_guild(here.guild.id)
    assert guild is not None
    await here.client.on_guild_join(guild)
    (event,) = here.events()
    assert isinstance(event, Added)
    assert event.chat.id == str(here.channel.id)
