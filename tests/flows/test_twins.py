"""Reports that tell the same: named on the card, merged by a press, joined by themselves, parted for good."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest

from bot.domain.case import Tags
from bot.services.office import Meaning
from bot.store.tables import audit, lesson, similar
from tests.flows.town import Town, code_in, region_file
from tests.flows.town import town as in_town
from tests.flows.wadul import WordTagger

FLOOD = "Banjir neng Desa Karangsari, banyune mlebu omah."
KRAMA = "Nyuwun pitulungan, Karangsari kebanjiran, banjir mlebet griya."
THIRD = "Lapor banjir di Karangsari, air masuk rumah warga."
ELSEWHERE = "Banjir neng Desa Kebojongan, banyune mlebu omah."
DANGER = "Ada warga tenggelam, banjir di Karangsari masuk rumah dan airnya makin tinggi."


class Meaningful(WordTagger):
    """A tagger by words whose texts have a meaning too: near to each other, as those of one topic are."""

    def tag(self, text: str) -> Tags:
        """The topic is the flood wherever one is told."""
        tags = super().tag(text)
        place = "Desa Kebojongan" if "kebojongan" in text.casefold() else tags.location
        return Tags(**{**tags.__dict__, "topic": _topic(tags, text), "location": place})

    def meaning(self, text: str) -> Meaning:
        """A direction that all share, and a little of each word's own."""
        vector = np.full(32, 1.0, dtype=np.float32)
        for word in re.findall(r"\w+", text.casefold()):
            vector[sum(map(ord, word)) % 32] += 0.1
        return Meaning("test", vector)


def _topic(tags: Tags, text: str) -> str:
    if "awas bencana" in text.casefold():
        return "bencana"
    return "pengairan" if "banjir" in text.casefold() else tags.topic


@pytest.fixture
async def flooded(prepared: Path) -> AsyncIterator[Town]:
    """A town whose reports have a meaning."""
    async with in_town(prepared, tagger=Meaningful()) as here:
        yield here


@pytest.fixture
async def any_flooded(tmp_path: Path, database_url: str | None) -> AsyncIterator[Town]:
    """The same on each database in turn."""
    async with in_town(tmp_path, tagger=Meaningful(), database_url=database_url) as here:
        yield here


def joins(town: Town) -> list[str]:
    return [row["actor"] for row in town.rows(audit) if row["what"] == "gabung"]


async def test_a_likely_twin_is_named_on_the_card_and_gabung_merges_it(any_flooded: Town) -> None:
    flooded = any_flooded
    dpu = flooded.group("dputr")
    budi, joko = flooded.staff(dpu), flooded.citizen(6, "Joko")
    first = await flooded.report(dpu, FLOOD)
    second = await flooded.report(dpu, KRAMA, by=joko)
    await flooded.shows(second, f"Mirip: {code_in(first)}")
    press = await flooded.press(budi, second, f"Gabung ke {code_in(first)}")
    assert f"{code_in(second)} digabung dengan {code_in(first)}." in (press.toast or "")
    await flooded.shows(first, f"Digabung: {code_in(second)} (2 laporan)")
    await flooded.hears(joko, "dipuntangani sareng")
    assert joins(flooded) == ["telegram:9002"]
    assert [row["field"] for row in flooded.rows(lesson)] == ["merge"]
    assert "laporan mirip" not in first.text


async def test_who_may_only_look_cannot_merge_by_the_button(flooded: Town) -> None:
    dpu = flooded.group("dputr")
    wati = flooded.staff(dpu, "Wati", 9010)
    flooded.admin(dpu).say("/peran pengamat telegram:9010")
    await flooded.hears(dpu, "pengamat")
    first = await flooded.report(dpu, FLOOD)
    second = await flooded.report(dpu, KRAMA, by=flooded.citizen(6, "Joko"))
    press = await flooded.press(wati, second, f"Gabung ke {code_in(first)}")
    assert "digabung" not in (press.toast or "digabung")
    assert joins(flooded) == []


async def test_a_third_person_joins_them_without_a_card_and_the_machine_is_the_actor(any_flooded: Town) -> None:
    flooded = any_flooded
    dpu = flooded.group("dputr")
    joko, tuti = flooded.citizen(6, "Joko"), flooded.citizen(7, "Tuti")
    first = await flooded.report(dpu, FLOOD)
    second = await flooded.report(dpu, KRAMA, by=joko)
    sent = len(dpu.messages)
    tuti.say(THIRD)
    receipt = await flooded.hears(tuti, "Kode:", "Warga lain juga sudah melaporkan")
    await flooded.shows(first, "Laporan serupa: +2 laporan mirip")
    await flooded.shows(second, f"Digabung dengan {code_in(first)}")
    await flooded.hears(joko, code_in(second), "warga sanes")
    await flooded.idle()
    assert len(dpu.messages) == sent
    assert joins(flooded) == ["wadul", "wadul"]
    assert flooded.rows(lesson) == []
    assert code_in(receipt) != code_in(first)


async def test_one_person_who_tells_it_again_and_again_joins_nothing(flooded: Town) -> None:
    dpu = flooded.group("dputr")
    sri = flooded.citizen()
    await flooded.report(dpu, FLOOD, by=sri)
    for words in (KRAMA, THIRD):
        flooded.clock.skip(600)
        await flooded.report(dpu, words, by=sri)
    await flooded.idle()
    assert joins(flooded) == []


async def test_another_village_and_a_secret_report_stay_apart(flooded: Town) -> None:
    dpu = flooded.group("dputr")
    first = await flooded.report(dpu, FLOOD)
    await flooded.report(dpu, KRAMA, by=flooded.citizen(6, "Joko"))
    other = await flooded.report(dpu, ELSEWHERE, by=flooded.citizen(7, "Tuti"))
    assert "Mirip" not in other.text
    wawan = flooded.citizen(8, "Wawan")
    wawan.say("/rahasia " + THIRD)
    await flooded.hears(wawan, "Kode:")
    await flooded.idle()
    assert joins(flooded) == []
    assert len(flooded.rows(similar)) == 3
    assert code_in(first) != code_in(other)


async def test_what_a_person_parted_is_not_joined_again(any_flooded: Town) -> None:
    flooded = any_flooded
    dpu = flooded.group("dputr")
    budi, tuti = flooded.staff(dpu), flooded.citizen(7, "Tuti")
    first = await flooded.report(dpu, FLOOD)
    await flooded.report(dpu, KRAMA, by=flooded.citizen(6, "Joko"))
    tuti.say(THIRD)
    code = code_in(await flooded.hears(tuti, "Kode:"))
    await flooded.shows(first, "+2 laporan mirip")
    budi.say(f"/pisah {code}")
    card = await flooded.card(dpu, code)
    await flooded.hears(tuti, "tersendiri lagi")
    tuti.say("Air sudah sampai dada di Karangsari, banjir banjir.")
    await flooded.shows(card, "sampai dada")
    await flooded.idle()
    assert joins(flooded) == ["wadul", "wadul"]
    assert "Mirip" not in card.text


async def test_one_read_as_another_topic_joins_at_the_first_department_and_parted_goes_to_its_own(
    any_flooded: Town,
) -> None:
    town = any_flooded
    dpu, bpbd = town.group("dputr"), town.group("bpbd")
    budi, tuti = town.staff(dpu), town.citizen(7, "Tuti")
    first = await town.report(dpu, FLOOD)
    await town.report(dpu, KRAMA, by=town.citizen(6, "Joko"))
    tuti.say(THIRD + " Awas bencana.")
    code = code_in(await town.hears(tuti, "Kode:", "Warga lain juga sudah melaporkan"))
    await town.shows(first, "+2 laporan mirip")
    assert [(case.unit, case.tags.topic) for case in town.cases() if case.code == code] == [("dputr", "bencana")]
    budi.say(f"/pisah {code}")
    card = await town.card(bpbd, code)
    assert "Mirip" not in card.text
    assert [case.unit for case in town.cases() if case.code == code] == ["bpbd"]


async def test_danger_makes_the_whole_an_emergency_and_its_words_reach_the_duty_chat(flooded: Town) -> None:
    dpu, duty = flooded.group("dputr"), flooded.group("siaga")
    sri, tuti = flooded.citizen(), flooded.citizen(7, "Tuti")
    first = await flooded.report(dpu, FLOOD, by=sri)
    await flooded.report(dpu, KRAMA, by=flooded.citizen(6, "Joko"))
    tuti.say(DANGER)
    await flooded.hears(tuti, "112", "Warga lain juga sudah melaporkan")
    await flooded.shows(first, "Darurat")
    await flooded.hears(sri, "112")
    await flooded.card(duty, code_in(first))
    await flooded.hears(duty, "Laporan darurat lain", "tenggelam")


async def test_later_words_of_a_joined_report_open_no_second_case(flooded: Town) -> None:
    dpu = flooded.group("dputr")
    tuti = flooded.citizen(7, "Tuti")
    first = await flooded.report(dpu, FLOOD)
    await flooded.report(dpu, KRAMA, by=flooded.citizen(6, "Joko"))
    tuti.say(THIRD)
    await flooded.hears(tuti, "Kode:")
    tuti.say("Banjir juga masuk masjid dan sekolah, kami mengungsi di Karangsari.")
    await flooded.hears(tuti, "Sudah saya tambahkan")
    await flooded.shows(first, "masuk masjid")
    assert len(flooded.cases()) == 3


async def test_a_joined_photo_can_be_looked_at_and_lists_count_the_matter_once(flooded: Town) -> None:
    dpu = flooded.group("dputr")
    budi, tuti = flooded.staff(dpu), flooded.citizen(7, "Tuti")
    first = await flooded.report(dpu, FLOOD)
    await flooded.report(dpu, KRAMA, by=flooded.citizen(6, "Joko"))
    tuti.photo(THIRD)
    code = code_in(await flooded.hears(tuti, "Kode:"))
    await flooded.shows(first, "+2 laporan mirip")
    await flooded.press(budi, first, "Lihat yang mirip (2)")
    listed = await flooded.hears(dpu, "Yang ditangani bersama", code, "Desa Karangsari", "“Lapor banjir")
    assert not any(message.kind == "photo" for message in dpu.messages)
    await flooded.press(budi, listed, "2 · Lihat")
    await flooded.hears(dpu, code, "air masuk rumah warga.")
    await flooded.idle()
    assert sum(message.kind == "photo" for message in dpu.messages) == 1
    budi.say("/tugas")
    await flooded.hears(dpu, "Semua yang terbuka: 1", code_in(first))


async def test_the_list_obeys_only_those_who_may_work_there(flooded: Town) -> None:
    dpu = flooded.group("dputr")
    budi, wati = flooded.staff(dpu), flooded.staff(dpu, "Wati", 9010)
    flooded.admin(dpu).say("/peran pengamat telegram:9010")
    await flooded.hears(dpu, "pengamat")
    first = await flooded.report(dpu, FLOOD)
    await flooded.report(dpu, KRAMA, by=flooded.citizen(6, "Joko"))
    flooded.citizen(7, "Tuti").say(THIRD)
    await flooded.shows(first, "+2 laporan mirip")
    await flooded.press(budi, first, "Lihat yang mirip (2)")
    listed = await flooded.hears(dpu, "Yang ditangani bersama")
    await flooded.press(wati, listed, "1 · Pisahkan")
    await flooded.idle()
    assert "+2 laporan mirip" in first.text


async def test_a_region_may_leave_joining_to_people(prepared: Path) -> None:
    path = region_file(prepared, lambda text: text + "\n[similar]\njoin = false\n")
    async with in_town(prepared, tagger=Meaningful(), config=path) as town:
        dpu = town.group("dputr")
        first = await town.report(dpu, FLOOD)
        await town.report(dpu, KRAMA, by=town.citizen(6, "Joko"))
        third = await town.report(dpu, THIRD, by=town.citizen(7, "Tuti"))
        await town.shows(third, "Mirip: ", code_in(first))
        assert joins(town) == []
