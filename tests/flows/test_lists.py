"""/tugas and /cari in a group: tabs, pages, numbers, who may look and at what."""

import pytest

from bot.domain.lengths import units
from bot.domain.lists import PER_PAGE
from bot.store.tables import case as case_table
from tests.flows.acting import asked
from tests.flows.town import FIRE, ROAD, RUBBISH, SOON, Town, code_in
from tests.standin.groups import Group
from tests.standin.messages import Message
from tests.standin.people import Member

TABS = ["Milik saya", "Terlambat", "Hari ini", "Semua"]
HOUR = 3600.0
SHORTEST_MESSAGE = 2000  # what a message may hold on the strictest channel


def due(town: Town, code: str, seconds: float) -> None:
    """The clock found that a case is due so long from now."""
    change = case_table.update().where(case_table.c.code == code)
    with town.app.store.engine.begin() as connection:
        connection.execute(change.values(due_at=town.clock() + seconds, check_at=None))


def numbers(message: Message) -> list[str]:
    return [words for words in message.buttons if words.isdigit()]


async def listed(town: Town, group: Group, who: Member, words: str, *expected: str) -> Message:
    """Ask for a list; the message that came."""
    known = {m.id for m in group.answers}
    who.say(words)

    def come() -> Message | None:
        new = [m for m in group.answers if m.id not in known]
        return next((m for m in new if all(each in m.text for each in expected)), None)

    return await town.standin.wait_for(come, SOON)


async def reports(town: Town, group: Group, *texts: str) -> list[str]:
    """Reports of as many citizens; their codes."""
    cards = [await town.report(group, text, by=town.citizen(500 + n)) for n, text in enumerate(texts)]
    return [code_in(card) for card in cards]


# /tugas ---------------------------------------------------------------------------------------------------------


async def test_a_group_sees_its_open_work_by_urgency_and_turns_to_what_it_wants_in_place(any_town: Town) -> None:
    dpu, dlh = any_town.group("dputr"), any_town.group("dlh")
    budi, tuti = any_town.staff(dpu), any_town.staff(dpu, "Tuti", 9004)
    old, new, urgent = await reports(any_town, dpu, ROAD, "Jalan karangsari bolong lagi.", "Jembatan jalan ambrol!")
    await any_town.report(dlh, RUBBISH)
    card = await any_town.card(dpu, new)
    await any_town.press(budi, card, "Terima")
    await any_town.shows(card, "Budi")
    due(any_town, old, -50 * HOUR)
    message = await listed(any_town, dpu, tuti, "/tugas", "Semua yang terbuka: 3 (terlambat 1,")
    assert message.text.index(urgent) < message.text.index(old) < message.text.index(new)
    assert "Desa Karangsari" in message.text
    assert "⏰ terlambat 2 hari" in message.text
    assert "belum diambil" in message.text
    assert list(message.buttons) == [*TABS, "1", "2", "3"]
    assert RUBBISH not in message.text
    await any_town.press(budi, message, "Milik saya")
    await any_town.shows(message, "Dipegang Budi: 1", new)
    await any_town.press(tuti, message, "Milik saya")
    await any_town.shows(message, "Tuti sedang tidak memegang laporan.")
    assert list(message.buttons) == TABS
    await any_town.press(tuti, message, "Terlambat")
    await any_town.shows(message, "Terlambat: 1", old)
    due(any_town, urgent, 1.0)
    await any_town.press(tuti, message, "Semua")
    await any_town.shows(message, "Semua yang terbuka: 3")
    assert len([m for m in dpu.answers if "terbuka" in m.text]) == 1


@pytest.mark.parametrize(
    ("words", "head"),
    [
        ("/tugas saya", "Budi sedang tidak memegang laporan."),
        ("/tugas Terlambat", "Tidak ada yang terlambat."),
        ("/tugas hari ini", "Tidak ada yang jatuh tempo hari ini."),
        ("/tugas", "Tidak ada laporan terbuka."),
    ],
)
async def test_the_part_may_be_named_at_once_and_an_empty_one_says_so(town: Town, words: str, head: str) -> None:
    dpu = town.group("dputr")
    message = await listed(town, dpu, town.staff(dpu), words, head)
    assert list(message.buttons) == TABS


async def test_what_falls_due_today_has_a_tab_of_its_own(town: Town) -> None:
    dpu = town.group("dputr")
    budi = town.staff(dpu)
    soon, later = await reports(town, dpu, ROAD, ROAD)
    calendar = town.app.office.region.calendar
    now = town.clock()
    rest = calendar.midnight(calendar.local_day(now + 86400.0)) - now
    due(town, soon, rest / 2)
    due(town, later, rest + HOUR)
    message = await listed(town, dpu, budi, "/tugas hari ini", "Jatuh tempo hari ini: 1", soon)
    assert "tenggat hari ini pukul" in message.text
    assert later not in message.text


async def test_eight_stand_on_a_page_and_a_number_leads_to_the_card(any_town: Town) -> None:
    dpu = any_town.group("dputr")
    budi = any_town.staff(dpu)
    codes = await reports(any_town, dpu, *[f"Jalan di RT {n} bolong besar sekali." for n in range(PER_PAGE + 1)])
    message = await listed(any_town, dpu, budi, "/tugas", "halaman 1 dari 2")
    assert list(message.buttons) == [*TABS, *"12345678", "»"]
    await any_town.press(budi, message, "»")
    await any_town.shows(message, "halaman 2 dari 2", f"9. 🟡 {codes[-1]}")
    assert list(message.buttons) == [*TABS, "9", "«"]
    await any_town.press(budi, message, "9")
    answer = await any_town.hears(dpu, f"Ini kartu {codes[-1]}.")
    assert answer.reply_to is not None
    assert answer.reply_to.id == (await any_town.card(dpu, codes[-1])).id
    await any_town.press(budi, message, "«")
    await any_town.shows(message, "halaman 1 dari 2")


async def test_the_desk_sees_departments_without_a_chat_and_the_head_sees_all(any_town: Town) -> None:
    desk, head, dlh = any_town.group("meja"), any_town.group("kepala"), any_town.group("dlh")
    road = code_in(await any_town.report(desk, ROAD))
    rubbish = code_in(await any_town.report(dlh, RUBBISH, by=any_town.citizen(6)))
    at_desk = await listed(any_town, desk, any_town.staff(desk, "Rini", 9005), "/tugas", "terbuka: 1", road)
    assert rubbish not in at_desk.text
    bupati = any_town.staff(head, "Bupati", 9100)
    at_head = await listed(any_town, head, bupati, "/tugas", "terbuka: 2", road, rubbish)
    assert "Dinas" in at_head.text
    press = await any_town.press(bupati, at_head, "2")
    assert press.alert
    assert "Kartunya ada di grup" in (press.toast or "")


async def test_the_duty_chat_sees_emergencies(town: Town) -> None:
    duty, dpu = town.group("siaga"), town.group("dputr")
    await town.report(dpu, ROAD)
    town.citizen(6).say(FIRE)
    alarm = await town.hears(duty, "DARURAT · PML-")
    message = await listed(town, duty, town.staff(duty), "/tugas", "terbuka: 1")
    assert f"1. 🔴 {code_in(alarm)}" in message.text


async def test_a_topic_of_a_forum_lists_its_own_departments_work(town: Town) -> None:
    forum = town.group("dputr", forum=True, topic="PU")
    topic = forum.topic("LH")
    town.link("dlh", forum, thread=str(topic.id))
    road = code_in(await town.report(forum, ROAD))
    rubbish = code_in(await town.report(forum, RUBBISH, by=town.citizen(6)))
    budi = town.staff(forum)
    budi.say("/tugas", topic=topic)
    message = await town.hears(forum, "terbuka: 1", rubbish)
    assert road not in message.text
    assert message.data["message_thread_id"] == topic.id


# /cari ----------------------------------------------------------------------------------------------------------


async def test_words_find_open_and_closed_cases_newest_first_with_masked_excerpts(any_town: Town) -> None:
    dpu, dlh = any_town.group("dputr"), any_town.group("dlh")
    budi = any_town.staff(dpu)
    old, new = await reports(
        any_town, dpu, "Dalane bolong nang ngarep Pasar Comal.", "Jalan pasar bolong, telepon saya 081234567890."
    )
    await any_town.report(dlh, "Sampah pasar bolong-bolong.")
    done = await asked(any_town, dpu, budi, await any_town.card(dpu, old), "Selesai")
    budi.reply(done, "Sudah ditambal.")
    await any_town.idle()
    message = await listed(any_town, dpu, budi, "/cari PASAR bolong", "“pasar bolong”: 2 laporan")
    assert message.text.index(new) < message.text.index(old)
    assert f"✔️ {old}" in message.text
    assert "[telepon]" in message.text
    assert "0812" not in message.text
    assert list(message.buttons) == ["1", "2"]


async def test_a_code_or_the_only_one_found_is_answered_at_its_card(any_town: Town) -> None:
    dpu = any_town.group("dputr")
    budi = any_town.staff(dpu)
    code, _ = await reports(any_town, dpu, "Jalan Randudongkal bolong.", ROAD)
    card = await any_town.card(dpu, code)
    for words, expected in ((f"/cari {code.lower()}", f"Ini kartu {code}."), ("/cari randudongkal", "1 laporan")):
        answer = await listed(any_town, dpu, budi, words, expected)
        assert answer.reply_to is not None
        assert answer.reply_to.id == card.id


async def test_found_cases_come_in_pages(any_town: Town) -> None:
    dpu = any_town.group("dputr")
    budi = any_town.staff(dpu)
    codes = await reports(any_town, dpu, *[f"Jalan di RT {n} bolong besar sekali." for n in range(PER_PAGE + 1)])
    message = await listed(any_town, dpu, budi, "/cari jalan  BOLONG", "“jalan bolong”: 9 laporan · halaman 1 dari 2")
    assert codes[0] not in message.text
    assert list(message.buttons)[-1] == "»"
    await any_town.press(budi, message, "»")
    await any_town.shows(message, "halaman 2 dari 2", codes[0])
    assert list(message.buttons) == ["9", "«"]


async def test_another_departments_cases_are_found_neither_by_words_nor_by_code(town: Town) -> None:
    dpu, dlh = town.group("dputr"), town.group("dlh")
    budi = town.staff(dpu)
    code = code_in(await town.report(dlh, RUBBISH))
    await listed(town, dpu, budi, "/cari sampah", "Tidak ada laporan dengan “sampah”")
    answer = await listed(town, dpu, budi, f"/cari {code}", f"{code} tidak ada di antara laporan grup ini.")
    press = await town.press(budi, answer, data=f"kartu:{code}")
    assert press.alert
    assert "tidak ada di antara" in (press.toast or "")


async def test_oversight_cases_are_found_by_code_by_their_own_unit_and_the_head_and_by_words_by_nobody(
    town: Town,
) -> None:
    duty, dpu, head = town.group("siaga"), town.group("dputr"), town.group("kepala")
    unit = town.app.office.region.owner("integritas")
    assert unit is not None
    own = town.group(unit.id)
    code = code_in(await town.report(own, "Ada pungli KTP di kantor kecamatan."))
    for group in (own, head):
        await listed(town, group, town.staff(group), f"/cari {code}", code)
    for group in (own, head, duty, dpu):
        await listed(town, group, town.staff(group), "/cari pungli", "Tidak ada laporan")


async def test_the_head_is_told_where_a_card_stands(town: Town) -> None:
    head, dpu = town.group("kepala"), town.group("dputr")
    code = code_in(await town.report(dpu, ROAD))
    await listed(town, head, town.staff(head), f"/cari {code}", code, "Kartunya ada di grup")


@pytest.mark.parametrize("words", ["/cari", "/cari ?!", "/cari  "])
async def test_without_words_it_says_how(town: Town, words: str) -> None:
    dpu = town.group("dputr")
    await listed(town, dpu, town.staff(dpu), words, "Tulis /cari lalu kata-katanya")


# Who may look ---------------------------------------------------------------------------------------------------


async def test_an_observer_looks_a_stranger_does_not(any_town: Town) -> None:
    dpu = any_town.group("dputr", forum=True)
    tuti = any_town.staff(dpu, "Tuti", 9004)
    code = code_in(await any_town.report(dpu, ROAD))
    any_town.admin(dpu).say("/peran pengamat telegram:9004")
    await any_town.hears(dpu, "sekarang pengamat")
    message = await listed(any_town, dpu, tuti, "/tugas", code)
    await any_town.press(tuti, message, "Terlambat")
    await any_town.shows(message, "Tidak ada yang terlambat.")
    await listed(any_town, dpu, tuti, "/cari pasar", code)
    stranger = dpu.member(9009, first_name="Orang", status="left")
    known = len(dpu.answers)
    stranger.say("/tugas")
    stranger.say("/cari pasar")
    press = await any_town.press(stranger, message, "Semua")
    await any_town.idle()
    assert press.alert
    assert "anggota grup" in (press.toast or "")
    assert len(dpu.answers) == known
    assert "Tidak ada yang terlambat." in message.text


async def test_a_group_that_is_not_linked_has_no_lists(town: Town) -> None:
    dpu, other = town.group("dputr"), town.group("lain", linked=False)
    budi = town.staff(other)
    await town.report(dpu, ROAD)
    answer = await listed(town, other, budi, "/tugas", "tidak sedang terhubung")
    await listed(town, other, budi, "/cari jalan", "tidak sedang terhubung")
    assert (await town.press(budi, answer, data="tugas:semua")).alert


@pytest.mark.parametrize("data", ["tugas", "tugas:apa:-3", "tugas:semua:99999", "tugas:semua:x", "cari:9:jalan"])
async def test_odd_buttons_show_the_nearest_page(town: Town, data: str) -> None:
    dpu = town.group("dputr")
    budi = town.staff(dpu)
    code = code_in(await town.report(dpu, ROAD))
    message = await listed(town, dpu, budi, "/tugas terlambat", "Tidak ada")
    assert not (await town.press(budi, message, data=data)).alert
    await town.shows(message, code)


@pytest.mark.parametrize("data", ["cari", "cari:1", "kartu", "kartu:PML-00000"])
async def test_buttons_that_mean_nothing_are_refused(town: Town, data: str) -> None:
    dpu = town.group("dputr")
    budi = town.staff(dpu)
    await town.report(dpu, ROAD)
    message = await listed(town, dpu, budi, "/tugas", "terbuka")
    assert (await town.press(budi, message, data=data)).alert


async def test_a_full_page_fits_into_the_shortest_message_there_is(town: Town) -> None:
    head, dpu = town.group("kepala"), town.group("dputr")
    bupati = town.staff(head, "Bupati", 9100)
    long = "Jalan bolong " + "di sepanjang jalan raya " * 12
    for code in await reports(town, dpu, *[f"{long}{n}" for n in range(PER_PAGE)]):
        due(town, code, 9 * 86400.0)
        change = case_table.update().where(case_table.c.code == code)
        with town.app.store.engine.begin() as connection:
            held = {"taken_by": "N" * 60, "status": "diproses", "unit": "dinperkim"}
            connection.execute(change.values(location="Perumahan " * 9, topic="pariwisata", **held))
    for words in ("/tugas", "/cari bolong"):
        message = await listed(town, head, bupati, words, "PML-")
        assert numbers(message) == [str(n) for n in range(1, PER_PAGE + 1)]
        assert units(message.text) <= SHORTEST_MESSAGE
