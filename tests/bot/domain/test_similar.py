"""Which cases may have twins, and which may be joined without a person."""

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.borders import PRIVATE
from bot.domain.case import PLACE, WORDS, Case, Tags
from bot.domain.labels import TOPICS
from bot.domain.life import Status
from bot.domain.similar import MATTERS, SimilarRules, may_have_twins, may_join

RULES = SimilarRules()
TAGS = Tags("pengaduan", "bencana", "tinggi", "id", location="Desa Karangsari", p_topic=0.9, model="m")


def case(**changes: Any) -> Case:
    base = Case(1, "PML-00001", 1, "telegram", "5", Status.DITERUSKAN, TAGS, "bpbd", "id", 0.0, 0.0)
    return replace(base, **changes)


def test_a_report_of_a_flood_may_have_twins_and_be_joined() -> None:
    assert may_have_twins(case(), RULES)
    assert may_join(case(), RULES)


@pytest.mark.parametrize(
    "changes",
    [
        {"secret": True}, {"erased": True}, {"accused": ("dputr",)}, {"awaiting": WORDS}, {"held": True},
        {"status": Status.SELESAI}, {"status": Status.DIGABUNG}, {"tags": replace(TAGS, kind="bukan_laporan")},
        {"tags": replace(TAGS, further=("integritas",))}, {"tags": replace(TAGS, topic="kependudukan")},
    ],
)  # fmt: skip
def test_what_is_hidden_ended_wordless_or_ones_own_has_no_twins(changes: dict[str, Any]) -> None:
    assert not may_have_twins(case(**changes), RULES)
    assert not may_join(case(**changes), RULES)


@pytest.mark.parametrize(
    "changes", [{"tags": replace(TAGS, unsure=True)}, {"tags": replace(TAGS, topic="kesehatan")}, {"awaiting": PLACE}]
)
def test_what_is_doubted_personal_or_still_asked_about_is_never_joined_by_itself(changes: dict[str, Any]) -> None:
    assert may_have_twins(case(**changes), RULES)
    assert not may_join(case(**changes), RULES)


def test_the_region_may_switch_both_off() -> None:
    assert not may_join(case(), SimilarRules(joins=False))
    assert may_have_twins(case(), SimilarRules(joins=False))
    assert not may_have_twins(case(), SimilarRules(on=False))


def test_every_topic_stands_in_one_table_and_an_own_one_is_like_a_service() -> None:
    assert set(MATTERS) | PRIVATE == set(TOPICS)
    assert not set(MATTERS) & PRIVATE
    own = RULES.matter("mbg")
    assert own is not None
    assert own.joins == 0


def test_nothing_is_joined_for_longer_than_it_is_likened() -> None:
    assert all(matter.joins <= matter.hours <= RULES.longest / 3600 for matter in MATTERS.values())
