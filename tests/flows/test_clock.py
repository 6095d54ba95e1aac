"""Time passes: reminders, alarms, digests, silence. Each story begins at a moment of its own."""

import time
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from structlog.testing import capture_logs

from bot.domain.case import Case, Tags
from bot.domain.clock import Plan
from bot.services import clock as clock_service
from bot.store.tables import case as case_table
from bot.store.tables import nudge
from tests.flows.acting import asked
from tests.flows.town import DOUBT, FIRE, ROAD, RUBBISH, Town, code_in, town
from tests.flows.wadul import WordTagger
from tests.standin.groups import Group

MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0
MONDAY = "2027-01-11 10:00"
KRAMA = "Nuwun sewu, margi ngajeng peken sampun kathah ingkang bolong, mboten dipundandosi."


def moment(text: str) -> float:
    """A local time such as 2027-01-11 10:00 (a Monday)."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Jakarta")).timestamp()


def set_to(town: Town, text: str) -> None:
    """Let it be this moment."""
    town.clock.skipped = moment(text) - time.time()


async def looked(town: Town) -> None:
    """Wait until the clock has looked at everything that is due, and all of it is sent."""
    step = town.app.clockwork.step
    await step()
    await town.idle()


def said(group: Group, *words: str) -> int:
    """How many messages of the bot contain all these words."""
    return sum(all(word in m.text for word in words) for m in group.answers)


async def test_the_group_is_reminded_before_and_at_the_deadline_and_the_head_hears_what_is_late(any_town: Town) -> None:
    set_to(any_town, MONDAY)
    dpu, head = any_town.group("dputr"), any_town.group("kepala")
    card = await any_town.report(dpu)
    code = code_in(card)
    assert "Tenggat: Senin 18-01 10.00 (jawaban pertama)" in card.text
    set_to(any_town, "2027-01-15 05:00")
    await looked(any_town)
    assert len(dpu.answers) == 1  # they sleep
    set_to(any_town, "2027-01-15 06:01")
    soon = await any_town.hears(dpu, code, "jawaban pertama ditunggu paling lambat Senin 18-01 pukul 10.00.")
    assert soon.reply_to is card
    set_to(any_town, "2027-01-18 10:01")
    late = await any_town.hears(dpu, code, "tenggat jawaban pertama sudah lewat (hari ini pukul 10.00)")
    assert "Belum ada yang menerima." in late.text
    await any_town.hears(head, code, "Dinas PU", "Tenggat jawaban pertama sudah lewat", "Belum ada yang menerima.")
    await any_town.shows(card, "⏰ Terlambat (jawaban pertama, tenggat Senin 18-01 10.00)")
    set_to(any_town, "2027-01-20 10:00")
    await looked(any_town)
    assert (len(dpu.answers), len(head.answers)) == (3, 1)


async def test_the_card_says_until_when_that_the_clock_stands_and_how_late_it_is(town: Town) -> None:
    set_to(town, MONDAY)
    dpu = town.group("dputr")
    budi, sri = town.staff(dpu), town.citizen()
    card = await town.taken(dpu, budi, by=sri)
    await town.shows(card, "Tenggat: Jumat 29-01 10.00 (penyelesaian)")
    set_to(town, "2027-01-12 10:00")
    budi.reply(await asked(town, dpu, budi, card, "Tanya pelapor"), "Sebelah mana pasarnya?")
    await town.shows(card, "Tenggat: jam berhenti (penyelesaian)")
    set_to(town, "2027-01-14 10:00")
    sri.reply(await town.hears(sri, "Sebelah mana"), "Sebelah timur, dekat warung soto.")
    await town.shows(card, "Tenggat: Selasa 02-02")
    set_to(town, "2027-02-04 10:30")
    budi.reply(card, "Aspal datang besok.")
    await town.shows(card, "⏰ Terlambat 2 hari (penyelesaian, tenggat Selasa 02-02")


async def test_what_is_answered_in_words_has_had_its_first_answer(town: Town) -> None:
    set_to(town, MONDAY)
    dpu = town.group("dputr")
    budi = town.staff(dpu)
    card = await town.report(dpu)
    budi.reply(card, "/balas Kami cek besok pagi.")
    await town.shows(card, "Tenggat: Jumat 29-01 10.00 (penyelesaian)")
    set_to(town, "2027-01-18 10:30")
    await looked(town)
    assert said(dpu, "jawaban pertama") == 0


async def test_the_desk_is_reminded_to_verify(town: Town) -> None:
    set_to(town, MONDAY)
    desk = town.group("meja")
    card = await town.report(desk, DOUBT)
    assert "Tenggat: Kamis 14-01 10.00 (verifikasi)" in card.text
    set_to(town, "2027-01-13 16:01")
    await town.hears(desk, "verifikasi ditunggu paling lambat besok Kamis pukul 10.00", "Alihkan")


async def test_nobody_is_told_twice_also_after_a_restart(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        set_to(here, MONDAY)
        dpu = here.group("dputr")
        await here.report(dpu)
        set_to(here, "2027-01-15 09:00")
        await here.hears(dpu, "ditunggu paling lambat")
        await here.idle()
        before = here.rows(nudge)
    async with town(tmp_path) as again:
        set_to(again, "2027-01-15 09:30")
        case_id = again.case().id
        again.app.store.write_now(lambda uow: uow.clock.postpone(case_id, until=0.0))
        await looked(again)
        assert again.rows(nudge) == before
        assert again.standin.calls_of("sendMessage") == []


async def test_a_case_that_nobody_could_be_told_of_is_told_of_once_somebody_can(town: Town) -> None:
    set_to(town, MONDAY)
    town.citizen().say(ROAD)
    await town.hears(town.citizen(), "Kode:")
    set_to(town, "2027-01-15 09:00")
    await looked(town)
    assert town.rows(nudge) == []
    dpu = town.group("dputr", linked=False)
    town.admin(dpu).say("/hubungkan dputr")
    await town.card(dpu)
    set_to(town, "2027-01-16 06:01")
    await town.hears(dpu, "jawaban pertama ditunggu paling lambat Senin 18-01")


async def test_an_emergency_sounds_until_somebody_takes_it_and_the_head_hears_by_whom(any_town: Town) -> None:
    set_to(any_town, "2027-01-16 02:00")
    duty, bpbd, head = any_town.group("siaga"), any_town.group("bpbd"), any_town.group("kepala")
    any_town.citizen().say(FIRE)
    alarm, card = await any_town.card(duty), await any_town.card(bpbd)
    await looked(any_town)
    for times, span in ((1, "3 menit"), (2, "6 menit"), (3, "9 menit")):
        any_town.clock.skip(3 * MINUTE + 1)
        again = await any_town.hears(duty, f"sudah {span} belum ada yang menerima")
        await any_town.hears(bpbd, f"sudah {span} belum ada yang menerima")
        assert again.reply_to is alarm
        assert times == 3 or not head.answers
    await any_town.hears(head, "Darurat", code_in(card), "9 menit", "3 kali diingatkan")
    await any_town.press(any_town.staff(duty, "Joko", 9008), alarm, "Terima")
    await any_town.hears(head, "sudah diterima Joko", "BPBD")
    any_town.clock.skip(10 * MINUTE)
    await looked(any_town)
    assert (said(duty, "belum ada yang menerima"), said(bpbd, "belum ada yang menerima")) == (3, 3)
    assert len(head.answers) == 2


async def test_a_village_with_one_chat_hears_an_alarm_once_each_time(town: Town) -> None:
    set_to(town, MONDAY)
    village = town.group("siaga", "bpbd", "kepala")
    town.citizen().say(FIRE)
    await town.card(village)
    await looked(town)
    town.clock.skip(3 * MINUTE + 1)
    await town.hears(village, "belum ada yang menerima")
    await looked(town)
    assert said(village, "belum ada yang menerima") == 1


class Calm(WordTagger):
    """Nothing presses, but what says `ambrol`."""

    def tag(self, text: str) -> Tags:
        tags = super().tag(text)
        calm = tags.urgency == "sedang"
        return Tags(**{**tags.__dict__, "urgency": "rendah"}) if calm else tags


async def test_what_does_not_press_gathers_in_one_message_in_the_morning(tmp_path: Path) -> None:
    async with town(tmp_path, tagger=Calm()) as here:
        set_to(here, MONDAY)
        dpu, dlh, head = here.group("dputr"), here.group("dlh"), here.group("kepala")
        here.app.clockwork._told = None
        await looked(here)
        first = code_in(await here.report(dpu, by=here.citizen(5)))
        set_to(here, "2027-01-11 11:00")
        second = code_in(await here.report(dpu, by=here.citizen(6)))
        set_to(here, "2027-01-12 07:29")
        await looked(here)
        assert len(dpu.answers) == 2
        set_to(here, "2027-01-12 07:31")
        await here.hears(dpu, "Ringkasan pagi, Selasa 12-01", "Baru masuk (2):", first, second, "Jalan · 21 jam")
        set_to(here, "2027-01-13 07:31")
        await looked(here)
        assert said(dpu, "Ringkasan pagi") == 1  # nothing new, nothing due
        set_to(here, "2027-01-16 07:31")
        await looked(here)
        assert said(dpu, "Ringkasan pagi") == 1  # a Saturday
        set_to(here, "2027-01-18 07:31")
        await here.hears(dpu, "Segera jatuh tempo (2):", f"{first} · Jalan · 6 hari · tenggat Senin 18-01 10.00")
        set_to(here, "2027-01-19 07:31")
        await here.hears(dpu, "Terlambat (2):", first, second)
        await here.hears(head, "Terlambat (2):", first, second)
        set_to(here, "2027-01-20 07:31")
        await here.hears(dpu, "Terlambat (2):", times=2)
        await looked(here)
        assert len(head.answers) == 1
        assert dlh.answers == []
        assert said(dpu, "sudah lewat") == 0


async def test_a_long_digest_is_cut_and_says_how_many_more_there_are(tmp_path: Path) -> None:
    async with town(tmp_path, tagger=Calm()) as here:
        set_to(here, MONDAY)
        desk = here.group("meja")
        await looked(here)
        for number in range(22):
            here.citizen(50 + number).say(ROAD)
        for number in range(22):
            await here.hears(here.citizen(50 + number), "Kode:")
        await here.standin.wait_for(lambda: len(desk.answers) >= 15, 20)
        here.clock.skip(MINUTE + 1)  # the group has room again
        await here.idle(20)
        set_to(here, "2027-01-12 07:31")
        found = await here.hears(desk, "Ringkasan pagi", "Baru masuk (22):", "dan 2 lainnya", timeout=20)
        assert found.text.count("•") == 20


async def test_silence_after_it_was_done_ends_the_case_and_keeps_its_times(any_town: Town) -> None:
    set_to(any_town, MONDAY)
    dpu, sri = any_town.group("dputr"), any_town.citizen()
    budi = any_town.staff(dpu)
    card = await any_town.taken(dpu, budi, by=sri)
    set_to(any_town, "2027-01-12 10:00")
    budi.reply(await asked(any_town, dpu, budi, card, "Selesai"), "Sudah ditambal.")
    await any_town.hears(sri, "Sudah ditambal.")
    set_to(any_town, "2027-01-22 10:01")
    question = await any_town.hears(sri, "Sudah 10 hari belum ada kabar")
    assert question.rows == [["Belum"]]
    await looked(any_town)
    assert any_town.case().status == "selesai"
    (row,) = any_town.rows(case_table)
    assert row["check_at"] is None
    assert (row["gross_seconds"], row["net_seconds"]) == (pytest.approx(DAY, abs=60), pytest.approx(DAY, abs=60))
    await any_town.press(sri, question, "Belum")
    await any_town.hears(sri, "dibuka kembali")
    await looked(any_town)
    (row,) = any_town.rows(case_table)
    assert (row["gross_seconds"], row["due_at"]) == (None, pytest.approx(moment("2027-02-11 10:00"), abs=240))


async def test_a_question_that_is_never_answered_is_recalled_kindly_and_ends(town: Town) -> None:
    set_to(town, "2027-01-11 15:00")
    dpu, sri = town.group("dputr"), town.citizen()
    budi = town.staff(dpu)
    card = await town.report(dpu, KRAMA, by=sri)
    budi.reply(await asked(town, dpu, budi, card, "Tanya pelapor"), "Sebelah mana pasarnya?")
    await town.hears(sri, "Sebelah mana pasarnya?")
    set_to(town, "2027-01-16 15:01")
    recalled = await town.hears(sri, "taksih nengga wangsulan", "Sebelah mana pasarnya?", "5 dinten malih")
    set_to(town, "2027-01-18 15:00")
    await looked(town)
    assert sum("taksih nengga" in m.text for m in sri.answers) == 1
    set_to(town, "2027-01-21 15:01")
    await town.hears(sri, "dereng dipunwangsuli ngantos 10 dinten")
    await looked(town)
    assert town.case().status == "ditutup"
    sri.reply(recalled, "Sisih wetan, caket warung soto.")
    await town.shows(card, "caket warung soto")
    assert town.case().status == "dibuka_kembali"


async def test_an_answer_stops_the_waiting(town: Town) -> None:
    set_to(town, MONDAY)
    dpu, sri = town.group("dputr"), town.citizen()
    budi = town.staff(dpu)
    card = await town.report(dpu, by=sri)
    budi.reply(await asked(town, dpu, budi, card, "Tanya pelapor"), "Sebelah mana pasarnya?")
    sri.reply(await town.hears(sri, "Sebelah mana"), "Sebelah timur, dekat warung soto.")
    await town.shows(card, "warung soto")
    set_to(town, "2027-01-22 10:01")
    await looked(town)
    assert town.case().status == "diproses"
    assert sum("menunggu jawaban" in m.text for m in sri.answers) == 0


@pytest.mark.parametrize(("text", "silent"), [(ROAD, True), ("Jembatan di jalan Comal ambrol separuh.", False)])
async def test_cards_that_can_wait_make_no_sound_at_night(town: Town, text: str, silent: bool) -> None:
    set_to(town, "2027-01-11 23:00")
    dpu = town.group("dputr")
    town.citizen().photo(text)
    await town.card(dpu)
    await town.idle()
    calls = [c for c in town.standin.calls if c.method.startswith("send") and c.params["chat_id"] == dpu.id]
    assert [c.method for c in calls] == ["sendMessage", "sendPhoto"]
    assert {bool(c.params.get("disable_notification")) for c in calls} == {silent}


async def test_by_day_every_card_makes_a_sound(town: Town) -> None:
    set_to(town, MONDAY)
    dpu = town.group("dputr")
    await town.report(dpu)
    (call,) = [c for c in town.standin.calls if c.method == "sendMessage" and c.params["chat_id"] == dpu.id]
    assert not call.params.get("disable_notification")


async def test_a_case_that_cannot_be_looked_at_stops_no_other(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    set_to(town, MONDAY)
    dpu, dlh = town.group("dputr"), town.group("dlh")
    bad = code_in(await town.report(dpu))
    await town.report(dlh, RUBBISH, by=town.citizen(6))
    await looked(town)
    plan = clock_service.plan

    def broken(case: Case, *rest: object) -> Plan:
        if case.code == bad:
            raise RuntimeError("the plan of this test throws")
        return plan(case, *rest)

    monkeypatch.setattr(clock_service, "plan", broken)
    with capture_logs() as logs:
        set_to(town, "2027-01-15 09:00")
        await town.hears(dlh, "ditunggu paling lambat")
    assert said(dpu, "ditunggu") == 0
    failed = [entry["event"] for entry in logs if entry["log_level"] == "error"]
    assert failed == ["clock_batch_failed", "clock_case_failed"]
    monkeypatch.setattr(clock_service, "plan", plan)
    set_to(town, "2027-01-15 10:10")
    await town.hears(dpu, "ditunggu paling lambat")
