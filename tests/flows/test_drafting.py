"""`/balas` where a department wants a second person to approve: draft, approval, withdrawal, expiry."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.services.desk.drafting import EXPIRES_SECONDS
from bot.store.tables import audit, draft, entry
from tests.flows.acting import asked, choose
from tests.flows.town import RUBBISH, Town, code_in, region_file
from tests.flows.town import town as in_town
from tests.standin.groups import Group
from tests.standin.messages import Message

WORDS = "Tim kami ke lokasi besok pagi."


def approving(text: str) -> str:
    return text.replace('id = "dputr"', 'id = "dputr"\napprove_replies = true')


@pytest.fixture
async def careful(tmp_path: Path) -> AsyncIterator[Town]:
    """A town whose public works office lets nothing out without a second person."""
    async with in_town(tmp_path, config=region_file(tmp_path, approving)) as here:
        yield here


@pytest.fixture
async def any_careful(tmp_path: Path, database_url: str | None) -> AsyncIterator[Town]:
    async with in_town(tmp_path, database_url=database_url, config=region_file(tmp_path, approving)) as here:
        yield here


async def waiting(town: Town, group: Group, words: str = WORDS) -> Message:
    """The draft with these words."""
    found = await town.hears(group, "menunggu persetujuan rekan", words)
    await town.idle()
    return found


async def test_a_second_person_approves_and_the_citizen_is_told(any_careful: Town) -> None:
    town = any_careful
    dpu, sri = town.group("dputr"), town.citizen()
    budi, tuti = town.staff(dpu), town.staff(dpu, "Tuti", 9004)
    card = await town.report(dpu, by=sri)
    budi.reply(card, f"/balas {WORDS}")
    waits = await waiting(town, dpu)
    assert waits.text.startswith(f"Draf Budi untuk pelapor {code_in(card)}")
    assert waits.reply_to is card
    assert waits.rows == [["Setujui", "Urung"]]
    assert all(WORDS not in m.text for m in sri.answers)
    press = await town.press(tuti, waits, "Setujui")
    assert press.toast == "Disetujui dan terkirim."
    await town.hears(sri, "Pesan dari Dinas PU", WORDS)
    await town.shows(card, f"Dikirim Budi: {WORDS}")
    await town.standin.wait_for(lambda: waits.text == "Disetujui Tuti, terkirim.", 5)
    assert not waits.buttons
    assert town.rows(draft) == []
    noted = [(r["actor"], r["what"], r["before"]) for r in town.rows(audit) if r["what"] in ("draf", "setujui")]
    assert noted == [("telegram:9002", "draf", ""), ("telegram:9004", "setujui", "telegram:9002")]


async def test_nobody_approves_their_own_words(careful: Town) -> None:
    dpu, sri = careful.group("dputr"), careful.citizen()
    budi = careful.staff(dpu)
    card = await careful.report(dpu, by=sri)
    budi.reply(card, f"/balas {WORDS}")
    waits = await waiting(careful, dpu)
    press = await careful.press(budi, waits, "Setujui")
    assert press.toast == "Draf sendiri perlu disetujui orang lain."
    await careful.idle()
    assert all(WORDS not in m.text for m in sri.answers)
    assert len(careful.rows(draft)) == 1


async def test_the_author_alone_withdraws_a_draft(careful: Town) -> None:
    dpu, sri = careful.group("dputr"), careful.citizen()
    budi, tuti = careful.staff(dpu), careful.staff(dpu, "Tuti", 9004)
    card = await careful.report(dpu, by=sri)
    budi.reply(card, f"/balas {WORDS}")
    waits = await waiting(careful, dpu)
    assert (await careful.press(tuti, waits, "Urung")).toast == "Hanya Budi yang dapat mengurungkan drafnya."
    assert (await careful.press(budi, waits, "Urung")).toast == "Tidak jadi."
    await careful.shows(waits, "Draf ini tidak jadi dikirim.")
    assert not waits.buttons
    assert (await careful.press(tuti, waits, "Setujui", stale=True)).toast == "Sudah tidak berlaku."
    await careful.idle()
    assert all(WORDS not in m.text for m in sri.answers)
    assert all(row["kind"] != "reply" for row in careful.rows(entry))


async def test_two_who_approve_at_once_send_once(any_careful: Town) -> None:
    town = any_careful
    dpu, sri = town.group("dputr"), town.citizen()
    card = await town.report(dpu, by=sri)
    town.staff(dpu).reply(card, f"/balas {WORDS}")
    waits = await waiting(town, dpu)
    tuti, joko = town.staff(dpu, "Tuti", 9004), town.staff(dpu, "Joko", 9008)
    presses = [tuti.press(waits, "Setujui"), joko.press(waits, "Setujui")]
    await town.standin.wait_for(lambda: all(press.answered for press in presses), 5)
    await town.idle()
    assert sorted(str(press.toast) for press in presses) == ["Disetujui dan terkirim.", "Sudah tidak berlaku."]
    assert len([m for m in sri.answers if WORDS in m.text]) == 1


async def test_a_later_draft_of_the_author_replaces_the_earlier(careful: Town) -> None:
    dpu, sri = careful.group("dputr"), careful.citizen()
    budi, tuti = careful.staff(dpu), careful.staff(dpu, "Tuti", 9004)
    card = await careful.report(dpu, by=sri)
    budi.reply(card, f"/balas {WORDS}")
    first = await waiting(careful, dpu)
    tuti.say(f"/balas {code_in(card)} Mohon ditunggu.")
    others = await waiting(careful, dpu, "Mohon ditunggu.")
    budi.reply(card, "/balas Tim kami ke lokasi lusa.")
    second = await waiting(careful, dpu, "lusa")
    await careful.shows(first, "Draf ini sudah diganti dengan yang lebih baru.")
    assert not first.buttons
    assert others.buttons
    assert (await careful.press(tuti, first, "Setujui", stale=True)).toast == "Sudah tidak berlaku."
    await careful.press(tuti, second, "Setujui")
    await careful.press(budi, others, "Setujui")
    await careful.hears(sri, "lusa")
    await careful.hears(sri, "Mohon ditunggu.")
    assert all("besok pagi" not in m.text for m in sri.answers)


async def test_a_draft_expires_after_three_days(careful: Town) -> None:
    dpu, sri = careful.group("dputr"), careful.citizen()
    card = await careful.report(dpu, by=sri)
    careful.staff(dpu).reply(card, f"/balas {WORDS}")
    waits = await waiting(careful, dpu)
    careful.clock.skip(EXPIRES_SECONDS + 1)
    press = await careful.press(careful.staff(dpu, "Tuti", 9004), waits, "Setujui")
    assert press.toast
    assert "lebih dari tiga hari" in press.toast
    await careful.shows(waits, "Draf ini kedaluwarsa")
    await careful.idle()
    assert all(WORDS not in m.text for m in sri.answers)
    assert careful.rows(draft) == []


async def test_who_left_or_may_only_look_approves_nothing(careful: Town) -> None:
    dpu, sri = careful.group("dputr"), careful.citizen()
    tuti, joko = careful.staff(dpu, "Tuti", 9004), careful.staff(dpu, "Joko", 9008)
    card = await careful.report(dpu, by=sri)
    careful.staff(dpu).reply(card, f"/balas {WORDS}")
    waits = await waiting(careful, dpu)
    careful.admin(dpu).say("/peran pengamat telegram:9004")
    await careful.hears(dpu, "sekarang pengamat")
    dpu.change(joko, "left", told=False)
    assert "pengamat" in str((await careful.press(tuti, waits, "Setujui")).toast)
    assert "anggota grup ini" in str((await careful.press(joko, waits, "Setujui")).toast)
    await careful.idle()
    assert all(WORDS not in m.text for m in sri.answers)


async def test_the_head_needs_nobodys_approval_and_may_give_it(careful: Town) -> None:
    dpu, sri = careful.group("dputr"), careful.citizen()
    bupati = careful.staff(dpu, "Bupati", 9100)
    card = await careful.report(dpu, by=sri)
    careful.admin(dpu).say("/peran kepala telegram:9100")
    await careful.hears(dpu, "sekarang kepala")
    bupati.reply(card, "/balas Besok saya tinjau.")
    await careful.hears(sri, "Besok saya tinjau.")
    careful.staff(dpu).reply(card, f"/balas {WORDS}")
    await careful.press(bupati, await waiting(careful, dpu), "Setujui")
    await careful.hears(sri, WORDS)


async def test_a_draft_dies_with_the_chats_say_in_the_case(careful: Town) -> None:
    dpu, dlh, sri = careful.group("dputr"), careful.group("dlh"), careful.citizen()
    budi, tuti = careful.staff(dpu), careful.staff(dpu, "Tuti", 9004)
    card = await careful.report(dpu, by=sri)
    budi.reply(card, f"/balas {WORDS}")
    waits = await waiting(careful, dpu)
    await choose(careful, tuti, card, "Alihkan", "Dinas Lingkungan Hidup", "Sampah")
    await careful.card(dlh)
    press = await careful.press(tuti, waits, "Setujui")
    assert press.toast == "Laporan ini sedang di Dinas Lingkungan Hidup. Hanya grupnya yang dapat menekan tombol."
    await careful.idle()
    assert all(WORDS not in m.text for m in sri.answers)


async def test_the_desk_writes_for_the_department_with_a_second_person_of_its_own(careful: Town) -> None:
    careful.group("dputr")
    desk, sri = careful.group("meja"), careful.citizen()
    sri.say("Jalan di depan pasar Comal berlubang.")
    code = code_in(await careful.hears(sri, "Kode: PML-"))
    careful.staff(desk, "Wati", 9003).say(f"/balas {code} {WORDS}")
    waits = await waiting(careful, desk)
    await careful.press(careful.staff(desk, "Tono", 9006), waits, "Setujui")
    await careful.hears(sri, WORDS)


async def test_a_note_on_a_draft_is_a_note_on_the_case(careful: Town) -> None:
    dpu = careful.group("dputr")
    card = await careful.report(dpu)
    careful.staff(dpu).reply(card, f"/balas {WORDS}")
    careful.staff(dpu, "Tuti", 9004).reply(await waiting(careful, dpu), "Jamnya sebutkan juga.")
    await careful.shows(card, "Catatan Tuti: Jamnya sebutkan juga.")


async def test_whoever_writes_as_the_group_must_write_as_a_person(careful: Town) -> None:
    dpu, sri = careful.group("dputr"), careful.citizen()
    card = await careful.report(dpu, by=sri)
    careful.staff(dpu, "Grup", dpu.id).reply(card, f"/balas {WORDS}")
    await careful.hears(dpu, "tulislah dengan nama sendiri")
    assert careful.rows(draft) == []


async def test_a_citizen_who_blocked_us_is_said_so(careful: Town) -> None:
    dpu, sri = careful.group("dputr"), careful.citizen()
    card = await careful.report(dpu, by=sri)
    sri.block()
    await careful.idle()
    careful.staff(dpu).reply(card, f"/balas {WORDS}")
    waits = await waiting(careful, dpu)
    await careful.press(careful.staff(dpu, "Tuti", 9004), waits, "Setujui")
    await careful.shows(waits, "Disetujui Tuti", "tidak akan membacanya")
    await careful.shows(card, f"Dikirim Budi: {WORDS}")


async def test_the_sentences_of_buttons_and_other_departments_need_no_approval(careful: Town) -> None:
    dpu, dlh, sri = careful.group("dputr"), careful.group("dlh"), careful.citizen()
    budi, dewi = careful.staff(dpu), careful.staff(dlh, "Dewi", 9005)
    tono = careful.citizen(6, "Tono")
    card = await careful.report(dpu, by=sri)
    budi.reply(await asked(careful, dpu, budi, card, "Tanya pelapor"), "Sebelah mana persisnya?")
    await careful.hears(sri, "Sebelah mana persisnya?")
    other = await careful.report(dlh, RUBBISH, by=tono)
    dewi.reply(other, "/balas Besok kami angkut.")
    await careful.hears(tono, "Besok kami angkut.")
    assert careful.rows(draft) == []


async def test_a_forged_press_finds_no_draft(careful: Town) -> None:
    dpu = careful.group("dputr")
    card = await careful.report(dpu)
    code = code_in(card)
    for data in (f"setujui:{code}:77", f"setujui:{code}", "tarik:PML-00000:1", f"tarik:{code}:x"):
        press = await careful.press(careful.staff(dpu), card, data=data)
        assert press.toast == "Sudah tidak berlaku."
