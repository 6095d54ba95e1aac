"""The models there are, which one is in use since when, and the silent trials beside it."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa

from bot.domain.models import Use, Version, Why
from bot.domain.shadow import Agreement, ShadowRun
from bot.store.sql import upsert
from bot.store.tables import model_use, model_version, shadow_count, shadow_run

_LATEST = sa.select(model_use).order_by(model_use.c.id.desc()).limit(1)
_SUMS = ("asked", "topic_same", "kind_same", "urgency_same")


class Models:
    """The repository of versions and their use."""

    def __init__(self, connection: sa.Connection) -> None:
        self._c = connection

    def add(self, new: Version) -> Version:
        """Keep a version, or what is new of one that is known; one that was removed is there again."""
        values = {key: value for key, value in asdict(new).items() if key != "id"}
        row = upsert(self._c, model_version).values(values)
        known = {"removed_at": None} | {key: values[key] for key in ("learnt", "report") if values[key]}
        row = row.on_conflict_do_update(index_elements=["name"], set_=known).returning(model_version)
        return _version(self._c.execute(row).one())

    def get(self, version_id: int) -> Version | None:
        """A version by number."""
        row = self._c.execute(sa.select(model_version).where(model_version.c.id == version_id)).first()
        return _version(row) if row else None

    def named(self, name: str) -> Version | None:
        """A version by its model id."""
        row = self._c.execute(sa.select(model_version).where(model_version.c.name == name)).first()
        return _version(row) if row else None

    def all(self) -> list[Version]:
        """Every version, the newest first."""
        query = sa.select(model_version).order_by(model_version.c.at.desc(), model_version.c.id.desc())
        return [_version(row) for row in self._c.execute(query)]

    def removed(self, version_id: int, *, at: float) -> None:
        """Note that a version's folder is gone."""
        self._c.execute(model_version.update().where(model_version.c.id == version_id).values(removed_at=at))

    def history(self) -> list[Use]:
        """Every use, oldest first; what could not be loaded never was in use."""
        query = sa.select(model_use).where(model_use.c.failed_at.is_(None)).order_by(model_use.c.id)
        return [_use(row) for row in self._c.execute(query)]

    def current(self) -> Use | None:
        """The latest choice; None where the released model was never left."""
        row = self._c.execute(_LATEST).first()
        return _use(row) if row else None

    def use(self, name: str, *, by: str, why: Why, at: float) -> None:
        """Choose a model; every process follows."""
        self._c.execute(model_use.insert().values(model=name, by=by, why=why, at=at))

    def failed(self, use_id: int, *, at: float) -> bool:
        """Note that a chosen model cannot be loaded; True for the first process that says so."""
        first = model_use.update().where(model_use.c.id == use_id, model_use.c.failed_at.is_(None))
        return self._c.execute(first.values(failed_at=at)).rowcount == 1


class Shadows:
    """The repository of silent trials; at most one runs."""

    def __init__(self, connection: sa.Connection) -> None:
        self._c = connection

    def begin(self, new: ShadowRun) -> ShadowRun | None:
        """Begin a trial; None where one runs already."""
        values = {key: value for key, value in asdict(new).items() if key != "id"}
        row = upsert(self._c, shadow_run).values(slot=1, **values)
        made = self._c.execute(row.on_conflict_do_nothing(index_elements=["slot"]).returning(shadow_run)).first()
        return _run(made) if made else None

    def running(self) -> ShadowRun | None:
        """The trial that runs."""
        row = self._c.execute(sa.select(shadow_run).where(shadow_run.c.slot == 1)).first()
        return _run(row) if row else None

    def latest_of(self, model: str) -> ShadowRun | None:
        """The latest trial of a model, whether it still runs or not."""
        query = sa.select(shadow_run).where(shadow_run.c.model == model).order_by(shadow_run.c.id.desc()).limit(1)
        row = self._c.execute(query).first()
        return _run(row) if row else None

    def end(self, run_id: int, *, at: float) -> bool:
        """End a trial; True for whoever does it first."""
        open_ = shadow_run.update().where(shadow_run.c.id == run_id, shadow_run.c.slot == 1)
        return self._c.execute(open_.values(slot=None, ended_at=at)).rowcount == 1

    def count(self, run_id: int, counts: Sequence[Agreement]) -> None:
        """Add to what was counted, topics in a fixed order so that two processes never wait for each other."""
        for each in sorted(counts, key=lambda one: one.topic):
            row = upsert(self._c, shadow_count).values(run_id=run_id, **asdict(each))
            sums = {name: shadow_count.c[name] + row.excluded[name] for name in _SUMS}
            self._c.execute(row.on_conflict_do_update(index_elements=["run_id", "topic"], set_=sums))

    def counts(self, run_id: int) -> list[Agreement]:
        """What was counted, by topic."""
        query = sa.select(shadow_count).where(shadow_count.c.run_id == run_id).order_by(shadow_count.c.topic)
        return [Agreement(row.topic, *(row._mapping[name] for name in _SUMS)) for row in self._c.execute(query)]


def _version(row: sa.Row[Any]) -> Version:
    fields = dict(row._mapping)
    return Version(**{**fields, "learnt": fields["learnt"] or {}, "report": fields["report"] or {}})


def _use(row: sa.Row[Any]) -> Use:
    return Use(row.id, row.model, row.at, row.by, Why(row.why), row.failed_at)


def _run(row: sa.Row[Any]) -> ShadowRun:
    return ShadowRun(**{key: value for key, value in row._mapping.items() if key != "slot"})
