"""What is least like the labelled reports in meaning comes to admins; on both databases, by vectors that were kept."""

import numpy as np
import pytest

from bot.domain.teaching import Reason
from bot.services.learning.unlike import likeness
from bot.services.matters.vectors import SKETCH
from bot.services.office import Office
from bot.store.engine import Store
from tests.bot.services.fakes import make_office
from tests.bot.services.learning.test_teaching import ANI, CHOSEN, Loaded, report, say, shown

DIVERSE = Loaded(0.9)


@pytest.fixture
def office() -> Office:
    return make_office()


def kept(store: Store, case_id: int, *vector: float, encoder: str = "e1") -> None:
    """A report's meaning stands in the store."""
    packed = np.concatenate([vector, np.zeros(SKETCH)]).astype(np.float16).tobytes()
    store.write_now(lambda uow: uow.similar.keep(case_id, encoder, packed, at=1.0))


def labelled(store: Store, office: Office, number: int, *vector: float) -> int:
    """A report that an admin has labelled."""
    case_id = report(store, office, number)
    kept(store, case_id, *vector)
    say(store, office, ANI, shown(store, office, ANI, CHOSEN).task.id, "jalan")
    return case_id


def test_the_diverse_share_takes_what_means_something_else(store: Store, office: Office) -> None:
    labelled(store, office, 1, 1.0, 0.0)
    near, far = (report(store, office, number, p=p) for number, p in ((2, 0.55), (3, 0.95)))
    kept(store, near, 0.9, 0.1)
    kept(store, far, 0.0, 1.0)
    task = shown(store, office, ANI, DIVERSE).task
    assert (task.reason, task.case_id) == (Reason.DIVERSE, far)


def test_likeness_is_that_of_the_likest_and_only_within_one_encoder(store: Store, office: Office) -> None:
    every = [report(store, office, number) for number in range(1, 7)]
    for case_id, vector in zip(every, ((1.0, 0.0), (0.0, 1.0), (0.6, 0.8), (0.0, 1.0)), strict=False):
        kept(store, case_id, *vector)
    kept(store, every[4], 1.0, 0.0, encoder="e2")
    labels, candidates = every[:2], every[2:]
    found = store.read_now(lambda uow: likeness(uow, candidates, labels))
    assert found == {every[2]: pytest.approx(0.8, abs=1e-3), every[3]: pytest.approx(1.0)}
    assert store.read_now(lambda uow: likeness(uow, [every[4]], labels)) == {}
    assert store.read_now(lambda uow: likeness(uow, [every[5]], labels)) == {}
    assert store.read_now(lambda uow: likeness(uow, [], [])) == {}


def test_without_any_vector_it_is_the_topic_that_was_labelled_least_in_its_language(
    store: Store, office: Office
) -> None:
    report(store, office, 1)
    say(store, office, ANI, shown(store, office, ANI, CHOSEN).task.id, "jalan")
    report(store, office, 2, "jalan", p=0.6)
    other = report(store, office, 3, "jalan", p=0.9, language="jv_krama")
    task = shown(store, office, ANI, DIVERSE).task
    assert (task.reason, task.case_id) == (Reason.DIVERSE, other)
