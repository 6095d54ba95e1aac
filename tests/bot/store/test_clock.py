"""What the clock reads and keeps."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from bot.domain.case import Case, Tags
from bot.domain.clock import Nudge
from bot.domain.incoming import Chat, Sender
from bot.domain.life import Status
from bot.services.ports import Checked, NewCase, NewEntry
from bot.store.cases import FIRST_LOOK
from bot.store.engine import Store
from bot.store.tables import case as table
from bot.store.unit_of_work import SqlUnitOfWork

TAGS = Tags("pengaduan", "jalan", "sedang", "id")


@pytest.fixture
def person_id(store: Store) -> int:
    chat = Chat("telegram", "7", private=True)
    return store.write_now(lambda uow: uow.people.meet(Sender("telegram", "7", "Ani"), chat, now=1.0)).id


def opened(store: Store, person_id: int, number: int = 1, *, at: float = 10.0, **changes: object) -> Case:
    new = NewCase(f"PML-0000{number}", person_id, "telegram", "7", "dputr", (), "id", TAGS, at)
    return store.write_now(lambda uow: uow.cases.add(replace(new, **changes)))


def row(store: Store, case: Case) -> sa.Row[tuple[object, ...]]:
    with store.engine.connect() as connection:
        return connection.execute(sa.select(table).where(table.c.id == case.id)).one()


def settle(store: Store, *checked: Checked) -> None:
    store.write_now(lambda uow: uow.clock.settle(checked))


def due(store: Store, now: float, limit: int = 9) -> list[str]:
    return [case.code for case in store.read_now(lambda uow: uow.clock.due(now=now, limit=limit))]


def test_a_new_case_is_let_be_for_a_minute_and_an_emergency_is_not(store: Store, person_id: int) -> None:
    ordinary = opened(store, person_id, 1)
    opened(store, person_id, 2, tags=replace(TAGS, urgency="darurat"))
    assert row(store, ordinary).check_at == 10.0 + FIRST_LOOK
    assert due(store, 10.0) == ["PML-00002"]
    assert not store.read_now(lambda uow: uow.clock.any_due(now=9.0))
    assert store.read_now(lambda uow: uow.clock.any_due(now=10.0))
    assert due(store, 10.0 + FIRST_LOOK) == ["PML-00002", "PML-00001"]
    assert due(store, 10.0 + FIRST_LOOK, limit=1) == ["PML-00002"]


@pytest.mark.parametrize(
    ("values", "looked_at"),
    [
        ({"status": Status.DIPROSES}, True),
        ({"unit": "dlh"}, True),
        ({"tags": replace(TAGS, urgency="tinggi")}, True),
        ({"updated_at": 11.0, "awaiting": "words"}, False),
        ({"status": Status.DIPROSES, "check_at": 99.0}, False),
    ],
)
def test_what_deadlines_hang_on_makes_the_clock_look_at_once(
    store: Store, person_id: int, values: dict[str, object], looked_at: bool
) -> None:
    case = opened(store, person_id)
    settle(store, Checked(case.id, 500.0, None, None))
    store.write_now(lambda uow: uow.cases.change(case.id, **values))
    assert (due(store, 12.0) == [case.code]) is looked_at


def test_what_was_found_is_kept_and_what_never_changes_again_is_left(store: Store, person_id: int) -> None:
    first, second = opened(store, person_id, 1), opened(store, person_id, 2)
    settle(store, Checked(first.id, 700.0, 900.0, None), Checked(second.id, None, None, (60.0, 40.0)))
    kept = [(r.check_at, r.due_at, r.gross_seconds, r.net_seconds) for r in (row(store, first), row(store, second))]
    assert kept == [(700.0, 900.0, None, None), (None, None, 60.0, 40.0)]
    assert due(store, 1e12) == [first.code]
    store.write_now(lambda uow: uow.clock.postpone(first.id, until=1e13))
    assert due(store, 1e12) == []


def test_the_history_is_read_from_the_moves_and_from_nothing_else(store: Store, person_id: int) -> None:
    case, other = opened(store, person_id, 1), opened(store, person_id, 2)

    def work(uow: SqlUnitOfWork) -> None:
        uow.cases.note(case.id, "citizen:1", "opened", at=10.0, after="dputr")
        uow.cases.note(case.id, "wadul", "verifikasi", at=10.0, before="diterima", after="diverifikasi")
        uow.cases.note(case.id, "wadul", "teruskan", at=10.0, before="diverifikasi", after="diteruskan")
        uow.cases.note(case.id, "telegram:9", "unit", at=11.0, before="dputr", after="dlh")
        uow.cases.note(case.id, "telegram:9", "terima", at=12.0, before="diteruskan", after="diproses")
        uow.cases.change(case.id, status=Status.DIPROSES)

    store.write_now(work)
    cases = store.read_now(lambda uow: [uow.cases.by_id(case.id), uow.cases.by_id(other.id)])
    past = store.read_now(lambda uow: uow.clock.past(cases))
    assert list(past[case.id].history) == [
        (10.0, Status.DITERIMA), (10.0, Status.DIVERIFIKASI), (10.0, Status.DITERUSKAN), (12.0, Status.DIPROSES),
    ]  # fmt: skip
    assert [status for _, status in past[other.id].history] == [Status.DITERIMA, Status.DITERUSKAN]
    assert store.read_now(lambda uow: uow.clock.past([])) == {}


def test_a_citizen_has_heard_once_staff_have_written_to_them(store: Store, person_id: int) -> None:
    cases = [opened(store, person_id, number) for number in (1, 2, 3)]
    words = [("staff", "note"), ("staff", "reply"), ("citizen", "addition")]
    for case, (author, kind) in zip(cases, words, strict=True):
        new = NewEntry(author, kind, "ya", 11.0, case_id=case.id)
        store.write_now(lambda uow, new=new: uow.cases.say(new))
    past = store.read_now(lambda uow: uow.clock.past(cases))
    assert [past[case.id].answered for case in cases] == [False, True, False]


def test_what_the_clock_did_is_kept_by_kind_the_last_time_of_each(store: Store, person_id: int) -> None:
    case, other = opened(store, person_id, 1), opened(store, person_id, 2)
    first, again, reminded = Nudge("alarm", 11.0, 0), Nudge("alarm", 12.0, 1), Nudge("penyelesaian.soon", 12.0)
    store.write_now(lambda uow: uow.clock.remember(case.id, [first]))
    store.write_now(lambda uow: uow.clock.remember(case.id, [again, reminded]))
    store.write_now(lambda uow: uow.clock.remember(other.id, []))
    past = store.read_now(lambda uow: uow.clock.past([case, other]))
    assert past[case.id].nudges == {"alarm": again, "penyelesaian.soon": reminded}
    assert past[other.id].nudges == {}


def test_two_processes_never_look_at_the_same_case(store: Store, person_id: int) -> None:
    for number in (1, 2, 3):
        opened(store, person_id, number)
    with store.engine.begin() as one:
        mine = SqlUnitOfWork(one).clock.claim(now=1e9, limit=2)
        assert [case.code for case in mine] == ["PML-00001", "PML-00002"]
        if store.engine.dialect.name == "sqlite":
            return  # it has one writer: whoever else wants to look waits until these are looked at
        with store.engine.begin() as two:
            theirs = SqlUnitOfWork(two).clock.claim(now=1e9, limit=9)
    assert [case.code for case in theirs] == ["PML-00003"]


def test_a_digest_is_sent_once_a_day(store: Store) -> None:
    begin = lambda opened, now: store.write_now(  # noqa: E731
        lambda uow: uow.clock.begin_digest("telegram|-1|", opened=opened, now=now)
    )
    assert store.read_now(lambda uow: uow.clock.last_digest("telegram|-1|")) is None
    assert begin(100.0, 101.0)
    assert not begin(100.0, 102.0)
    assert store.read_now(lambda uow: uow.clock.last_digest("telegram|-1|")) == 101.0
    assert begin(200.0, 203.0)


def test_a_digest_gathers_open_cases_without_time_pressure_of_its_units(store: Store, person_id: int) -> None:
    low = replace(TAGS, urgency="rendah")
    mine = opened(store, person_id, 1, tags=low)
    opened(store, person_id, 2)
    opened(store, person_id, 3, tags=low, unit="dlh")
    closed = opened(store, person_id, 4, tags=low)
    store.write_now(lambda uow: uow.cases.change(closed.id, status=Status.SELESAI))
    found = store.read_now(lambda uow: uow.clock.low(["dputr", "dishub"], limit=9))
    assert [case.code for case in found] == [mine.code]
