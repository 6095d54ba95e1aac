"""What staff do with a case teaches: corrections, agreement, merges. Moves that leave the topic offer a new route."""

from pathlib import Path

from bot.store.tables import lesson, rerouting
from tests.flows.acting import choose
from tests.flows.merging import merged
from tests.flows.town import DOUBT, ROAD, Town, code_in, region_file
from tests.flows.town import town as in_town
from tests.standin.groups import Group

DAY = 86400.0
OFFER = "dengan topik tetap"


def taught(town: Town) -> list[tuple[str, str, str]]:
    return [(row["field"], row["before"], row["after"]) for row in town.rows(lesson)]


async def moved(town: Town, dpu: Group, dishub: Group, citizen: int) -> None:
    """A road goes to the traffic department, its topic as it was. A group hears little in a minute."""
    town.clock.skip(100)
    card = await town.report(dpu, by=town.citizen(citizen, f"Warga {citizen}"))
    await choose(town, town.staff(dpu), card, "Alihkan", "Dinas Perhubungan", "topik tetap")
    await town.card(dishub, code_in(card))


# Corrections and agreement -----------------------------------------------------------------------------------------


async def test_a_department_that_takes_a_sure_case_agrees_a_little(any_town: Town) -> None:
    dpu = any_town.group("dputr")
    await any_town.taken(dpu, any_town.staff(dpu))
    (row,) = any_town.rows(lesson)
    assert (row["field"], row["before"], row["after"]) == ("setuju", "jalan", "jalan")
    assert (row["who"], row["model"], row["source"]) == ("telegram:9002", "test", "kartu")


async def test_taking_what_a_person_settled_or_the_model_doubts_says_nothing_of_the_model(town: Town) -> None:
    dpu, dlh, desk = town.group("dputr"), town.group("dlh"), town.group("meja")
    wati = town.staff(desk, "Wati", 9003)
    doubt = await town.report(desk, DOUBT)
    await town.press(wati, doubt, "Terima")
    await town.shows(doubt, "diterima Wati")
    assert town.rows(lesson) == []
    card = await town.report(dpu, by=town.citizen(6, "Joko"))
    await choose(town, town.staff(dpu), card, "Alihkan", "Dinas Lingkungan Hidup", "Sampah")
    there = await town.card(dlh, code_in(card))
    await town.press(town.staff(dlh, "Rini", 9005), there, "Terima")
    await town.shows(there, "diterima Rini")
    assert taught(town) == [("topic", "jalan", "sampah")]


# Merges -------------------------------------------------------------------------------------------------------------


async def test_a_merge_is_a_lesson_until_it_is_taken_back(any_town: Town) -> None:
    dpu = any_town.group("dputr")
    root, card, _, joko = await merged(any_town, dpu)
    (row,) = any_town.rows(lesson)
    assert (row["field"], row["before"], row["after"]) == ("merge", code_in(card), code_in(root))
    assert (row["who"], row["undone_at"]) == ("telegram:9002", None)
    await any_town.press(any_town.staff(dpu), card, "Pisahkan")
    await any_town.hears(joko, "tersendiri lagi")
    (row,) = any_town.rows(lesson)
    assert row["undone_at"] is not None
    assert any_town.app.store.read_now(lambda uow: uow.lessons.all()) == []


# Routing ------------------------------------------------------------------------------------------------------------


async def test_moves_that_repeat_offer_the_desk_the_lines_to_write_once(any_town: Town) -> None:
    dpu, dishub, desk = any_town.group("dputr"), any_town.group("dishub"), any_town.group("meja")
    for citizen in range(11, 15):
        await moved(any_town, dpu, dishub, citizen)
    await any_town.idle()
    assert not [m for m in desk.answers if OFFER in m.text]
    for citizen in range(15, 17):
        await moved(any_town, dpu, dishub, citizen)
    offer = await any_town.hears(desk, OFFER)
    await any_town.idle()
    assert len([m for m in desk.answers if OFFER in m.text]) == 1
    assert "5 laporan “Jalan” dari Dinas PU dan Penataan Ruang dialihkan ke Dinas Perhubungan" in offer.text
    assert (
        '[[department]]\nid = "dputr"\ntopics = ["pengairan"]\n\n'
        '[[department]]\nid = "dishub"\ntopics = ["perhubungan", "penerangan_jalan", "jalan"]'
    ) in offer.text
    assert any_town.rows(lesson) == []
    assert {(r["topic"], r["before"], r["after"]) for r in any_town.rows(rerouting)} == {("jalan", "dputr", "dishub")}


async def test_moves_of_long_ago_do_not_count_and_the_file_says_how_many_do(tmp_path: Path) -> None:
    path = region_file(tmp_path, lambda text: text.replace("moves = 5", "moves = 2").replace("= 60 ", "= 7 "))
    async with in_town(tmp_path, config=path) as town:
        dpu, dishub, desk = town.group("dputr"), town.group("dishub"), town.group("meja")
        await moved(town, dpu, dishub, 11)
        town.clock.skip(8 * DAY)
        await moved(town, dpu, dishub, 12)
        await town.idle()
        assert not [m for m in desk.answers if OFFER in m.text]
        await moved(town, dpu, dishub, 13)
        await town.hears(desk, OFFER, "Dalam 7 hari ini 2 laporan")


async def test_a_move_to_the_desk_is_kept_and_offers_nothing(town: Town) -> None:
    dpu, desk = town.group("dputr"), town.group("meja")
    card = await town.report(dpu, ROAD)
    await choose(town, town.staff(dpu), card, "Alihkan", "Meja aduan")
    await town.card(desk, code_in(card))
    assert [(r["before"], r["after"]) for r in town.rows(rerouting)] == [("dputr", "meja")]
