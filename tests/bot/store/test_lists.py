"""What a chat may list: open work in order, and cases by their words, on both databases."""

from dataclasses import replace
from itertools import count

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.case import Case, Tags
from bot.domain.incoming import Chat, Sender
from bot.domain.life import OPEN, Status
from bot.domain.lists import Scope, Tab
from bot.domain.searching import asked_words, with_bare, words_of
from bot.services.ports import NewCase, NewEntry
from bot.store import words
from bot.store.engine import Store
from bot.store.tables import WORK, case_words
from bot.store.tables import case as case_table
from bot.store.unit_of_work import SqlUnitOfWork

TAGS = Tags("pengaduan", "jalan", "sedang", "id")
DPU = Scope(frozenset({"dputr"}))
ALL = Scope(None)
NUMBERS = count(1)
WHEN = {"actor": "telegram:9", "now": 1000.0, "midnight": 2000.0}


def opened(
    store: Store, text: str = "Jalan rusak.", *, unit: str = "dputr", tags: Tags = TAGS, **values: object
) -> Case:
    """A case with a report."""
    chat = Chat("telegram", "7", private=True)
    person = store.write_now(lambda uow: uow.people.meet(Sender("telegram", "7", "Ani"), chat, now=1.0))
    code = f"PML-{next(NUMBERS):05d}"

    def work(uow: SqlUnitOfWork) -> Case:
        case = uow.cases.add(NewCase(code, person.id, "telegram", "7", unit, (), "id", tags, 10.0))
        uow.cases.say(NewEntry("citizen", "report", text, 10.0, case_id=case.id, person_id=person.id, message_id=code))
        return uow.cases.change(case.id, **values) if values else case

    return store.write_now(work)


def change(store: Store, case: Case, **values: object) -> None:
    store.write_now(lambda uow: uow.cases.change(case.id, **values))


def work(store: Store, scope: Scope = DPU, tab: Tab = Tab.SEMUA, *, skip: int = 0, most: int = 8) -> list[int]:
    return store.read_now(lambda uow: uow.lists.work(scope, tab, **WHEN, skip=skip, most=most))


def found(store: Store, text: str, scope: Scope = ALL, *, most: int = 50) -> list[int]:
    return store.read_now(lambda uow: uow.lists.search(scope, asked_words(text), most=most))


# Work -----------------------------------------------------------------------------------------------------------


def test_emergencies_come_first_then_the_pressing_then_the_oldest(store: Store) -> None:
    urgencies = ("rendah", "sedang", "tinggi", "darurat", "sedang", "darurat")
    ids = [opened(store, tags=replace(TAGS, urgency=each)).id for each in urgencies]
    assert work(store) == [ids[3], ids[5], ids[2], ids[0], ids[1], ids[4]]
    assert work(store, skip=4) == [ids[1], ids[4]]
    assert work(store, skip=1, most=2) == [ids[5], ids[2]]


def test_only_what_is_open_is_work(store: Store) -> None:
    every = {status: opened(store, status=status).id for status in Status}
    assert work(store, most=50) == sorted(every[status] for status in OPEN)


def test_each_tab_holds_its_part_and_the_counts_agree(store: Store) -> None:
    mine = opened(store, taken_by_id="telegram:9", due_at=1500.0)
    late = opened(store, taken_by_id="telegram:8", due_at=999.0)
    rest = opened(store, due_at=2000.0)
    opened(store, unit="dlh", due_at=1.0, taken_by_id="telegram:9")
    assert work(store, tab=Tab.MILIK) == [mine.id]
    assert work(store, tab=Tab.TERLAMBAT) == [late.id]
    assert work(store, tab=Tab.HARI_INI) == [mine.id]
    assert work(store) == [mine.id, late.id, rest.id]
    counts = store.read_now(lambda uow: uow.lists.counts(DPU, **WHEN))
    assert counts == {Tab.MILIK: 1, Tab.TERLAMBAT: 1, Tab.HARI_INI: 1, Tab.SEMUA: 3}


def test_where_nothing_lies_every_count_is_naught(store: Store) -> None:
    assert store.read_now(lambda uow: uow.lists.counts(ALL, **WHEN)) == dict.fromkeys(Tab, 0)


def test_the_duty_chat_works_on_emergencies_without_oversight(store: Store) -> None:
    fire = replace(TAGS, urgency="darurat")
    here = opened(store, tags=fire)
    opened(store)
    opened(store, tags=replace(fire, topic="integritas"))
    opened(store, tags=replace(fire, further=("jalan", "integritas")))
    own = opened(store, unit="dlh")
    assert work(store, Scope(frozenset(), emergencies=True)) == [here.id]
    assert work(store, Scope(frozenset({"dlh"}), emergencies=True)) == [here.id, own.id]
    assert work(store, Scope(frozenset())) == []


def test_the_index_of_open_work_alone_answers_the_counts(store: Store) -> None:
    query = sa.select(sa.func.count(case_table.c.due_at)).where(WORK, case_table.c.unit.in_(["dputr", "dlh"]))
    with store.engine.connect() as connection:
        text = query.compile(connection, compile_kwargs={"literal_binds": True})
        if not store.sqlite:  # where nothing lies, PostgreSQL would rather look everywhere
            connection.exec_driver_sql("SET enable_seqscan = off")
            connection.exec_driver_sql("SET enable_bitmapscan = off")
        plan = connection.exec_driver_sql(f"EXPLAIN {'QUERY PLAN' if store.sqlite else ''} {text}").fetchall()
    way = "COVERING INDEX ix_cases_work" if store.sqlite else "Index Only Scan using ix_cases_work"
    assert any(way in str(row) for row in plan), plan


# Words ----------------------------------------------------------------------------------------------------------


def test_every_word_must_occur_whatever_its_case_and_accents_and_the_newest_come_first(store: Store) -> None:
    one = opened(store, "Lampu pasar Comal mati.")
    two = opened(store, "Dhèwèké lapor: LAMPU mati nèng pasar!")
    three = opened(store, "Pasar kotor.")
    assert found(store, "lampu pasar") == [two.id, one.id]
    assert found(store, "Pasar") == [three.id, two.id, one.id]
    assert found(store, "neng dheweke") == [two.id]
    assert found(store, "pasar", most=2) == [three.id, two.id]
    assert found(store, "lampu kotor") == []


def test_places_and_codes_are_found_and_closed_cases_too(store: Store) -> None:
    case = opened(store, tags=replace(TAGS, location="Desa Karangsari"), status=Status.SELESAI)
    assert found(store, "karangsari rusak") == [case.id]
    assert found(store, case.code.removeprefix("PML-")) == [case.id]


def test_endings_do_not_hide_a_word_and_beginnings_count_where_no_whole_word_is_found(store: Store) -> None:
    one = opened(store, "Lampune mati.")
    assert found(store, "lampu") == [one.id]
    two = opened(store, "Kebanjiran maneh.")
    assert found(store, "keban") == [two.id]
    three = opened(store, "Keban jeruk.")
    assert found(store, "keban") == [three.id]
    assert found(store, "ke") == []


def test_what_is_masked_on_a_card_is_found_by_nobody(store: Store) -> None:
    case = opened(store, "Hubungi saya di 081234567890, lampu mati.")
    assert found(store, "lampu hubungi") == [case.id]
    assert found(store, "081234567890") == found(store, "0812") == found(store, "telepon") == []


def test_a_chat_finds_what_is_in_its_scope(store: Store) -> None:
    road = opened(store, "pasar")
    rubbish = opened(store, "pasar", unit="dlh")
    fire = opened(store, "pasar", unit="bpbd", tags=replace(TAGS, urgency="darurat"))
    opened(store, "pasar", unit="inspektorat", tags=replace(TAGS, urgency="darurat", further=("integritas",)))
    assert found(store, "pasar", DPU) == [road.id]
    assert found(store, "pasar", Scope(frozenset({"dputr", "dlh"}))) == [rubbish.id, road.id]
    assert found(store, "pasar", Scope(frozenset(), emergencies=True)) == [fire.id]
    assert found(store, "pasar", Scope(frozenset({"dlh"}), emergencies=True)) == [fire.id, rubbish.id]
    assert found(store, "pasar", Scope(frozenset())) == []
    assert len(found(store, "pasar")) == 4


def test_words_follow_the_case_and_what_is_told_in_it(store: Store) -> None:
    case = opened(store, "Jalan rusak.")
    change(store, case, unit="dlh")
    assert (found(store, "rusak", DPU), found(store, "rusak", Scope(frozenset({"dlh"})))) == ([], [case.id])
    change(store, case, tags=replace(TAGS, location="Bantarbolang", urgency="darurat"))
    assert found(store, "bantarbolang", Scope(frozenset(), emergencies=True)) == [case.id]
    store.write_now(lambda uow: uow.cases.say(NewEntry("citizen", "report", "Dekat masjid.", 11.0, case_id=case.id)))
    assert found(store, "rusak masjid") == [case.id]
    entry = store.read_now(lambda uow: uow.cases.entries(case.id)[0])
    store.write_now(lambda uow: uow.cases.reword(entry.id, "Jembatan ambrol.", at=12.0))
    assert (found(store, "rusak"), found(store, "jembatan masjid")) == ([], [case.id])


def test_what_staff_and_citizens_say_later_is_no_report(store: Store) -> None:
    case = opened(store)
    store.write_now(lambda uow: uow.cases.say(NewEntry("staff", "note", "Rahasia dapur.", 11.0, case_id=case.id)))
    assert found(store, "dapur") == []


def test_words_that_were_no_report_are_found_once_they_are(store: Store) -> None:
    case = opened(store)
    entry = store.write_now(lambda uow: uow.cases.say(NewEntry("citizen", "chat", "Selokan mampet.", 1.0)))
    assert found(store, "selokan") == []
    store.write_now(lambda uow: uow.cases.reword(entry, "Selokan mampet.", at=2.0, case_id=case.id))
    assert found(store, "selokan") == [case.id]


def test_what_was_rolled_back_is_not_found(store: Store) -> None:
    case = opened(store, "Jalan rusak.")
    entry = store.read_now(lambda uow: uow.cases.entries(case.id)[0])

    def work(uow: SqlUnitOfWork) -> None:
        uow.cases.reword(entry.id, "Selokan mampet.", at=12.0)
        uow.flush()
        raise RuntimeError

    with pytest.raises(RuntimeError):
        store.write_now(work)
    assert (found(store, "selokan"), found(store, "rusak")) == ([], [case.id])


def test_words_that_are_erased_are_gone_from_the_search(store: Store) -> None:
    case = opened(store, "Jalan rusak.")
    with store.engine.begin() as connection:
        connection.execute(case_words.delete().where(case_words.c.case_id == case.id))
    assert found(store, "rusak") == []


def test_a_search_that_looks_at_the_newest_first_finds_the_same(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = [opened(store, "Pasar ramai." if n % 3 else "Pasar sepi.").id for n in range(12)]
    whole = found(store, "pasar"), found(store, "sepi"), found(store, "pasar", most=2)
    monkeypatch.setattr(words, "NEWEST", (1, 4))
    assert (found(store, "pasar"), found(store, "sepi"), found(store, "pasar", most=2)) == whole
    assert whole == (ids[::-1], ids[9::-3], ids[:-3:-1])


VOCABULARY = st.sampled_from(
    ["jalan", "jalane", "lampu", "lampune", "rt", "3", "élok", "pasar", "ñandú", "di_dlh", "NOT"]
)
TOLD = st.lists(st.lists(VOCABULARY, max_size=5).map(" ".join), min_size=1, max_size=5)
ASKED = st.lists(VOCABULARY, min_size=1, max_size=3).map(" ".join).filter(words_of)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=TOLD, asked=ASKED)
def test_whole_words_find_exactly_the_cases_that_have_them_all(store: Store, told: list[str], asked: str) -> None:
    unit = f"unit{next(NUMBERS)}"
    ids = {opened(store, text, unit=unit).id: set(with_bare(words_of(text))) for text in told}
    expected = [i for i in sorted(ids, reverse=True) if set(asked_words(asked)) <= ids[i]]
    got = found(store, asked, Scope(frozenset({unit})))
    assert got == expected or not expected  # without a whole word, beginnings count
