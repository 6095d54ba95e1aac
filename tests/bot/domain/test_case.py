"""A case and its tags: what its status says of it, and who settles where it belongs."""

import pytest

from bot.domain.case import MODEL, PERSON, ROUTED, RULES, Case, Tags
from bot.domain.life import FRESH, OPEN, Status

TAGS = Tags("pengaduan", "jalan", "sedang", "id")


@pytest.mark.parametrize("status", Status)
def test_a_case_is_open_and_untaken_by_its_status(status: Status) -> None:
    case = Case(1, "PML-7K3Q9", 1, "telegram", "5", status, TAGS, "dputr", "id", 0.0, 0.0)
    assert case.open == (status in OPEN)
    assert case.taken == (status not in FRESH)


@pytest.mark.parametrize(("who", "settled"), [(MODEL, False), (RULES, False), (PERSON, True), (ROUTED, True)])
def test_only_a_person_settles_where_a_case_belongs(who: str, settled: bool) -> None:
    assert Tags("pengaduan", "jalan", "sedang", "id", set_by=who).settled is settled


def test_darurat_alone_is_an_emergency() -> None:
    urgencies = ("darurat", "tinggi", "sedang", "rendah")
    assert [u for u in urgencies if Tags("pengaduan", "jalan", u, "id").emergency] == ["darurat"]
