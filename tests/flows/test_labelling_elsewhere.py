"""/label on Discord: the same message, the same buttons, though Discord holds fewer of them."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from simcord import MemberActor

from tests.flows.discord_town import DiscordTown, choose, discord_town, labels, shown
from tests.flows.labelling import answers, told

HOLE = "Jalan depan pasar bolong."


def admin(town: DiscordTown) -> MemberActor:
    """Somebody whom the office made an admin."""
    wati = town.staff("Wati")
    town.app.store.write_now(lambda uow: uow.people.make_admin("discord", str(wati.id), now=1.0))
    return wati


@pytest.fixture
async def town(prepared: Path) -> AsyncIterator[DiscordTown]:
    async with discord_town(prepared) as here:
        yield here


async def test_an_admin_labels_in_a_discord_channel(town: DiscordTown) -> None:
    told(town, HOLE)
    told(town, "Jalan gelap tanpa lampu.")
    desk, wati = town.channel("meja"), admin(town)
    await wati.slash(desk, "label")
    message = await town.hears(desk, "Topik apa ini?")
    assert sum(len(row) for row in labels(message)) == 14
    first = shown(message)
    await choose(wati, message, "🟠 Tinggi")
    await town.hears(desk, "Urgensi: 🟠 Tinggi")
    await choose(wati, await town.hears(desk, "Topik apa ini?"), "Lainnya…")
    await town.wait(lambda: any("Kesehatan" in row for row in labels(town.ours(desk)[-1])))
    await choose(wati, town.ours(desk)[-1], "Kesehatan")
    await town.wait(lambda: "1 dijawab" in shown(town.ours(desk)[-1]) and shown(town.ours(desk)[-1]) != first)
    assert town.ours(desk)[-1].id == message.id
    (answer,) = answers(town)
    assert (answer.topic, answer.urgency, answer.admin) == ("kesehatan", "tinggi", f"discord:{wati.id}")
