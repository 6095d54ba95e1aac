"""Models on disk: taken in from another machine or refused with the reason, and found again by id."""

import json
import sys
from pathlib import Path

import pytest

from bot import cli
from bot.domain.records import UnitChat
from bot.models import note_released, workshop
from bot.region_file import load_region
from bot.settings import Settings
from bot.store.engine import Store
from bot.store.migrating import migrate
from tests.classifier.builders import ngram_folder
from tests.flows.wadul import REGION


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Store:
    """An office's database, and its settings in the environment."""
    monkeypatch.setenv("WADUL_CONFIG", str(REGION))
    monkeypatch.setenv("WADUL_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("WADUL_TELEGRAM_TOKEN", "1:a")
    monkeypatch.setenv("WADUL_MODEL_DIR", str(ngram_folder(tmp_path / "kecil-1", id="kecil-1")))
    monkeypatch.chdir(tmp_path)
    found = Store(f"sqlite:///{tmp_path / 'var' / 'wadul.db'}")
    migrate(found)
    note_released(found, tmp_path / "kecil-1")
    return found


def adopt(monkeypatch: pytest.MonkeyPatch, folder: Path) -> int:
    monkeypatch.setattr(sys, "argv", ["wadul", "adopt-model", str(folder)])
    return cli.main()


def test_a_model_from_another_machine_is_copied_and_waits_for_the_gate(
    store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store.write_now(lambda uow: uow.desks.link(UnitChat("meja", "telegram", "-5"), by="test", now=0.0))
    folder = ngram_folder(tmp_path / "hasil", id="pml-2", data={"by_source": {"correction": 7}})
    assert adopt(monkeypatch, folder) == 0
    assert "compares it with the model in use" in capsys.readouterr().out
    job = store.read_now(lambda uow: uow.training.running())
    assert (job.kind, job.result, job.champion, job.learnt) == ("bawaan", "pml-2", "kecil-1", {"correction": 7})
    assert (tmp_path / "var" / "models" / "pml-2" / "manifest.json").is_file()


def test_without_a_desk_it_stands_in_the_list_of_versions(
    store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert adopt(monkeypatch, ngram_folder(tmp_path / "hasil", id="pml-2")) == 0
    assert "was not compared" in capsys.readouterr().out
    assert store.read_now(lambda uow: uow.models.named("pml-2")).parent == "kecil-1"
    assert adopt(monkeypatch, tmp_path / "hasil") == 0
    assert "known already" in capsys.readouterr().out


def damaged(folder: Path) -> None:
    (folder / "ngrams.safetensors").write_bytes(b"other weights")


def foreign(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps(manifest | {"format": 99}))


def leaving(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps(manifest | {"id": "../../etc"}))


def empty(folder: Path) -> None:
    (folder / "manifest.json").unlink()


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [(damaged, "is damaged"), (foreign, "has format 99"), (leaving, "model id"), (empty, "not a model folder")],
)
def test_what_is_damaged_or_foreign_is_refused_with_its_reason(
    store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    spoil: object, reason: str,
) -> None:  # fmt: skip
    folder = ngram_folder(tmp_path / "hasil", id="pml-2")
    spoil(folder)  # type: ignore[operator]
    assert adopt(monkeypatch, folder) == 2
    said = capsys.readouterr().err
    assert "not taken in" in said
    assert reason in said
    assert not (tmp_path / "var" / "models").exists()
    assert store.read_now(lambda uow: uow.training.running()) is None


def test_a_name_from_outside_leads_to_no_other_folder(store: Store, tmp_path: Path) -> None:
    settings = Settings(_env_file=None)  # type: ignore[call-arg]
    shop = workshop(settings, load_region(REGION), store)
    released = tmp_path / "kecil-1"
    assert shop.folder_of("") == shop.folder_of("kecil-1") == released
    assert shop.folder_of("../../etc") == tmp_path / "var" / "models" / "etc"
