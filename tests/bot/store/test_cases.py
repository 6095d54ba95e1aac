"""Cases and everything told in them, round trip."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from bot.domain.case import Case, Tags
from bot.domain.incoming import Attachment, Chat, Point, Sender
from bot.domain.life import Status
from bot.domain.records import Lesson
from bot.services.ports import NewCase, NewEntry
from bot.store.engine import Store
from bot.store.tables import audit, lesson

TAGS = Tags(
    kind="pengaduan", topic="jalan", urgency="sedang", language="jv_ngoko", further=("pengairan",),
    location="Desa Kabunan", unsure=True, guesses=(("jalan", 0.5), ("pengairan", 0.25)), p_topic=0.5, model="m1",
)  # fmt: skip


@pytest.fixture
def person_id(store: Store) -> int:
    chat = Chat("telegram", "7", private=True)
    return store.write_now(lambda uow: uow.people.meet(Sender("telegram", "7", "Ani"), chat, now=1.0)).id


def opened(store: Store, person_id: int, code: str = "PML-00001", *, at: float = 10.0, **changes: object) -> Case:
    new = NewCase(code, person_id, "telegram", "7", "dputr", ("dlh",), "jv", TAGS, at)
    return store.write_now(lambda uow: uow.cases.add(replace(new, **changes)))


def change(store: Store, case: Case, **values: object) -> Case:
    return store.write_now(lambda uow: uow.cases.change(case.id, **values))


def test_a_case_comes_back_as_it_was_opened(store: Store, person_id: int) -> None:
    case = opened(store, person_id)
    assert case == Case(
        id=case.id, code="PML-00001", person_id=person_id, channel="telegram", chat_id="7", status=Status.DITERUSKAN,
        tags=TAGS, unit="dputr", register="jv", created_at=10.0, updated_at=10.0, last_said_at=10.0, informed=("dlh",),
    )  # fmt: skip
    assert store.read_now(lambda uow: uow.cases.by_id(case.id)) == case
    assert store.read_now(lambda uow: uow.cases.by_code("PML-00001")) == case
    assert store.write_now(lambda uow: uow.cases.lock(case.id)) == case


def test_an_unknown_case_is_none(store: Store) -> None:
    assert store.read_now(lambda uow: uow.cases.by_id(1)) is None
    assert store.read_now(lambda uow: uow.cases.by_code("PML-00001")) is None
    assert store.write_now(lambda uow: uow.cases.lock(1)) is None
    assert not store.read_now(lambda uow: uow.cases.code_taken("PML-00001"))


def test_a_code_is_given_out_once(store: Store, person_id: int) -> None:
    opened(store, person_id)
    assert store.read_now(lambda uow: uow.cases.code_taken("PML-00001"))
    with pytest.raises(sa.exc.IntegrityError):
        opened(store, person_id)


def test_a_change_returns_the_case_as_it_is_now(store: Store, person_id: int) -> None:
    case = opened(store, person_id)
    tags = replace(TAGS, topic="sampah", further=(), guesses=(), unsure=False, set_by="petugas")
    changed = change(store, case, status=Status.DIPROSES, taken_by="Budi", taken_by_id="9", tags=tags, informed=())
    assert changed == replace(
        case, status=Status.DIPROSES, taken_by="Budi", taken_by_id="9", tags=tags, informed=()
    )
    assert store.read_now(lambda uow: uow.cases.by_id(case.id)) == changed


def test_a_persons_cases_come_latest_first_and_closed_ones_may_be_left_out(store: Store, person_id: int) -> None:
    first, second, third = (opened(store, person_id, f"PML-0000{i}") for i in range(3))
    change(store, second, status=Status.SELESAI)
    codes = [case.code for case in store.read_now(lambda uow: uow.cases.of_person(person_id))]
    assert codes == [third.code, second.code, first.code]
    codes = [case.code for case in store.read_now(lambda uow: uow.cases.of_person(person_id, open_only=True))]
    assert codes == [third.code, first.code]
    assert len(store.read_now(lambda uow: uow.cases.of_person(person_id, limit=1))) == 1
    assert store.read_now(lambda uow: uow.cases.of_person(person_id + 1)) == []


def test_a_units_open_cases_and_the_open_emergencies_come_oldest_first(store: Store, person_id: int) -> None:
    emergency = replace(TAGS, urgency="darurat")
    first = opened(store, person_id, "PML-00001", tags=emergency)
    second = opened(store, person_id, "PML-00002")
    other = opened(store, person_id, "PML-00003", unit="dlh", tags=emergency)
    closed = opened(store, person_id, "PML-00004", tags=emergency)
    change(store, closed, status=Status.BUKAN_WEWENANG)
    assert store.read_now(lambda uow: uow.cases.open_in("dputr")) == [first, second]
    assert store.read_now(lambda uow: uow.cases.open_emergencies()) == [first, other]


def test_words_are_kept_in_order_with_their_place_and_author(store: Store, person_id: int) -> None:
    case = opened(store, person_id)
    point = Point(-6.9, 109.4)
    report = NewEntry("citizen", "report", "dalane bolong", 11.0, case.id, person_id, message_id="5", point=point)
    note = NewEntry("staff", "note", "besok dicek", 12.0, case.id, name="Budi")
    ids = [store.write_now(lambda uow, new=new: uow.cases.say(new)) for new in (report, note)]
    entries = store.read_now(lambda uow: uow.cases.entries(case.id))
    assert [e.id for e in entries] == ids
    assert (entries[0].text, entries[0].message_id) == ("dalane bolong", "5")
    assert (entries[0].lat, entries[0].lon) == (-6.9, 109.4)
    assert (entries[1].author, entries[1].name, entries[1].lat) == ("staff", "Budi", None)
    assert store.read_now(lambda uow: uow.cases.entry(ids[0])) == (entries[0], person_id)
    assert store.read_now(lambda uow: uow.cases.entry(ids[1])) == (entries[1], None)
    assert store.read_now(lambda uow: uow.cases.entry(999)) is None
    assert store.read_now(lambda uow: uow.cases.entry_of(person_id, "5")) == entries[0]
    assert store.read_now(lambda uow: uow.cases.entry_of(person_id, "6")) is None


def test_any_script_and_emoji_survive(store: Store, person_id: int) -> None:
    words = "ꦮꦢꦸꦭ\u200f 🏚️ é"
    entry_id = store.write_now(lambda uow: uow.cases.say(NewEntry("citizen", "report", words, 1.0)))
    assert store.read_now(lambda uow: uow.cases.entry(entry_id))[0].text == words


def test_words_without_a_case_may_become_its_report_later(store: Store, person_id: int) -> None:
    entry_id = store.write_now(lambda uow: uow.cases.say(NewEntry("citizen", "talk", "halo", 1.0, person_id=person_id)))
    case = opened(store, person_id)
    store.write_now(lambda uow: uow.cases.reword(entry_id, "halo lagi", at=2.0))
    assert store.read_now(lambda uow: uow.cases.entries(case.id)) == []
    store.write_now(lambda uow: uow.cases.reword(entry_id, "jalan rusak", at=3.0, case_id=case.id))
    [entry] = store.read_now(lambda uow: uow.cases.entries(case.id))
    assert (entry.kind, entry.text) == ("report", "jalan rusak")


def test_later_parts_of_an_album_find_the_case_of_the_first(store: Store, person_id: int) -> None:
    case = opened(store, person_id)
    new = NewEntry("citizen", "report", "", 1.0, case.id, person_id, group_key="album")
    store.write_now(lambda uow: uow.cases.say(new))
    assert store.read_now(lambda uow: uow.cases.album_case(person_id, "album")) == case.id
    assert store.read_now(lambda uow: uow.cases.album_case(person_id, "another")) is None
    assert store.read_now(lambda uow: uow.cases.album_case(person_id + 1, "album")) is None


def test_files_wait_to_be_fetched_until_they_are_on_disk_or_given_up(store: Store, person_id: int) -> None:
    case = opened(store, person_id)
    photo = Attachment("photo", "file-1", "unique-1", "image/jpeg", 2_000)
    voice = Attachment("voice", "file-2", "unique-2")
    ids = store.write_now(lambda uow: uow.cases.attach(case.id, "telegram", (photo, voice), at=10.0))
    assert store.write_now(lambda uow: uow.cases.attach(case.id, "telegram", (), at=10.0)) == []
    media = store.read_now(lambda uow: uow.cases.media(case.id))
    assert [m.id for m in media] == ids
    assert (media[0].kind, media[0].file_id, media[0].mime, media[0].size) == ("photo", "file-1", "image/jpeg", 2_000)
    assert store.read_now(lambda uow: uow.cases.media_to_fetch(now=9.0, limit=9)) == []
    assert store.read_now(lambda uow: uow.cases.media_to_fetch(now=10.0, limit=9)) == [(media[0], 0), (media[1], 0)]
    store.write_now(lambda uow: uow.cases.media_fetched(ids[0], path="1/1.jpg", sha256="0" * 64))
    store.write_now(lambda uow: uow.cases.media_fetched(ids[1], next_at=20.0, attempts=1))
    assert store.read_now(lambda uow: uow.cases.media_to_fetch(now=19.0, limit=9)) == []
    assert store.read_now(lambda uow: uow.cases.media_to_fetch(now=20.0, limit=9)) == [(media[1], 1)]
    store.write_now(lambda uow: uow.cases.media_fetched(ids[1], error="gone"))
    assert store.read_now(lambda uow: uow.cases.media_to_fetch(now=99.0, limit=9)) == []
    paths = [m.path for m in store.read_now(lambda uow: uow.cases.media_by_id(ids))]
    assert paths == ["1/1.jpg", None]


def test_what_was_done_and_learned_is_written_down(store: Store, person_id: int) -> None:
    case = opened(store, person_id)
    learned = Lesson(case.id, "topic", "jalan", "pengairan", "telegram:9", "m1", 5.0)
    store.write_now(lambda uow: uow.cases.note(case.id, "telegram:9", "taken", at=5.0, before="x" * 99, after="y"))
    store.write_now(lambda uow: uow.cases.note(None, "telegram:9", "linked", at=6.0))
    store.write_now(lambda uow: uow.cases.learn(learned))
    with store.engine.connect() as connection:
        notes = connection.execute(sa.select(audit).order_by(audit.c.id)).all()
        lessons = connection.execute(sa.select(lesson)).all()
    assert [(n.case_id, n.what, n.before, n.after) for n in notes] == [
        (case.id, "taken", "x" * 64, "y"), (None, "linked", "", ""),
    ]  # fmt: skip
    assert [(row.before, row.after, row.model) for row in lessons] == [("jalan", "pengairan", "m1")]


def test_nothing_of_a_failed_use_case_stays(store: Store, person_id: int) -> None:
    def work(uow: object) -> None:
        uow.cases.add(NewCase("PML-00001", person_id, "telegram", "7", "dputr", (), "jv", TAGS, 1.0))
        raise LookupError

    with pytest.raises(LookupError):
        store.write_now(work)
    assert store.read_now(lambda uow: uow.cases.by_code("PML-00001")) is None
