"""Agreement of two readers."""

from pathlib import Path

import pytest

from tests.training.conftest import office_rows, write_rows
from training.agreement import agreement, kappa
from training.errors import DataError


def test_kappa_is_one_for_equals_and_zero_for_chance() -> None:
    assert kappa(["a", "b", "a", "b"], ["a", "b", "a", "b"]) == 1.0
    assert kappa(["a", "a", "b", "b"], ["a", "b", "a", "b"]) == 0.0


def test_what_two_readers_see_differently_is_counted(tmp_path: Path) -> None:
    rows = office_rows(10)
    file = write_rows(tmp_path / "rows.jsonl", rows)
    lines = [f"{row['id']}\tpengaduan\t{row['topic']}\t\tsedang\t{row['language']}\t-" for row in rows]
    reader = tmp_path / "second.tsv"
    reader.write_text("\n".join(lines), encoding="utf-8")
    found = agreement([file], reader)
    assert found["rows"] == 10
    assert found["topic"]["same"] == found["topic_either"] == 1.0
    assert found["urgency"]["same"] < 0.5
    assert sum(found["urgency"]["differ"].values()) == 10 - round(10 * found["urgency"]["same"])


def test_a_label_outside_the_guide_names_its_line(tmp_path: Path) -> None:
    file = write_rows(tmp_path / "rows.jsonl", office_rows(2))
    reader = tmp_path / "second.tsv"
    reader.write_text("t-0\tpengaduan\tjalanan\t\tsedang\tid\t-\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"second\.tsv:1: 'jalanan'"):
        agreement([file], reader)


def test_two_readers_can_be_compared_with_each_other(tmp_path: Path) -> None:
    file = write_rows(tmp_path / "rows.jsonl", office_rows(2))
    one, two = tmp_path / "one.tsv", tmp_path / "two.tsv"
    one.write_text("t-0\taspirasi\tpajak\t\trendah\tid\tPati\n", encoding="utf-8")
    two.write_text("t-0\taspirasi\tsosial\tpajak\trendah\tid\tPati\n", encoding="utf-8")
    found = agreement([file], one, against=two)
    assert (found["rows"], found["kind"]["same"], found["topic"]["same"]) == (1, 1.0, 0.0)
    assert found["topic_either"] == found["location"] == 1.0
