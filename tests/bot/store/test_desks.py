"""Linked chats, their cards, what messages belong to, and sentences still owed."""

from dataclasses import replace

import pytest

from bot.domain.case import Tags
from bot.domain.incoming import Chat, Sender
from bot.domain.life import Status
from bot.domain.records import Bound, Card, Prompt, UnitChat
from bot.services.ports import NewCase
from bot.store.engine import Store

ROADS = UnitChat("dputr", "telegram", "-100", "4", "Grup DPU")
TAGS = Tags("pengaduan", "jalan", "sedang", "id")


@pytest.fixture
def case_id(store: Store) -> int:
    chat = Chat("telegram", "7", private=True)
    person = store.write_now(lambda uow: uow.people.meet(Sender("telegram", "7", "Ani"), chat, now=1.0))
    new = NewCase("PML-00001", person.id, "telegram", "7", "dputr", (), "id", TAGS, 1.0)
    return store.write_now(lambda uow: uow.cases.add(new)).id


def link(store: Store, unit: UnitChat = ROADS) -> None:
    store.write_now(lambda uow: uow.desks.link(unit, by="telegram:9", now=1.0))


def added(store: Store, case_id: int, **changes: object) -> Card:
    new = replace(Card(0, case_id, "main", "dputr", "telegram", "-100", "4"), **changes)
    return store.write_now(lambda uow: uow.desks.add_card(new))


def test_a_linked_chat_is_found_by_its_unit_and_by_itself(store: Store) -> None:
    link(store)
    assert store.read_now(lambda uow: uow.desks.chat_of("dputr")) == ROADS
    assert store.read_now(lambda uow: uow.desks.units_in("telegram", "-100")) == [ROADS]
    assert store.read_now(lambda uow: uow.desks.chat_of("dlh")) is None
    assert store.read_now(lambda uow: uow.desks.units_in("coba", "-100")) == []


def test_a_village_may_have_one_chat_for_all_units(store: Store) -> None:
    link(store)
    link(store, replace(ROADS, unit="dlh"))
    assert [u.unit for u in store.read_now(lambda uow: uow.desks.units_in("telegram", "-100"))] == ["dlh", "dputr"]
    assert len(store.read_now(lambda uow: uow.desks.all_links())) == 2


def test_linking_again_moves_the_unit_and_unlinking_forgets_it(store: Store) -> None:
    link(store)
    moved = replace(ROADS, chat_id="-200", thread_id=None, title="x" * 300)
    link(store, moved)
    assert store.read_now(lambda uow: uow.desks.chat_of("dputr")) == replace(moved, title="x" * 255)
    store.write_now(lambda uow: uow.desks.unlink("dputr"))
    assert store.read_now(lambda uow: uow.desks.all_links()) == []


def test_a_card_stands_until_it_is_retired(store: Store, case_id: int) -> None:
    card = added(store, case_id)
    assert card.id
    assert store.read_now(lambda uow: uow.desks.card(card.id)) == card
    store.write_now(lambda uow: uow.desks.change_card(card.id, message_id="55", menu="handover"))
    shown = replace(card, message_id="55", menu="handover")
    assert store.read_now(lambda uow: uow.desks.cards_of(case_id)) == [shown]
    assert store.read_now(lambda uow: uow.desks.cards_of_open_cases("telegram", "-100")) == [shown]
    assert store.read_now(lambda uow: uow.desks.cards_of_open_cases("telegram", "-200")) == []
    store.write_now(lambda uow: uow.desks.change_card(card.id, retired=True))
    assert store.read_now(lambda uow: uow.desks.cards_of(case_id)) == []
    assert store.read_now(lambda uow: uow.desks.cards_of_open_cases("telegram", "-100")) == []
    assert store.read_now(lambda uow: uow.desks.card(card.id)).retired


def test_the_cards_of_closed_cases_need_no_further_care(store: Store, case_id: int) -> None:
    added(store, case_id)
    store.write_now(lambda uow: uow.cases.change(case_id, status=Status.SELESAI))
    assert store.read_now(lambda uow: uow.desks.cards_of_open_cases("telegram", "-100")) == []
    assert len(store.read_now(lambda uow: uow.desks.cards_of(case_id))) == 1


def test_links_prompts_and_cards_follow_a_chat_to_its_new_id(store: Store, case_id: int) -> None:
    link(store)
    here = added(store, case_id, message_id="55")
    elsewhere = added(store, case_id, role="inform", chat_id="-300", message_id="56")
    store.write_now(lambda uow: uow.desks.ask(Prompt(0, case_id, "9", "outcome", "telegram", "-100", 1.0)))
    store.write_now(lambda uow: uow.desks.move_chat("telegram", "-100", "-200"))
    assert store.read_now(lambda uow: uow.desks.chat_of("dputr")) == replace(ROADS, chat_id="-200")
    assert store.read_now(lambda uow: uow.desks.asked(case_id, "9")).chat_id == "-200"
    assert store.read_now(lambda uow: uow.desks.cards_of(case_id)) == [
        replace(here, chat_id="-200", message_id=None), elsewhere,
    ]  # fmt: skip


def test_a_message_belongs_to_the_case_it_was_bound_to_last(store: Store, case_id: int) -> None:
    for role in ("card", "question"):
        store.write_now(lambda uow, role=role: uow.desks.bind("telegram", "-100", "55", Bound(case_id, role, "9")))
    assert store.read_now(lambda uow: uow.desks.bound_to("telegram", "-100", "55")) == Bound(case_id, "question", "9")
    assert store.read_now(lambda uow: uow.desks.bound_to("telegram", "-200", "55")) is None


def test_a_person_owes_one_sentence_a_case_and_the_newer_question_counts(store: Store, case_id: int) -> None:
    for kind in ("outcome", "question"):
        prompt = Prompt(0, case_id, "9", kind, "telegram", "-100", 1.0)
        store.write_now(lambda uow, prompt=prompt: uow.desks.ask(prompt))
    store.write_now(lambda uow: uow.desks.ask(Prompt(0, case_id, "8", "outcome", "telegram", "-100", 1.0)))
    assert store.read_now(lambda uow: uow.desks.asked(case_id, "9")).kind == "question"
    store.write_now(lambda uow: uow.desks.answered(case_id, "9"))
    assert store.read_now(lambda uow: uow.desks.asked(case_id, "9")) is None
    assert store.read_now(lambda uow: uow.desks.asked(case_id, "8")).kind == "outcome"
    store.write_now(lambda uow: uow.desks.answered(case_id))
    assert store.read_now(lambda uow: uow.desks.asked(case_id, "8")) is None
