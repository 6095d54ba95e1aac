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
from training.settings import Settings
from training.thresholds import choose_thresholds

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """Inputs of one run."""

    files: Sequence[Path]
    out: Path
    start: Path | None  # prepared encoder; None: n-grams alone
    layers: Sequence[int] = ()
    tune: Path | None = None  # rows like the office's traffic, for the certainty threshold only
    task: Task = "office"
    settings: Settings = field(default_factory=Settings)
    resume: bool = False


def train(recipe: Recipe) -> dict[str, Any]:
    """Make the model folder ``recipe.out``; its manifest."""
    rows = data.read(recipe.files, task=recipe.task)
    sets = data.label_sets(rows, task=recipe.task)
    parts = data.split(rows, share=recipe.settings.held_share, seed=recipe.settings.seed)
    tune = data.read([recipe.tune]) if recipe.tune else parts.held
    recipe.out.mkdir(parents=True, exist_ok=True)
    trained = _encoder(recipe, parts.train, sets, watch=tune)
    _agree(recipe, trained, parts.held)
    apart = _mix(recipe, parts, sets, trained)
    held_p = apart.mixing.probabilities(apart.deep, apart.wide)
    # Certainty depends on n-grams that know every row, as they are served; the held-back scores must not.
    whole = fit_companion(rows, sets, seed=recipe.settings.seed).scaled(apart.factors)
    tune_p = held_p
    if recipe.tune:
        wide = whole.logits([row.text for row in tune])
        tune_p = apart.mixing.probabilities(_deep(recipe, trained, tune), wide)
    thresholds = _thresholds(recipe, held_p, parts.held, tune_p, tune, sets)
    _save(recipe, rows, sets, trained, apart.mixing, thresholds, apart.companion)
    score_held(recipe.out, parts.held, task=recipe.task)
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
    thresholds: Mapping[str, object],
    companion: Companion,
) -> dict[str, Any]:
    """The n-grams and the manifest that seals all files."""
    companion.save(recipe.out / "ngrams.safetensors")
    sources = Counter(row.source for row in rows)
    return write_manifest(
        recipe.out,
        sets=sets,
        origin=Origin(recipe.task, sources, data.digest(recipe.files), list(recipe.layers)),
        settings=recipe.settings,
        mixing=mixing,
        thresholds=thresholds,
        encoder=encoder_sizes(trained.network, max_tokens=recipe.settings.max_tokens) if trained else None,
    )


def _encoder(
    recipe: Recipe, rows: Sequence[Example], sets: Mapping[str, Sequence[str]], *, watch: Sequence[Example]
) -> Trained | None:
    if recipe.start is None:
        return None
    work = recipe.out / "work"
    if not recipe.resume and work.exists():
        shutil.rmtree(work)
    trained = fit(
        rows, sets, start=recipe.start, work=work, settings=recipe.settings, resume=recipe.resume, watch=watch
    )
    export_encoder(trained, recipe.out)
    save_heads(trained.network, recipe.out / "heads.safetensors")
    return trained


def _agree(recipe: Recipe, trained: Trained | None, rows: Sequence[Example]) -> None:
    """Note how close the int8 encoder comes to the fitted one."""
    if trained is None:
        return
    texts = [row.text for row in rows]
    full, small = encode(trained, texts), _served(recipe, trained).encode([clean(text) for text in texts])
    head = trained.network.heads["topic" if "topic" in trained.network.heads else "label"]
    weight, bias = head.weight.detach().numpy(), head.bias.detach().numpy()
    same = (full @ weight.T + bias).argmax(axis=1) == (small @ weight.T + bias).argmax(axis=1)
    record_agreement(recipe.out, agreement(full, small).tolist(), float(same.mean()))


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
    }
    companion = raw.scaled(factors)
    deep, wide = _deep(recipe, trained, parts.held), companion.logits(texts)
    return _Apart(choose_mixing(deep, wide, true), companion, factors, deep, wide)


def _deep(recipe: Recipe, trained: Trained | None, rows: Sequence[Example]) -> dict[str, Floats]:
    """Logits of the int8 encoder, as it will be served."""
    if trained is None:
        return {}
    vectors = _served(recipe, trained).encode([clean(row.text) for row in rows])
    return {
        head: vectors @ layer.weight.detach().numpy().T + layer.bias.detach().numpy()
        for head, layer in trained.network.heads.items()
    }


def _thresholds(
    recipe: Recipe,
    held_p: Mapping[str, Floats],
    held: Sequence[Example],
    tune_p: Mapping[str, Floats],
    tune: Sequence[Example],
    sets: Mapping[str, Sequence[str]],
) -> dict[str, object]:
    if recipe.task == "single":
        return {}
    return choose_thresholds(
        held_p, held, sets, certain_p=tune_p, certain_rows=tune, unsure_share=recipe.settings.unsure_share
    )
