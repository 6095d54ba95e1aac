"""What privacy keeps: readings, readers, wishes; and what lists and searches leave out; on both databases."""

from bot.domain.lists import Tab, scope_of
from bot.domain.readings import Reading, SecretReader, Why, Wish
from bot.domain.records import Card
from bot.domain.region import HEAD
from bot.store.engine import Store
from tests.bot.store.test_lists import ALL, found, opened, work

READ = Reading(5.0, "telegram:9", "dinsos", 1, 7, ("isi", "berkas"), Why.OPENED)


def test_readings_are_kept_in_order_by_case_and_by_person(store: Store) -> None:
    later = Reading(6.0, "telegram:8", "meja", 2, 7, ("telepon",), Why.DATA)
    for each in (READ, later):
        store.write_now(lambda uow, each=each: uow.readings.add(each))
    assert store.read_now(lambda uow: uow.readings.of_case(1)) == [READ]
    assert store.read_now(lambda uow: uow.readings.of_person(7)) == [READ, later]
    assert store.read_now(lambda uow: uow.readings.of_person(8)) == []


def test_a_reader_is_named_once_and_taken_off_again(store: Store) -> None:
    reader, other = SecretReader("dinsos", "telegram", "9"), SecretReader("dlh", "coba", "petugas:1")
    for each in (reader, reader, other):
        store.write_now(lambda uow, each=each: uow.secret_readers.add(each, by="x", at=1.0))
    assert store.read_now(lambda uow: uow.secret_readers.of("dinsos")) == [reader]
    assert store.read_now(lambda uow: [each.actor for each in uow.secret_readers.all()]) == [
        "telegram:9", "coba:petugas:1",
    ]  # fmt: skip
    store.write_now(lambda uow: uow.secret_readers.drop(reader))
    assert store.read_now(lambda uow: uow.secret_readers.all()) == [other]


def test_a_later_wish_takes_the_place_of_the_earlier_and_ends_by_itself(store: Store) -> None:
    first, second = Wish(7, True, False, 10.0), Wish(7, False, True, 20.0)
    for each in (first, second):
        store.write_now(lambda uow, each=each: uow.wishes.keep(each))
    assert store.read_now(lambda uow: uow.wishes.of(7, now=19.0)) == second
    assert store.read_now(lambda uow: uow.wishes.of(7, now=20.0)) is None
    store.write_now(lambda uow: uow.wishes.drop(7))
    assert store.read_now(lambda uow: uow.wishes.of(7, now=1.0)) is None


def test_where_words_may_stand_are_all_chats_that_ever_had_a_card(store: Store) -> None:
    case = opened(store)

    def put(chat_id: str) -> Card:
        return store.write_now(lambda uow: uow.desks.add_card(Card(0, case.id, "main", "dlh", "telegram", chat_id)))

    old, new = put("-1"), put("-2")
    store.write_now(lambda uow: uow.desks.change_card(old.id, retired=True))
    assert [each.id for each in store.read_now(lambda uow: uow.quotes.cards(case.id))] == [new.id, old.id]


def test_lists_leave_out_what_complains_about_somebody_who_sits_there(store: Store) -> None:
    mine, about_them = opened(store, unit="inspektorat"), opened(store, unit="inspektorat", accused=("dinsos",))
    watch = scope_of({"inspektorat"}, without_chat=())
    shared = scope_of({"inspektorat", "dinsos"}, without_chat=())
    assert work(store, watch) == [mine.id, about_them.id]
    assert work(store, shared) == [mine.id]
    counts = store.read_now(lambda uow: uow.lists.counts(shared, actor="x", now=1.0, midnight=2.0))
    assert counts[Tab.SEMUA] == 1


def test_searches_leave_it_out_too_and_the_head_is_no_exception(store: Store) -> None:
    for accused in ((), ("dinsos",), (HEAD,)):
        opened(store, "Jembatan Comal.", unit="inspektorat", accused=accused)
    everything, head = found(store, "jembatan"), found(store, "jembatan", scope_of({HEAD}, without_chat=()))
    assert (len(everything), len(head)) == (3, 2)
    assert len(found(store, "jembatan", scope_of({"inspektorat", "dinsos"}, without_chat=()))) == 2


def test_nobody_finds_a_secret_case_by_its_words_and_again_once_it_is_none(store: Store) -> None:
    case = opened(store, "Jembatan Comal.", secret=True)
    assert found(store, "jembatan", ALL) == []
    store.write_now(lambda uow: uow.cases.change(case.id, secret=False))
    assert found(store, "jembatan", ALL) == [case.id]
