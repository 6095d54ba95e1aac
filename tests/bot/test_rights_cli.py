"""`python -m bot incident` and `register`, as an operator uses them."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.store.engine import Store
from bot.store.migrating import migrate
from tests.flows.wadul import REGION


@pytest.fixture
def runner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    store = Store(f"sqlite:///{tmp_path / 'office.db'}")
    migrate(store)
    store.close()
    for name, value in (
        ("DATA_DIR", str(tmp_path)), ("DATABASE_URL", f"sqlite:///{tmp_path / 'office.db'}"), ("CONFIG", str(REGION)),
    ):  # fmt: skip
        monkeypatch.setenv(f"WADUL_{name}", value)
    return CliRunner()


def test_an_incident_stands_in_the_list_and_in_the_register_with_its_deadline(runner: CliRunner) -> None:
    assert runner.invoke(app, ["incident", "add", "Laptop petugas hilang"]).output.strip() == "1"
    assert "Insiden 1: Laptop petugas hilang" in runner.invoke(app, ["incident", "list"]).output
    printed = runner.invoke(app, ["register"]).output
    assert "insiden dicatat · kejadian: 1" in printed
    assert "Insiden data pribadi: paling lambat" in printed
