"""Topics of the office's own: named on buttons, lists and receipts, routed by wadul.toml, retired by its map."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.case import Tags
from bot.store.tables import case as case_table
from tests.flows.acting import choose
from tests.flows.town import ROAD, Town, code_in, region_file
from tests.flows.town import town as in_town
from tests.flows.wadul import WordTagger

OWN = """
[[topic]]
id = "mbg"
name = "Makan bergizi gratis"
department = "dindikbud"
examples = ["Nasi MBG di SD basi.", "MBG ora teka wis telung dina.", "Kapan SMP kami dapat MBG?"]
"""
MEALS = "Nasi MBG di SD anak saya basi, baunya asam sekali."


class Knowing(WordTagger):
    """A model that was trained with a topic of the office's own, and knows one that the office does not."""

    def tag(self, text: str) -> Tags:
        tags = super().tag(text)
        for word, topic in (("mbg", "mbg"), ("rob", "banjir_rob")):
            if word in text.casefold().split():
                tags = replace(tags, kind="pengaduan", topic=topic, unsure=False, p_topic=0.9, guesses=((topic, 0.9),))
        return tags


@pytest.fixture
async def schools(tmp_path: Path) -> AsyncIterator[Town]:
    path = region_file(tmp_path, lambda text: text + OWN)
    async with in_town(tmp_path, config=path, tagger=Knowing()) as here:
        yield here


async def test_a_report_of_an_own_topic_goes_its_way_under_its_name(schools: Town) -> None:
    school, sri = schools.group("dindikbud"), schools.citizen()
    card = await schools.report(school, MEALS, by=sri)
    assert "Topik: Makan bergizi gratis · Pengaduan" in card.text
    await schools.hears(sri, "Makan bergizi gratis")
    school.member(9002, first_name="Budi").say("/tugas")
    await schools.hears(school, code_in(card), "Makan bergizi gratis")
    assert schools.case().tags.topic == "mbg"


async def test_an_own_topic_stands_among_the_buttons_and_moves_the_case(schools: Town) -> None:
    dpu, school = schools.group("dputr"), schools.group("dindikbud")
    card = await schools.report(dpu, ROAD)
    await choose(schools, schools.staff(dpu), card, "Alihkan", "Dinas Pendidikan dan Kebudayaan")
    await schools.standin.wait_for(lambda: "Makan bergizi gratis" in card.buttons, 5)
    await choose(schools, schools.staff(dpu), card, "Makan bergizi gratis")
    moved = await schools.card(school, code_in(card))
    assert "Topik: Makan bergizi gratis" in moved.text


async def test_every_topic_of_the_page_includes_the_own_ones(schools: Town) -> None:
    dpu, school = schools.group("dputr"), schools.group("dindikbud")
    card = await schools.report(dpu, ROAD)
    wanted = "Makan bergizi gratis → Dinas Pendidikan dan Kebudayaan"
    await choose(schools, schools.staff(dpu), card, "Ubah", "Topik", "Topik lain…", "Berikutnya »", wanted)
    await schools.card(school, code_in(card))


async def test_a_topic_that_only_the_model_knows_waits_at_the_desk(schools: Town) -> None:
    desk = schools.group("meja")
    card = await schools.report(desk, "Air rob masuk rumah warga tiap malam.")
    assert "Topik: Lainnya" in card.text
    assert "mesin ragu" in card.text
    assert schools.case().tags.topic == "lainnya"


@pytest.mark.parametrize(
    ("end", "shown", "unit"),
    [('becomes = "pendidikan"', "Pendidikan", "dindikbud"), ("retired = true", "Jatah makan", "dindikbud")],
)
async def test_a_case_of_a_topic_that_was_retired_since_is_read_by_the_map(
    tmp_path: Path, end: str, shown: str, unit: str
) -> None:
    path = region_file(tmp_path, lambda text: f'{text}\n[[topic]]\nid = "mbg"\nname = "Jatah makan"\n{end}\n')
    async with in_town(tmp_path, config=path) as town:
        school = town.group("dindikbud")
        card = await town.report(school, "Sekolah anak saya rusak atapnya, tolong.")
        with town.app.store.engine.begin() as connection:
            connection.execute(case_table.update().values(topic="mbg"))
        await town.press(town.staff(school), card, "Terima")
        await town.shows(card, f"Topik: {shown} · Pengaduan")
        assert town.case().unit == unit
        await choose(town, town.staff(school), card, "Ubah", "Topik")
        await town.standin.wait_for(lambda: "Topik lain…" in card.buttons, 5)


async def test_a_topic_whose_table_was_taken_out_of_the_file_breaks_nothing(town: Town) -> None:
    dpu = town.group("dputr")
    card = await town.report(dpu, ROAD)
    with town.app.store.engine.begin() as connection:
        connection.execute(case_table.update().values(topic="hilang", further=["hilang"]))
    await town.press(town.staff(dpu), card, "Terima")
    await town.shows(card, "Topik: Lainnya")
    town.citizen().say(f"/status {code_in(card)}")
    await town.hears(town.citizen(), code_in(card), times=2)


async def test_a_new_name_changes_what_people_read_and_nothing_else(tmp_path: Path) -> None:
    path = region_file(tmp_path, lambda text: text + '\n[[topic]]\nid = "jalan"\nname = "Jalan & trotoar"\n')
    async with in_town(tmp_path, config=path) as town:
        card = await town.report(town.group("dputr"), ROAD)
        assert "Topik: Jalan & trotoar" in card.text
        assert town.case().tags.topic == "jalan"
