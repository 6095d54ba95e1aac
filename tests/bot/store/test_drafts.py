"""Drafts of answers, round trip; and what else the store keeps for corrections."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from bot.domain.case import Tags
from bot.domain.incoming import Chat, Sender
from bot.domain.records import Bound, Draft, Lesson
from bot.services.ports import NewCase
from bot.store.engine import Store

TAGS = Tags("pengaduan", "jalan", "sedang", "id")
PLACE = "Jalan Gatot Subroto, di depan toko besi Sumber Rejeki, dukuh Krajan RT 2 RW 5, Desa Purwoharjo"


@pytest.fixture
def case_id(store: Store) -> int:
    def work(uow):  # type: ignore[no-untyped-def]
        person = uow.people.meet(Sender("telegram", "7", "Ani"), Chat("telegram", "7", private=True), now=1.0)
        return uow.cases.add(NewCase("PML-00001", person.id, "telegram", "7", "dputr", (), "id", TAGS, 1.0)).id

    return store.write_now(work)


def draft(case_id: int, author: str = "telegram:9002", *, at: float = 10.0) -> Draft:
    return Draft(0, case_id, author, "Budi", "Besok kami ke sana.", at)


def test_a_draft_comes_back_until_it_is_dropped(store: Store, case_id: int) -> None:
    kept = store.write_now(lambda uow: uow.drafts.add(draft(case_id)))
    assert kept == replace(draft(case_id), id=kept.id)
    assert store.read_now(lambda uow: uow.drafts.get(kept.id)) == kept
    assert store.read_now(lambda uow: uow.drafts.of(case_id, "telegram:9002")) == kept
    assert store.read_now(lambda uow: uow.drafts.of(case_id, "telegram:9004")) is None
    store.write_now(lambda uow: uow.drafts.drop(kept.id))
    assert store.read_now(lambda uow: uow.drafts.get(kept.id)) is None


def test_an_author_has_one_draft_for_a_case(store: Store, case_id: int) -> None:
    store.write_now(lambda uow: uow.drafts.add(draft(case_id)))
    store.write_now(lambda uow: uow.drafts.add(draft(case_id, "telegram:9004")))
    with pytest.raises(sa.exc.IntegrityError):
        store.write_now(lambda uow: uow.drafts.add(draft(case_id)))


def test_old_drafts_are_forgotten(store: Store, case_id: int) -> None:
    old = store.write_now(lambda uow: uow.drafts.add(draft(case_id)))
    new = store.write_now(lambda uow: uow.drafts.add(draft(case_id, "telegram:9004", at=20.0)))
    store.write_now(lambda uow: uow.drafts.prune(before=20.0))
    assert store.read_now(lambda uow: (uow.drafts.get(old.id), uow.drafts.get(new.id))) == (None, new)


def test_lessons_come_back_in_order_with_a_whole_place(store: Store, case_id: int) -> None:
    lessons = [
        Lesson(case_id, "location", "", PLACE, "telegram:9002", "m1", 1.0),
        Lesson(case_id, "urgency", "darurat", "sedang", "telegram:9002", None, 2.0),
    ]
    for each in lessons:
        store.write_now(lambda uow, each=each: uow.cases.learn(each))
    assert store.read_now(lambda uow: uow.cases.lessons(case_id)) == lessons
    assert store.read_now(lambda uow: uow.cases.lessons(case_id + 1)) == []


def test_what_a_person_set_is_kept_with_the_case(store: Store, case_id: int) -> None:
    tags = replace(TAGS, urgency="rendah", fixed=("location", "urgency"))
    store.write_now(lambda uow: uow.cases.change(case_id, tags=tags))
    case = store.read_now(lambda uow: uow.cases.by_id(case_id))
    assert case
    assert case.tags == tags


def test_the_messages_of_a_chat_are_found_by_case_and_role(store: Store, case_id: int) -> None:
    def work(uow):  # type: ignore[no-untyped-def]
        uow.desks.bind("telegram", "-1", "11", Bound(case_id, "draft:1"))
        uow.desks.bind("telegram", "-1", "12", Bound(case_id, "card"))
        uow.desks.bind("telegram", "-2", "13", Bound(case_id, "draft:1"))
        uow.desks.bind("telegram", "-1", "14", Bound(case_id + 1, "draft:1"))
        return uow.desks.messages_in("telegram", "-1", Bound(case_id, "draft:1"))

    assert store.write_now(work) == ["11"]
