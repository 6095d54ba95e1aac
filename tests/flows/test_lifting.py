"""Secrecy that was a mistake: two admins, the reporter's word, and who never reads it all the same."""

import pytest

from bot.store.tables import audit, reading
from tests.flows.test_secret import LEVY, SCHOOL
from tests.flows.town import RUBBISH, Town, code_in
from tests.standin.groups import Group
from tests.standin.messages import Message
from tests.standin.people import Citizen

WHY = "ini soal lampu jalan, bukan pungli"
HOUR = 3600.0
LONG_ENOUGH = 12 * HOUR  # whatever the hour is: nobody is asked to answer at night


def second_admin(town: Town) -> None:
    """Budi administers too."""
    town.app.store.write_now(lambda uow: uow.people.make_admin("telegram", "9002", now=0.0))


async def asked(town: Town, desk: Group, code: str) -> Message:
    """One admin has asked; the message that waits for another."""
    second_admin(town)
    town.admin(desk).say(f"/bukarahasia {code} {WHY}")
    await town.hears(desk, f"Permintaan untuk {code} dicatat")
    return await town.hears(desk, "Buka kerahasiaan", WHY)


async def confirmed(town: Town, desk: Group, sri: Citizen, code: str) -> Message:
    """Another has agreed, and the reporter was told."""
    notice = await asked(town, desk, code)
    await town.press(town.staff(desk), notice, "Setuju buka")
    return await town.hears(sri, "akan kami buka untuk Inspektorat", WHY)


async def test_two_admins_open_it_once_the_reporter_had_time_and_both_are_written_down(any_town: Town) -> None:
    town = any_town
    desk, watch, sri = town.group("meja"), town.group("inspektorat"), town.citizen()
    card = await town.report(watch, LEVY, by=sri)
    await confirmed(town, desk, sri, code_in(card))
    await town.idle()
    assert "seratus ribu" not in card.text
    town.clock.skip(LONG_ENOUGH)
    await town.shows(card, "seratus ribu")
    await town.hears(sri, "sekarang dapat dibaca Inspektorat")
    await town.hears(desk, "Sudah dibuka untuk dinasnya")
    assert [row["reader"] for row in town.rows(reading)] == ["telegram:9001", "telegram:9002"]
    lifted = [row for row in town.rows(audit) if row["what"] == "rahasia"][-1]
    assert (lifted["actor"], lifted["before"]) == ("telegram:9001", "telegram:9002")
    town.admin(desk).say(f"/bukarahasia {code_in(card)} batal")
    await town.hears(desk, "rahasia lagi")
    await town.shows(card, "Rahasia")
    assert "seratus ribu" not in card.text


async def test_whoever_asked_cannot_confirm_and_one_admin_alone_is_told_what_is_missing(town: Town) -> None:
    desk, watch = town.group("meja"), town.group("inspektorat")
    code = code_in(await town.report(watch, LEVY))
    town.admin(desk).say(f"/bukarahasia {code} {WHY}")
    await town.hears(desk, "perlu dua admin")
    notice = await asked(town, desk, code)
    press = await town.press(town.admin(desk), notice, "Setuju buka")
    assert "harus admin lain" in (press.toast or "")


@pytest.mark.parametrize("answer", ["RAHASIA", "Tetap rahasia ya", "/rahasia", ""])
async def test_a_reporter_who_objects_keeps_it_secret_for_good(town: Town, answer: str) -> None:
    desk, watch, sri = town.group("meja"), town.group("inspektorat"), town.citizen()
    card = await town.report(watch, LEVY, by=sri)
    told = await confirmed(town, desk, sri, code_in(card))
    if answer:
        sri.say(answer)
    else:
        await town.press(sri, told, "Tetap rahasia")
    await town.hears(sri, "tetap rahasia. Isinya hanya dibaca")
    await town.hears(desk, "Pelapor ingin tetap rahasia")
    town.clock.skip(LONG_ENOUGH)
    town.admin(desk).say(f"/bukarahasia {code_in(card)} {WHY}")
    await town.hears(desk, "pelapor sendiri yang memintanya rahasia")
    assert town.case().secret


async def test_what_its_reporter_made_secret_no_staff_open_also_where_the_rule_hides_it_too(town: Town) -> None:
    desk, watch, dlh = town.group("meja"), town.group("inspektorat"), town.group("dlh")
    second_admin(town)
    sri, agus = town.citizen(), town.citizen(6, "Agus")
    sri.say(f"/rahasia {RUBBISH}")
    ours = code_in(await town.card(dlh))
    theirs = code_in(await town.report(watch, f"{LEVY} Tolong laporan ini dirahasiakan.", by=agus))
    for code in (ours, theirs):
        town.admin(desk).say(f"/bukarahasia {code} {WHY}")
        await town.hears(desk, code, "pelapor sendiri yang memintanya rahasia")


async def test_nobody_who_confirms_in_a_day_and_it_is_off(town: Town) -> None:
    desk, watch = town.group("meja"), town.group("inspektorat")
    notice = await asked(town, desk, code_in(await town.report(watch, LEVY)))
    town.clock.skip(25 * HOUR)
    await town.shows(notice, "Tidak jadi")
    assert town.case().secret


async def test_an_office_complained_about_does_not_read_it_afterwards_either(town: Town) -> None:
    desk, watch, school = town.group("meja"), town.group("inspektorat"), town.group("dindikbud")
    sri = town.citizen()
    card = await town.report(watch, SCHOOL, by=sri)
    await confirmed(town, desk, sri, code_in(card))
    town.clock.skip(LONG_ENOUGH)
    await town.shows(card, "seratus ribu")
    town.staff(school).say(f"/cari {code_in(card)}")
    await town.hears(school, "tidak ada di antara laporan grup ini")
    press = await town.press(town.staff(watch), card, data=f"ke:{code_in(card)}:dindikbud")
    assert "mengadukan Dinas Pendidikan" in (press.toast or "")


async def test_what_it_is_said_later_hides_it_again(town: Town) -> None:
    desk, watch, sri = town.group("meja"), town.group("inspektorat"), town.citizen()
    card = await town.report(watch, LEVY, by=sri)
    code = code_in(card)
    await confirmed(town, desk, sri, code)
    town.clock.skip(LONG_ENOUGH)
    await town.shows(card, "seratus ribu")
    sri.say(f"{code} ini tambahan, warga lain juga diminta.")
    await town.shows(card, "warga lain juga")
    sri.say(f"{code} anak saya dipukuli sampai memar oleh orang itu.")
    await town.standin.wait_for(lambda: town.case().secret, 6)
