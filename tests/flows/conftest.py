"""A town for each flow: most on SQLite, a chosen handful on both databases."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.flows.town import Town
from tests.flows.town import town as in_town


@pytest.fixture
def prepared(tmp_path: Path, _migrated_sqlite: Path) -> Path:
    """A folder for a town on SQLite, its database migrated already."""
    (tmp_path / "var").mkdir()
    shutil.copy(_migrated_sqlite, tmp_path / "var" / "wadul.db")
    return tmp_path


@pytest.fixture
async def town(prepared: Path) -> AsyncIterator[Town]:
    """A town on SQLite."""
    async with in_town(prepared) as here:
        yield here


@pytest.fixture
async def any_town(tmp_path: Path, database_url: str | None) -> AsyncIterator[Town]:
    """A town on each database in turn."""
    async with in_town(tmp_path, database_url=database_url) as here:
        yield here
