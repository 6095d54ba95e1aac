"""Training jobs, versions, uses and trials, round trip on both databases."""

from dataclasses import replace
from typing import Any

from bot.domain.models import Version, Why
from bot.domain.shadow import Agreement, ShadowRun
from bot.domain.training import Job, JobStatus, Kind
from bot.store.engine import Store

ASKED: dict[str, Any] = {"actor": "telegram:1", "channel": "telegram", "chat_id": "-5", "at": 10.0}


def begin(store: Store) -> Job | None:
    return store.write_now(lambda uow: uow.training.begin(Kind.QUICK, **ASKED))


def test_one_job_runs_at_a_time_and_an_ended_one_makes_room(store: Store) -> None:
    job = begin(store)
    assert job == Job(1, Kind.QUICK, JobStatus.QUEUED, "telegram:1", "telegram", "-5", 10.0)
    assert begin(store) is None
    assert store.read_now(lambda uow: uow.training.running()) == job
    store.write_now(lambda uow: uow.training.change(1, status=JobStatus.JUDGING, result="m", learnt={"two": 3}))
    assert begin(store) is None
    assert store.read_now(lambda uow: uow.training.of_model("m")).learnt == {"two": 3}
    store.write_now(lambda uow: uow.training.change(1, status=JobStatus.READY, report={"reasons": [1]}))
    ready = store.read_now(lambda uow: uow.training.get(1))
    assert (ready.running, ready.blocked) == (False, True)
    assert begin(store) is not None


def test_a_job_is_watched_by_one_worker_of_its_own_machine(store: Store) -> None:
    begin(store)
    assert store.write_now(lambda uow: uow.training.claim(1, "w1", "here"))
    assert not store.write_now(lambda uow: uow.training.claim(1, "w2", "here"))
    store.write_now(lambda uow: uow.workers.leave("w1"))
    assert not store.write_now(lambda uow: uow.training.claim(1, "w2", "elsewhere"))
    assert store.write_now(lambda uow: uow.training.claim(1, "w2", "here"))
    assert store.read_now(lambda uow: uow.training.left_behind("here")) == []
    store.write_now(lambda uow: uow.training.change(1, status=JobStatus.CANCELLED))
    assert [job.id for job in store.read_now(lambda uow: uow.training.left_behind("here"))] == [1]


def test_versions_and_their_use(store: Store) -> None:
    new = Version(0, "m1", "cepat", 5.0, "r", {"correction": 2}, {"verdict": "passed"})
    kept = store.write_now(lambda uow: uow.models.add(new))
    assert kept == replace(new, id=kept.id)
    store.write_now(lambda uow: uow.models.removed(kept.id, at=9.0))
    assert store.read_now(lambda uow: uow.models.named("m1")).removed_at == 9.0
    again = store.write_now(lambda uow: uow.models.add(replace(new, report={})))
    assert again == kept
    assert store.read_now(lambda uow: uow.models.current()) is None
    for name in ("m1", "m2"):
        store.write_now(lambda uow, name=name: uow.models.use(name, by="x", why=Why.CHOSEN, at=6.0))
    last = store.read_now(lambda uow: uow.models.current())
    assert last.model == "m2"
    assert store.write_now(lambda uow: uow.models.failed(last.id, at=7.0))
    assert not store.write_now(lambda uow: uow.models.failed(last.id, at=8.0))
    assert [use.model for use in store.read_now(lambda uow: uow.models.history())] == ["m1"]


def test_one_trial_at_a_time_and_its_counts_add_up(store: Store) -> None:
    new = ShadowRun(0, "m2", "m1", "telegram:1", "telegram", "-5", None, 1.0, 9.0)
    run = store.write_now(lambda uow: uow.shadows.begin(new))
    assert run == replace(new, id=run.id)
    assert store.write_now(lambda uow: uow.shadows.begin(new)) is None
    for _ in range(2):
        counts = [Agreement("sampah", 1, 0, 1, 1), Agreement("jalan", 2, 2, 2, 1)]
        store.write_now(lambda uow, counts=counts: uow.shadows.count(run.id, counts))
    found = store.read_now(lambda uow: uow.shadows.counts(run.id))
    assert found == [Agreement("jalan", 4, 4, 4, 2), Agreement("sampah", 2, 0, 2, 2)]
    assert store.write_now(lambda uow: uow.shadows.end(run.id, at=9.0))
    assert not store.write_now(lambda uow: uow.shadows.end(run.id, at=9.0))
    assert store.read_now(lambda uow: uow.shadows.running()) is None
    assert store.read_now(lambda uow: uow.shadows.latest_of("m2")).ended_at == 9.0
