"""Secret and anonymous cases: who opens them, who is kept away, what is taken back, what wishes do."""

import pytest

from bot.domain.roles import Holder, Role
from bot.store.tables import audit, reading
from tests.flows.acting import choose
from tests.flows.town import RUBBISH, SOON, Town, code_in
from tests.standin.groups import Group
from tests.standin.messages import Message

LEVY = "Ada pungli di balai desa Karangsari, diminta seratus ribu."
SCHOOL = "Ada pungli di sekolah, kepala sekolah menarik seratus ribu."
BEATEN = "Kebakaran di Karangsari, suaminya memukuli istri dan anaknya! HP saya 0812 3456 7890."
RULE_HIDES = "hanya petugas yang ditunjuk"
HOURS_49 = 49 * 3600.0


async def quiet(town: Town, *groups: Group) -> None:
    """Nothing was said in some groups."""
    await town.idle()
    assert [message.text for group in groups for message in group.answers] == []


def read_by(town: Town) -> list[tuple[str, str, str]]:
    """Who read what, by which way."""
    return [(row["reader"], row["kinds"], row["why"]) for row in town.rows(reading)]


async def opened(town: Town, group: Group, card: Message, id: int = 9002) -> str:
    """What somebody is told who presses `Buka`."""
    return (await town.press(town.staff(group, id=id), card, "Buka")).toast or ""


# Who opens it ---------------------------------------------------------------------------------------------------


async def test_where_nobody_is_named_heads_and_admins_open_it_and_others_do_not(town: Town) -> None:
    watch = town.group("inspektorat")
    card = await town.report(watch, LEVY)
    assert "hanya untuk petugas yang ditunjuk" in await opened(town, watch, card)
    head = Holder("telegram", "9003", Role.KEPALA)
    town.app.store.write_now(lambda uow: uow.roles.give(head, by="test", now=0.0))
    assert "Sapa saya di sana dulu" in await opened(town, watch, card, id=9003)
    budi = town.citizen(9003, "Budi")
    budi.say("/start")
    await town.hears(budi, "Wadul")
    assert "chat pribadi Anda" in await opened(town, watch, card, id=9003)
    assert "seratus ribu" in (await town.hears(budi, "Hanya untuk Anda")).text
    assert read_by(town) == [("telegram:9003", "isi", "buka")]
    assert [row["actor"] for row in town.rows(audit) if row["what"] == "opened_secret"] == ["telegram:9003"]


async def test_photos_are_sent_to_the_reader_and_never_into_the_group(town: Town) -> None:
    watch = town.group("inspektorat")
    wati = town.citizen(9001, "Wati")
    wati.say("/start")
    await town.hears(wati, "Wadul")
    town.citizen().photo(LEVY)
    card = await town.card(watch)
    await town.press(town.admin(watch), card, "Buka")
    await town.standin.wait_for(lambda: any(m.kind == "photo" for m in wati.answers), SOON)
    assert [m.kind for m in watch.answers] == ["text"]
    assert read_by(town) == [("telegram:9001", "isi,berkas", "buka")]


async def test_an_admin_names_readers_at_the_desk_and_takes_them_off_again(town: Town) -> None:
    desk, watch = town.group("meja"), town.group("inspektorat")
    card = await town.report(watch, LEVY)
    wati = town.admin(desk)
    wati.say("/pembaca inspektorat telegram:9002")
    await town.hears(desk, "telegram:9002 boleh membuka")
    assert "Sapa saya" in await opened(town, watch, card)
    assert "hanya untuk petugas" in await opened(town, watch, card, id=9001)  # an admin, but others are named
    wati.say("/pembaca inspektorat telegram:9002 hapus")
    await town.hears(desk, "tidak ditunjuk lagi")
    assert "hanya untuk petugas" in await opened(town, watch, card)


@pytest.mark.parametrize("words", ["/pembaca inspektorat telegram:9", "/jejak PML-AAAAA", "/terlapor PML-AAAAA"])
async def test_only_admins_and_only_at_the_desk_use_these_words(town: Town, words: str) -> None:
    desk, watch = town.group("meja"), town.group("inspektorat")
    town.staff(desk).say(words)
    await town.hears(desk, "hanya untuk admin, di grup meja aduan")
    town.admin(watch).say(words)
    await town.hears(watch, "hanya untuk admin, di grup meja aduan")


# An emergency ---------------------------------------------------------------------------------------------------


async def test_the_duty_chat_reads_where_to_go_and_whom_to_call_but_not_what_was_told(town: Town) -> None:
    duty, bpbd = town.group("siaga"), town.group("bpbd")
    town.citizen().say(BEATEN)
    alarm = await town.hears(duty, "DARURAT")
    assert "Tempat: Desa Karangsari" in alarm.text
    assert "7890" in alarm.text
    card = await town.card(bpbd)
    for message in (*duty.answers, *bpbd.answers):
        assert "memukuli" not in message.text
    assert "Karangsari" not in card.text
    assert "7890" not in card.text
    await town.idle()
    assert read_by(town) == [("telegram:siaga", "telepon", "alarm")]


async def test_an_anonymous_emergency_shows_no_number_either(town: Town) -> None:
    duty = town.group("siaga")
    town.citizen().say("Kebakaran di Karangsari! HP 0812 3456 7890, tolong jangan sebut nama saya.")
    alarm = await town.hears(duty, "DARURAT")
    assert "7890" not in alarm.text
    await town.idle()
    assert read_by(town) == []


# Kept away ------------------------------------------------------------------------------------------------------


async def test_a_move_to_the_office_complained_about_is_not_offered_and_refused(town: Town) -> None:
    watch, school = town.group("inspektorat"), town.group("dindikbud")
    card = await town.report(watch, SCHOOL)
    budi = town.staff(watch)
    await choose(town, budi, card, "Alihkan")
    await town.standin.wait_for(lambda: "Kembali" in str(list(card.buttons)), SOON)
    assert not any("Pendidikan" in words for words in card.buttons)
    press = await town.press(budi, card, data=f"ke:{code_in(card)}:dindikbud")
    assert "mengadukan Dinas Pendidikan" in (press.toast or "")
    await quiet(town, school)


async def test_its_topic_may_be_that_of_the_office_complained_about_and_the_case_stays(town: Town) -> None:
    watch, school = town.group("inspektorat"), town.group("dindikbud")
    card = await town.report(watch, SCHOOL)
    await town.press(town.staff(watch), card, data=f"ganti:{code_in(card)}:pendidikan")
    await town.shows(card, "Topik: Pendidikan", "Inspektorat")
    await quiet(town, school)


async def test_where_the_inspectorate_itself_is_complained_about_the_desk_has_it(town: Town) -> None:
    desk, watch = town.group("meja"), town.group("inspektorat")
    card = await town.report(desk, "Ada pungli, oknum inspektorat minta uang supaya temuan hilang.")
    assert "Rahasia" in card.text
    await quiet(town, watch)


async def test_a_chat_that_is_shared_with_the_office_complained_about_gets_no_card(town: Town) -> None:
    shared, desk = town.group("inspektorat", "dindikbud"), town.group("meja")
    await town.report(desk, SCHOOL)
    await quiet(town, shared)


async def test_words_that_accuse_the_office_that_has_the_case_take_it_away_from_there(town: Town) -> None:
    watch, school = town.group("inspektorat"), town.group("dindikbud")
    sri = town.citizen()
    card = await town.report(school, "Sekolah SD kami bocor atapnya, sudah lama.", by=sri)
    await town.press(town.staff(school), card, "Terima")
    receipt = await town.hears(sri, "Kode: PML-")
    sri.say("Anak saya dipukul guru karena melapor.", reply_to=receipt)
    moved = await town.card(watch)
    assert "Rahasia" in moved.text
    await town.idle()
    assert not any("dipukul" in m.text or "Inspektorat" in m.text for m in school.messages)


async def test_an_admin_lifts_a_wrong_exclusion_and_later_words_do_not_bring_it_back(town: Town) -> None:
    desk, watch, school = town.group("meja"), town.group("inspektorat"), town.group("dindikbud")
    sri = town.citizen()
    card = await town.report(watch, SCHOOL, by=sri)
    code = code_in(card)
    town.admin(desk).say(f"/terlapor {code} -")
    await town.hears(desk, f"{code} tidak dijauhkan dari kantor mana pun")
    sri.say(f"{code} sekolah itu juga menarik uang seragam.")
    await town.hears(sri, code, times=2)
    budi = town.staff(watch)
    await town.press(budi, card, data=f"ke:{code}:dindikbud")
    assert "Rahasia" in (await town.card(school)).text


async def test_the_head_hears_nothing_where_the_head_is_complained_about(town: Town) -> None:
    head, watch = town.group("kepala"), town.group("inspektorat")
    card = await town.report(watch, "Ada pungli, bupati minta setoran dari proyek.")
    boss = Holder("telegram", "9003", Role.KEPALA)
    town.app.store.write_now(lambda uow: uow.roles.give(boss, by="test", now=0.0))
    press = await town.press(town.staff(watch, id=9003), card, "Terima")
    assert "tidak dapat ditangani di sini" in (press.toast or "")
    town.staff(head, id=9003).say(f"/cari {code_in(card)}")
    await town.hears(head, "tidak ada di antara laporan grup ini")
    town.staff(head, id=9003).say("/tugas")
    assert code_in(card) not in (await town.hears(head, "Tidak ada laporan terbuka")).text


# Taken back -----------------------------------------------------------------------------------------------------


async def test_a_topic_that_a_person_sets_makes_a_case_secret_and_its_words_go(town: Town) -> None:
    watch, dlh = town.group("inspektorat"), town.group("dlh")
    sri = town.citizen()
    card = await town.report(dlh, RUBBISH, by=sri)
    sri.say("Truknya minta uang rokok tiap angkut.", reply_to=await town.hears(sri, "Kode: PML-"))
    await town.hears(sri, "tambahkan", times=1)
    await town.press(town.staff(dlh), card, data=f"ganti:{code_in(card)}:integritas")
    assert "Rahasia" in (await town.card(watch)).text
    await town.idle()
    assert not any("menumpuk" in m.text for m in dlh.messages if m.by_bot)
    assert not any("menumpuk" in m.text for m in watch.messages)


async def test_what_telegram_deletes_no_more_is_emptied_and_photos_are_told_to_the_desk(town: Town) -> None:
    desk, dlh = town.group("meja"), town.group("dlh")
    sri = town.citizen()
    card = await town.report(dlh, RUBBISH, by=sri)
    await town.press(town.staff(dlh), card, "Terima")
    receipt = await town.hears(sri, "Kode: PML-")
    sri.say("Tetangga saya yang membuang.", reply_to=receipt)
    quoted = await town.hears(dlh, "Tetangga saya yang membuang", "Tambahan")
    sri.photo("Ini fotonya.", reply_to=receipt)
    await town.standin.wait_for(lambda: any(m.kind == "photo" for m in dlh.answers), SOON)
    for message in dlh.answers:
        message.data["date"] -= int(HOURS_49)
    await town.press(sri, receipt, "Jadikan rahasia")
    await town.shows(quoted, "Isi pesan ini ditarik kembali.")
    await town.hears(desk, "tidak dapat saya hapus", "Dinas Lingkungan Hidup")


async def test_what_the_rule_hides_no_citizen_shows_again(town: Town) -> None:
    watch = town.group("inspektorat")
    sri = town.citizen()
    card = await town.report(watch, LEVY, by=sri)
    sri.say(f"/rahasia {code_in(card)} batal")
    await town.hears(sri, "Itu tidak bisa dibuka untuk grup")
    assert town.case().secret


async def test_lists_that_quote_a_case_go_when_it_becomes_secret(any_town: Town) -> None:
    town = any_town
    dlh, sri = town.group("dlh"), town.citizen()
    await town.report(dlh, f"{RUBBISH} Tempatnya di Karangsari.", by=sri)
    await town.report(dlh, "Sampah di alun-alun menumpuk.", by=town.citizen(6, "Agus"))
    budi = town.staff(dlh)
    budi.say("/cari sampah")
    found = await town.hears(dlh, "“sampah”: 2", "alun-alun")
    budi.say("/tugas")
    work = await town.hears(dlh, "Karangsari", "terbuka: 2")
    receipt = await town.hears(sri, "Kode: PML-")
    await town.press(sri, receipt, "Jadikan rahasia")
    await town.standin.wait_for(lambda: not {found.id, work.id} & {m.id for m in dlh.messages}, SOON)
    budi.say("/cari sampah")
    again = await town.hears(dlh, "“sampah”: 1", "alun-alun")
    assert "Karangsari" not in again.text


async def test_a_list_that_is_emptied_where_telegram_deletes_no_more_and_a_turned_page_counts_too(town: Town) -> None:
    dlh, sri = town.group("dlh"), town.citizen()
    await town.report(dlh, RUBBISH, by=sri)
    for number in range(10):
        await town.report(dlh, f"Sampah di gang {number} menumpuk.", by=town.citizen(20 + number, f"W{number}"))
    town.staff(dlh).say("/cari sampah")
    found = await town.hears(dlh, "halaman 1")
    assert "terminal" not in found.text
    await town.press(town.staff(dlh), found, "»")
    await town.shows(found, "terminal")
    for message in dlh.answers:
        message.data["date"] -= int(HOURS_49)
    await town.press(sri, await town.hears(sri, "Kode: PML-"), "Jadikan rahasia")
    await town.shows(found, "Isi pesan ini ditarik kembali.")


async def test_what_admins_do_at_the_desk_is_refused_in_another_topic_of_its_forum(town: Town) -> None:
    desk = town.group("meja", forum=True, topic="Meja")
    other = desk.topic("Obrolan")
    for number, word in enumerate(("/latih", "/jejak PML-AAAAA", "/register", "/kinerja"), 1):
        town.admin(desk).say(word, topic=other)
        await town.hears(desk, "Topik ini bukan topik meja aduan", times=number)


# Wishes ---------------------------------------------------------------------------------------------------------


async def test_a_wish_for_the_next_report_lasts_an_hour_and_counts_once(town: Town) -> None:
    dlh = town.group("dlh")
    sri = town.citizen()
    sri.say("/rahasia")
    await town.hears(sri, "berikutnya saya rahasiakan")
    assert "Rahasia" in (await town.report(dlh, RUBBISH, by=sri)).text
    town.clock.skip(4000)
    assert "Rahasia" not in (await town.report(dlh, "Sampah di alun-alun Comal juga menumpuk.", by=sri)).text


async def test_a_wish_that_is_an_hour_old_is_forgotten(town: Town) -> None:
    dlh = town.group("dlh")
    sri = town.citizen()
    sri.say("/anonim")
    await town.hears(sri, "dalam satu jam")
    town.clock.skip(3700)
    assert "tidak mau disebut" not in (await town.report(dlh, RUBBISH, by=sri)).text


async def test_a_report_may_stand_behind_the_chat_word(town: Town) -> None:
    dlh = town.group("dlh")
    sri = town.citizen()
    sri.say(f"/anonim {RUBBISH}")
    await town.hears(sri, "Nama dan nomor Anda tidak ditampilkan")
    assert "tidak mau disebut namanya" in (await town.card(dlh)).text


async def test_words_that_ask_for_it_are_heeded_at_once_and_later_ones_too(town: Town) -> None:
    dlh = town.group("dlh")
    sri, agus = town.citizen(), town.citizen(6, "Agus")
    card = await town.report(dlh, f"{RUBBISH} Aja ngomong-ngomong nek aku sing lapor.", by=sri)
    assert "tidak mau disebut namanya" in card.text
    other = await town.report(dlh, "Sampah di alun-alun Comal tidak diangkut.", by=agus)
    agus.say("Tolong rahasiakan nama saya ya.", reply_to=await town.hears(agus, "Kode: PML-"))
    await town.hears(agus, "tidak ditampilkan lagi kepada petugas")
    await town.shows(other, "tidak mau disebut namanya")


@pytest.mark.parametrize(("word", "answer"), [("anonim", "tidak anonim lagi"), ("rahasia", "tidak rahasia lagi")])
async def test_what_citizens_chose_they_take_back(town: Town, word: str, answer: str) -> None:
    dlh = town.group("dlh")
    sri = town.citizen()
    card = await town.report(dlh, RUBBISH, by=sri)
    sri.say(f"/{word}")
    await town.hears(sri, "🙈" if word == "anonim" else "sekarang rahasia")
    sri.say(f"/{word} batal")
    await town.hears(sri, answer)
    await town.shows(card, "menumpuk")


async def test_nobody_hides_the_report_of_another(town: Town) -> None:
    dlh = town.group("dlh")
    card = await town.report(dlh, RUBBISH)
    tono = town.citizen(6, "Tono")
    tono.say(f"/rahasia {code_in(card)}")
    await town.hears(tono, "Kode itu tidak ada di laporan Anda")
    assert not town.case().secret
