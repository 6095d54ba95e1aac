"""The models on disk: opened with the classifier, found by id, and brought in from another machine."""

import json
import re
import shutil
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from time import time
from typing import Any

from bot import lean
from bot.domain.errors import WadulError
from bot.domain.labels import TOPICS
from bot.domain.models import RELEASED, Version
from bot.domain.region import DESK, Region
from bot.domain.training import Kind
from bot.lesson_file import export, write_labels
from bot.services.learning.model_keeping import PROBE, Opened
from bot.services.learning.using import in_use
from bot.services.learning.workshop import LABELS, LESSONS, NAMES, Workshop
from bot.settings import Settings
from bot.store.engine import Store
from bot.store.unit_of_work import SqlUnitOfWork
from bot.texts import Catalogue
from classifier import classify, load
from classifier.errors import ArtefactError
from classifier.manifest import RELEASED as SHIPPED
from classifier.manifest import read_manifest, resolve

NAME = re.compile(r"[a-z0-9][a-z0-9_.-]{2,59}")
ADOPTED_BY = "cli:adopt-model"


def workshop(settings: Settings, region: Region, store: Store) -> Workshop:
    """The folders of this office."""
    models = settings.data_dir / "models"
    return Workshop(
        folder=settings.data_dir / "training", models=models, name=region.prefix.lower(),
        export=partial(_export, store, region), folder_of=partial(_folder, models, settings.model_dir),
    )  # fmt: skip


def _export(store: Store, region: Region, folder: Path) -> None:
    export(store, region, folder / LESSONS)
    write_labels(region, folder / LABELS)
    texts = Catalogue.load(names=region.topics.names(), renamed=region.topics.renamed())
    names = {topic: texts(f"topic.{topic}") for topic in {*TOPICS, *region.topics.names()}}
    (folder / NAMES).write_text(json.dumps(names, ensure_ascii=False), encoding="utf-8")


def _folder(models: Path, released: Path | None, name: str) -> Path:
    """Where a model stands, or should: the office's own, or one that came with Wadul; that one without a name."""
    if not name or name == _id(released):
        return resolve(released)
    name = Path(name).name
    return SHIPPED / name if (SHIPPED / name).is_dir() else models / name


def _id(released: Path | None) -> str:
    try:
        return str(read_manifest(resolve(released))["id"])
    except (ArtefactError, KeyError):
        return ""


def open_model(folder: Path, like: Opened | None) -> Opened:
    """Load a model; ArtefactError where it is damaged, foreign or not there."""
    model = load(folder, like=like.raw if like else None)
    lean.give_back()  # reading the files took twice what is kept

    def beside(current: Opened | None, texts: Sequence[str], vectors: Sequence[Any]) -> Any:
        shared = current is not None and model.shares(current.raw) and all(each is not None for each in vectors)
        return classify(model, texts, vectors=vectors if shared else None)

    return Opened(model.id, partial(classify, model), partial(classify, model, explain=True), model, beside)


def note_released(store: Store, released: Path | None) -> None:
    """Let the list of versions know the model that came with Wadul."""
    name = _id(released)
    if name and store.read_now(lambda uow: uow.models.named(name)) is None:
        store.write_now(lambda uow: uow.models.add(Version(0, name, RELEASED, time())))


def adopt(store: Store, shop: Workshop, folder: Path) -> str:
    """Check a model that was made elsewhere, copy it in, and have it judged; what to tell whoever brought it."""
    try:
        name = open_checked(folder)
        learnt = read_manifest(folder).get("data", {}).get("by_source", {})
    except ArtefactError as error:
        raise WadulError(f"not taken in: {error}") from None
    target = shop.models / name
    if not target.exists():
        part = target.with_name(f".{name}.part")
        shutil.rmtree(part, ignore_errors=True)
        shutil.copytree(folder, part)
        part.replace(target)
    return store.write_now(partial(_queue, name=name, learnt=learnt if isinstance(learnt, dict) else {}))


def open_checked(folder: Path) -> str:
    """The id of a model that can be loaded and answers; ArtefactError with the reason otherwise."""
    model = load(folder)
    if not NAME.fullmatch(model.id):
        raise ArtefactError(f"model id {model.id!r}: small letters, digits, dots, dashes and underscores can be one")
    classify(model, [PROBE])
    return model.id


def _queue(uow: SqlUnitOfWork, *, name: str, learnt: dict[str, int]) -> str:
    known, desk = uow.models.named(name), uow.desks.chat_of(DESK)
    if known is not None and known.removed_at is None:
        return f"{name} is known already: choose it by /model."
    if desk is not None:
        job = uow.training.begin(
            Kind.ADOPTED, actor=ADOPTED_BY, channel=desk.channel, chat_id=desk.chat_id, thread_id=desk.thread_id,
            champion=in_use(uow) or None, result=name, learnt=learnt, at=time(),
        )  # fmt: skip
        if job is not None:
            return f"{name} is taken in. The running bot compares it with the model in use and tells the admin desk."
    uow.models.add(Version(0, name, Kind.ADOPTED, time(), in_use(uow) or None, learnt))
    return f"{name} is taken in: choose it by /model. It was not compared with the model in use."
