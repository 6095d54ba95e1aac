"""The inbox: each update once, in order per chat, side by side across chats, never blocked by poison."""

import asyncio
from threading import Barrier, Thread

import sqlalchemy as sa

from bot.domain.incoming import RawUpdate
from bot.services.ports import InboxRow
from bot.store.engine import Store
from bot.store.tables import inbox

NOW = 1_000.0


def update(event: str, chat: str = "1", *, group: str | None = None, hold: float = 0.0, at: float = NOW) -> RawUpdate:
    return RawUpdate("telegram", event, chat, f"payload {event}", group, received_at=at, hold_seconds=hold)


def put(store: Store, *updates: RawUpdate) -> None:
    store.write_now(lambda uow: uow.inbox.put(updates))


def claim(store: Store, owner: str = "a", *, now: float = NOW, limit: int = 50) -> list[InboxRow]:
    return store.write_now(lambda uow: uow.inbox.claim(owner, now=now, limit=limit))


def done(store: Store, rows: list[InboxRow], owner: str = "a") -> bool:
    return store.write_now(lambda uow: uow.inbox.done([row.id for row in rows], owner, now=NOW))


def words(rows: list[InboxRow]) -> list[str]:
    return [row.payload.removeprefix("payload ") for row in rows]


def test_an_update_delivered_three_times_is_kept_once(store: Store) -> None:
    put(store, update("1"), update("1"))
    put(store, update("1"))
    first = claim(store)
    assert words(first) == ["1"]
    assert done(store, first)
    put(store, update("1"))
    assert claim(store) == []


def test_the_same_event_id_on_two_channels_is_two_updates(store: Store) -> None:
    put(store, update("1"), RawUpdate("coba", "1", "1", "payload other", received_at=NOW))
    assert words(claim(store)) == ["1", "other"]


def test_nothing_is_put_for_nothing(store: Store) -> None:
    put(store)
    assert claim(store) == []


def test_a_chat_is_served_in_order_and_one_at_a_time(store: Store) -> None:
    put(store, update("1"), update("2"), update("3"))
    served = []
    while rows := claim(store):
        assert len(rows) == 1
        assert claim(store, "b") == []
        served += words(rows)
        done(store, rows)
    assert served == ["1", "2", "3"]


def test_chats_do_not_wait_for_each_other(store: Store) -> None:
    put(store, update("1", "x"), update("2", "x"), update("3", "y"), update("4", "z"))
    assert words(claim(store)) == ["1", "3", "4"]
    assert claim(store, "b") == []


def test_a_claim_takes_no_more_than_asked(store: Store) -> None:
    put(store, *(update(str(i), str(i)) for i in range(9)))
    assert words(claim(store, limit=4)) == ["0", "1", "2", "3"]
    assert words(claim(store, "b", limit=9)) == ["4", "5", "6", "7", "8"]


def test_album_parts_come_along_with_the_first_after_the_hold(store: Store) -> None:
    put(store, update("1", group="album", hold=2.0), update("2", group="album", hold=2.0, at=NOW + 0.5))
    put(store, update("3", at=NOW + 0.6), update("4", "other", group="album"))
    assert words(claim(store)) == ["4"]
    album = claim(store, now=NOW + 2.1)
    assert words(album) == ["1", "2"]
    assert claim(store, "b", now=NOW + 9) == []
    assert done(store, album)
    assert words(claim(store, now=NOW + 9)) == ["3"]


def test_a_held_update_holds_its_chat_and_no_other(store: Store) -> None:
    put(store, update("1", "x", hold=2.0), update("2", "x"), update("3", "y"))
    assert words(claim(store)) == ["3"]
    assert words(claim(store, now=NOW + 2)) == ["1"]


def test_every_death_with_an_update_in_hand_counts_as_an_attempt(store: Store) -> None:
    put(store, update("1"))
    for attempt in range(3):
        assert [row.attempts for row in claim(store)] == [attempt]
        store.write_now(lambda uow: uow.workers.leave("a"))


def test_what_is_given_back_did_not_count_as_an_attempt(store: Store) -> None:
    put(store, update("1"))
    for _ in range(3):
        [row] = claim(store)
        assert row.attempts == 0
        store.write_now(lambda uow, row=row: uow.inbox.again([row.id], "a", at=NOW))


def test_what_was_in_hand_at_a_kill_comes_alone_so_that_poison_takes_no_innocent_one_along(store: Store) -> None:
    put(store, update("1", "x"), update("2", "y"))
    claim(store)
    put(store, update("3", "z"))
    store.write_now(lambda uow: uow.workers.leave("a"))
    first = claim(store)
    assert words(first) == ["1"]
    second = claim(store)
    assert words(second) == ["2"]
    assert words(claim(store)) == ["3"]


def test_what_is_given_back_waits_until_its_time(store: Store) -> None:
    put(store, update("1"), update("2"))
    rows = claim(store)
    store.write_now(lambda uow: uow.inbox.again([rows[0].id], "a", at=NOW + 5))
    assert claim(store, now=NOW + 4) == []
    assert words(claim(store, now=NOW + 5)) == ["1"]


def test_a_process_that_lost_its_lease_can_neither_finish_nor_give_back(store: Store) -> None:
    put(store, update("1"))
    rows = claim(store, "a")
    store.write_now(lambda uow: uow.workers.leave("a"))
    again = claim(store, "b")
    assert words(again) == ["1"]
    assert not done(store, rows, "a")
    store.write_now(lambda uow: uow.inbox.again([rows[0].id], "a", at=NOW))
    assert claim(store, "c") == []
    assert done(store, again, "b")
    assert not done(store, again, "b")


def test_the_words_of_what_is_done_are_forgotten(store: Store) -> None:
    put(store, update("1"))
    done(store, claim(store))
    with store.engine.connect() as connection:
        assert connection.execute(sa.select(inbox.c.payload)).scalar_one() == ""


def test_poison_leaves_its_chats_way_and_keeps_its_words(store: Store) -> None:
    put(store, update("1"), update("2"))
    rows = claim(store)
    store.write_now(lambda uow: uow.inbox.set_aside([rows[0].id], reason="ValueError" * 30, now=NOW))
    assert words(claim(store)) == ["2"]
    with store.engine.connect() as connection:
        kept = connection.execute(sa.select(inbox.c.payload, inbox.c.set_aside).where(inbox.c.id == rows[0].id)).one()
    assert kept.payload == "payload 1"
    assert len(kept.set_aside) == 120


def test_pruning_forgets_old_done_updates_but_never_what_was_set_aside_or_waits(store: Store) -> None:
    put(store, update("1", "x"), update("2", "y"), update("3", "z"))
    one, two, _ = claim(store)
    done(store, [one])
    store.write_now(lambda uow: uow.inbox.set_aside([two.id], reason="bad", now=NOW))
    store.write_now(lambda uow: uow.inbox.prune(before=NOW))
    store.write_now(lambda uow: uow.inbox.prune(before=NOW + 1))
    with store.engine.connect() as connection:
        assert connection.execute(sa.select(inbox.c.event_id).order_by(inbox.c.id)).scalars().all() == ["2", "3"]


def test_the_backlog_counts_what_waits_and_knows_the_oldest(store: Store) -> None:
    assert store.read_now(lambda uow: uow.inbox.backlog(NOW)) == (0, 0.0)
    put(store, update("1", at=NOW - 7), update("2", at=NOW - 3))
    assert store.read_now(lambda uow: uow.inbox.backlog(NOW)) == (2, 7.0)


def test_two_processes_claiming_at_once_never_take_the_same_update(store: Store) -> None:
    put(store, *(update(str(i), str(i % 20)) for i in range(60)))
    taken: dict[str, list[str]] = {"a": [], "b": []}
    barrier = Barrier(2)

    def work(owner: str) -> None:
        barrier.wait()
        while len(taken["a"]) + len(taken["b"]) < 60:
            rows = claim(store, owner, limit=5)
            taken[owner] += words(rows)
            assert done(store, rows, owner)

    threads = [Thread(target=work, args=(owner,)) for owner in taken]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken["a"] + taken["b"], key=int) == [str(i) for i in range(60)]


def test_updates_of_a_chat_stay_in_order_across_two_processes(store: Store) -> None:
    put(store, *(update(f"{chat}.{i}", str(chat)) for i in range(10) for chat in range(4)))
    order: list[str] = []

    async def work(owner: str) -> None:
        while rows := await store.write(lambda uow: uow.inbox.claim(owner, now=NOW, limit=3)):
            order.extend(words(rows))
            await store.write(lambda uow, rows=rows: uow.inbox.done([r.id for r in rows], owner, now=NOW))

    async def both() -> None:
        await asyncio.gather(work("a"), work("b"))
        await work("a")

    asyncio.run(both())
    for chat in range(4):
        mine = [word for word in order if word.startswith(f"{chat}.")]
        assert mine == [f"{chat}.{i}" for i in range(10)]
