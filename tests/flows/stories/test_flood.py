"""A flood with twenty voices is one card; another village's stays apart; one is split off; all hear that it is over."""

import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from bot.domain.case import Tags
from bot.domain.life import Status
from bot.services.office import Meaning
from bot.services.tagging import ModelTagger
from classifier import classify, load
from tests.contract.channels import BEGIN, PLACES
from tests.contract.people import Person
from tests.contract.place import Place
from tests.flows.forgotten import until
from tests.flows.stories.voices import ELSEWHERE, FLOOD, OTHERWISE, phone
from tests.flows.wadul import WordTagger
from tests.postgres import Server

A_MINUTE = 60.0  # so that what a group may be sent is not what is told here


@pytest.fixture
def released(monkeypatch: pytest.MonkeyPatch) -> None:
    """The town's reports are read by the released model, but for the topics that the story gives some of them."""
    tagger = ModelTagger(partial(classify, load()), rules=partial(classify, None))

    def tag(_: WordTagger, text: str) -> Tags:
        tags, topic = tagger.tag(text), OTHERWISE.get(text)
        return replace(tags, topic=topic, further=(), unsure=False) if topic else tags

    def meaning(_: WordTagger, text: str) -> Meaning | None:
        return tagger.meaning(text)

    monkeypatch.setattr(WordTagger, "tag", tag)
    monkeypatch.setattr(WordTagger, "meaning", meaning)


@pytest.fixture(params=["telegram", "discord", "coba", "telegram on postgresql"])
async def anywhere(request: pytest.FixtureRequest, tmp_path: Path, _migrated_sqlite: Path) -> AsyncIterator[Place]:
    """A town on each channel, and one whose database is PostgreSQL."""
    channel, _, other = request.param.partition(" on ")
    (tmp_path / "var").mkdir()
    for name in ("wadul.db", "coba.db"):
        shutil.copy(_migrated_sqlite, tmp_path / "var" / name)
    async with AsyncExitStack() as stack:
        server: Server | None = request.getfixturevalue("postgresql") if other else None
        settings = {"database_url": stack.enter_context(server.fresh())} if server else {}
        here = await stack.enter_async_context(PLACES[channel](tmp_path, **settings))
        await here.turns(BEGIN)
        yield here


async def told(person: Person, words: str) -> str:
    """Somebody reports and gets a code; the code."""
    await person.says(words)
    return (await person.screen.reads("PML-")).code


@pytest.mark.usefixtures("released")
async def test_twenty_voices_of_one_flood_are_one_card_and_all_hear_that_it_is_over(
    anywhere: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = anywhere
    bpbd, dpu = await place.group("bpbd"), await place.group("dputr")
    rina = place.staff(bpbd)
    people = [phone(place, number, monkeypatch) for number in range(len(FLOOD) + 1)]
    voices, neighbour = people[:-1], people[-1]

    first = await told(voices[0], FLOOD[0])
    card = await bpbd.reads(first, "banyune wis mlebu omah")
    second = await told(voices[1], FLOOD[1])
    likely = await bpbd.reads(second, f"Mirip: {first}")
    assert likely.offers(f"Gabung ke {first}")

    await voices[2].says(FLOOD[2])
    joined = await voices[2].screen.reads("PML-", "Warga sanes ugi sampun nglapuraken")
    codes = [first, second, joined.code]
    await voices[1].screen.reads(second, "warga lain")
    card = await bpbd.shows(card, "+2 laporan mirip", offers="Lihat yang mirip (2)")
    await bpbd.shows(likely, f"Digabung dengan {first}")
    for voice, words in zip(voices[3:], FLOOD[3:], strict=True):
        codes.append(await told(voice, words))
    card = await bpbd.shows(card, f"+{len(FLOOD) - 1} laporan mirip")
    await bpbd.reads_nothing_more()
    await dpu.reads_nothing_more()
    assert len(set(codes)) == len(FLOOD)
    others = [codes[FLOOD.index(words)] for words in OTHERWISE]
    assert {place.case(code).tags.topic for code in others} == set(OTHERWISE.values())
    assert {place.case(code).unit for code in codes} == {"bpbd"}

    apart = await told(neighbour, ELSEWHERE)
    other = await bpbd.reads(apart, "Kebojongan")
    assert "Mirip" not in other.text

    assert (await rina.presses(card, f"Lihat yang mirip ({len(FLOOD) - 1})")).words == ""
    listed = await bpbd.reads(f"Yang ditangani bersama {first}", second, codes[2], "“Banjir di Desa Purwosari")
    await rina.presses(listed, "2 · Lihat")
    await bpbd.reads(codes[2], "toya sampun dumugi dhengkul")
    await rina.presses(listed, "2 · Pisahkan")
    split = await bpbd.reads(codes[2], "toya sampun dumugi dhengkul")
    assert split.offers("Terima")
    await voices[2].screen.reads(codes[2], "piyambak")
    assert codes[2] not in (await bpbd.shows(listed, "18 laporan")).text
    await bpbd.shows(card, "+18 laporan mirip")

    place.clock.skip(A_MINUTE)
    await rina.fills(card, "Selesai", "Banyune wis asat, dapur umum nganti sesuk.")
    for voice in (*voices[:2], *voices[3:]):
        await voice.screen.reads("dapur umum nganti sesuk")
    await until(bpbd, f"{first} selesai")  # on a busy machine the alarm has sounded meanwhile
    split = await bpbd.shows(split, offers="Selesai")
    await rina.fills(split, "Selesai", "Banyune wis asat kabeh.")
    await voices[2].screen.reads("Banyune wis asat kabeh.")
    await until(bpbd, f"{codes[2]} selesai")
    assert [place.case(code).status for code in codes[3:]] == [Status.DIGABUNG] * (len(FLOOD) - 3)
