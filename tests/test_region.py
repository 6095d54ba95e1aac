"""The region file: the sample works, and what cannot work is said in one sentence that names the fix."""

from datetime import date, time
from pathlib import Path

import pytest

from bot.clock_tables import SETS
from bot.domain.deadlines import Deadlines, ReportClass, Start, Step, TimeUnit
from bot.domain.errors import RegionError
from bot.domain.labels import OTHER, TOPICS
from bot.region_file import load_region

SAMPLE = Path(__file__).parents[1] / "wadul.toml"
TEXT = SAMPLE.read_text(encoding="utf-8")


def changed(folder: Path, old: str, new: str) -> Path:
    """The sample with one thing changed."""
    assert old in TEXT
    path = folder / "wadul.toml"
    path.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    return path


def test_the_sample_is_complete() -> None:
    region = load_region(SAMPLE)
    assert region.prefix == "PML"
    assert region.has_112
    assert {n.number for n in region.numbers} >= {"112", "110", "113", "119", "115", "129"}
    assert region.working_hours
    assert region.privacy_contact
    assert region.languages
    assert all(region.owner(topic) for topic in TOPICS if topic != OTHER)
    assert region.owner(OTHER) is None


def test_integrity_reports_have_a_department_of_their_own() -> None:
    owner = load_region(SAMPLE).owner("integritas")
    assert owner is not None
    assert owner.topics == ("integritas",)


def test_the_reserved_desks_and_the_departments_can_be_linked_and_nothing_else() -> None:
    region = load_region(SAMPLE)
    assert all(region.knows(unit) for unit in ("meja", "siaga", "kepala", "dputr"))
    assert not region.knows("dinas-lain")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('prefix = "PML"', 'prefix = "pml"', "region.prefix is 'pml': write 2 to 4 capital letters"),
        ('prefix = "PML"', 'prefix = "PMLNG"', "write 2 to 4 capital letters"),
        ('prefix = "PML"', "", "lacks prefix"),
        ('timezone = "Asia/Jakarta"', 'timezone = "Asia/Solo"', "region.timezone 'Asia/Solo' is unknown"),
        ('id = "dputr"', 'id = "meja"', "department id 'meja' is reserved"),
        ('id = "dputr"', 'id = "dputr"\naprove_replies = true', "'dputr': write approve_replies"),
        ('id = "dputr"', 'id = "Dinas PU"', "use 1 to 24 small letters"),
        ('id = "dputr"', 'id = "dishub"', "department id 'dishub' stands twice"),
        ('topics = ["jalan", "pengairan"]', 'topics = ["jalan"]', "no department answers for pengairan"),
        ('topics = ["jalan", "pengairan"]', 'topics = ["jalan", "pengairan", "jembatan"]', "unknown topic 'jembatan'"),
        ('topics = ["jalan", "pengairan"]', 'topics = ["jalan", "pengairan", "lainnya"]', "lists lainnya: remove it"),
        ('topics = ["jalan", "pengairan"]', 'topics = ["jalan", "pengairan", "sampah"]', "leave it in one"),
        ('topics = ["jalan", "pengairan"]', "topics = 7", "value of the wrong type"),
        ("[emergency]", "[emergencies]", "'emergencies' means nothing in the region file: write emergency"),
        ("join_seconds = 90", 'join_seconds = "soon"', "value of the wrong type"),
        ("[region]", "[region", "is not valid TOML"),
    ],
)
def test_what_cannot_work_is_said_with_its_fix(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(RegionError) as error:
        load_region(changed(tmp_path, old, new))
    sentence = str(error.value)
    assert said in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(RegionError, match="does not exist: set WADUL_CONFIG"):
        load_region(tmp_path / "none.toml")


def test_a_folder_in_its_place_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(RegionError, match="cannot be read"):
        load_region(tmp_path)


def test_no_emergency_numbers_is_refused(tmp_path: Path) -> None:
    start, end = TEXT.index("numbers = ["), TEXT.index("]", TEXT.index("numbers = [")) + 1
    path = tmp_path / "wadul.toml"
    path.write_text(TEXT[:start] + "numbers = []" + TEXT[end:], encoding="utf-8")
    with pytest.raises(RegionError, match=r"emergency\.numbers is empty"):
        load_region(path)


def test_an_override_must_name_a_department_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "wadul.toml"
    extra = '\n[[override]]\ntopics = ["jalan"]\nplaces = ["Comal"]\ndepartment = "none"\n'
    path.write_text(TEXT + extra, encoding="utf-8")
    with pytest.raises(RegionError, match="names department 'none', which is not in the file"):
        load_region(path)


# Deadlines, working days, quiet hours -----------------------------------------------------------------------------

CLOCKS = ("[deadlines]", "[calendar]", "[reminders]", "[quiet]")
RULE = {"step": "penyelesaian", "limit": "10", "unit": "hari_kerja", "start": "diteruskan"}
TABLE = "deadlines.rule 1"


def bare(folder: Path, more: str) -> Path:
    """The sample without any table that tells the time, and then some lines."""
    start, end = TEXT.index(CLOCKS[0]), TEXT.index("# Every topic but")
    assert all(start <= TEXT.index(table) < end for table in CLOCKS)
    path = folder / "wadul.toml"
    path.write_text(TEXT[:start] + TEXT[end:] + more, encoding="utf-8")
    return path


def rule(**fields: str) -> str:
    """A rule table; numbers and lists as they stand, words in quotes; "-" leaves a line out."""
    lines = {key: value for key, value in {**RULE, **fields}.items() if value != "-"}
    quoted = (f"{k} = {v}" if v[0] in "-.0123456789['tf" else f'{k} = "{v}"' for k, v in lines.items())
    return "[[deadlines.rule]]\n" + "\n".join(quoted) + "\n"


def limits(deadlines: Deadlines) -> dict[str, list[tuple[int, str, str] | None]]:
    """(limit, unit, start) by step, in the order of the classes."""
    found = {step: [deadlines.rule(step, of) for of in ReportClass] for step in Step}
    return {step: [(r.limit, r.unit, r.start) if r else None for r in rules] for step, rules in found.items()}


def test_what_the_sample_says_of_time_is_what_holds_without_it(tmp_path: Path) -> None:
    sample, without = load_region(SAMPLE), load_region(bare(tmp_path, ""))
    assert without == sample
    assert without.quiet.hours == (time(20), time(6))
    assert without.quiet.digest == time(7, 30)
    assert (without.reminders.before, without.reminders.escalate) == (0.75, True)


def test_the_national_set_is_the_default() -> None:
    deadlines = load_region(SAMPLE).deadlines
    assert limits(deadlines) == {
        "verifikasi": [(3, "hari_kerja", "diterima")] * 4,
        "jawaban_pertama": [(5, "hari_kerja", "diteruskan")] * 4,
        "penyelesaian": [(days, "hari_kerja", "diteruskan") for days in (5, 5, 14, 60)],
    }
    assert (deadlines.confirm_days, deadlines.question_days) == (10, 10)


def test_solo_answers_everything_within_two_days_and_nights(tmp_path: Path) -> None:
    found = limits(load_region(bare(tmp_path, '[deadlines]\nset = "solo"\n')).deadlines)
    assert found["jawaban_pertama"] == [(48, "jam", "diterima")] * 4
    assert found["verifikasi"] == [None] * 4


def test_a_village_counts_from_the_arrival_and_is_quick(tmp_path: Path) -> None:
    found = limits(load_region(bare(tmp_path, '[deadlines]\nset = "desa"\n')).deadlines)
    assert all(given and given[0] <= 14 and given[2] == "diterima" for given in found["penyelesaian"])


@pytest.mark.parametrize("path", sorted(SETS.glob("*.toml")), ids=lambda path: path.stem)
def test_every_set_says_honestly_what_it_rests_on(tmp_path: Path, path: Path) -> None:
    deadlines = load_region(bare(tmp_path, f'[deadlines]\nset = "{path.stem}"\n')).deadlines
    assert deadlines.rules
    assert all("belum diperiksa" in r.source or "bukan aturan" in r.source for r in deadlines.rules)


def test_a_rule_of_the_file_replaces_the_one_of_the_set(tmp_path: Path) -> None:
    own = rule(classes='["pengaduan_biasa", "aspirasi"]', pauses="[]", source="Perbup 1/2026 pasal 3")
    deadlines = load_region(bare(tmp_path, own)).deadlines
    found = limits(deadlines)
    assert [given[0] for given in found["penyelesaian"] if given] == [5, 10, 10, 60]
    assert found["verifikasi"] == [(3, "hari_kerja", "diterima")] * 4
    ours = deadlines.rule(Step.PENYELESAIAN, ReportClass.ASPIRASI)
    assert ours
    assert (ours.source, ours.pauses) == ("Perbup 1/2026 pasal 3", ())


def test_an_office_may_write_all_of_its_rules_itself(tmp_path: Path) -> None:
    text = '[deadlines]\nset = ""\nconfirm_days = 7\n' + rule(limit="3", unit="jam", start="diverifikasi")
    deadlines = load_region(bare(tmp_path, text)).deadlines
    (only,) = deadlines.rules
    assert (only.classes, only.unit, only.start) == (tuple(ReportClass), TimeUnit.JAM, Start.DIVERIFIKASI)
    assert (deadlines.confirm_days, deadlines.question_days) == (7, 10)


def test_the_calendar_takes_the_decree_of_the_year(tmp_path: Path) -> None:
    text = """[calendar]
workdays = [1, 2, 3, 4, 5, 6]
holidays = ["2026-11-23 Hari Jadi Kabupaten", 2026-11-24]
not_holidays = ["2026-12-24 Cuti bersama"]
"""
    calendar = load_region(bare(tmp_path, text)).calendar
    assert calendar.holiday(date(2026, 11, 23)) == "Hari Jadi Kabupaten"
    assert not calendar.is_working(date(2026, 11, 24))
    assert calendar.is_working(date(2026, 12, 24))
    assert calendar.is_working(date(2026, 11, 21))


def test_clocks_follow_the_time_zone_of_the_region(tmp_path: Path) -> None:
    region = load_region(changed(tmp_path, '"Asia/Jakarta"', '"Asia/Jayapura"'))
    assert region.calendar.timezone == region.quiet.timezone == "Asia/Jayapura"


def test_quiet_hours_can_be_given_up(tmp_path: Path) -> None:
    quiet = load_region(bare(tmp_path, '[quiet]\nfrom = ""\nuntil = ""\ndigest = "6:15"\n')).quiet
    assert quiet.hours is None
    assert quiet.digest == time(6, 15)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[deadlines]\nset = "jogja"', "deadlines.set is 'jogja': write desa, solo or sp4n, or \"\" for your own"),
        ('[deadlines]\nset = "../sp4n"', "deadlines.set is '../sp4n': write desa"),
        ("[deadlines]\nset = 7", "deadlines.set is 7: write desa"),
        ("[deadlines]\nconfirm_days = 0", "deadlines.confirm_days is 0: write a whole number of days from 1 to 365"),
        ('[deadlines]\nquestion_days = "10"', "deadlines.question_days is '10': write a whole number"),
        ("[deadlines]\nconfirm = 10", "deadlines: 'confirm' means nothing here: write set, confirm_days,"),
        ("[deadlines]\nrule = 10", "deadlines.rule: write each rule as a table of its own"),
        ("[deadlines]\nrule = [10]", "deadlines.rule: write each rule as a table of its own"),
        (rule(step="balasan"), f"{TABLE}: step 'balasan' is unknown: write verifikasi, jawaban_pertama or"),
        (rule(unit="minggu"), f"{TABLE}: unit 'minggu' is unknown: write jam, hari or hari_kerja"),
        (rule(start="besok"), f"{TABLE}: start 'besok' is unknown: write diterima, diverifikasi or diteruskan"),
        (rule(classes='["keluhan"]'), f"{TABLE}: class 'keluhan' is unknown: write informasi, aspirasi"),
        (rule(classes="[7]"), f"{TABLE}: class 7 is unknown"),
        (rule(classes="informasi"), f"{TABLE}: classes is 'informasi': write a list in square brackets"),
        (rule(classes="[]"), "deadlines.rule penyelesaian has no classes"),
        (rule(pauses='["libur"]'), f"{TABLE}: pause 'libur' is unknown: write diterima"),
        (rule(limit="0"), "deadlines.rule penyelesaian: limit is 0: write 1 or more"),
        (rule(limit="-3"), "limit is -3: write 1 or more"),
        (rule(limit="99999999999999"), "up to 1000 days"),
        (rule(limit="2.5"), f"{TABLE}: limit is 2.5: write a whole number, without quotes"),
        (rule(limit="true"), "limit is True: write a whole number"),
        (rule(limit="'5'"), "limit is '5': write a whole number, without quotes"),
        (rule(unit="-"), f"{TABLE} lacks unit"),
        (rule(until="besok"), f"{TABLE}: 'until' means nothing here"),
        (rule() + rule(), "deadlines: two rules give penyelesaian of informasi: leave it in one"),
        ('[deadlines]\nset = ""\n' + rule(classes='["informasi"]'), "no rule gives penyelesaian of aspirasi"),
        ('[calendar]\nholidays = ["24-12-2026 Cuti"]', "calendar.holidays: '24-12-2026 Cuti' is no date: write it as"),
        ('[calendar]\nnot_holidays = ["2026-02-30"]', "calendar.not_holidays: '2026-02-30' is no date"),
        ("[calendar]\nholidays = [2026-12-24T07:00:00]", "is no date"),
        ('[calendar]\nholidays = "2026-12-24"', "calendar.holidays is '2026-12-24': write a list"),
        ('[calendar]\nholidays = ["2026-12-24"]\nnot_holidays = ["2026-12-24"]', "2026-12-24 stands in holidays and"),
        ("[calendar]\nworkdays = []", "calendar.workdays: list at least one day"),
        ('[calendar]\nworkdays = ["senin"]', "calendar.workdays: write whole numbers"),
        ("[reminders]\nbefore = 75", "reminders.before is 75: write a share between 0 and 1"),
        ("[reminders]\nbefore = nan", "reminders.before is nan"),
        ('[reminders]\nbefore = "0.75"', "reminders.before is '0.75': write a share"),
        ('[reminders]\nescalate = "ya"', "reminders.escalate is 'ya': write true or false"),
        ("[reminders]\nalarm_minutes = 0", "reminders.alarm_minutes is 0: write 1 to 60"),
        ("[reminders]\nalarm_head_after = -1", "reminders.alarm_head_after is -1: write 1 to 60"),
        ("[reminders]\nalarm_minutes = 2.5", "reminders.alarm_minutes is 2.5: write a whole number"),
        ('[quiet]\nfrom = "24.00"', 'write a time from "00.00" to "23.59", in quotes'),
        ("[quiet]\nfrom = 20.00", "quiet.from is 20.0: write a time"),
        ('[quiet]\nuntil = ""', "quiet: only one of from and until is empty"),
        ('[quiet]\nfrom = "06.00"', "quiet.from and quiet.until are the same"),
        ('[quiet]\ndigest = "05.00"', "quiet.digest lies in the quiet hours: write a time from 06.00 on"),
        ('[quiet]\ndigest = ""', "quiet.digest is '': write a time"),
        ('[quiet]\nuntill = "06.00"', "quiet: 'untill' means nothing here: write from, until or digest"),
        ("[[quiet]]", "quiet is no table: write [quiet] on a line of its own"),
        ('[deadline]\nset = "solo"', "'deadline' means nothing in the region file: write deadlines"),
        ("[[overide]]", "'overide' means nothing in the region file: write override"),
    ],
)
def test_a_mistake_about_time_is_said_with_its_fix(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(RegionError) as error:
        load_region(bare(tmp_path, text + "\n"))
    sentence = str(error.value)
    assert said in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence
