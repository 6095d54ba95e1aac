"""What reports mean, kept and found again, in step with what is written, closed, moved and rolled back."""

import numpy as np
import pytest

from bot.domain.case import Case
from bot.domain.incoming import Chat, Point, Sender
from bot.domain.life import Status
from bot.services.ports import NewEntry
from bot.store.engine import Store
from bot.store.unit_of_work import SqlUnitOfWork
from tests.bot.store.test_cases import change, opened

ENCODER = "one"


def vector(*values: float) -> bytes:
    return np.array(values, dtype=np.float16).tobytes()


EAST, NORTH = vector(1.0, 0.0), vector(0.0, 1.0)


def keep(store: Store, case: Case, meaning: bytes, *, encoder: str = ENCODER, at: float = 100.0) -> None:
    def work(uow: SqlUnitOfWork) -> None:
        uow.cases.say(NewEntry("citizen", "report", f"words of {case.id}", at, case_id=case.id))
        uow.similar.keep(case.id, encoder, meaning, at=at)

    store.write_now(work)


def nearest(store: Store, case: Case, meaning: bytes, *, encoder: str = ENCODER, since: float = 0.0) -> list[int]:
    found = store.write_now(lambda uow: uow.similar.nearest(case.id, [case.unit], encoder, meaning, since=since))
    return [each.case_id for each in found]


@pytest.fixture
def three(store: Store) -> tuple[Case, Case, Case]:
    """Open cases of one unit and of one person."""
    chat = Chat("telegram", "7", private=True)
    who = store.write_now(lambda uow: uow.people.meet(Sender("telegram", "7", "Ani"), chat, now=1.0)).id
    first, second, third = (opened(store, who, f"PML-0000{i}") for i in range(3))
    return first, second, third


def test_open_cases_of_the_unit_are_found_with_their_words(store: Store, three: tuple[Case, Case, Case]) -> None:
    one, other, _ = three
    keep(store, one, EAST)
    keep(store, other, EAST)
    store.write_now(
        lambda uow: uow.cases.say(
            NewEntry("citizen", "place", "Comal", 101.0, case_id=other.id, point=Point(-6.9, 109.5))
        )
    )
    found = store.write_now(lambda uow: uow.similar.nearest(one.id, [one.unit], ENCODER, EAST, since=0.0))
    assert [(each.case_id, each.text, each.point) for each in found] == [
        (other.id, f"words of {other.id}\nComal", (-6.9, 109.5))
    ]


def test_what_is_closed_moved_forgotten_too_old_or_of_another_encoder_is_not_found(
    store: Store, three: tuple[Case, Case, Case]
) -> None:
    one, other, third = three
    keep(store, other, EAST)
    assert nearest(store, one, EAST) == [other.id]
    assert nearest(store, one, EAST, since=101.0) == []
    assert nearest(store, one, EAST, encoder="two") == []
    change(store, other, status=Status.SELESAI)
    assert nearest(store, one, EAST) == []
    change(store, other, status=Status.DITERUSKAN, unit="bpbd")
    assert nearest(store, one, EAST) == []
    keep(store, third, NORTH)
    assert nearest(store, one, EAST) == [third.id]
    store.write_now(lambda uow: uow.similar.forget(third.id))
    assert nearest(store, one, EAST) == []


def test_what_is_written_after_a_search_is_found_by_the_next(store: Store, three: tuple[Case, Case, Case]) -> None:
    one, other, third = three
    assert nearest(store, one, EAST) == []
    keep(store, other, NORTH)
    assert nearest(store, one, EAST) == [other.id]
    keep(store, third, EAST)
    assert sorted(nearest(store, one, EAST)) == [other.id, third.id]


def test_bordering_units_are_looked_through_too_and_their_cases_say_where_they_stand(
    store: Store, three: tuple[Case, Case, Case]
) -> None:
    one, other, third = three
    for case in three:
        keep(store, case, EAST)
    change(store, other, unit="bpbd", unsure=True, guesses=[["pengairan", 0.4], ["bencana", 0.3]])
    change(store, third, unit="pln")
    found = store.write_now(
        lambda uow: uow.similar.nearest(one.id, [one.unit], ENCODER, EAST, since=0.0, beside=["bpbd", "dlh"])
    )
    assert [(each.case_id, each.unit) for each in found] == [(other.id, "bpbd")]
    assert {"pengairan", "bencana"} <= set(found[0].topics)


def test_what_another_encoder_wrote_is_renewed_and_then_found_again(
    store: Store, three: tuple[Case, Case, Case]
) -> None:
    one, other, third = three
    keep(store, third, EAST)
    change(store, third, status=Status.SELESAI)
    keep(store, other, EAST)
    assert nearest(store, one, EAST, encoder="two") == []
    (old,) = store.read_now(lambda uow: uow.similar.of_others("two", after=0, limit=4))
    assert (old.case_id, old.at) == (other.id, 100.0)
    assert store.read_now(lambda uow: uow.similar.of_others(ENCODER, after=0, limit=4)) == []
    assert store.read_now(lambda uow: uow.similar.latest()) == old.row_id
    store.write_now(lambda uow: uow.similar.renew(old, "two", NORTH))
    assert nearest(store, one, NORTH, encoder="two") == [other.id]
    assert nearest(store, one, EAST) == []
    assert store.read_now(lambda uow: uow.similar.of_others("two", after=0, limit=4)) == []


def test_what_was_taken_away_or_told_anew_meanwhile_is_not_renewed(
    store: Store, three: tuple[Case, Case, Case]
) -> None:
    one, other, third = three
    for case in (other, third):
        keep(store, case, EAST)
    gone, anew = store.read_now(lambda uow: uow.similar.of_others("two", after=0, limit=4))
    store.write_now(lambda uow: uow.similar.forget(gone.case_id))
    keep(store, one, EAST)
    keep(store, third, NORTH, encoder="two")
    for row in (gone, anew):
        store.write_now(lambda uow, row=row: uow.similar.renew(row, "two", EAST))  # type: ignore[misc]
    kept = store.read_now(lambda uow: uow.similar.meanings([other.id, third.id]))
    assert kept == {third.id: ("two", NORTH)}


def test_what_was_rolled_back_is_not_remembered(store: Store, three: tuple[Case, Case, Case]) -> None:
    one, other, third = three
    keep(store, third, NORTH)

    def fails(uow: SqlUnitOfWork) -> None:
        uow.similar.keep(other.id, ENCODER, EAST, at=100.0)
        uow.similar.nearest(one.id, [one.unit], ENCODER, EAST, since=0.0)
        raise KeyError("as if something threw")

    with pytest.raises(KeyError):
        store.write_now(fails)
    assert nearest(store, one, EAST) == [third.id]
    keep(store, other, EAST)
    assert sorted(nearest(store, one, EAST)) == [other.id, third.id]


def test_likely_twins_are_noted_in_order_and_replaced(store: Store, three: tuple[Case, Case, Case]) -> None:
    one, other, third = three
    for pairs in ([(other.id, 0.4), (third.id, 0.9)], [(other.id, 0.5)]):
        store.write_now(lambda uow, pairs=pairs: uow.similar.suggest(one.id, pairs, at=1.0))  # type: ignore[misc]
        shown = store.read_now(lambda uow: uow.similar.suggested(one.id))
        assert shown == [case_id for case_id, _ in sorted(pairs, key=lambda pair: -pair[1])]


def test_parting_ends_likeness_and_joining_for_both(store: Store, three: tuple[Case, Case, Case]) -> None:
    one, other, _ = three
    store.write_now(lambda uow: uow.similar.suggest(one.id, [(other.id, 0.9)], at=1.0))
    store.write_now(lambda uow: uow.similar.join(one.id, other.id, at=2.0))
    assert store.read_now(lambda uow: uow.similar.joined([one.id], other.id)) == {one.id}
    store.write_now(lambda uow: uow.similar.part(one.id, other.id, at=3.0))
    assert store.read_now(lambda uow: uow.similar.parted(one.id)) == {other.id}
    assert store.read_now(lambda uow: uow.similar.parted(other.id)) == {one.id}
    assert store.read_now(lambda uow: uow.similar.suggested(one.id)) == []
    assert store.read_now(lambda uow: uow.similar.joined([one.id], other.id)) == frozenset()
