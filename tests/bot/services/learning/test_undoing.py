"""An admin takes an answer back: nothing of it counts any more, and nothing else is touched. On both databases."""

import pytest

from bot.domain.errors import PressRefused
from bot.domain.teaching import Reason
from bot.services.learning import teaching
from bot.services.learning.lessons import lesson_rows
from bot.services.learning.undoing import last_answer, undo
from bot.services.office import Office
from bot.store.engine import Store
from tests.bot.services.fakes import make_office
from tests.bot.services.learning.test_teaching import ANI, BLIND, BUDI, RANDOM, report, say, shown


@pytest.fixture
def office() -> Office:
    return make_office()


def take_back(store: Store, office: Office, admin: str, task: int) -> None:
    store.write_now(lambda uow: undo(uow, office, admin, task))


def labels(store: Store) -> list[tuple[str, str]]:
    """Who gave which topic, of the lessons that count."""
    every = store.read_now(lambda uow: uow.lessons.all())
    return [(each.who, each.after) for each in every if each.field == "topic"]


def test_nothing_of_an_answer_counts_any_more_and_its_message_waits(store: Store, office: Office) -> None:
    report(store, office, 1)
    task = shown(store, office, ANI).task
    say(store, office, ANI, task.id, "listrik")
    say(store, office, ANI, task.id, "pengairan")
    take_back(store, office, ANI, task.id)
    assert labels(store) == []
    topics = office.region.topics
    assert store.read_now(lambda uow: (uow.teaching.answers(), lesson_rows(uow, topics, salt="s"))) == ([], [])
    assert shown(store, office, ANI).task == task
    say(store, office, ANI, task.id, "sampah")
    assert labels(store) == [(ANI, "sampah")]


def test_what_another_admin_said_of_the_case_stands(store: Store, office: Office) -> None:
    report(store, office, 1)
    say(store, office, ANI, shown(store, office, ANI).task.id, "listrik")
    again = shown(store, office, BUDI, BLIND).task
    assert again.reason is Reason.AGAIN
    say(store, office, BUDI, again.id, "sampah")
    assert store.read_now(teaching.disagreements)
    take_back(store, office, BUDI, again.id)
    assert labels(store) == [(ANI, "listrik")]
    assert store.read_now(teaching.disagreements) == []


def test_an_answer_that_the_random_share_counted_is_gone_there_too(store: Store, office: Office) -> None:
    report(store, office, 1)
    first = shown(store, office, ANI).task
    say(store, office, ANI, first.id, "listrik")
    assert store.write_now(lambda uow: teaching.next_for(uow, office, ANI, draw=RANDOM)) is None
    assert store.read_now(lambda uow: teaching.live_accuracy(uow, office))["topic"].n == 1
    last = store.read_now(lambda uow: last_answer(uow, office, ANI))
    assert last
    assert last.task_id == first.id
    take_back(store, office, ANI, first.id)
    assert store.read_now(lambda uow: teaching.live_accuracy(uow, office))["topic"].n == 0
    assert [task.id for task in store.read_now(lambda uow: uow.teaching.waiting(ANI))] == [first.id]


def test_only_the_last_answer_can_be_taken_back_once_and_by_whoever_gave_it(store: Store, office: Office) -> None:
    report(store, office, 1)
    report(store, office, 2)
    tasks = []
    for topic in ("listrik", "sampah"):
        tasks.append(shown(store, office, ANI).task.id)
        say(store, office, ANI, tasks[-1], topic)
    for admin, task in ((ANI, tasks[0]), (BUDI, tasks[1]), (ANI, 999)):
        with pytest.raises(PressRefused):
            take_back(store, office, admin, task)
    take_back(store, office, ANI, tasks[1])
    with pytest.raises(PressRefused):
        take_back(store, office, ANI, tasks[1])
    take_back(store, office, ANI, tasks[0])
    assert labels(store) == []


def test_what_an_admin_passed_over_or_said_days_ago_is_no_last_answer(store: Store) -> None:
    now = [1_000_000.0]
    office = make_office(lambda: now[0])
    report(store, office, 1)
    report(store, office, 2)
    first = shown(store, office, ANI).task.id
    say(store, office, ANI, first, "listrik")
    now[0] += 60.0
    skipped = shown(store, office, ANI).task.id
    store.write_now(lambda uow: teaching.skip(uow, office, ANI, skipped))
    last = store.read_now(lambda uow: last_answer(uow, office, ANI))
    assert last
    assert last.task_id == first
    now[0] += 2 * 86400.0
    assert store.read_now(lambda uow: last_answer(uow, office, ANI)) is None
