"""The recipe: rows → fitted encoder and n-grams → a complete model folder."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from classifier.artefact import EncoderSpec
from classifier.decide import MULTI
from classifier.encoder import Encoder
from classifier.manifest import read_manifest
from classifier.text import clean
from training import data
from training.artefact import (
    Origin,
    encoder_sizes,
    save_heads,
    write_manifest,
)
from training.companion import Companion, fit_companion
from training.data import Example, Task
from training.evaluate import score_held
from training.export import agreement, export_encoder
from training.fit import Trained, encode, fit
from training.mixing import Mixing, best_temperature, choose_mixing, marks, truths
from training.publish import record_agreement
from training.restart import released
from training.settings import Settings
from training.soup import soup
from training.thresholds import Limits, choose_thresholds
from training.twins import grouped, once
from training.vectors import FILE as VECTORS
from training.vectors import save_vectors

Floats = npt.NDArray[np.float32]
SAMPLE = 400  # messages that show the export how large the encoder's inner values become


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """Inputs of one run."""

    files: Sequence[Path]
    out: Path
    start: Path | None  # prepared encoder; None: n-grams alone
    layers: Sequence[int] = ()
    watch: Path | None = None
    """Rows that are scored after every epoch: only reported for the office; a single task stops early by them."""
    task: Task = "office"
    settings: Settings = field(default_factory=Settings)
    resume: bool = False
    runs: Sequence[Path] = ()
    """Finished runs of this recipe with other seeds: the mean of their weights is taken, nothing is trained."""
    before: Path | None = None
    """With them: a release that counts as much in the mean as all of them."""


def train(recipe: Recipe) -> dict[str, Any]:
    """Make the model folder ``recipe.out``; its manifest.

    Mixing and thresholds are those that suit the held-back rows; `training.calibrate` sets them anew on rows that
    are like the office's traffic.
    """
    rows = grouped(once(data.read(recipe.files, task=recipe.task)))
    sets = data.label_sets(rows, task=recipe.task)
    parts = data.split(rows, share=recipe.settings.held_share, seed=recipe.settings.seed)
    watch = data.read([recipe.watch], task=recipe.task) if recipe.watch else parts.held
    if recipe.task == "single" and recipe.watch:  # a public set brings its own validation part
        parts = data.Split(rows, watch)
    recipe.out.mkdir(parents=True, exist_ok=True)
    trained = _encoder(recipe, parts.train, sets, watch=watch)
    apart = _mix(recipe, parts, sets, trained)
    _agree(recipe, trained, parts.held, sets, apart)
    thresholds = _thresholds(recipe, apart.mixing.probabilities(apart.deep, apart.wide), parts.held, sets)
    _save(recipe, rows, sets, trained, apart.mixing, thresholds, apart.companion)
    score_held(recipe.out, parts.held, task=recipe.task)
    # What is served knows every row; the scores above came from n-grams that did not know the held-back ones.
    whole = fit_companion(rows, sets, seed=recipe.settings.seed).scaled(apart.factors)
    if trained is not None:
        save_vectors(_served(recipe, trained), rows, sets, recipe.out / VECTORS)
    return _save(recipe, rows, sets, trained, apart.mixing, thresholds, whole)


@dataclass(frozen=True, slots=True)
class _Apart:
    """What was chosen on held-back rows, with n-grams that have not seen them."""

    mixing: Mixing
    companion: Companion
    factors: dict[str, float]
    deep: dict[str, Floats]
    wide: dict[str, Floats]


def _save(
    recipe: Recipe,
    rows: Sequence[Example],
    sets: Mapping[str, Sequence[str]],
    trained: Trained | None,
    mixing: Mixing,
    thresholds: Mapping[str, Any],
    companion: Companion,
) -> dict[str, Any]:
    """The n-grams and the manifest that seals all files."""
    companion.save(recipe.out / "ngrams.safetensors")
    sources = Counter(row.source for row in rows)
    return write_manifest(
        recipe.out,
        sets=sets,
        origin=_origin(recipe, sources),
        settings=recipe.settings,
        mixing=mixing,
        thresholds=thresholds,
        encoder=encoder_sizes(trained.network, max_tokens=recipe.settings.max_tokens) if trained else None,
    )


def _origin(recipe: Recipe, sources: Mapping[str, int]) -> Origin:
    seeds = [int(read_manifest(run)["seed"]) for run in recipe.runs]
    before = recipe.before.name if recipe.before else ""
    return Origin(
        recipe.task, sources, data.digest(recipe.files), list(recipe.layers), _release(recipe.start), seeds, before
    )  # fmt: skip


def _release(start: Path | None) -> str:
    return start.name if start is not None and released(start) else ""


def _encoder(
    recipe: Recipe, rows: Sequence[Example], sets: Mapping[str, Sequence[str]], *, watch: Sequence[Example]
) -> Trained | None:
    if recipe.start is None:
        return None
    work = recipe.out / "work"
    if not recipe.resume and work.exists():
        shutil.rmtree(work)
    if recipe.runs:
        trained = soup(
            recipe.runs, sets, start=recipe.start, settings=recipe.settings, before=recipe.before
        )  # fmt: skip
    else:
        trained = fit(
            rows, sets, start=recipe.start, work=work, settings=recipe.settings, resume=recipe.resume, watch=watch
        )
    export_encoder(trained, recipe.out, texts=[row.text for row in rows[:: max(1, len(rows) // SAMPLE)]])
    save_heads(trained.network, recipe.out / "heads.safetensors")
    return trained


def _agree(
    recipe: Recipe, trained: Trained | None, rows: Sequence[Example], sets: Mapping[str, Sequence[str]], apart: _Apart
) -> None:
    """Note how close what is served comes to full precision: vectors, and labels of the whole model per head."""
    if trained is None:
        return
    texts = [row.text for row in rows]
    full, small = encode(trained, texts), _served(recipe, trained).encode([clean(text) for text in texts])
    exact = apart.mixing.probabilities(_heads(trained, full), apart.wide)
    served = apart.mixing.probabilities(apart.deep, apart.wide)
    true = truths(rows, sets)
    record_agreement(
        recipe.out,
        agreement(full, small).tolist(),
        same={head: float((exact[head].argmax(1) == served[head].argmax(1)).mean()) for head in true},
        gain={
            head: float((served[head].argmax(1) == right).mean() - (exact[head].argmax(1) == right).mean())
            for head, right in true.items()
        },
    )


def _served(recipe: Recipe, trained: Trained) -> Encoder:
    spec = EncoderSpec(trained.network.encoder.config.hidden_size, recipe.settings.max_tokens, "")
    return Encoder(recipe.out, spec, threads=recipe.settings.threads)


def _mix(recipe: Recipe, parts: data.Split, sets: Mapping[str, Sequence[str]], trained: Trained | None) -> _Apart:
    true: dict[str, npt.NDArray[np.generic]] = dict(truths(parts.held, sets))
    if "topic" in sets:
        true[MULTI] = marks(parts.held, sets["topic"])
    texts = [row.text for row in parts.held]
    raw = fit_companion(parts.train, sets, seed=recipe.settings.seed)
    # Margins of an SVM are no log-odds: scaled to be, they can be added to the encoder's logits.
    factors = {
        head: 1.0 / best_temperature(margins, true[head], multi=head == MULTI)[0]
        for head, margins in raw.logits(texts).items()
        if head in sets
    }
    companion = raw.scaled(factors)
    deep, wide = _deep(recipe, trained, parts.held), companion.logits(texts)
    return _Apart(choose_mixing(deep, wide, true), companion, factors, deep, wide)


def _deep(recipe: Recipe, trained: Trained | None, rows: Sequence[Example]) -> dict[str, Floats]:
    """Logits of the int8 encoder, as it will be served."""
    if trained is None:
        return {}
    return _heads(trained, _served(recipe, trained).encode([clean(row.text) for row in rows]))


def _heads(trained: Trained, vectors: Floats) -> dict[str, Floats]:
    parts = {head: trained.network.linear(head) for head in trained.network.heads}
    return {head: vectors @ weight.numpy().T + bias.numpy() for head, (weight, bias) in parts.items()}


def _thresholds(
    recipe: Recipe, p: Mapping[str, Floats], held: Sequence[Example], sets: Mapping[str, Sequence[str]]
) -> dict[str, Any]:
    return {} if recipe.task == "single" else choose_thresholds(p, held, sets, limits=Limits())
