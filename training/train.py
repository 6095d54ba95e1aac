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
from training.export import agreement, export_encoder
from training.fit import Trained, encode, fit
from training.mixing import Mixing, best_temperature, choose_mixing, marks, truths
from training.network import MULTI
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
    settings = recipe.settings
    rows = data.read(recipe.files, task=recipe.task)
    sets = data.label_sets(rows, task=recipe.task)
    parts = data.split(rows, share=settings.held_share, seed=settings.seed)
    tune = data.read([recipe.tune]) if recipe.tune else parts.held
    recipe.out.mkdir(parents=True, exist_ok=True)
    trained = _encoder(recipe, parts.train, sets, watch=tune)
    _agree(recipe, trained, parts.held)
    mixing, companion, held_p, tune_p = _mix(recipe, rows, parts, sets, trained, tune)
    companion.save(recipe.out / "ngrams.safetensors")
    return write_manifest(
        recipe.out,
        sets=sets,
        origin=Origin(recipe.task, Counter(row.source for row in rows), data.digest(recipe.files), list(recipe.layers)),
        settings=settings,
        mixing=mixing,
        thresholds=_thresholds(recipe, held_p, parts.held, tune_p, tune, sets),
        encoder=encoder_sizes(trained.network, max_tokens=settings.max_tokens) if trained else None,
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


def _mix(
    recipe: Recipe,
    rows: Sequence[Example],
    parts: data.Split,
    sets: Mapping[str, Sequence[str]],
    trained: Trained | None,
    tune: Sequence[Example],
) -> tuple[Mixing, Companion, dict[str, Floats], dict[str, Floats]]:
    """Choose on held-back rows with n-grams that have not seen them; then fit the n-grams on everything."""
    seed = recipe.settings.seed
    true: dict[str, npt.NDArray[np.generic]] = dict(truths(parts.held, sets))
    if "topic" in sets:
        true[MULTI] = marks(parts.held, sets["topic"])
    apart = fit_companion(parts.train, sets, seed=seed)
    margins = apart.logits([row.text for row in parts.held])
    factors = {
        head: 1.0 / best_temperature(values, true[head], multi=head == MULTI)[0] for head, values in margins.items()
    }
    wide = apart.scaled(factors).logits([row.text for row in parts.held])
    deep = _deep(recipe, trained, parts.held)
    mixing = choose_mixing(deep, wide, true)
    companion = fit_companion(rows, sets, seed=seed).scaled(factors)
    tune_wide = companion.logits([row.text for row in tune]) if recipe.tune else wide
    tune_deep = _deep(recipe, trained, tune) if recipe.tune else deep
    return mixing, companion, mixing.probabilities(deep, wide), mixing.probabilities(tune_deep, tune_wide)


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
