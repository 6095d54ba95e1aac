"""Discord when things go wrong: restarts, strangers, limits, missing permissions, a whole bot built by create_bot()."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import discord
import pytest
import simcord

from bot.channels.discord import create_bot
from bot.settings import Settings
from tests.flows.discord_town import DiscordTown, discord_town, has, shown
from tests.flows.wadul import REGION

MESSAGES = "/channels/*/messages"


@pytest.fixture
async def town(prepared: Path) -> AsyncIterator[DiscordTown]:
    async with discord_town(prepared) as here:
        yield here


async def test_buttons_and_forms_outlive_a_restart(town: DiscordTown) -> None:
    dpu = town.channel("dputr")
    sri, card = await town.report(dpu)
    budi = town.staff()
    before = await budi.click(card, label="Tanya pelapor")
    await town.restart()
    await budi.submit_modal(before, {"teks": "RT berapa, Bu?"})
    await town.told(sri, "RT berapa, Bu?")
    press = await budi.click(await town.card(dpu), label="Selesai")
    await budi.submit_modal(press, {"teks": "Sudah ditambal."})
    await town.told(sri, "Sudah ditambal.")


async def test_words_under_the_card_find_its_thread_after_a_restart(town: DiscordTown) -> None:
    dpu = town.channel("dputr")
    sri, card = await town.report(dpu)
    await town.restart()
    await sri.send_dm("Fotonya menyusul.")
    await town.card(dpu)
    budi = town.staff()
    await budi.slash(town.thread(dpu), "balas", teks="Baik, Bu.")
    await town.told(sri, "Baik, Bu.")
    await town.hears(town.thread(dpu), town.case().code)
    assert town.thread(dpu).id == card.id


async def test_a_press_in_a_channel_that_is_linked_to_nobody_is_refused(town: DiscordTown) -> None:
    dpu = town.channel("dputr")
    _, card = await town.report(dpu)
    town.app.store.write_now(lambda uow: uow.desks.unlink("dputr"))
    press = await town.staff("Orang").click(card, label="Terima")
    assert "tidak terhubung" in await town.toast(press)
    assert not town.case().taken


async def test_who_has_left_the_server_is_a_stranger(town: DiscordTown) -> None:
    dpu = town.channel("dputr")
    _, card = await town.report(dpu)
    budi = town.staff()
    town.env.inject_error("GET", "/guilds/*/members/*", status=404, code=10007)  # gone between press and question
    press = await budi.click(card, label="Terima")
    assert await town.toast(press)
    await town.idle()
    assert not town.case().taken


async def test_a_form_that_comes_too_late_is_refused_and_says_why(town: DiscordTown) -> None:
    dpu = town.channel("dputr")
    sri, card = await town.report(dpu)
    budi, tuti = town.staff(), town.staff("Tuti")
    first = await budi.click(card, label="Selesai")
    second = await tuti.click(card, label="Selesai")
    await budi.submit_modal(first, {"teks": "Sudah ditambal."})
    await town.told(sri, "Sudah ditambal.")
    late = await tuti.submit_modal(second, {"teks": "Kata saya belum."})
    answer = await town.toast(late)
    assert town.case().code in answer
    assert answer.endswith("Kata saya belum.")  # nothing that was typed is lost
    await town.idle()
    assert not any(has(m, "Kata saya belum.") for m in town.ours(sri.dm_channel))


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_a_passing_fault_delays_and_loses_nothing(town: DiscordTown, status: int) -> None:
    dpu = town.channel("dputr")
    town.env.inject_error("POST", MESSAGES, status=status, times=2)
    sri, _ = await town.report(dpu)
    await town.told(sri, town.case().code)
    await town.idle()
    assert len([m for m in town.ours(dpu) if m.embeds]) == 1
    assert len(town.ours(sri.dm_channel)) == 1


async def test_without_the_right_to_open_threads_everything_goes_on_in_replies(town: DiscordTown) -> None:
    dpu = town.channel("dputr", deny=discord.Permissions(create_public_threads=True))
    sri, card = await town.report(dpu)
    assert dpu.threads == []
    budi = town.staff()
    await budi.send(dpu, "/balas Besok kami ke sana.", reply_to=card)
    await town.told(sri, "Besok kami ke sana.")
    asked = await budi.click(card, label="Selesai")
    await budi.submit_modal(asked, {"teks": "Sudah ditambal."})
    await town.told(sri, "Sudah ditambal.")
    await town.idle()
    replies = [m for m in town.ours(dpu) if m.reference and m.reference.message_id == card.id]
    assert replies


async def test_a_channel_where_wadul_may_not_write_gives_its_cases_back_to_the_desk(town: DiscordTown) -> None:
    desk = town.channel("meja")
    dpu = town.channel("dputr", deny=discord.Permissions(send_messages=True))
    sri = town.citizen()
    await sri.send_dm("Jalan di depan pasar Comal berlubang.")
    await town.told(sri, "PML-")
    await town.card(desk)
    await town.hears(desk, "Dinas PU")
    assert dpu.history() == []


async def test_a_citizen_who_takes_no_private_messages_is_noted(town: DiscordTown) -> None:
    desk = town.channel("meja")
    dpu = town.channel("dputr")
    sri, card = await town.report(dpu)
    here = f"/channels/{sri.dm_channel.id}/messages"
    town.env.inject_error("POST", here, status=403, code=50007, times=None)
    await town.staff().click(card, label="Terima")
    await town.hears(desk, town.case().code)


async def test_create_bot_is_a_whole_wadul(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, data_dir=tmp_path / "var", config=REGION, http_port=0)  # type: ignore[call-arg]
    (tmp_path / "var").mkdir()
    client = create_bot(settings)
    env = simcord.Env(client)
    await env.start()
    try:
        sri = env.create_user("Sri")
        await sri.send_dm("Kebakaran di rumah belakang pasar Comal, apinya besar!")
        for _ in range(300):
            answers = [m for m in sri.dm_channel.history() if m.author.id == client.me]
            if any("PML-" in shown(m) for m in answers):
                break
            await asyncio.sleep(0.02)
        assert any("PML-" in shown(m) for m in answers)
        await client.close()
    finally:
        await env.shutdown()
