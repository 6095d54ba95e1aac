"""Roles that an admin has set."""

from dataclasses import replace

from bot.domain.roles import Holder, Role
from bot.store.engine import Store
from bot.store.tables import role as table

BUDI = Holder("telegram", "9002", Role.PENGAMAT, "Budi")


def give(store: Store, holder: Holder, *, at: float = 1.0) -> None:
    store.write_now(lambda uow: uow.roles.give(holder, by="telegram:9001", now=at))


def of(store: Store, holder: Holder) -> Role:
    return store.read_now(lambda uow: uow.roles.of(holder.channel, holder.user_id))


def test_who_has_no_role_is_petugas(store: Store) -> None:
    assert of(store, BUDI) is Role.PETUGAS
    assert store.read_now(lambda uow: uow.roles.all()) == []


def test_a_role_is_kept_with_who_gave_it_and_when(store: Store) -> None:
    give(store, BUDI)
    assert of(store, BUDI) is Role.PENGAMAT
    with store.engine.connect() as connection:
        (row,) = connection.execute(table.select())
    assert (row.name, row.given_by, row.at) == ("Budi", "telegram:9001", 1.0)


def test_a_new_role_replaces_the_one_before(store: Store) -> None:
    give(store, BUDI)
    give(store, replace(BUDI, role=Role.KEPALA))
    assert store.read_now(lambda uow: uow.roles.all()) == [replace(BUDI, role=Role.KEPALA)]


def test_petugas_takes_a_role_away_also_where_there_was_none(store: Store) -> None:
    give(store, BUDI)
    for _ in range(2):
        give(store, replace(BUDI, role=Role.PETUGAS))
    assert store.read_now(lambda uow: uow.roles.all()) == []


def test_the_same_id_on_two_channels_is_two_people(store: Store) -> None:
    give(store, BUDI)
    assert of(store, replace(BUDI, channel="discord")) is Role.PETUGAS


def test_heads_are_listed_first_then_by_age(store: Store) -> None:
    head = Holder("telegram", "9", Role.KEPALA)
    later = Holder("discord", "1", Role.PENGAMAT, "Tuti")
    for at, holder in enumerate((BUDI, later, head)):
        give(store, holder, at=float(at))
    assert store.read_now(lambda uow: uow.roles.all()) == [head, BUDI, later]


def test_a_very_long_name_is_cut_to_what_both_databases_hold(store: Store) -> None:
    give(store, replace(BUDI, name="x" * 300))
    assert store.read_now(lambda uow: uow.roles.all())[0].name == "x" * 128
