"""Connecting chats: /hubungkan, /putus, forum topics, the first admin."""

from pathlib import Path

from bot.domain.region import Region
from bot.region_file import load_region
from bot.store.tables import audit, unit_chat
from tests.flows.town import FIRE, ROAD, RUBBISH, Town, code_in, town
from tests.flows.wadul import REGION


def _region() -> Region:
    return load_region(REGION)


def _links(town: Town) -> dict[str, tuple[str, str | None]]:
    return {row["unit"]: (row["chat_id"], row["thread_id"]) for row in town.rows(unit_chat)}


async def test_an_admin_links_a_group_by_the_departments_id(any_town: Town) -> None:
    dpu = any_town.group("dputr", title="DPU", linked=False)
    any_town.admin(dpu).say("/hubungkan dputr")
    await any_town.hears(dpu, "sekarang menerima laporan untuk Dinas PU dan Penataan Ruang")
    card = await any_town.report(dpu, ROAD)
    assert ROAD in card.text
    assert any_town.rows(unit_chat)[0]["title"] == "DPU"
    assert any_town.rows(unit_chat)[0]["linked_by"] == "telegram:9001"


async def test_the_bot_says_how_to_connect_when_it_comes_into_a_group(town: Town) -> None:
    group = town.standin.group(-1050, "Baru")
    await town.hears(group, "/hubungkan")


async def test_without_an_id_the_departments_and_desks_are_offered_as_buttons(town: Town) -> None:
    group = town.group("dlh", linked=False)
    admin = town.admin(group)
    admin.say("/hubungkan")
    offer = await town.hears(group, "Grup ini untuk siapa?")
    names = {d.name for d in _region().departments} | {"Meja aduan", "Grup siaga", "Kepala daerah"}
    assert set(offer.buttons) == names
    await town.press(admin, offer, "Dinas Lingkungan Hidup")
    await town.hears(group, "sekarang menerima laporan untuk Dinas Lingkungan Hidup")
    await town.report(group, RUBBISH)


async def test_an_unknown_id_is_answered_with_the_choices(town: Town) -> None:
    group = town.group("dlh", linked=False)
    town.admin(group).say("/hubungkan dinas-<b>ngawur</b>")
    offer = await town.hears(group, "Tidak ada dinas dengan kode")
    assert "Dinas Lingkungan Hidup" in offer.buttons
    assert _links(town) == {}


async def test_only_the_named_admins_may_link_not_even_the_groups_administrators(town: Town) -> None:
    group = town.group("dlh", linked=False)
    boss = group.member(9009, first_name="Ketua", status="administrator")
    boss.say("/hubungkan dlh")
    await town.hears(group, "Hanya admin Wadul", "telegram:9009")
    town.admin(group).say("/hubungkan")
    offer = await town.hears(group, "Grup ini untuk siapa?")
    press = await town.press(boss, offer, "Dinas Lingkungan Hidup")
    assert press.toast == "Hanya admin Wadul yang dapat memilih."
    boss.say("/putus")
    await town.hears(group, "Hanya admin Wadul", times=2)
    assert _links(town) == {}


async def test_linking_is_for_groups(town: Town) -> None:
    wati = town.citizen(9001, "Wati")
    wati.say("/hubungkan dlh")
    await town.hears(wati, "Perintah ini untuk grup dinas")
    assert _links(town) == {}


async def test_a_department_linked_elsewhere_asks_before_it_moves_and_the_old_chat_and_the_desk_are_told(
    any_town: Town,
) -> None:
    old, desk = any_town.group("dlh", title="DLH lama"), any_town.group("meja")
    card = await any_town.report(old, RUBBISH)
    new = any_town.group("dlh2", title="DLH baru", linked=False)
    admin = any_town.admin(new)
    admin.say("/hubungkan dlh")
    question = await any_town.hears(new, "sudah terhubung ke “DLH lama”. Pindahkan ke sini?")
    assert _links(any_town)["dlh"][0] == str(old.id)
    stranger = any_town.staff(new, "Orang", 9009)
    refused = await any_town.press(stranger, question, "Pindahkan ke sini")
    assert refused.toast == "Hanya admin Wadul yang dapat memilih."
    await any_town.press(admin, question, "Pindahkan ke sini")
    await any_town.hears(new, "sekarang menerima laporan untuk Dinas Lingkungan Hidup")
    await any_town.hears(old, "sekarang terhubung ke “DLH baru”")
    await any_town.hears(desk, "Dinas Lingkungan Hidup sekarang terhubung ke “DLH baru”")
    moved = await any_town.card(new)
    assert code_in(moved) == code_in(card)
    await any_town.shows(card, "Kartu ini tidak dipakai lagi")
    await any_town.press(any_town.staff(new), moved, "Terima")
    await any_town.shows(moved, "diterima Budi")


async def test_linking_again_in_the_same_chat_asks_nothing(town: Town) -> None:
    dlh = town.group("dlh")
    town.admin(dlh).say("/hubungkan DLH")
    await town.hears(dlh, "sekarang menerima laporan untuk Dinas Lingkungan Hidup")
    assert _links(town)["dlh"][0] == str(dlh.id)


async def test_meja_links_the_desk_which_gets_what_waited(town: Town) -> None:
    town.citizen().say(RUBBISH)
    await town.idle()
    desk = town.group("meja", linked=False)
    town.admin(desk).say("/hubungkan meja")
    await town.hears(desk, "sekarang meja aduan")
    assert RUBBISH in (await town.card(desk)).text


async def test_siaga_links_the_duty_chat_which_gets_the_open_alarms(town: Town) -> None:
    desk = town.group("meja")
    town.citizen().say(FIRE)
    at_desk = await town.card(desk)
    duty = town.group("siaga", linked=False)
    town.admin(duty).say("/hubungkan siaga")
    await town.hears(duty, "sekarang grup siaga")
    assert (await town.card(duty)).text.startswith("🚨 DARURAT")
    await town.idle()
    assert at_desk.text


async def test_kepala_links_the_heads_chat(town: Town) -> None:
    head = town.group("kepala", linked=False)
    town.admin(head).say("/hubungkan kepala")
    await town.hears(head, "sekarang grup kepala daerah")
    assert _links(town)["kepala"][0] == str(head.id)


async def test_a_department_linked_at_last_takes_its_cases_over_from_the_desk(town: Town) -> None:
    desk = town.group("meja")
    at_desk = await town.report(desk, RUBBISH)
    dlh = town.group("dlh", linked=False)
    town.admin(dlh).say("/hubungkan dlh")
    card = await town.card(dlh)
    assert code_in(card) == code_in(at_desk)
    await town.shows(at_desk, "Kartu ini tidak dipakai lagi")


async def test_putus_unlinks_and_the_open_cases_go_to_the_desk(any_town: Town) -> None:
    dlh, desk = any_town.group("dlh"), any_town.group("meja")
    card = await any_town.report(dlh, RUBBISH)
    admin = any_town.admin(dlh)
    admin.say("/putus")
    await any_town.hears(dlh, "tidak lagi terhubung untuk Dinas Lingkungan Hidup")
    await any_town.hears(desk, "Grup untuk Dinas Lingkungan Hidup diputus")
    moved = await any_town.card(desk)
    assert code_in(moved) == code_in(card)
    press = await any_town.press(any_town.staff(dlh), card, "Terima", stale=True)
    assert press.toast == "Grup ini tidak terhubung ke dinas mana pun, jadi tombolnya tidak berlaku."
    admin.say("/putus")
    await any_town.hears(dlh, "tidak sedang terhubung")


async def test_the_duty_chats_alarms_go_to_the_desk_when_it_is_unlinked(town: Town) -> None:
    duty, desk, _ = town.group("siaga"), town.group("meja"), town.group("bpbd")
    town.citizen().say(FIRE)
    await town.card(duty)
    town.admin(duty).say("/putus")
    assert (await town.card(desk)).text.startswith("🚨 DARURAT")


async def test_forum_topics_keep_departments_apart(town: Town) -> None:
    forum = town.group("dputr", "forum", title="Pemda", forum=True, linked=False)
    roads, waste = forum.topic("Jalan"), forum.topic("Sampah")
    admin = town.admin(forum)
    admin.say("/hubungkan dputr", topic=roads)
    done = await town.hears(forum, "Dinas PU dan Penataan Ruang")
    assert done.thread_id == roads.id
    admin.say("/hubungkan dlh", topic=waste)
    await town.hears(forum, "Dinas Lingkungan Hidup")
    first = await town.report(forum, ROAD)
    second = await town.report(forum, RUBBISH, by=town.citizen(6, "Tono"))
    assert [first.thread_id, second.thread_id] == [roads.id, waste.id]
    budi = town.staff(forum)
    await town.press(budi, second, "Selesai")
    question = await town.hears(forum, "apa yang sudah dikerjakan")
    assert question.thread_id == waste.id
    budi.reply(question, "Sudah diangkut.")
    await town.shows(second, "Hasil: Sudah diangkut.")
    admin.say("/putus", topic=roads)
    await town.hears(forum, "tidak lagi terhubung untuk Dinas PU")
    assert set(_links(town)) == {"dlh"}


async def test_links_stand_in_the_audit(town: Town) -> None:
    dlh = town.group("dlh", linked=False)
    town.admin(dlh).say("/hubungkan dlh")
    await town.hears(dlh, "sekarang menerima")
    assert [(row["what"], row["actor"], row["after"]) for row in town.rows(audit)] == [
        ("linked", "telegram:9001", "dlh")
    ]


async def test_without_named_admins_a_one_time_word_makes_the_first_admin(tmp_path: Path) -> None:
    async with town(tmp_path, admins="") as here:
        group = here.group("dlh", linked=False)
        wati, thief = here.citizen(31, "Wati"), here.citizen(32, "Maling")
        word = here.app.office.admin_word
        assert word
        thief.say("/admin salah")
        await here.hears(thief, "tidak berlaku")
        wati.say(f"/admin {word}")
        await here.hears(wati, "Anda sekarang admin Wadul")
        thief.say(f"/admin {word}")
        await here.hears(thief, "tidak berlaku", times=2)
        group.member(wati).say("/hubungkan dlh")
        await here.hears(group, "sekarang menerima")


async def test_in_a_group_saya_tells_ones_own_id(town: Town) -> None:
    dlh = town.group("dlh", linked=False)
    town.staff(dlh, "Tuti", 9004).say("/saya@wadul_bot")
    await town.hears(dlh, "telegram:9004")


async def test_a_word_for_another_bot_is_left_alone(town: Town) -> None:
    dlh = town.group("dlh", linked=False)
    dlh.promote_bot()
    town.admin(dlh).say("/hubungkan@bot_lain dlh")
    await town.idle()
    assert dlh.answers == []
    assert _links(town) == {}
