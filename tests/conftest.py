"""Fixtures for every test: a database of its own on each engine, no network but loopback and unix sockets."""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TypeVar

import pytest

os.environ["PTB_TIMEDELTA"] = "1"  # python-telegram-bot's RetryAfter would warn otherwise

from bot.store.engine import Store
from bot.store.migrating import migrate
from tests.postgres import NoPostgresError, Server, serving

NO_SKIPS = "CI_NO_SKIPS"  # set to 1 where everything is installed: a skip is a failure there

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A PostgreSQL server for this process; skips with the reason where there is none."""
    with ExitStack() as running:
        try:
            server = running.enter_context(serving())
        except NoPostgresError as reason:
            pytest.skip(str(reason))
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> Iterator[str | None]:
    """Both databases in turn: None means SQLite in the test's own folder, otherwise a fresh PostgreSQL database."""
    if request.param == "sqlite":
        yield None
        return
    server: Server = request.getfixturevalue("postgresql")
    with server.fresh() as url:
        yield url


@pytest.fixture(scope="session")
def _migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "template.db"
    store = Store(f"sqlite:///{path}")
    migrate(store)
    store.close()
    return path


@pytest.fixture
def store(database_url: str | None, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A migrated, empty store, on each database in turn."""
    if database_url is None:
        path = tmp_path / "store.db"
        shutil.copy(request.getfixturevalue("_migrated_sqlite"), path)
        database_url = f"sqlite:///{path}"
    opened = Store(database_url)
    yield opened
    opened.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With CI_NO_SKIPS=1 a skipped test fails."""
    return _no_skips((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """With CI_NO_SKIPS=1 a module skipped as a whole fails."""
    return _no_skips((yield))


def _no_skips(report: Report) -> Report:
    if os.environ.get(NO_SKIPS) == "1" and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.longrepr = f"{NO_SKIPS}=1 allows no skips, but: {reason}"
    return report
