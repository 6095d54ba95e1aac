"""The full retrain: the released encoder goes on learning, from a sample of the corpus and the office's corrections.

A process of its own, at the lowest priority, beside the bot or on another machine that has torch. What was learnt is
kept after every epoch in ``OUT.work``; the same command goes on there after a kill, and begins anew where its inputs
are others. The n-grams' half is moved as the quick retrain does (`training.refit_ngrams`): most of the texts that it
was made from are not shipped. Mixing, temperatures and thresholds are chosen on the shipped held-out part, as the
champion's were.

With ``apart`` the newest corrections are not learnt but written there for the gate; a quick retrain adds them later.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from safetensors.numpy import load_file

from classifier.encoder import Encoder
from training.artefact import seal, write_json
from training.carrying import Carrying
from training.champion import Champion
from training.corrections import Correction, by_time
from training.data import Example, digest
from training.errors import TrainingError
from training.finetune_rest import calibrated, stored_rows
from training.finetune_sample import examples, repeated, sample
from training.finetune_ticks import ticking
from training.gate import HELD_OUT
from training.opening import read_opening
from training.progress import Progress
from training.refit import CORPUS, OWN, replay_rows, write_own
from training.refit_card import card
from training.refit_folder import Learnt, begin, finish, told, write
from training.refit_heads import Strength
from training.refit_ngrams import fit_ngrams
from training.settings import Settings

NICE = 19
SHOWN = 400  # messages that show the export how large the encoder's inner values become


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Inputs of one full retrain."""

    model: Path
    data: Sequence[Path]
    out: Path
    progress: Path | None = None
    labels: Path | None = None
    apart: Path | None = None
    rows: int = 5000
    epochs: int = 2
    name: str = "office"
    threads: int = 2
    corpus: Path = CORPUS
    held_out: Path = HELD_OUT

    @property
    def settings(self) -> Settings:
        """Gentler than a training from the base: the encoder knows its work already."""
        return Settings(
            epochs=self.epochs, threads=self.threads, encoder_rate=5e-5, head_rate=5e-4, average=0.99, held_share=0.0
        )

    @property
    def work(self) -> Path:
        """Where a killed run goes on."""
        return self.out.with_name(f"{self.out.name}.work")


def finetune(order: Order) -> dict[str, Any]:
    """Make ``order.out``; what was done, as the command prints it."""
    if importlib.util.find_spec("torch") is None:
        raise TrainingError(
            "full training needs torch: `pip install -r requirements.txt` here, or run this command with the same "
            "files on a machine that has it; the quick one, `python -m training refit`, needs none"
        )
    os.nice(NICE - os.nice(0))
    progress = Progress(order.progress)
    progress.tell("reading", 0.0)
    opening = read_opening(order.model, order.data, order.labels)
    champion, carrying, sets = opening.champion, opening.carrying, opening.sets
    older, newest = by_time(opening.corrections) if order.apart is not None else (opening.corrections, [])
    base = examples(sorted(order.corpus.glob("*.jsonl")), carrying.labels, sets)
    _claim(order)
    own = repeated(older, most=order.rows // 2)
    _fit(order, [*sample(base, order.rows - len(own)), *own], sets, progress)
    manifest = _assemble(order, champion, carrying, sets, base, older, progress)
    if order.apart is not None and newest:
        write_own(order.apart / OWN, newest)
    shutil.rmtree(order.work)
    progress.tell("done", 1.0)
    return {"id": manifest["id"], "parent": champion.parts.id, "out": str(order.out), "corrections": len(older),
            "kept_apart": len(newest), "seconds": progress.seconds}  # fmt: skip


def _claim(order: Order) -> None:
    """Keep the work of a killed run only where it had the same inputs."""
    files = [*order.data, *([order.labels] if order.labels else []), order.model / "manifest.json"]
    mark = {"data": digest(files), "rows": order.rows, "epochs": order.epochs, "apart": order.apart is not None}
    path = order.work / "inputs.json"
    if not path.is_file() or json.loads(path.read_bytes()) != mark:
        shutil.rmtree(order.work, ignore_errors=True)
        order.work.mkdir(parents=True)
        write_json(path, mark)


def _fit(order: Order, rows: Sequence[Example], sets: Mapping[str, Sequence[str]], progress: Progress) -> None:
    """The encoder and its heads, into ``work/made``; nothing to do where an earlier run came that far."""
    made = order.work / "made"
    if (made / "heads.safetensors").is_file():
        return
    from training.artefact import save_heads
    from training.export import export_encoder
    from training.fit import fit

    with ticking(progress, order.work / "log.jsonl", epochs=order.epochs, rows=len(rows)):
        trained = fit(rows, sets, start=order.model, work=order.work, settings=order.settings, resume=True)
    progress.tell("export", 0.75)
    made.mkdir(exist_ok=True)
    export_encoder(trained, made, texts=[row.text for row in rows[:: max(1, len(rows) // SHOWN)]])
    save_heads(trained.network, made / "heads.tmp")
    (made / "heads.tmp").rename(made / "heads.safetensors")


def _assemble(
    order: Order, champion: Champion, carrying: Carrying, sets: Mapping[str, Sequence[str]], base: Sequence[Example],
    rows: Sequence[Correction], progress: Progress,
) -> dict[str, Any]:  # fmt: skip
    made = order.work / "made"
    if champion.parts.encoder is None:
        raise TrainingError(f"model {champion.parts.id} has no encoder that could go on learning")
    encoder = Encoder(made, champion.parts.encoder, threads=order.threads)
    progress.tell("vectors", 0.85)
    stored = stored_rows(encoder, base, rows, carrying, sets)
    progress.tell("ngrams", 0.93)
    strength = Strength()
    ngrams = fit_ngrams(champion, rows, replay_rows(order.corpus), carrying, strength)
    tensors = load_file(made / "heads.safetensors")
    names = [name.removesuffix(".weight") for name in tensors if name.endswith(".weight")]
    heads = {head: (tensors[f"{head}.weight"], tensors[f"{head}.bias"]) for head in names}
    learnt = Learnt(heads, ngrams, stored)
    notes = told(rows, learnt, carrying, strength, progress, way="finetune") | {"settings": asdict(order.settings)}
    part = begin(order.out)
    manifest = write(part, champion, learnt, carrying, name=order.name, encoder=made, notes=notes)
    progress.tell("calibrating", 0.96)
    held = examples([order.held_out], carrying.labels, sets)
    manifest = seal(part, {**manifest, **calibrated(encoder, champion, learnt, held, sets)})
    write_json(part / "metrics.json", {})
    (part / "README.md").write_text(card(manifest, labels=carrying.new), encoding="utf-8")
    finish(part, order.out)
    return manifest
