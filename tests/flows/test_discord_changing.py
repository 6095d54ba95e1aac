"""`Ubah`, `Ambil alih`, reasons and drafts on Discord: forms, threads, the same use cases."""

from collections.abc import AsyncIterator
from pathlib import Path

import discord
import pytest
import simcord

from tests.flows import discord_town as towns
from tests.flows.discord_town import DiscordTown, choose, discord_town, has, labels
from tests.flows.town import region_file


@pytest.fixture
async def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[DiscordTown]:
    """A town whose public works office wants a second person for its answers."""
    careful = region_file(tmp_path, lambda text: text.replace('id = "dputr"', 'id = "dputr"\napprove_replies = true'))
    monkeypatch.setattr(towns, "REGION", careful)
    async with discord_town(tmp_path) as here:
        yield here


async def press(
    town: DiscordTown, who: simcord.MemberActor, channel: simcord.ChannelHandle, *words: str
) -> simcord.InteractionResult:
    """Press one button of the card after the other, each as soon as it is offered."""
    result = None
    for each in words:
        card = await town.wait(lambda each=each: _offering(town, channel, each))
        label = next(label for row in labels(card) for label in row if label.endswith(each))
        result = await choose(who, card, label)
        await town.idle()
    assert result is not None
    return result


def _offering(town: DiscordTown, channel: simcord.ChannelHandle, words: str) -> discord.Message | None:
    cards = [m for m in town.ours(channel)[::-1] if m.embeds]
    return next((m for m in cards if any(label.endswith(words) for row in labels(m) for label in row)), None)


async def test_a_place_is_given_in_a_form_and_the_menu_closes(town: DiscordTown) -> None:
    dpu = town.channel("dputr")
    await town.report(dpu)
    budi = town.staff()
    form = await press(town, budi, dpu, "Ubah", "Tempat")
    assert form.modal is not None
    assert form.modal["title"] == "Tempat"
    await budi.submit_modal(form, {"teks": "Dukuh Krajan, Desa Purwoharjo"})
    card = await town.card(dpu, "Dukuh Krajan, Desa Purwoharjo")
    assert "Ubah" in [label for row in labels(card) for label in row]


async def test_every_topic_stands_on_pages_that_discord_takes(town: DiscordTown) -> None:
    dpu, dlh = town.channel("dputr"), town.channel("dlh")
    await town.report(dpu)
    budi = town.staff()
    await press(town, budi, dpu, "Ubah", "Topik", "Topik lain…", "Berikutnya »", "Berikutnya »")
    await press(town, budi, dpu, "Sampah → Dinas Lingkungan Hidup")
    await town.card(dlh, "Sampah")


async def test_a_colleague_takes_over_and_the_reason_for_a_hand_over_is_said_in_the_old_thread(
    town: DiscordTown,
) -> None:
    dpu, dlh = town.channel("dputr"), town.channel("dlh")
    await town.report(dpu)
    budi, tuti = town.staff(), town.staff("Tuti")
    await press(town, budi, dpu, "Terima")
    await press(town, tuti, dpu, "Ambil alih")
    await town.card(dpu, "diterima Tuti")
    await press(town, tuti, dpu, "Alihkan", "Dinas Lingkungan Hidup", "Sampah")
    await town.hears(town.thread(dpu), "Kenapa dialihkan?")
    await tuti.send(town.thread(dpu), "Yang rusak tempat sampahnya.")
    await town.card(dlh, "Alasan dialihkan (Tuti)", "Yang rusak tempat sampahnya.")


async def test_a_draft_is_approved_in_the_thread(town: DiscordTown) -> None:
    dpu = town.channel("dputr")
    sri, _ = await town.report(dpu)
    budi, tuti = town.staff(), town.staff("Tuti")
    thread = town.thread(dpu)
    await budi.send(thread, "/balas Tim kami ke lokasi besok pagi.")
    draft = await town.hears(thread, "Draf Budi", "besok pagi")
    await town.idle()
    own = await budi.click(draft, label="Setujui")
    assert await town.toast(own) == "Draf sendiri perlu disetujui orang lain."
    await tuti.click(draft, label="Setujui")
    await town.told(sri, "Pesan dari Dinas PU", "besok pagi")
    await town.idle()
    assert any(has(m, "Disetujui Tuti, terkirim.") and not labels(m) for m in town.ours(thread))
