"""The export of lessons: whole or not at all, for the owner alone, from the command line."""

import json
import stat
from pathlib import Path

import pytest

from bot.domain.errors import WadulError
from bot.domain.incoming import Chat, Sender
from bot.domain.records import Lesson
from bot.lesson_file import export, write_labels
from bot.region_file import load_region
from bot.services.ports import NewCase, NewEntry
from bot.store.engine import Store
from tests.bot.test_cli import _own_environment, command, make_database  # noqa: F401
from tests.flows.wadul import REGION, WordTagger

WORDS = "Nama saya Suparman Hadi, dalane bolong, WA 081234567890."


def teach(tmp_path: Path, *, at: float = 1_700_000_000.0) -> None:
    """One case that somebody corrected."""
    store = Store(f"sqlite:///{tmp_path / 'var' / 'coba.db'}")
    tags = WordTagger().tag(WORDS)

    def work(uow) -> None:  # type: ignore[no-untyped-def]
        person = uow.people.meet(Sender("coba", "7", "Suparman"), Chat("coba", "7", private=True), now=1.0)
        case = uow.cases.add(NewCase("PML-00001", person.id, "coba", "7", "dputr", (), "jv", tags, at))
        uow.cases.say(NewEntry("citizen", "report", WORDS, at, case_id=case.id, person_id=person.id))
        uow.cases.learn(Lesson(case.id, "topic", "jalan", "pengairan", "coba:9", "m1", at))

    store.write_now(work)
    store.close()


def test_the_command_writes_a_file_that_only_its_owner_reads(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    make_database(tmp_path)
    teach(tmp_path)
    out = tmp_path / "lessons.jsonl"
    out.write_text("an older export\n", encoding="utf-8")
    assert command(monkeypatch, "export-lessons", "--out", str(out)) == 0
    assert "1 cases taught something" in capsys.readouterr().out
    (row,) = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert (row["topic"], row["language"], row["weight"]) == ("pengairan", "jv_ngoko", 1.0)
    assert row["at"] == "2023-11-14T22:13:20Z"
    assert not any(word in out.read_text(encoding="utf-8") for word in ("Suparman", "0812", "PML-"))
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_since_leaves_out_what_was_taught_before_and_an_empty_export_is_a_file_too(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    make_database(tmp_path)
    teach(tmp_path)
    out = tmp_path / "lessons.jsonl"
    assert command(monkeypatch, "export-lessons", "--out", str(out), "--since", "2023-11-16") == 0
    assert out.read_text(encoding="utf-8") == ""
    assert command(monkeypatch, "export-lessons", "--out", str(out), "--since", "2023-11-15") == 0
    assert out.read_text(encoding="utf-8").count("\n") == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--since", "kemarin"), "--since 'kemarin' is no day: write it as in 2026-11-24."),
        ((), "the database is not migrated yet: python -m bot migrate does it."),
    ],
)
def test_what_cannot_be_exported_is_said_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, words: tuple[str, ...],
    said: str,
) -> None:  # fmt: skip
    if words:
        make_database(tmp_path)
    assert command(monkeypatch, "export-lessons", "--out", str(tmp_path / "x.jsonl"), *words) == 2
    assert capsys.readouterr().err == f"wadul: {said}\n"
    assert not (tmp_path / "x.jsonl").exists()


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    make_database(tmp_path)
    store = Store(f"sqlite:///{tmp_path / 'var' / 'coba.db'}")
    with pytest.raises(WadulError, match="cannot be written"):
        export(store, load_region(REGION), tmp_path / "none" / "x.jsonl")
    store.close()


def test_the_labels_file_is_what_the_refit_reads(tmp_path: Path) -> None:
    path = tmp_path / "labels.json"
    write_labels(load_region(REGION), path)
    assert json.loads(path.read_text(encoding="utf-8")) == {"added": [], "retired": {}, "split": {}}
