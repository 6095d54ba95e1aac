"""Which matters want a photo, and what an admin should look at."""

from dataclasses import replace

import pytest

from bot.domain.case import Case, Tags
from bot.domain.labels import TOPICS
from bot.domain.life import Status
from bot.domain.proof import (
    DAY,
    PHYSICAL,
    Doubt,
    Marks,
    Proof,
    ProofRules,
    Stage,
    kilometres,
    late_photo,
    marked,
    together,
    wants_photo,
)

PEMALANG, SEMARANG = (-6.8917, 109.38), (-6.9932, 110.4203)
RULES = ProofRules()


def case(topic: str = "jalan", **changes: object) -> Case:
    tags = Tags("pengaduan", topic, "sedang", "id")
    made = Case(1, "PML-00000", 1, "telegram", "5", Status.DIPROSES, tags, "dputr", "id", 0.0, 0.0)
    return replace(made, **changes)  # type: ignore[arg-type]


def test_what_stands_somewhere_wants_a_photo_and_what_concerns_people_does_not() -> None:
    assert set(TOPICS) >= PHYSICAL
    assert wants_photo(case("jalan"), RULES)
    assert wants_photo(case("sampah"), RULES)
    assert not any(wants_photo(case(topic), RULES) for topic in ("kependudukan", "sosial", "perempuan_anak", "bencana"))


def test_the_office_may_name_its_own_topics_and_all_of_them() -> None:
    assert wants_photo(case("mbg"), RULES, own={"mbg"})
    only = ProofRules(topics=("mbg",))
    assert wants_photo(case("mbg"), only)
    assert not wants_photo(case("jalan"), only, own={"jalan"})


def test_what_is_secret_never_wants_a_photo() -> None:
    assert not wants_photo(case(secret=True), RULES)
    told = replace(case().tags, further=("integritas",))
    assert not wants_photo(case(tags=told), RULES)
    assert not wants_photo(case("integritas"), ProofRules(topics=("integritas",)))


def test_a_photo_is_late_once_the_office_said_done() -> None:
    late = {status for status in Status if late_photo(case(status=status))}
    assert late == {Status.MENUNGGU_KONFIRMASI, Status.SELESAI}


def test_a_file_without_marks_is_no_suspicion() -> None:
    assert marked(Marks(), reported_at=0.0, point=PEMALANG, rules=RULES) == []


@pytest.mark.parametrize(("days", "doubtful"), [(-3, False), (0, False), (1.9, False), (2.5, True), (400, True)])
def test_a_photo_from_long_before_the_report_is_looked_at(days: float, doubtful: bool) -> None:
    notes = marked(Marks(taken_at=1e9 - days * DAY), reported_at=1e9, point=None, rules=RULES)
    assert [note.doubt for note in notes] == [Doubt.OLD] * doubtful


def test_a_photo_from_another_town_is_looked_at_where_the_report_has_a_point() -> None:
    away = Marks(lat=SEMARANG[0], lon=SEMARANG[1])
    (note,) = marked(away, reported_at=0.0, point=PEMALANG, rules=RULES)
    assert (note.doubt, note.value) == (Doubt.FAR, "115")
    assert marked(away, reported_at=0.0, point=None, rules=RULES) == []
    assert marked(away, reported_at=0.0, point=PEMALANG, rules=ProofRules(far_km=200)) == []


def test_the_mark_of_a_program_that_makes_pictures_is_looked_at() -> None:
    (note,) = marked(Marks(made_by="Midjourney"), reported_at=0.0, point=None, rules=RULES)
    assert (note.doubt, note.value) == (Doubt.MADE, "Midjourney")


def test_distances_are_those_of_a_globe() -> None:
    assert kilometres(PEMALANG, PEMALANG) == 0
    assert 114 < kilometres(PEMALANG, SEMARANG) < 116


def test_one_good_photo_is_enough() -> None:
    assert together([]) is Proof.TANPA
    assert together([Stage.RUSAK, Stage.DITOLAK, Stage.DINI, Stage.BARU]) is Proof.TANPA
    assert together([Stage.DICEK, Stage.DITOLAK]) is Proof.DICEK
    assert together([Stage.DICEK, Stage.SAH]) is Proof.FOTO
