"""Whatever is merged, split, closed, opened and withdrawn, in whatever order: one root, no chain, nobody forgotten."""

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.case import Case, Tags
from bot.domain.incoming import Chat, Command, Sender
from bot.domain.life import OPEN, Status
from bot.domain.records import UnitChat
from bot.domain.region import DESK
from bot.services.citizens import citizen_words
from bot.services.citizens.telling import reporters, root_of
from bot.services.desk import staff_words
from bot.services.office import Office
from bot.services.ports import NewCase, UnitOfWork
from bot.store.engine import Store
from tests.bot.services.fakes import make_office

GROUP = Chat("telegram", "-1", private=False)
STAFF = Sender("telegram", "9002", "Dewi")
REASON = "Sudah ditangani di lapangan."
HOW_MANY = 5
OWNERS = (0, 1, 2, 0, 1)  # some reported twice
NUMBERS = count(1)
CASES = st.integers(0, HOW_MANY - 1)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("gabung"), CASES, CASES),
        st.tuples(st.sampled_from(["pisah", "tutup", "buka", "batal"]), CASES, st.just(0)),
    ),
    max_size=12,
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, _migrated_sqlite: Path) -> Iterator[tuple[Store, Office]]:
    """A store whose desk is linked; every example opens cases of its own in it."""
    path = tmp_path_factory.mktemp("merging") / "store.db"
    shutil.copy(_migrated_sqlite, path)
    store = Store(f"sqlite:///{path}")
    store.write_now(lambda uow: uow.desks.link(UnitChat(DESK, "telegram", GROUP.id), by="test", now=0.0))
    yield store, make_office()
    store.close()


def open_cases(uow: UnitOfWork) -> list[Case]:
    """Five cases of three citizens."""
    tags = Tags("pengaduan", "jalan", "sedang", "id")
    made = []
    first = next(NUMBERS) * 10
    for owner in OWNERS:
        user = str(first + owner)
        person = uow.people.meet(Sender("telegram", user), Chat("telegram", user, private=True), now=1.0)
        code = f"PML-{next(NUMBERS):05d}"
        made.append(uow.cases.add(NewCase(code, person.id, "telegram", user, "dputr", (), "id", tags, 1.0)))
    return made


def carry_out(uow: UnitOfWork, office: Office, cases: list[Case], step: tuple[str, int, int]) -> None:
    """A chat word of the desk, or of the citizen."""
    word, one, other = step
    if word == "batal":
        person = uow.people.by_id(cases[one].person_id)
        assert person
        chat, sender = Chat("telegram", person.chat_id, private=True), Sender("telegram", person.user_id)
        citizen_words.obey(uow, office, Command(chat, sender, "1", 1.0, word, cases[one].code))
        return
    rest = {"gabung": cases[other].code, "tutup": REASON}.get(word, "")
    staff_words.obey(uow, office, Command(GROUP, STAFF, "1", 1.0, word, f"{cases[one].code} {rest}"))


def check(uow: UnitOfWork, cases: list[Case]) -> None:
    """What must hold at any moment."""
    now = [case for each in cases if (case := uow.cases.by_id(each.id))]
    for case in now:
        root = root_of(uow, case)
        assert (case.merged_into is not None) == (case.status is Status.DIGABUNG)
        assert root.merged_into is None
        assert root.status is not Status.DIBATALKAN or root.id == case.id
        told = [person.id for person, _ in reporters(uow, root)]
        assert len(told) == len(set(told))
        assert case.person_id in told


@settings(deadline=None, max_examples=60)
@given(STEPS)
def test_every_merged_case_has_one_root_that_stands_and_every_reporter_is_told_once(
    place: tuple[Store, Office], steps: list[tuple[str, int, int]]
) -> None:
    store, office = place

    def story(uow: UnitOfWork) -> None:
        cases = open_cases(uow)
        for step in steps:
            carry_out(uow, office, cases, step)
            check(uow, cases)

    store.write_now(story)


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(sorted(OPEN)), st.sampled_from(sorted(OPEN)))
def test_what_is_split_stands_where_it_stood_before(
    place: tuple[Store, Office], former: Status, root_status: Status
) -> None:
    store, office = place

    def story(uow: UnitOfWork) -> tuple[Case | None, Case | None]:
        case, root, *_ = open_cases(uow)
        case = uow.cases.change(case.id, status=former, taken_by="Budi", taken_by_id="telegram:9")
        root = uow.cases.change(root.id, status=root_status)
        carry_out(uow, office, [case, root], ("gabung", 0, 1))
        merged = uow.cases.by_id(case.id)
        assert merged
        assert (merged.status, merged.merged_into) == (Status.DIGABUNG, root.id)
        carry_out(uow, office, [case, root], ("pisah", 0, 0))
        again, rest = uow.cases.by_id(case.id), uow.cases.by_id(root.id)
        assert again
        assert rest
        assert (again.status, again.merged_into, again.unit, again.taken_by) == (former, None, "dputr", "Budi")
        assert rest.status is root_status
        return again, rest

    store.write_now(story)
