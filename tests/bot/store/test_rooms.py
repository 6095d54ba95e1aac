"""Rooms, round trip; where the right to open them was missed."""

from dataclasses import replace

import pytest

from bot.domain.case import Tags
from bot.domain.incoming import Chat, Sender
from bot.domain.records import Room, UnitChat
from bot.services.ports import NewCase
from bot.store.engine import Store


@pytest.fixture
def plan(store: Store) -> Room:
    def work(uow):  # type: ignore[no-untyped-def]
        person = uow.people.meet(Sender("telegram", "7", "Ani"), Chat("telegram", "7", private=True), now=1.0)
        tags = Tags("pengaduan", "jalan", "sedang", "id")
        return uow.cases.add(NewCase("PML-00001", person.id, "telegram", "7", "dputr", (), "id", tags, 1.0)).id

    return Room(store.write_now(work), "telegram", "-100", "31", "PML-00001 · Jalan")


def test_a_room_comes_back_as_it_stands_now(store: Store, plan: Room) -> None:
    assert store.read_now(lambda uow: uow.rooms.of(plan.case_id, "telegram", "-100")) is None
    for room in (plan, replace(plan, closed=True), replace(plan, thread_id=None)):
        store.write_now(lambda uow, room=room: uow.rooms.keep(room))
        assert store.read_now(lambda uow: uow.rooms.of(plan.case_id, "telegram", "-100")) == room
    assert store.read_now(lambda uow: uow.rooms.of(plan.case_id, "telegram", "-200")) is None


def test_a_very_long_name_is_no_trouble(store: Store, plan: Room) -> None:
    store.write_now(lambda uow: uow.rooms.keep(replace(plan, name="panjang " * 99)))
    room = store.read_now(lambda uow: uow.rooms.of(plan.case_id, "telegram", "-100"))
    assert room
    assert len(room.name) == 255


def test_a_missing_right_is_news_once_until_it_was_given(store: Store) -> None:
    def missed(chat: str = "-100") -> bool:
        return store.write_now(lambda uow: uow.rooms.right_missed("telegram", chat, at=5.0))

    assert not missed()  # linked to nothing
    for unit in ("dputr", "dlh"):
        store.write_now(lambda uow, unit=unit: uow.desks.link(UnitChat(unit, "telegram", "-100"), by="t", now=0.0))
    store.write_now(lambda uow: uow.desks.link(UnitChat("meja", "telegram", "-200"), by="t", now=0.0))
    assert [missed(), missed(), missed("-200")] == [True, False, True]
    store.write_now(lambda uow: uow.rooms.right_given("telegram", "-100"))
    assert [missed(), missed(), missed("-200")] == [True, False, False]


def test_a_unit_that_is_linked_anew_may_be_told_anew(store: Store) -> None:
    def link() -> None:
        store.write_now(lambda uow: uow.desks.link(UnitChat("dputr", "telegram", "-100"), by="t", now=0.0))

    link()
    assert store.write_now(lambda uow: uow.rooms.right_missed("telegram", "-100", at=5.0))
    link()
    assert store.write_now(lambda uow: uow.rooms.right_missed("telegram", "-100", at=6.0))
