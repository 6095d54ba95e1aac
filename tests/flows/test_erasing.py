"""Erasing on both databases: nothing of somebody is left anywhere, also after a restart in between, and by time."""

from datetime import timedelta
from pathlib import Path

from bot.services.desk.notices import NOW
from bot.services.rights.rights_loop import RightsKeeper, forget_lessons
from bot.store.tables import case, doomed, entry, inbox, lane, media, metadata, outbox, person, register
from bot.store.traces import CASE_ROWS, CASE_WORDS
from tests.flows.forgotten import traces
from tests.flows.town import Town, code_in

DAY = 86400.0
WORDS = "Nama saya Sulistyawati, jalan bolong depan kontrakan bercat ungu Karangsari."
MARKS = ("sulistyawati", "bercat ungu", "880012345", "0812778899")
SOMEBODY = 880012345


async def ended(town: Town) -> str:
    """A report with a photo that was withdrawn; its code."""
    group = town.group("dputr")
    citizen = town.citizen(SOMEBODY, "Sulistyawati")
    citizen.photo(WORDS)
    code = code_in(await town.card(group))
    citizen.say("/dataku telepon 0812778899")
    await town.hears(citizen, "Sudah saya catat")
    citizen.say(f"/batal {code}")
    await town.hears(citizen, "sudah dibatalkan")
    await town.idle()
    await town.app.keeper.fetch()
    return code


async def asks_to_be_erased(town: Town) -> None:
    citizen = town.citizen(SOMEBODY, "Sulistyawati")
    citizen.say("/dataku")
    menu = await town.hears(citizen, "Data Anda di Wadul")
    await town.press(citizen, menu, "Hapus data saya")
    await town.press(citizen, await town.hears(citizen, "Yang hilang"), "Lanjutkan")
    await town.press(citizen, await town.hears(citizen, "Yakin?"), "Ya, hapus semua")


async def test_what_ended_long_ago_goes_at_once_and_nothing_is_left_in_any_table(any_town: Town) -> None:
    town = any_town
    code = await ended(town)
    town.clock.skip(11 * DAY)
    await asks_to_be_erased(town)
    await town.hears(town.citizen(SOMEBODY, "Sulistyawati"), "Data Anda sudah dihapus.")
    await town.idle()
    assert {row["kind"] for row in town.rows(doomed)} <= {"file", "lesson", "queue"}
    await town.app.rights.step()
    assert town.rows(doomed) == []
    assert traces(town.app, MARKS) == []
    assert [(row["code"], row["topic"], row["status"]) for row in town.rows(case)] == [(code, "jalan", "dibatalkan")]
    assert [row["what"] for row in town.rows(register) if row["group"] == "orang"] == ["hapus"]


async def test_what_could_not_go_in_the_transaction_goes_after_a_restart(town: Town) -> None:
    await ended(town)
    town.clock.skip(11 * DAY)
    await asks_to_be_erased(town)
    await town.hears(town.citizen(SOMEBODY, "Sulistyawati"), "Data Anda sudah dihapus.")
    await town.idle()
    app = town.app
    after = RightsKeeper(
        app.store, app.office, folder=app.settings.data_dir, scrub=app.store.scrub, woken=lambda: None
    )
    await after.step()
    assert traces(app, MARKS) == []
    assert [row for row in town.rows(lane) if str(SOMEBODY) in row["key"]] == []
    assert [row for row in town.rows(inbox) if str(SOMEBODY) in row["lane"]] == []
    assert [row for row in town.rows(outbox) if str(SOMEBODY) in row["lane"]] == []


async def test_a_report_that_is_open_waits_for_an_admin_and_goes_by_itself_once_it_has_ended(town: Town) -> None:
    group, desk = town.group("dputr"), town.group("meja")
    citizen = town.citizen(SOMEBODY, "Sulistyawati")
    code = code_in(await town.report(group, WORDS, by=citizen))
    await asks_to_be_erased(town)
    await town.hears(citizen, "sudah saya teruskan ke petugas")
    asked = await town.hears(desk, "Permintaan hapus data", code)
    await town.press(town.staff(desk), asked, "Hapus sekarang")
    assert town.rows(entry)[0]["text"] == WORDS  # only an admin may
    await town.press(town.admin(desk), asked, "Setelah laporan selesai")
    await town.hears(citizen, "begitu laporan yang terakhir selesai")
    citizen.say(f"/batal {code}")
    await town.hears(citizen, "sudah dibatalkan")
    town.clock.skip(11 * DAY)
    await town.app.rights.destroy()
    await town.hears(citizen, "Data Anda sudah dihapus.")


async def test_a_refusal_has_a_reason_and_the_words_stay(town: Town) -> None:
    group, desk = town.group("dputr"), town.group("meja")
    citizen = town.citizen(SOMEBODY, "Sulistyawati")
    await town.report(group, WORDS, by=citizen)
    await asks_to_be_erased(town)
    asked = await town.hears(desk, "Permintaan hapus data")
    admin = town.admin(desk)
    await town.press(admin, asked, "Tolak, karena…")
    await town.shows(asked, "Permintaan hapus data")
    await town.standin.wait_for(lambda: "Sedang diperiksa" in asked.buttons, 6.0)
    await town.press(admin, asked, "Sedang diperiksa")
    await town.hears(citizen, "belum bisa dipenuhi", "sedang diperiksa", "Dinas Komunikasi")
    await town.shows(asked, "Ditolak")
    assert town.rows(entry)[0]["text"] == WORDS
    assert NOW not in asked.buttons


async def test_what_is_over_its_time_goes_class_by_class_and_the_case_stays_as_a_figure(any_town: Town) -> None:
    town = any_town
    await ended(town)
    town.citizen(SOMEBODY, "Sulistyawati").say("cuma mau tanya")
    await town.idle()
    town.clock.skip(timedelta(days=366).total_seconds())
    await town.app.rights.destroy()
    assert town.rows(media) == []
    assert [row["text"] for row in town.rows(entry) if row["case_id"]] == [WORDS]
    assert [row for row in town.rows(entry) if row["case_id"] is None] == []
    town.clock.skip(timedelta(days=366).total_seconds())
    await town.app.rights.destroy()
    await town.app.rights.step()
    assert traces(town.app, MARKS) == []
    counted = {(row["what"], row["group"]) for row in town.rows(register)}
    assert {("musnah", "berkas"), ("musnah", "laporan"), ("musnah", "orang")} <= counted
    assert len(town.rows(case)) == 1
    assert [row["name"] for row in town.rows(person)] == [""]


async def test_reports_of_misconduct_are_kept_beyond_their_time(town: Town) -> None:
    group = town.group("inspektorat")
    citizen = town.citizen(SOMEBODY, "Sulistyawati")
    code = code_in(await town.report(group, "Ada pungli di kantor itu, mohon ditindak segera.", by=citizen))
    citizen.say(f"/batal {code}")
    await town.hears(citizen, "sudah dibatalkan")
    town.clock.skip(800 * DAY)
    await town.app.rights.destroy()
    assert "pungli" in town.rows(entry)[0]["text"]


async def test_a_corrected_name_outlives_the_platforms(town: Town) -> None:
    group = town.group("dputr")
    citizen = town.citizen(SOMEBODY, "Sulistyawati")
    citizen.say("/dataku nama Siti Aminah")
    await town.hears(citizen, "Sudah saya catat")
    await town.report(group, WORDS, by=citizen)
    assert [row["name"] for row in town.rows(person)] == ["Siti Aminah"]


async def test_whoever_chose_a_language_is_answered_in_it_whatever_they_write(town: Town) -> None:
    group = town.group("dputr")
    citizen = town.citizen(SOMEBODY, "Sulistyawati")
    citizen.say("/dataku bahasa krama")
    await town.hears(citizen, "Sampun kula cathet")
    await town.report(group, WORDS, by=citizen)
    await town.hears(citizen, "sampun kula tampi")


def test_the_rows_of_erased_cases_leave_the_export_of_a_training_that_runs(tmp_path: Path) -> None:
    folder = tmp_path / "training" / "3"
    folder.mkdir(parents=True)
    file = folder / "lessons.jsonl"
    file.write_text('{"id": "aa", "text": "satu"}\n{"id": "bb", "text": "dua"}\n', encoding="utf-8")
    forget_lessons(tmp_path / "training", {"aa"})
    assert file.read_text(encoding="utf-8") == '{"id": "bb", "text": "dua"}\n'


def test_every_table_says_whether_it_holds_words_of_people() -> None:
    handled = {"cases", "entry", "case_words", "person", "media", "lesson", "coba_message", "inbox", "outbox", "lane",
               "bound", "bar", "appeal"}  # fmt: skip
    handled |= {column.table.name for column in CASE_ROWS} | {c.table.name for c, _ in CASE_WORDS}
    handled |= {"office_draft", "wish", "appointment"} | {t.name for t in metadata.sorted_tables if "media_id" in t.c}
    assert handled | WITHOUT_WORDS >= {table.name for table in metadata.sorted_tables}


WITHOUT_WORDS = {
    "admin", "audit", "card", "data_request", "digest", "doomed", "incident", "label_answer", "label_task", "model_use",
    "model_version", "notice", "nudge", "offered_route", "proof", "reading", "register", "rerouting", "role", "room",
    "secret", "secret_reader", "shadow_count", "shadow_run", "taken_down", "training_job", "unit_chat", "web_key",
    "worker",
}  # fmt: skip
