"""What is secret by rule, and the way around an office complained about."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.case import Case, Tags
from bot.domain.heads import head_of
from bot.domain.life import Status
from bot.domain.lists import scope_of
from bot.domain.region import DESK, HEAD
from bot.domain.routing import Route
from bot.domain.secrecy import by_rule, differ, home_apart, is_apart, kept_apart, whose
from bot.region_file import load_region

REGION = load_region(Path(__file__).parents[3] / "wadul.toml")
TAGS = Tags("pengaduan", "sosial", "sedang", "id")


def case(unit: str = "dinsos", *accused: str, secret: bool = True) -> Case:
    return Case(
        1, "PML-00000", 1, "telegram", "5", Status.DITERUSKAN, TAGS, unit, "id", 0.0, 0.0, secret=secret,
        accused=accused,
    )  # fmt: skip


@pytest.mark.parametrize("tags", [
    replace(TAGS, topic="integritas"), replace(TAGS, further=("integritas",)), replace(TAGS, topic="perempuan_anak"),
    replace(TAGS, further=("perempuan_anak",)),
])  # fmt: skip
def test_misconduct_and_violence_are_secret_by_their_topic(tags: Tags) -> None:
    assert by_rule(tags)


def test_violence_is_secret_by_its_words_too_and_ordinary_reports_are_not() -> None:
    assert by_rule(TAGS, "anak dipukuli bapaknya")
    assert not by_rule(TAGS, "bansos saya belum cair")


def test_a_route_to_an_office_complained_about_goes_to_the_inspectorate_instead() -> None:
    assert kept_apart(REGION, Route("dinsos", ("dlh",)), ("dinsos",)) == Route("inspektorat")


def test_where_the_inspectorate_is_complained_about_it_goes_to_the_desk() -> None:
    assert kept_apart(REGION, Route("inspektorat"), ("inspektorat",)) == Route(DESK)


def test_a_copy_does_not_go_to_them_either() -> None:
    assert kept_apart(REGION, Route("dlh", ("dinsos", "dinkes")), ("dinsos",)) == Route("dlh", ("dinkes",))


def test_a_topic_of_theirs_leaves_the_case_where_it_is() -> None:
    assert home_apart(REGION, case("inspektorat", "dinsos"), "sosial") == "inspektorat"
    assert home_apart(REGION, case("inspektorat"), "sosial") == "dinsos"


def test_a_chat_in_which_they_sit_is_kept_away_from_it_whatever_else_it_is_linked_to() -> None:
    mine = case("inspektorat", "dinsos")
    assert is_apart(mine, ["meja", "dinsos"])
    assert not is_apart(mine, ["meja"])
    assert not scope_of({"inspektorat", "dinsos"}, without_chat=()).covers(mine)
    assert scope_of({HEAD}, without_chat=()).covers(mine)
    assert not scope_of({HEAD}, without_chat=()).covers(case("inspektorat", HEAD))
    assert scope_of({DESK}, without_chat={"inspektorat", "dinsos"}).covers(mine)


def test_a_head_is_kept_from_what_complains_about_their_office_or_about_kepala() -> None:
    own, above = head_of("dinsos"), head_of("comal")
    assert is_apart(case("inspektorat", "dinsos"), [own])
    assert not is_apart(case("inspektorat", "dinsos"), [above])
    assert all(is_apart(case("inspektorat", HEAD), [each]) for each in (own, above, HEAD))
    assert whose([own, "meja"]) == {own, "dinsos", "meja", HEAD}
    led = scope_of({own}, without_chat=(), led={"dinsos", "desa-comal"})
    assert led.covers(case("desa-comal"))
    assert not led.covers(case("dlh"))
    assert not led.covers(case("desa-comal", "dinsos"))


def test_what_different_people_may_read_does_not_become_one_case() -> None:
    assert differ(case(), case(secret=False))
    assert differ(case("inspektorat", "dinsos"), case("inspektorat"))
    assert not differ(case(), case())
