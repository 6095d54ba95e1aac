"""Reading and splitting rows."""

import json
from pathlib import Path

import pytest

from training import data
from training.errors import DataError


def _write(path: Path, rows: list[dict[str, object]]) -> Path:
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def test_any_field_but_text_may_be_absent(tmp_path: Path) -> None:
    [row] = data.read([_write(tmp_path / "a.jsonl", [{"text": "dalane rusak"}])])
    assert row.labels == {}
    assert row.further == ()
    assert row.source == "a"


def test_labels_secondary_topics_and_groups_are_kept(tmp_path: Path) -> None:
    raw = {"text": "gelap", "topic": "penerangan_jalan", "topics2": ["jalan"], "group": "g1", "id": "x-1"}
    [row] = data.read([_write(tmp_path / "a.jsonl", [raw])])
    assert row.labels == {"topic": "penerangan_jalan"}
    assert row.further == ("jalan",)
    assert row.group == "g1"


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ({"text": "x", "topic": "banjir"}, "no topic of the label guide"),
        ({"text": "x", "topics2": ["banjir"]}, "no topic of the label guide"),
        ({"text": "  "}, "has no text"),
        ({"kind": "pengaduan"}, "has no text"),
    ],
)
def test_a_bad_row_is_named_by_file_and_line(tmp_path: Path, raw: dict[str, object], message: str) -> None:
    path = _write(tmp_path / "a.jsonl", [{"text": "baik"}, raw])
    with pytest.raises(DataError, match=rf"a\.jsonl:2.*{message}"):
        data.read([path])


def test_what_is_not_json_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("{", encoding="utf-8")
    with pytest.raises(DataError, match=r"a\.jsonl:1 is not JSON"):
        data.read([path])


def test_a_group_never_stands_on_both_sides(tmp_path: Path) -> None:
    rows = [{"text": f"pesan {at}", "group": f"g{at // 3}"} for at in range(90)]
    parts = data.split(data.read([_write(tmp_path / "a.jsonl", rows)]), share=0.2, seed=1)
    assert not {row.group for row in parts.train} & {row.group for row in parts.held}
    assert 15 <= len(parts.held) <= 21
    assert len(parts.train) + len(parts.held) == 90


def test_every_source_gives_its_share(tmp_path: Path) -> None:
    files = [
        _write(tmp_path / f"{name}.jsonl", [{"text": f"{name} {at}"} for at in range(count)])
        for name, count in (("besar", 100), ("kecil", 20))
    ]
    held = data.split(data.read(files), share=0.1, seed=3).held
    assert sum(row.source == "kecil" for row in held) == 2
    assert sum(row.source == "besar" for row in held) == 10


def test_a_single_label_task_learns_its_labels_from_the_rows(tmp_path: Path) -> None:
    rows = data.read(
        [_write(tmp_path / "a.jsonl", [{"text": "a", "label": 1}, {"text": "b", "label": 0}])], task="single"
    )
    assert data.label_sets(rows, task="single") == {"label": ("0", "1")}


def test_one_label_is_no_task(tmp_path: Path) -> None:
    rows = data.read([_write(tmp_path / "a.jsonl", [{"text": "a", "label": "x"}])], task="single")
    with pytest.raises(DataError, match="at least two"):
        data.label_sets(rows, task="single")


def test_the_digest_follows_contents_not_names(tmp_path: Path) -> None:
    one, two = _write(tmp_path / "a.jsonl", [{"text": "a"}]), _write(tmp_path / "b.jsonl", [{"text": "a"}])
    assert data.digest([one]) == data.digest([two]) != data.digest([one, two])
