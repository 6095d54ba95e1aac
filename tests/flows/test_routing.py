"""Topic and place decide the department; doubt and missing chats go to the desk."""

from pathlib import Path

from bot.store.tables import lesson
from tests.flows.town import DOUBT, ROAD, RUBBISH, Town, code_in, region_file, town

BRIBE = "Ada pungli waktu bikin KTP di kecamatan, diminta seratus ribu."
BOTH = "Jalan bolong dan lampu di depan pasar Comal mati semua."


async def test_a_sure_report_goes_to_the_department_of_its_topic(any_town: Town) -> None:
    dpu, dlh, desk = any_town.group("dputr"), any_town.group("dlh"), any_town.group("meja")
    await any_town.report(dlh, RUBBISH)
    await any_town.idle()
    assert dpu.answers == []
    assert desk.answers == []


async def test_a_department_without_a_chat_falls_back_to_the_desk_which_may_act(any_town: Town) -> None:
    desk = any_town.group("meja")
    sri = any_town.citizen()
    card = await any_town.report(desk, RUBBISH, by=sri)
    assert "Dinas Lingkungan Hidup belum punya grup, jadi kartunya di sini." in card.text
    wati = any_town.staff(desk, "Wati", 9003)
    await any_town.press(wati, card, "Terima")
    await any_town.shows(card, "diterima Wati")
    assert any_town.case().unit == "dlh"


async def test_without_any_chat_the_case_waits_and_nothing_is_lost(town: Town) -> None:
    sri = town.citizen()
    sri.say(ROAD)
    await town.hears(sri, "Kode: PML-")
    desk = town.group("meja", linked=False)
    town.admin(desk).say("/hubungkan meja")
    card = await town.card(desk)
    assert ROAD in card.text


async def test_an_unsure_report_goes_to_the_desk_with_the_three_best_guesses(any_town: Town) -> None:
    desk, dpu, dlh = any_town.group("meja"), any_town.group("dputr"), any_town.group("dlh")
    sri = any_town.citizen()
    card = await any_town.report(desk, DOUBT, by=sri)
    assert card.rows[:3] == [["Sampah 31 %"], ["Listrik 20 %"], ["Jalan 10 %"]]
    assert "mesin ragu" in card.text
    await any_town.press(any_town.staff(desk, "Wati", 9003), card, "Jalan 10 %")
    moved = await any_town.card(dpu)
    assert code_in(moved) == code_in(card)
    assert "Topik: Jalan" in moved.text
    assert "topik ditetapkan petugas" in moved.text
    await any_town.shows(card, "Kartu ini tidak dipakai lagi")
    (row,) = any_town.rows(lesson)
    assert (row["before"], row["after"]) == ("lainnya", "jalan")
    await any_town.hears(sri, "dipindahkan ke Dinas PU")
    assert dlh.answers == []


async def test_a_guess_whose_department_has_no_chat_stays_at_the_desk_with_its_topic(town: Town) -> None:
    desk = town.group("meja")
    card = await town.report(desk, DOUBT)
    await town.press(town.staff(desk, "Wati", 9003), card, "Sampah 31 %")
    await town.shows(card, "Topik: Sampah", "belum punya grup")
    assert "Sampah 31 %" not in card.buttons
    assert town.case().unit == "dlh"


async def test_secondary_topics_stand_on_the_card_and_inform_nobody_by_default(town: Town) -> None:
    dpu, dishub = town.group("dputr"), town.group("dishub")
    card = await town.report(dpu, BOTH)
    assert "Jalan (juga: Penerangan jalan)" in card.text
    await town.idle()
    assert dishub.answers == []


async def test_a_second_department_is_informed_where_the_file_says_so(tmp_path: Path) -> None:
    config = region_file(tmp_path, lambda text: text.replace("inform_secondary = false", "inform_secondary = true"))
    async with town(tmp_path, config=config) as here:
        dpu, dishub = here.group("dputr"), here.group("dishub")
        card = await here.report(dpu, BOTH)
        copy = await here.card(dishub)
        assert "Tembusan: Dinas Perhubungan" in card.text
        assert "Tembusan. Yang menangani: Dinas PU dan Penataan Ruang" in copy.text
        assert not copy.buttons
        data = card.button("Terima")["callback_data"]
        press = await here.press(here.staff(dishub, "Dewi", 9005), copy, data=data)
        assert press.toast == "Kartu ini hanya tembusan. Yang menangani: Dinas PU dan Penataan Ruang."
        await here.press(here.staff(dpu), card, "Terima")
        await here.shows(copy, "diterima Budi")


async def test_one_department_alone_may_ask_to_inform_its_second(tmp_path: Path) -> None:
    line = 'topics = ["jalan", "pengairan"]'
    config = region_file(tmp_path, lambda text: text.replace(line, line + "\ninform_secondary = true"))
    async with town(tmp_path, config=config) as here:
        dpu, dishub = here.group("dputr"), here.group("dishub")
        await here.report(dpu, BOTH)
        await here.card(dishub)


async def test_integritas_goes_to_its_own_department_alone_whatever_its_secondary_topics(tmp_path: Path) -> None:
    config = region_file(tmp_path, lambda text: text.replace("inform_secondary = false", "inform_secondary = true"))
    async with town(tmp_path, config=config) as here:
        inspector, civil, desk = here.group("inspektorat"), here.group("disdukcapil"), here.group("meja")
        card = await here.report(inspector, BRIBE)
        assert "Topik: Pungli & korupsi" in card.text
        await here.idle()
        assert civil.answers == []
        assert desk.answers == []


async def test_integritas_without_a_chat_of_its_own_goes_to_the_desk(town: Town) -> None:
    desk, civil = town.group("meja"), town.group("disdukcapil")
    await town.report(desk, BRIBE)
    await town.idle()
    assert civil.answers == []


async def test_integritas_never_follows_an_override_by_place(tmp_path: Path) -> None:
    override = "\n[[override]]\ntopics = ['integritas', 'jalan']\nplaces = ['Karangsari']\n"
    override += "department = 'dinpermasdes'\n"
    config = region_file(tmp_path, lambda text: text + override)
    async with town(tmp_path, config=config) as here:
        inspector, village = here.group("inspektorat"), here.group("dinpermasdes")
        await here.report(inspector, "Ada pungli di Karangsari waktu mengurus tanah.")
        await here.report(village, "Jalan di Karangsari bolong sudah lama.", by=here.citizen(6, "Tono"))
        await here.idle()
        assert len(village.answers) == 1


async def test_a_place_may_send_a_topic_to_another_department(tmp_path: Path) -> None:
    override = '\n[[override]]\ntopics = ["jalan"]\nplaces = ["karangsari"]\ndepartment = "dinpermasdes"\n'
    config = region_file(tmp_path, lambda text: text + override)
    async with town(tmp_path, config=config) as here:
        dpu, village = here.group("dputr"), here.group("dinpermasdes")
        card = await here.report(village, "Jalan di Karangsari bolong sudah lama.")
        assert "Topik: Jalan" in card.text
        await here.report(dpu, ROAD, by=here.citizen(6, "Tono"))
        assert [case.unit for case in here.cases()] == ["dinpermasdes", "dputr"]


async def test_one_chat_may_serve_every_department_of_a_village(town: Town) -> None:
    village = town.group("dputr", "dlh", "meja")
    first = await town.report(village, ROAD)
    second = await town.report(village, RUBBISH, by=town.citizen(6, "Tono"))
    third = await town.report(village, DOUBT, by=town.citizen(7, "Ani"))
    budi = town.staff(village)
    for card in (first, second, third):
        await town.press(budi, card, "Terima")
        await town.shows(card, "diterima Budi")
