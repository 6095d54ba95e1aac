"""People: citizens apart from their cases, and admins."""

from dataclasses import replace

from bot.domain.incoming import Chat, Sender
from bot.domain.records import Person
from bot.store.engine import Store

ANI = Sender("telegram", "7", "Ani")
PRIVATE = Chat("telegram", "7", private=True)


def meet(store: Store, sender: Sender = ANI, chat: Chat = PRIVATE) -> Person:
    return store.write_now(lambda uow: uow.people.meet(sender, chat, now=1.0))


def test_a_citizen_is_met_once(store: Store) -> None:
    person = meet(store)
    assert meet(store) == person
    assert (person.name, person.chat_id, person.register, person.phone) == ("Ani", "7", None, None)


def test_the_same_id_on_two_channels_is_two_people(store: Store) -> None:
    assert meet(store).id != meet(store, Sender("coba", "7", "Ani"), Chat("coba", "7", private=True)).id


def test_a_new_name_is_taken_over_and_what_else_is_known_stays(store: Store) -> None:
    person = meet(store)
    store.write_now(lambda uow: uow.people.change(person.id, register="jv_ngoko", phone="08120000000", misses=2))
    renamed = meet(store, replace(ANI, name="Ani Lestari"))
    assert renamed == replace(person, name="Ani Lestari", register="jv_ngoko", phone="08120000000", misses=2)


def test_a_very_long_name_is_cut_to_what_both_databases_hold(store: Store) -> None:
    assert meet(store, replace(ANI, name="x" * 300)).name == "x" * 128


def test_who_blocked_wadul_and_writes_again_is_no_longer_blocked(store: Store) -> None:
    person = meet(store)
    store.write_now(lambda uow: uow.people.change(person.id, blocked=True))
    assert not meet(store).blocked


def test_people_are_found_by_id_by_channel_id_and_by_their_chat(store: Store) -> None:
    person = meet(store)
    assert store.read_now(lambda uow: uow.people.by_id(person.id)) == person
    assert store.read_now(lambda uow: uow.people.find("telegram", "7")) == person
    assert store.read_now(lambda uow: uow.people.in_chat("telegram", "7")) == person
    assert store.read_now(lambda uow: uow.people.by_id(person.id + 1)) is None
    assert store.read_now(lambda uow: uow.people.find("coba", "7")) is None
    assert store.read_now(lambda uow: uow.people.in_chat("telegram", "8")) is None


def test_an_admin_is_made_once_and_known_on_that_channel_only(store: Store) -> None:
    assert not store.read_now(lambda uow: uow.people.has_admins())
    for _ in range(2):
        store.write_now(lambda uow: uow.people.make_admin("telegram", "7", now=1.0))
    assert store.read_now(lambda uow: uow.people.has_admins())
    assert store.read_now(lambda uow: uow.people.is_admin("telegram", "7"))
    assert not store.read_now(lambda uow: uow.people.is_admin("discord", "7"))
