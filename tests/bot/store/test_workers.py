"""Processes: a dead one on this host is seen at once, elsewhere after four seconds of silence."""

import os
import socket
import subprocess
import sys

import pytest
import sqlalchemy as sa

from bot.domain.incoming import RawUpdate
from bot.domain.outgoing import Outgoing, Text
from bot.store.engine import Store
from bot.store.tables import inbox, lane, worker
from bot.store.workers import SILENT_SECONDS, _born

NOW = 1_000.0


def beat(store: Store, owner: str) -> None:
    store.write_now(lambda uow: uow.workers.beat(owner, now=NOW))


def bury(store: Store, owner: str) -> int:
    return store.write_now(lambda uow: uow.workers.bury(owner, now=NOW))


def silent(store: Store, owner: str, seconds: float) -> None:
    """Let a process have been silent for so long; PostgreSQL tells the time itself."""
    with store.engine.begin() as connection:
        late = worker.update().where(worker.c.id == owner).values(beat_at=worker.c.beat_at - seconds)
        connection.execute(late)


def pretend(store: Store, owner: str, **values: object) -> None:
    """Change what is known of a process, as if it ran elsewhere or had died."""
    with store.engine.begin() as connection:
        connection.execute(worker.update().where(worker.c.id == owner).values(**values))


def work_in_hand(store: Store, owner: str) -> None:
    """Give a process an update and a chat's queue."""
    store.write_now(lambda uow: uow.inbox.put([RawUpdate("telegram", owner, owner, "{}", received_at=NOW)]))
    store.write_now(lambda uow: uow.outbox.put(Outgoing("telegram", owner, Text("x")), now=NOW))
    store.write_now(lambda uow: uow.inbox.claim(owner, now=NOW, limit=1))
    store.write_now(lambda uow: uow.outbox.claim(owner, now=NOW, limit=1, channels=("telegram",)))
    assert owners(store) == {owner}


def owners(store: Store) -> set[str | None]:
    with store.engine.connect() as connection:
        found = [*connection.execute(sa.select(inbox.c.owner)).scalars()]
        return {*found, *connection.execute(sa.select(lane.c.owner)).scalars()}


def test_a_living_process_keeps_its_work(store: Store) -> None:
    beat(store, "a")
    work_in_hand(store, "a")
    beat(store, "b")
    assert bury(store, "b") == 0
    assert owners(store) == {"a"}


def test_the_work_of_a_process_killed_on_this_host_is_free_at_once(store: Store) -> None:
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    beat(store, "a")
    pretend(store, "a", pid=child.pid, born=_born(child.pid))
    work_in_hand(store, "a")
    assert bury(store, "b") == 0
    child.kill()
    child.communicate()
    assert bury(store, "b") == 1
    assert owners(store) == {None}


def test_a_pid_that_another_program_got_since_does_not_count_as_alive(store: Store) -> None:
    beat(store, "a")
    pretend(store, "a", born="1")
    work_in_hand(store, "a")
    assert bury(store, "b") == 1
    assert owners(store) == {None}


def test_a_process_elsewhere_is_given_four_seconds_of_silence(store: Store) -> None:
    beat(store, "a")
    pretend(store, "a", host="another", pid=1, born="1")
    work_in_hand(store, "a")
    silent(store, "a", SILENT_SECONDS - 1)
    assert bury(store, "b") == 0
    silent(store, "a", 1.5)
    assert bury(store, "b") == 1
    assert owners(store) == {None}


def test_a_process_on_this_host_that_hangs_is_buried_too(store: Store) -> None:
    beat(store, "a")
    silent(store, "a", SILENT_SECONDS + 1)
    assert bury(store, "b") == 1


def test_a_beat_renews_the_lease_and_a_buried_process_may_come_back(store: Store) -> None:
    beat(store, "a")
    pretend(store, "a", host="another")
    silent(store, "a", SILENT_SECONDS + 1)
    beat(store, "a")
    assert bury(store, "b") == 0
    silent(store, "a", SILENT_SECONDS + 1)
    assert bury(store, "b") == 1
    beat(store, "a")
    with store.engine.connect() as connection:
        assert connection.execute(sa.select(worker.c.host, worker.c.pid)).one() == (socket.gethostname(), os.getpid())


def test_nobody_buries_itself(store: Store) -> None:
    beat(store, "a")
    silent(store, "a", 100)
    assert bury(store, "a") == 0


@pytest.mark.parametrize("owner", ["a", "never-beaten"])
def test_a_graceful_end_frees_what_is_held(store: Store, owner: str) -> None:
    beat(store, "a")
    work_in_hand(store, owner)
    store.write_now(lambda uow: uow.workers.leave(owner))
    assert owners(store) == {None}
