"""The counter and its meetings in both databases: one number is one caller, one place has one guest."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from bot.domain.appointments import State
from bot.domain.case import Tags
from bot.domain.counter import Form
from bot.domain.counter_records import OfficeDraft, TakenDown
from bot.domain.incoming import Sender
from bot.services.ports import NewCase
from bot.services.visits.taking_down import take_down
from bot.store.engine import Store
from tests.bot.services.fakes import make_office
from tests.flows.wadul import Clock

PHONE = "+6281234567890"
SLOT = 1_800_000_000.0


def guests(store: Store, count: int) -> list[int]:
    """People who each want to meet the head."""

    def work(uow: Any) -> list[int]:
        found = []
        for number in range(count):
            person = uow.offices.caller(f"tamu{number}", name="", phone=None, now=1.0)
            found.append(uow.appointments.begin(person.id, "jalan", "id", head="kepala", operator="", now=1.0).id)
        return found

    return store.write_now(work)


def together(count: int, work: Callable[[int], Any]) -> list[Any]:
    """The same by several threads at once."""
    ready = Barrier(count)

    def start(number: int) -> Any:
        ready.wait()
        return work(number)

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(start, range(count)))


def test_a_place_that_many_want_at_once_is_given_to_one(store: Store) -> None:
    ids = guests(store, 6)

    def take(number: int) -> bool:
        def work(uow: Any) -> bool:
            return uow.appointments.take(ids[number], SLOT, 1, state=State.TERDAFTAR) is not None

        return store.write_now(work)

    assert sum(together(6, take)) == 1
    assert store.read_now(lambda uow: uow.appointments.taken("kepala", SLOT, SLOT + 1)) == {SLOT: 1}


def test_a_refused_place_leaves_the_rest_of_the_transaction_as_it_is(store: Store) -> None:
    one, two = guests(store, 2)
    store.write_now(lambda uow: uow.appointments.take(one, SLOT, 1, state=State.TERDAFTAR))

    def work(uow: Any) -> None:
        assert uow.appointments.take(two, SLOT, 1, state=State.TERDAFTAR) is None
        assert uow.appointments.take(two, SLOT, 2, state=State.TERDAFTAR) is not None

    store.write_now(work)
    held = store.read_now(lambda uow: uow.appointments.between("kepala", SLOT, SLOT + 1))
    assert [each.place for each in held] == [1, 2]


def test_a_place_given_back_is_free_and_its_past_stays(store: Store) -> None:
    one, two = guests(store, 2)
    store.write_now(lambda uow: uow.appointments.take(one, SLOT, 1, state=State.TERDAFTAR))
    store.write_now(lambda uow: uow.appointments.change(one, state=State.BATAL, place=None))
    assert store.write_now(lambda uow: uow.appointments.take(two, SLOT, 1, state=State.TERDAFTAR)) is not None
    gone = store.read_now(lambda uow: uow.appointments.get(one))
    assert gone
    assert (gone.slot, gone.place) == (SLOT, None)


def test_one_person_has_one_meeting_and_another_subject_replaces_the_first(store: Store) -> None:
    (one,) = guests(store, 1)
    has = store.read_now(lambda uow: uow.appointments.get(one))
    assert has
    fields = {"head": "kepala.comal", "operator": "", "now": 2.0}
    again = store.write_now(lambda uow: uow.appointments.begin(has.person_id, "air", "id", **fields))
    assert (again.id, again.subject, again.head) == (one, "air", "kepala.comal")


def test_whoever_waits_longest_comes_first(store: Store) -> None:
    one, two = guests(store, 2)

    def work(uow: Any) -> None:
        uow.appointments.change(two, state=State.MENUNGGU)
        uow.appointments.change(one, state=State.MENUNGGU, created_at=5.0)

    store.write_now(work)
    assert store.write_now(lambda uow: [each.id for each in uow.appointments.waiting("kepala", most=5)]) == [two, one]


def test_one_number_is_one_caller_also_where_two_operators_have_them_at_once(store: Store) -> None:
    def meet(number: int) -> int:
        return store.write_now(
            lambda uow: uow.offices.caller(f"x{number}", name=f"Bu {number}", phone=PHONE, now=1.0).id
        )

    assert len(set(together(4, meet))) == 1


def test_people_without_a_number_are_not_mixed_up(store: Store) -> None:
    ids = store.write_now(lambda uow: {uow.offices.caller(f"y{n}", name="", phone=None, now=1.0).id for n in range(3)})
    assert len(ids) == 3


def test_what_is_owed_stands_by_person_and_case_until_it_is_told(store: Store) -> None:
    def work(uow: Any) -> tuple[int, int]:
        reachable = uow.offices.caller("a", name="", phone=PHONE, now=1.0)
        other = uow.offices.caller("b", name="", phone=None, now=1.0)
        for person, words in ((reachable, "satu"), (other, "lain"), (reachable, "dua")):
            uow.offices.call(person.id, 7, words, at=1.0)
        return reachable.id, other.id

    reachable, other = store.write_now(work)
    (owed,) = store.read_now(lambda uow: uow.offices.owed(most=5))
    assert (owed.person_id, [call.text for call in owed.calls]) == (reachable, ["satu", "dua"])
    assert store.read_now(lambda uow: uow.offices.owed_count()) == 1
    ids = [call.id for call in owed.calls]
    store.write_now(lambda uow: uow.offices.not_reached(ids, at=2.0))
    assert store.read_now(lambda uow: uow.offices.owed(most=5))[0].tries == 1
    assert store.write_now(lambda uow: uow.offices.called(ids, by="telegram:9002", at=3.0)) == 2
    assert store.write_now(lambda uow: uow.offices.called(ids, by="telegram:9002", at=3.0)) == 0
    assert store.read_now(lambda uow: uow.offices.owed(most=5)) == []
    assert [call.text for call in store.read_now(lambda uow: uow.offices.owed_to(other, 7))] == ["lain"]
    store.write_now(lambda uow: uow.offices.prune(before=10.0))


def test_whoever_stands_here_is_told_at_once_and_nothing_is_listed(store: Store) -> None:
    def work(uow: Any) -> list[str]:
        person = uow.offices.caller("a", name="", phone=PHONE, now=1.0)
        uow.offices.stands_here(person.id)
        assert uow.offices.hears(person.id, "kabar")
        assert not uow.offices.hears(person.id + 1, "lain")
        return list(uow.offices.heard())

    assert store.write_now(work) == ["kabar"]


def test_a_new_draft_in_a_chat_gives_up_the_one_before(store: Store) -> None:
    new = OfficeDraft(0, "telegram", "-7", "9002", "words", 1.0)
    first = store.write_now(lambda uow: uow.offices.begin_draft(new))
    second = store.write_now(lambda uow: uow.offices.begin_draft(new))
    assert store.read_now(lambda uow: uow.offices.draft_by_id(first.id)) in (None, second)
    assert store.read_now(lambda uow: uow.offices.draft("telegram", "-7", "9002")) == second


def test_the_very_same_act_cannot_take_two_cases_down(store: Store) -> None:
    def work(uow: Any) -> None:
        person = uow.offices.caller("a", name="", phone=None, now=1.0)
        tags = Tags("pengaduan", "jalan", "sedang", "id")
        for number in (1, 2):
            case = uow.cases.add(NewCase(f"PML-0000{number}", person.id, "kantor", "a", "dputr", (), "id", tags, 1.0))
            uow.offices.take_down(TakenDown(case.id, "once", "datang", "telegram:9002", "Rina", "", "", 1.0))

    with pytest.raises(IntegrityError):
        store.write_now(work)


def test_a_form_that_is_sent_twice_at_once_is_one_case(store: Store) -> None:
    office, rina = make_office(Clock()), Sender("telegram", "9002", "Rina")

    def save(number: int) -> int:
        form = Form("dalan bolong", phone=PHONE)
        return store.write_now(lambda uow: take_down(uow, office, form, operator=rina, once="satu").id)

    assert len(set(together(4, save))) == 1


def test_two_heads_have_places_of_their_own_at_the_same_hour(store: Store) -> None:
    one, two = guests(store, 2)
    store.write_now(lambda uow: uow.appointments.change(two, head="kepala.comal"))
    for each in (one, two):
        assert store.write_now(lambda uow, each=each: uow.appointments.take(each, SLOT, 1, state=State.TERDAFTAR))
    assert store.read_now(lambda uow: uow.appointments.taken("kepala.comal", SLOT, SLOT + 1)) == {SLOT: 1}
    assert [each.id for each in store.read_now(lambda uow: uow.appointments.between("kepala", SLOT, SLOT + 1))] == [one]
