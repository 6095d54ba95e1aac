"""The three channels, and a town on one of them for each test."""

import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from tests.contract.on_coba import OnCoba, on_coba
from tests.contract.on_discord import OnDiscord, on_discord
from tests.contract.on_telegram import OnTelegram, on_telegram
from tests.contract.place import Place

Opening = Callable[..., AbstractAsyncContextManager[Place]]
PLACES: dict[str, Opening] = {"telegram": on_telegram, "discord": on_discord, "coba": on_coba}
KINDS: tuple[type[Place], ...] = (OnTelegram, OnDiscord, OnCoba)
BEGIN = "2027-01-11 10:00"  # a Monday


@pytest.fixture(params=list(PLACES))
async def place(request: pytest.FixtureRequest, tmp_path: Path, _migrated_sqlite: Path) -> AsyncIterator[Place]:
    """A town on each channel in turn, on a Monday morning."""
    (tmp_path / "var").mkdir()
    for name in ("wadul.db", "coba.db"):
        shutil.copy(_migrated_sqlite, tmp_path / "var" / name)
    async with PLACES[request.param](tmp_path) as here:
        await here.turns(BEGIN)
        yield here


def having(feature: str) -> pytest.MarkDecorator:
    """The test runs on the channels that have this; those that lack it say why in `lacks`."""
    able = [kind.channel for kind in KINDS if feature not in kind.lacks]
    return pytest.mark.parametrize("place", able, indirect=True)
