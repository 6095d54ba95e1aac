"""Cases that go on in another, what their reporters add, and the audit line that tells where they stood."""

from dataclasses import replace

import pytest

from bot.domain.case import Case
from bot.domain.incoming import Chat, Sender
from bot.domain.life import Status
from bot.domain.records import Noted
from bot.services.ports import NewEntry, UnitOfWork
from bot.store.engine import Store
from tests.bot.store.test_cases import change, opened


@pytest.fixture
def cases(store: Store) -> tuple[Case, Case, Case]:
    """A root, and two that were merged into it."""
    chat = Chat("telegram", "7", private=True)
    who = store.write_now(lambda uow: uow.people.meet(Sender("telegram", "7", "Ani"), chat, now=1.0)).id
    root, first, second = (opened(store, who, f"PML-0000{i}") for i in range(3))
    merged = {"status": Status.DIGABUNG, "merged_into": root.id}
    return root, change(store, first, **merged), change(store, second, **merged)


def said(store: Store, case: Case, kind: str, text: str) -> None:
    store.write_now(lambda uow: uow.cases.say(NewEntry("citizen", kind, text, 11.0, case.id, case.person_id)))


def test_the_merged_cases_of_a_root_come_oldest_first(store: Store, cases: tuple[Case, Case, Case]) -> None:
    root, first, second = cases
    assert store.read_now(lambda uow: uow.cases.merged(root.id)) == [first, second]
    assert store.read_now(lambda uow: uow.cases.merged(first.id)) == []
    alone = change(store, first, status=Status.DITERUSKAN, merged_into=None)
    assert alone == replace(first, status=Status.DITERUSKAN, merged_into=None)
    assert store.read_now(lambda uow: uow.cases.merged(root.id)) == [second]


def test_what_was_added_to_merged_cases_comes_in_order_with_their_codes_the_latest_only(
    store: Store, cases: tuple[Case, Case, Case]
) -> None:
    root, first, second = cases
    for case, kind, text in (
        (first, "report", "laporan"), (second, "addition", "satu"), (root, "addition", "akar"),
        (first, "addition", "dua"), (second, "note", "catatan"), (second, "addition", "tiga"),
    ):  # fmt: skip
        said(store, case, kind, text)
    found = store.read_now(lambda uow: uow.cases.merged_words(root.id, limit=2))
    assert [(entry.text, code) for entry, code in found] == [("dua", first.code), ("tiga", second.code)]


def test_a_persons_open_cases_hold_those_that_go_on_in_another(
    store: Store, cases: tuple[Case, Case, Case]
) -> None:
    root, first, second = cases
    change(store, root, status=Status.SELESAI)
    found = store.write_now(lambda uow: uow.cases.of_person(root.person_id, open_only=True))
    assert [case.code for case in found] == [second.code, first.code]


def test_the_latest_audit_line_of_a_kind_is_found_even_in_the_transaction_that_wrote_it(
    store: Store, cases: tuple[Case, Case, Case]
) -> None:
    _, first, second = cases
    with_two = ((1.0, "diteruskan"), (2.0, "diproses"))
    for at, before in with_two:
        store.write_now(
            lambda uow, at=at, before=before: uow.cases.note(
                first.id, "telegram:9", "gabung", at=at, before=before, after="digabung"
            )
        )
    line = store.read_now(lambda uow: uow.cases.noted(first.id, "gabung"))
    assert line is not None
    assert (line.at, line.actor, line.before, line.after) == (2.0, "telegram:9", "diproses", "digabung")
    assert store.read_now(lambda uow: uow.cases.noted(second.id, "gabung")) is None
    assert store.read_now(lambda uow: uow.cases.noted(first.id, "pisah")) is None

    def at_once(uow: UnitOfWork) -> Noted | None:
        uow.cases.note(second.id, "telegram:9", "gabung", at=3.0)
        return uow.cases.noted(second.id, "gabung")

    line = store.write_now(at_once)
    assert line is not None
    assert line.at == 3.0
