"""The outbox: order per chat, equal intents merged, budgets remembered, leases fenced, chats followed."""

import contextlib
from threading import Barrier, Thread

import sqlalchemy as sa

from bot.domain.outgoing import Button, EditText, Intent, Outgoing, Priority, ShowCard, ShowMedia, Text, Toast
from bot.services.lanes import LaneResult, LaneWork
from bot.store.engine import Store
from bot.store.intents import from_json, to_json
from bot.store.tables import lane, outbox

NOW = 1_000.0
CHANNELS = ("telegram",)


def put(store: Store, *messages: Outgoing, now: float = NOW) -> None:
    def work(uow: object) -> None:
        for message in messages:
            uow.outbox.put(message, now=now)

    store.write_now(work)


def say(words: str, chat: str = "1", *, priority: Priority = Priority.ANSWER, merge: str | None = None) -> Outgoing:
    return Outgoing("telegram", chat, Text(words), priority=priority, merge_key=merge)


def claim(
    store: Store, owner: str = "a", *, now: float = NOW, limit: int = 50, channels: tuple[str, ...] = CHANNELS
) -> list[LaneWork]:
    return store.write_now(lambda uow: uow.outbox.claim(owner, now=now, limit=limit, channels=channels))


def result(work: LaneWork, *, sent: int | None = None, **changes: object) -> LaneResult:
    ids = tuple(row.id for row in work.rows[:sent])
    fields = {"sent": ids, "dead": (), "retried": (), "sent_at": (), "ready_at": NOW, "blocked_until": 0.0, **changes}
    return LaneResult(work.key, **fields)


def settle(store: Store, one: LaneResult, owner: str = "a") -> bool:
    return store.write_now(lambda uow: uow.outbox.settle(one, owner, now=NOW))


def words(work: LaneWork) -> list[str]:
    return [row.intent.text if isinstance(row.intent, Text) else type(row.intent).__name__ for row in work.rows]


def drain(store: Store, *, now: float = NOW) -> list[str]:
    """Everything that can be sent now, as `chat:words`."""
    sent: list[str] = []
    for _ in range(100):
        lanes = claim(store, now=now)
        if not lanes:
            return sent
        for work in lanes:
            sent += [f"{work.chat_id}:{word}" for word in words(work)]
            assert settle(store, result(work))
    raise AssertionError("the outbox does not become empty")


def pending(store: Store) -> dict[str, int]:
    with store.engine.connect() as connection:
        return {row.chat_id: row.pending for row in connection.execute(sa.select(lane.c.chat_id, lane.c.pending))}


def test_a_chat_gets_its_messages_in_the_order_they_were_put(store: Store) -> None:
    put(store, say("1"), say("2"))
    put(store, say("3"))
    assert drain(store) == ["1:1", "1:2", "1:3"]


def test_a_chat_gets_one_message_at_a_time_so_that_a_kill_repeats_one_at_most(store: Store) -> None:
    put(store, say("1"), say("2"))
    assert words(claim(store)[0]) == ["1"]


def test_a_long_queue_is_sent_in_order_to_its_end(store: Store) -> None:
    put(store, *(say(str(i)) for i in range(20)))
    assert drain(store) == [f"1:{i}" for i in range(20)]
    assert pending(store) == {"1": 0}


def test_the_answer_to_a_press_passes_new_cards_and_broadcasts(store: Store) -> None:
    put(store, say("news", priority=Priority.BROADCAST), say("card", priority=Priority.CARD), say("answer"))
    assert drain(store) == ["1:answer", "1:card", "1:news"]


def test_a_lane_in_hand_is_nobody_elses(store: Store) -> None:
    put(store, say("1", "x"), say("2", "y"))
    assert {work.chat_id for work in claim(store, "a")} == {"x", "y"}
    put(store, say("3", "x"))
    assert claim(store, "b") == []


def test_channels_that_do_not_run_here_are_left_alone(store: Store) -> None:
    put(store, say("1"), Outgoing("discord", "1", Text("2")))
    assert [work.channel for work in claim(store)] == ["telegram"]
    assert [work.channel for work in claim(store, channels=("discord",))] == ["discord"]


def test_two_edits_of_one_card_become_one(store: Store) -> None:
    card = Outgoing("telegram", "1", ShowCard(7), merge_key="card:7", priority=Priority.CARD)
    put(store, card, card)
    put(store, card, say("between"))
    assert pending(store) == {"1": 2}
    assert drain(store) == ["1:between", "1:ShowCard"]


def test_a_merged_edit_takes_the_more_urgent_priority(store: Store) -> None:
    put(store, say("first", priority=Priority.CARD), say("card", priority=Priority.CARD, merge="c"))
    put(store, say("card", priority=Priority.ANSWER, merge="c"))
    assert drain(store) == ["1:card", "1:first"]


def test_what_is_being_sent_is_not_merged_into_because_it_may_have_been_drawn_already(store: Store) -> None:
    put(store, say("old", merge="c"))
    [work] = claim(store)
    put(store, say("new", merge="c"))
    assert settle(store, result(work))
    assert drain(store) == ["1:new"]


def test_equal_merge_keys_in_two_chats_are_two_messages(store: Store) -> None:
    put(store, say("a", "x", merge="c"), say("b", "y", merge="c"))
    assert drain(store) == ["x:a", "y:b"]


def test_a_chat_remembers_when_it_last_sent_and_when_it_may_again(store: Store) -> None:
    put(store, say("1"), say("2", priority=Priority.CARD))
    [work] = claim(store)
    assert work.sent_at == ()
    settle(store, result(work, sent=1, sent_at=(NOW - 1, NOW), ready_at=NOW + 3))
    assert claim(store, now=NOW + 2) == []
    [work] = claim(store, now=NOW + 3)
    assert work.sent_at == (NOW - 1, NOW)
    assert words(work) == ["2"]


def test_an_answer_wakes_a_chat_that_only_waits_for_its_budget(store: Store) -> None:
    put(store, say("1"), say("2", priority=Priority.CARD))
    settle(store, result(claim(store)[0], sent=1, ready_at=NOW + 30))
    put(store, say("3", priority=Priority.CARD))
    assert claim(store, now=NOW + 1) == []
    put(store, say("answer"), now=NOW + 1)
    assert words(claim(store, now=NOW + 1)[0])[0] == "answer"


def test_what_came_while_a_chat_was_held_does_not_wait_for_the_budget_of_another_message(store: Store) -> None:
    put(store, say("card", priority=Priority.CARD))
    [work] = claim(store)
    put(store, say("answer"))
    settle(store, result(work, sent=0, ready_at=NOW + 30, waits=work.rows[0].id))
    [work] = claim(store)
    assert words(work) == ["answer"]
    settle(store, result(work, ready_at=NOW))
    [work] = claim(store)
    settle(store, result(work, sent=0, ready_at=NOW + 30, waits=work.rows[0].id))
    assert claim(store, now=NOW + 29) == []
    assert words(claim(store, now=NOW + 30)[0]) == ["card"]


def test_a_chat_that_was_told_to_wait_waits_even_with_an_answer_while_others_go_on(store: Store) -> None:
    put(store, say("1", "x"))
    settle(store, result(claim(store)[0], sent=0, blocked_until=NOW + 20))
    put(store, say("2", "x"), say("3", "y"))
    assert drain(store) == ["y:3"]
    assert drain(store, now=NOW + 20) == ["x:1", "x:2"]


def test_a_failed_send_keeps_its_place_and_counts_its_attempts(store: Store) -> None:
    put(store, say("1"), say("2"))
    [work] = claim(store)
    settle(store, result(work, sent=0, retried=(work.rows[0].id,)))
    [again] = claim(store)
    assert words(again) == ["1"]
    assert [row.attempts for row in again.rows] == [1]
    settle(store, result(again))
    assert [row.attempts for row in claim(store)[0].rows] == [0]


def test_a_dead_message_ends_with_its_reason_and_the_rest_goes_on(store: Store) -> None:
    put(store, say("1"), say("2"))
    [work] = claim(store)
    settle(store, result(work, sent=0, dead=((work.rows[0].id, "blocked" * 100),)))
    assert drain(store) == ["1:2"]
    with store.engine.connect() as connection:
        errors = connection.execute(sa.select(outbox.c.error).order_by(outbox.c.id)).scalars().all()
    assert errors[0] == ("blocked" * 100)[:200]
    assert errors[1] is None


def test_the_words_of_what_was_sent_are_forgotten(store: Store) -> None:
    put(store, say("secret"))
    drain(store)
    with store.engine.connect() as connection:
        assert connection.execute(sa.select(outbox.c.payload)).scalar_one() == {}


def test_a_process_that_lost_its_lease_settles_nothing(store: Store) -> None:
    put(store, say("1"))
    [work] = claim(store, "a")
    store.write_now(lambda uow: uow.workers.leave("a"))
    [again] = claim(store, "b")
    assert not settle(store, result(work), "a")
    assert settle(store, result(again), "b")
    assert not settle(store, result(again), "b")
    assert pending(store) == {"1": 0}


def test_what_waits_for_a_chat_follows_it_to_its_new_id(store: Store) -> None:
    put(store, say("1", "old"), say("2", "old"))
    put(store, say("3", "new"))
    store.write_now(lambda uow: uow.outbox.relocate("telegram", "old", "new", now=NOW))
    assert drain(store) == ["new:1", "new:2", "new:3"]
    assert pending(store) == {"old": 0, "new": 0}


def test_moving_a_chat_with_nothing_waiting_changes_nothing(store: Store) -> None:
    store.write_now(lambda uow: uow.outbox.relocate("telegram", "old", "new", now=NOW))
    assert pending(store) == {}


def test_a_chat_that_moves_while_a_message_is_on_its_way_still_counts_right(store: Store) -> None:
    put(store, say("1", "old"), say("2", "old"))
    [work] = claim(store)
    store.write_now(lambda uow: uow.outbox.relocate("telegram", "old", "new", now=NOW))
    assert settle(store, result(work, sent=1))
    assert pending(store) == {"old": 0, "new": 1}
    assert drain(store) == ["new:2"]
    put(store, say("3", "old"))
    assert drain(store) == ["old:3"]


def test_lanes_of_presses_leave_nothing_behind(store: Store) -> None:
    put(store, Outgoing("telegram", "press:77", Toast("77", "Baik")))
    [work] = claim(store)
    settle(store, result(work))
    assert pending(store) == {}


def test_pruning_forgets_old_sent_rows_and_idle_chats_but_nothing_that_waits(store: Store) -> None:
    put(store, say("1", "x"))
    drain(store)
    put(store, say("2", "y"))
    store.write_now(lambda uow: uow.outbox.prune(before=NOW + 1))
    assert pending(store) == {"y": 1}
    assert drain(store) == ["y:2"]


def test_the_backlog_counts_what_waits_and_knows_the_oldest(store: Store) -> None:
    assert store.read_now(lambda uow: uow.outbox.backlog(NOW)) == (0, 0.0)
    put(store, say("1"), now=NOW - 4)
    put(store, say("2"))
    assert store.read_now(lambda uow: uow.outbox.backlog(NOW)) == (2, 4.0)


def test_nothing_is_put_where_the_transaction_fails(store: Store) -> None:
    def work(uow: object) -> None:
        uow.outbox.put(say("1"), now=NOW)
        raise LookupError

    with contextlib.suppress(LookupError):
        store.write_now(work)
    assert claim(store) == []


def test_two_processes_claiming_at_once_never_take_the_same_chat(store: Store) -> None:
    put(store, *(say(str(i), str(i)) for i in range(60)))
    taken: dict[str, list[str]] = {"a": [], "b": []}
    barrier = Barrier(2)

    def work(owner: str) -> None:
        barrier.wait()
        while lanes := claim(store, owner, limit=4):
            for one in lanes:
                taken[owner] += words(one)
                assert settle(store, result(one), owner)

    threads = [Thread(target=work, args=(owner,)) for owner in taken]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken["a"] + taken["b"], key=int) == [str(i) for i in range(60)]


def test_every_intent_survives_the_outbox() -> None:
    rows = ((Button("Terima", "t:1"), Button("Alihkan", "a:1")), (Button("Selesai", "s:1"),))
    intents: list[Intent] = [
        Text("halo", reply_to="5", rows=rows, case_id=3, role="receipt", user_id="9", ask_reply=True, silent=True),
        EditText("5", "baru", rows),
        ShowCard(3),
        ShowMedia(3, (1, 2)),
        Toast("p", "Baik", alert=True),
    ]
    for intent in intents:
        assert from_json(*to_json(intent)) == intent
