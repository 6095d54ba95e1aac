"""A case's life on Discord: a citizen's private words, a card with its thread, forms, and the citizen told."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.records import UnitChat
from tests.flows.discord_town import DiscordTown, discord_town, labels, shown

CODE = "PML-"


@pytest.fixture
async def town(prepared: Path) -> AsyncIterator[DiscordTown]:
    async with discord_town(prepared) as here:
        yield here


async def test_private_words_become_a_card_with_a_thread(town: DiscordTown) -> None:
    dpu = town.channel("dputr")
    sri, card = await town.report(dpu)
    receipt = await town.told(sri, CODE)
    code = town.case().code
    assert code in shown(receipt)
    assert card.embeds[0].title is not None
    assert labels(card) == [["Terima", "Alihkan"], ["Tanya pelapor", "Selesai"], ["Bukan wewenang", "Ubah"]]
    assert town.thread(dpu).id == card.id
    assert (town.thread(dpu).name or "").startswith(f"{code} · ")


async def test_the_whole_story_is_told_with_buttons_and_forms(town: DiscordTown) -> None:
    dpu = town.channel("dputr")
    sri, card = await town.report(dpu)
    budi = town.staff("Budi")
    press = await budi.click(card, label="Terima")
    assert press.acknowledged
    assert await town.toast(press) == f"{town.case().code} Anda terima."
    await town.card(dpu, "diterima Budi")
    await town.told(sri, "sudah diterima petugas")

    asked = await budi.click(card, label="Tanya pelapor")
    assert asked.modal is not None
    assert asked.modal["title"] == "Tanya pelapor"
    await budi.submit_modal(asked, {"teks": "RT berapa, Bu?"})
    await town.told(sri, "RT berapa, Bu?")
    await town.hears(town.thread(dpu), town.case().code)
    await sri.send_dm("RT 3, dekat mushola.")
    await town.card(dpu, "RT 3, dekat mushola.")

    done = await budi.click(card, label="Selesai")
    await budi.submit_modal(done, {"teks": "Sudah ditambal."})
    await town.told(sri, "Sudah ditambal.")
    await town.card(dpu, "Sudah ditambal.")


async def test_plain_words_in_the_thread_of_a_card_are_a_note(town: DiscordTown) -> None:
    dpu = town.channel("dputr")
    await town.report(dpu)
    budi = town.staff()
    await budi.send(town.thread(dpu), "Besok pagi saya ke sana.")
    await town.card(dpu, "Besok pagi saya ke sana.")
    tuti = town.staff("Tuti")
    first = await budi.send(town.thread(dpu), "Aspalnya habis.")
    await tuti.send(town.thread(dpu), "Saya pesankan.", reply_to=first)
    await town.card(dpu, "Aspalnya habis.", "Saya pesankan.")


async def test_talk_in_the_channel_is_neither_kept_nor_answered(town: DiscordTown) -> None:
    dpu = town.channel("dputr")
    await town.report(dpu)
    before = await town.app.store.read(lambda uow: uow.inbox.backlog(0))
    budi = town.staff()
    said = len(dpu.history())
    await budi.send(dpu, "Nanti siang makan di mana?")
    await town.idle()
    assert len(dpu.history()) == said + 1
    assert await town.app.store.read(lambda uow: uow.inbox.backlog(0)) == before


async def test_a_reply_to_the_card_is_a_note(town: DiscordTown) -> None:
    dpu = town.channel("dputr")
    _, card = await town.report(dpu)
    await town.staff().send(dpu, "Sudah saya lihat.", reply_to=card)
    await town.card(dpu, "Catatan Budi: Sudah saya lihat.")


async def test_balas_in_the_thread_needs_no_code(town: DiscordTown) -> None:
    dpu = town.channel("dputr")
    sri, _ = await town.report(dpu)
    budi = town.staff()
    used = await budi.slash(town.thread(dpu), "balas", teks="Petugas datang besok.")
    assert used.ephemeral
    await town.told(sri, "Petugas datang besok.")


async def test_balas_with_a_code_works_anywhere_in_the_channel(town: DiscordTown) -> None:
    dpu = town.channel("dputr")
    sri, _ = await town.report(dpu)
    await town.staff().slash(dpu, "balas", kode=town.case().code, teks="Petugas datang besok.")
    await town.told(sri, "Petugas datang besok.")


async def test_a_citizens_slash_commands_are_answered_privately(town: DiscordTown) -> None:
    town.channel("dputr")
    sri = town.citizen()
    await sri.slash("lapor", teks="Jalan berlubang")
    await town.told(sri, CODE)
    await town.idle()
    await sri.slash("status", kode=town.case().code)
    await town.told(sri, town.case().code, "Status")
    await sri.slash("saya")
    await town.told(sri, f"discord:{sri.id}")
    assert set(sri.available_commands()) == {
        "lapor", "status", "laporanku", "batal", "privasi", "bantuan", "saya", "anonim", "rahasia", "dataku", "temu",
        "banding", "catat",
    }  # fmt: skip


async def test_an_admin_links_a_channel_by_slash_command_and_buttons(town: DiscordTown) -> None:
    admin = town.staff("Wati")
    channel = town.guild.create_text_channel("dpu")
    await admin.slash(channel, "hubungkan", dinas="dputr")
    await town.hears(channel, f"discord:{admin.id}")
    town.app.store.write_now(lambda uow: uow.people.make_admin("discord", str(admin.id), now=town.clock()))
    await admin.slash(channel, "hubungkan")
    offer = await town.wait(lambda: next((m for m in town.ours(channel) if m.components), None))
    (first,), (second,) = [row.children for row in offer.components]
    assert [option.value for option in second.options] == ["hubung:siaga", "hubung:kepala"]
    await admin.select(offer, ["hubung:dputr"], custom_id=first.custom_id)
    await town.hears(channel, "sekarang menerima laporan untuk Dinas PU")
    assert [u.unit for u in town.app.store.read_now(lambda uow: uow.desks.all_links())] == ["dputr"]


async def test_an_edited_report_changes_the_card(town: DiscordTown) -> None:
    dpu = town.channel("dputr")
    sri = town.citizen()
    said = await sri.send_dm("Jalan di depan pasar Comal berlubang.")
    await town.card(dpu, "pasar Comal berlubang")
    await town.env.advance_time(1)
    await sri.edit(said, "Jalan di depan pasar Petarukan berlubang.")
    await town.card(dpu, "pasar Petarukan berlubang")


async def test_user_words_are_neither_markup_nor_pings(town: DiscordTown) -> None:
    dpu = town.channel("dputr")
    await town.report(dpu, "Jalan **rusak** [klik](https://x.id) `kode`")
    card = await town.card(dpu)
    text = card.embeds[0].description or ""
    assert r"\*\*rusak\*\*" in text
    assert not card.mention_everyone


async def test_wadul_says_hello_on_a_new_server_and_hands_its_cases_back_when_put_out(town: DiscordTown) -> None:
    desk = town.channel("meja")
    other = town.env.create_guild("Dinas")
    first = other.create_text_channel("umum")
    link = town.app.store
    link.write_now(lambda uow: uow.desks.link(UnitChat("dputr", "discord", str(first.id)), by="t", now=0))
    town.env.backend.emit("GUILD_DELETE", {"id": str(other.id)})
    await town.env.settle()
    await town.hears(desk, "Dinas PU")
    assert [u.unit for u in link.read_now(lambda uow: uow.desks.all_links())] == ["meja"]
