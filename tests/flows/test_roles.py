"""Who may press: members, who has left, strangers, observers and the head; /peran."""

from pathlib import Path

import pytest

from bot.store.tables import audit, prompt, role
from tests.flows.acting import asked
from tests.flows.town import ROAD, RUBBISH, Town, code_in, region_file, town
from tests.standin import BOT_ID

BUTTONS = ("Terima", "Alihkan", "Tanya pelapor", "Selesai", "Bukan wewenang")
NOT_MEMBER = "Anda belum atau tidak lagi menjadi anggota grup ini, jadi tombolnya tidak berlaku."
OBSERVER = "Anda pengamat: bisa melihat, tetapi tidak menangani."
UNPROVEN = "Saya belum bisa memastikan Anda anggota grup ini. Coba lagi sebentar."
BOTH = "Jalan berlubang dan lampu jalan mati di depan pasar Comal."
PHONE = "Jalan depan pasar berlubang, hubungi saya di 081234567890."


def questions(town: Town) -> list[int]:
    """Whom the platform was asked for, in order; ourselves left out."""
    asked_for = [call.params["user_id"] for call in town.standin.calls if call.method == "getChatMember"]
    return [user_id for user_id in asked_for if user_id != BOT_ID]


async def test_who_has_left_presses_an_old_button_in_vain(any_town: Town) -> None:
    dpu = any_town.group("dputr")
    budi = any_town.staff(dpu)
    card = await any_town.report(dpu)
    dpu.change(budi, "left", told=False)
    for words in BUTTONS:
        press = await any_town.press(budi, card, words)
        assert press.toast == NOT_MEMBER
        assert press.alert
    case = any_town.case()
    assert (case.taken_by, case.unit) == (None, "dputr")
    assert questions(any_town) == [9002]


@pytest.mark.parametrize("status", ["kicked", "restricted_outside"])
async def test_who_was_put_out_is_a_stranger(town: Town, status: str) -> None:
    dpu = town.group("dputr")
    card = await town.report(dpu)
    budi = town.staff(dpu)
    dpu.change(budi, status, told=False)
    assert (await town.press(budi, card, "Terima")).toast == NOT_MEMBER


async def test_who_is_restricted_but_still_there_is_a_member(town: Town) -> None:
    dpu = town.group("dputr")
    card = await town.report(dpu)
    budi = town.staff(dpu)
    dpu.change(budi, "restricted")
    await town.press(budi, card, "Terima")
    await town.shows(card, "diterima Budi")


async def test_the_platform_is_asked_at_most_once_a_minute_for_each_person(town: Town) -> None:
    dpu = town.group("dputr")
    budi, tuti = town.staff(dpu), town.staff(dpu, "Tuti", 9004)
    card = await town.report(dpu)
    for words in ("Alihkan", "Kembali", "Terima"):
        await town.standin.wait_for(lambda words=words: any(words in each for each in card.buttons), 5)
        await town.press(budi, card, words)
    budi.reply(card, "Besok dicek.")
    tuti.reply(card, "Saya ikut.")
    await town.shows(card, "Besok dicek.", "Saya ikut.")
    await town.idle()
    assert questions(town) == [9002, 9004]
    town.clock.skip(61)
    budi.reply(card, "Sudah dicek.")
    await town.shows(card, "Sudah dicek.")
    assert questions(town) == [9002, 9004, 9002]


async def test_who_left_unnoticed_may_act_for_a_minute_and_no_longer(town: Town) -> None:
    dpu = town.group("dputr")
    budi = town.staff(dpu)
    card = await town.report(dpu)
    budi.reply(card, "Besok dicek.")
    await town.shows(card, "Besok dicek.")
    dpu.change(budi, "left", told=False)
    town.clock.skip(61)
    assert (await town.press(budi, card, "Terima")).toast == NOT_MEMBER
    dpu.change(budi, "member", told=False)
    assert (await town.press(budi, card, "Terima")).toast == NOT_MEMBER
    town.clock.skip(61)
    await town.press(budi, card, "Terima")
    await town.shows(card, "diterima Budi")


@pytest.mark.parametrize("administers", [False, True])
async def test_leaving_and_coming_back_count_at_once_where_the_platform_tells(town: Town, administers: bool) -> None:
    dpu = town.group("dputr")
    if administers:
        dpu.promote_bot()
    budi = town.staff(dpu)
    card = await town.report(dpu)
    budi.reply(card, "Besok dicek.")
    await town.shows(card, "Besok dicek.")
    dpu.change(budi, "left")
    assert (await town.press(budi, card, "Terima")).toast == NOT_MEMBER
    dpu.change(budi, "member")
    await town.press(budi, card, "Terima")
    await town.shows(card, "diterima Budi")


async def test_a_stranger_in_a_public_group_is_not_heard(any_town: Town) -> None:
    dpu = any_town.group("dputr", forum=True)
    sri = any_town.citizen()
    card = await any_town.report(dpu, by=sri)
    stranger = dpu.member(9009, first_name="Orang", status="left")
    stranger.reply(card, "Saya kira ini bohong.")
    stranger.reply(card, "/balas Laporan Anda bohong.")
    stranger.say(f"/balas {code_in(card)} Laporan Anda bohong.")
    press = await any_town.press(stranger, card, "Selesai")
    await any_town.idle()
    assert press.toast == NOT_MEMBER
    assert "bohong" not in card.text
    assert not any("bohong" in message.text for message in sri.answers)
    assert dpu.answers == [card]
    assert questions(any_town) == [9009]


async def test_a_question_dies_with_its_askers_membership(town: Town) -> None:
    dpu = town.group("dputr")
    budi = town.staff(dpu)
    card = await town.report(dpu)
    question = await asked(town, dpu, budi, card, "Selesai")
    dpu.change(budi, "left")
    assert (await town.press(budi, question, "Urung")).toast == NOT_MEMBER
    budi.reply(question, "Sudah ditambal.")
    await town.idle()
    assert town.case().open
    assert len(town.rows(prompt)) == 1


async def test_without_an_answer_of_the_platform_work_goes_on_but_no_data_is_shown(town: Town) -> None:
    dpu = town.group("dputr")
    budi = town.staff(dpu)
    card = await town.report(dpu, PHONE)
    town.standin.fault("server_error", method="getChatMember", times=2)
    await town.press(budi, card, "Terima")
    await town.shows(card, "diterima Budi")
    assert (await town.press(budi, card, "Lihat data")).toast == UNPROVEN
    assert not any(row["what"] == "data_seen" for row in town.rows(audit))
    town.clock.skip(6)
    assert (await town.press(budi, card, "Lihat data")).toast == UNPROVEN
    town.clock.skip(6)
    shown = await town.press(budi, card, "Lihat data")
    assert shown.toast
    assert "081234567890" in shown.toast


# /peran ---------------------------------------------------------------------------------------------------------


async def test_an_observer_looks_and_every_button_and_reply_refuses(any_town: Town) -> None:
    dpu = any_town.group("dputr")
    sri, tuti = any_town.citizen(), any_town.staff(dpu, "Tuti", 9004)
    card = await any_town.report(dpu, PHONE, by=sri)
    any_town.admin(dpu).say("/peran pengamat telegram:9004")
    await any_town.hears(dpu, "telegram:9004 sekarang pengamat")
    for words in (*BUTTONS, "Lihat data"):
        press = await any_town.press(tuti, card, words)
        assert press.toast
        assert press.toast.startswith(OBSERVER)
    tuti.reply(card, "Ini harus cepat.")
    await any_town.hears(dpu, OBSERVER)
    tuti.reply(card, "/balas Segera kami tangani.")
    await any_town.hears(dpu, OBSERVER, times=2)
    await any_town.idle()
    assert "Ini harus cepat." not in card.text
    assert not any("Segera kami" in message.text for message in sri.answers)
    assert any_town.case().taken_by is None


async def test_a_reply_to_somebodys_message_names_them(town: Town) -> None:
    dpu = town.group("dputr")
    tuti, admin = town.staff(dpu, "Tuti", 9004), town.admin(dpu)
    words = tuti.say("Selamat pagi.")
    admin.reply(words, "/peran pengamat")
    await town.hears(dpu, "Tuti (telegram:9004) sekarang pengamat")
    admin.reply(words, "/peran PENGAMAT")
    await town.hears(dpu, "Tuti (telegram:9004) sekarang pengamat", times=2)
    admin.say("/peran")
    listed = await town.hears(dpu, "Peran khusus:")
    assert "pengamat: Tuti (telegram:9004)" in listed.text
    admin.say("/peran kepala telegram:9004")
    await town.hears(dpu, "Tuti (telegram:9004) sekarang kepala")
    admin.reply(words, "/peran petugas")
    await town.hears(dpu, "Tuti (telegram:9004) sekarang petugas")
    admin.say("/peran")
    await town.hears(dpu, "Belum ada peran khusus")
    assert town.rows(role) == []
    changes = [(r["actor"], r["before"], r["after"]) for r in town.rows(audit) if r["what"] == "role"]
    assert changes == [
        ("telegram:9001", "petugas telegram:9004", "pengamat telegram:9004"),
        ("telegram:9001", "pengamat telegram:9004", "kepala telegram:9004"),
        ("telegram:9001", "kepala telegram:9004", "petugas telegram:9004"),
    ]


async def test_who_is_no_observer_any_more_may_act_at_once(town: Town) -> None:
    dpu = town.group("dputr")
    tuti, admin = town.staff(dpu, "Tuti", 9004), town.admin(dpu)
    card = await town.report(dpu)
    admin.say("/peran pengamat telegram:9004")
    await town.hears(dpu, "sekarang pengamat")
    assert (await town.press(tuti, card, "Terima")).alert
    admin.say("/peran petugas telegram:9004")
    await town.hears(dpu, "sekarang petugas")
    await town.press(tuti, card, "Terima")
    await town.shows(card, "diterima Tuti")


async def test_only_the_named_admins_set_roles_and_only_in_a_linked_group(town: Town) -> None:
    dpu, other = town.group("dputr"), town.group("lain", linked=False)
    boss = dpu.member(9009, first_name="Ketua", status="administrator")
    boss.say("/peran kepala telegram:9009")
    await town.hears(dpu, "Hanya admin Wadul yang dapat mengatur peran.")
    town.admin(other).say("/peran kepala telegram:9009")
    await town.hears(other, "Grup ini tidak sedang terhubung.")
    assert town.rows(role) == []


@pytest.mark.parametrize(
    "words",
    [
        "/peran bupati telegram:9004",
        "/peran kepala",
        "/peran kepala 9004",
        "/peran kepala telegram:9004 sekarang",
        "/peran kepala surat:9004",
    ],
)
async def test_what_cannot_be_understood_is_answered_with_how_it_is_written(town: Town, words: str) -> None:
    dpu = town.group("dputr")
    town.admin(dpu).say(words)
    await town.hears(dpu, "/peran kepala telegram:NOMOR")
    assert town.rows(role) == []


async def test_a_message_of_ours_is_nobody_to_give_a_role_to(town: Town) -> None:
    dpu = town.group("dputr")
    card = await town.report(dpu)
    town.admin(dpu).reply(card, "/peran kepala")
    await town.hears(dpu, "/peran kepala telegram:NOMOR")
    assert town.rows(role) == []


# The head -------------------------------------------------------------------------------------------------------


async def test_the_head_answers_every_departments_citizens_from_the_heads_chat(any_town: Town) -> None:
    head, dlh = any_town.group("kepala"), any_town.group("dlh")
    sri = any_town.citizen()
    card = await any_town.report(dlh, RUBBISH, by=sri)
    bupati, aide = any_town.staff(head, "Bupati", 9100), any_town.staff(head, "Ajudan", 9101)
    any_town.admin(head).say("/peran kepala telegram:9100")
    await any_town.hears(head, "sekarang kepala")
    aide.say(f"/balas {code_in(card)} Akan kami pantau.")
    await any_town.hears(head, "Balas kartu laporannya")
    bupati.say(f"/balas {code_in(card)} Besok saya tinjau.")
    await any_town.hears(sri, "Besok saya tinjau.")
    assert not any("Akan kami pantau" in message.text for message in sri.answers)


async def test_the_head_acts_wherever_a_card_stands_others_only_where_it_is_theirs(tmp_path: Path) -> None:
    config = region_file(tmp_path, lambda text: text.replace("inform_secondary = false", "inform_secondary = true"))
    async with town(tmp_path, config=config) as here:
        dpu, dishub = here.group("dputr"), here.group("dishub")
        bupati, dewi = here.staff(dishub, "Bupati", 9100), here.staff(dishub, "Dewi", 9005)
        here.admin(dpu).say("/peran kepala telegram:9100")
        await here.hears(dpu, "sekarang kepala")
        card = await here.report(dpu, BOTH)
        copy = await here.card(dishub)
        data = card.button("Terima")["callback_data"]
        refused = await here.press(dewi, copy, data=data)
        assert refused.toast
        assert "hanya tembusan" in refused.toast
        await here.press(bupati, copy, data=data)
        await here.shows(card, "diterima Bupati")
        bupati.reply(copy, "Tolong dipercepat.")
        await here.shows(card, "Catatan Bupati: Tolong dipercepat.")


async def test_a_head_who_is_not_in_the_chat_is_a_stranger_there(town: Town) -> None:
    dpu = town.group("dputr")
    card = await town.report(dpu, ROAD)
    town.admin(dpu).say("/peran kepala telegram:9100")
    await town.hears(dpu, "sekarang kepala")
    bupati = dpu.member(9100, first_name="Bupati", status="left")
    assert (await town.press(bupati, card, "Terima")).toast == NOT_MEMBER
