"""The training loop: resumable after every epoch, its progress in a JSON-lines log."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Tokenizer
from torch.nn import functional
from transformers import get_linear_schedule_with_warmup

from classifier.decide import MULTI
from classifier.text import clean
from training.averaging import Averaged
from training.batches import Batch, Batches, class_weights, pad
from training.checkpoints import Best, Moving
from training.data import Example
from training.network import Network, adopt_heads, load_start, parameter_groups
from training.restart import released
from training.settings import HEAD_WEIGHTS, Settings

Report = Callable[[dict[str, object]], None]
Floats = npt.NDArray[np.float32]
SAMPLE = 1000  # rows whose vectors show the heads what is usual


@dataclass(frozen=True, slots=True)
class Trained:
    """A fitted network and the tokenizer that feeds it."""

    network: Network
    tokenizer: Tokenizer


def fit(
    rows: Sequence[Example],
    sets: Mapping[str, Sequence[str]],
    *,
    start: Path,
    work: Path,
    settings: Settings,
    resume: bool,
    watch: Sequence[Example] = (),
) -> Trained:
    """Train on ``rows``; checkpoints and the log go to ``work``; ``watch`` rows are only reported on."""
    torch.manual_seed(settings.seed)
    torch.set_num_threads(settings.threads)
    work.mkdir(parents=True, exist_ok=True)
    trained = open_start(start, sets, settings)
    network = trained.network
    batches = Batches(rows, trained.tokenizer, sets, settings)
    weights = class_weights(rows, sets, power=settings.class_power)
    moving = _moving(network, settings, steps=len(batches) * settings.epochs)
    first = moving.restore(work) if resume else 0
    if first == 0:
        _begin(trained, rows, sets, start)
    report = _logger(work / "log.jsonl", fresh=first == 0)
    best = Best(work / "best.safetensors", settings.patience)
    for epoch in range(first, settings.epochs):
        began = time.monotonic()
        loss = _epoch(moving, batches, epoch, weights)
        line: dict[str, object] = {"epoch": epoch + 1, "loss": round(loss, 4)}
        line["seconds"] = round(time.monotonic() - began, 1)
        watched, enough = _watch(trained, moving, best, watch, sets)
        report(line | watched)
        moving.save(work, epoch + 1)
        if enough:
            break
    moving.average.swap()
    best.restore(network)
    network.eval()
    return trained


def encode(trained: Trained, texts: Sequence[str], *, batch: int = 32) -> Floats:
    """Pooled vectors (N, hidden) in full precision, order kept."""
    ids = [trained.tokenizer.encode(clean(text)).ids for text in texts]
    order = sorted(range(len(ids)), key=lambda at: len(ids[at]))
    out = np.zeros((len(texts), trained.network.encoder.config.hidden_size), dtype=np.float32)
    trained.network.eval()
    for at in range(0, len(order), batch):
        places = order[at : at + batch]
        with torch.inference_mode():
            out[places] = trained.network.pooled(*pad([ids[place] for place in places])).numpy()
    return out


def open_start(start: Path, sets: Mapping[str, Sequence[str]], settings: Settings) -> Trained:
    """The encoder that training begins with, and its tokenizer; heads are fresh."""
    sizes = {head: len(labels) for head, labels in sets.items()}
    if "topic" in sizes:
        sizes[MULTI] = sizes["topic"]
    tokenizer = Tokenizer.from_file(str(start / "tokenizer.json"))
    tokenizer.enable_truncation(settings.max_tokens)
    network = load_start(start, sizes, dropout=settings.dropout, train_embeddings=settings.train_embeddings)
    return Trained(network, tokenizer)


def _begin(trained: Trained, rows: Sequence[Example], sets: Mapping[str, Sequence[str]], start: Path) -> None:
    """Show the heads what is usual, and bring a release's own."""
    sample = [row.text for row in rows[:: max(1, len(rows) // SAMPLE)]]
    trained.network.standardise(torch.from_numpy(encode(trained, sample)))
    if released(start):
        adopt_heads(trained.network, start, sets)


def _moving(network: Network, settings: Settings, *, steps: int) -> Moving:
    groups = parameter_groups(
        network, encoder_rate=settings.encoder_rate, head_rate=settings.head_rate, layer_decay=settings.layer_decay,
        weight_decay=settings.weight_decay,
    )  # fmt: skip
    optimiser = torch.optim.AdamW(groups, fused=True)
    schedule = get_linear_schedule_with_warmup(optimiser, int(settings.warm_up * steps), steps)
    return Moving(network, optimiser, schedule, Averaged(network, keep=settings.average))


def _epoch(moving: Moving, batches: Batches, number: int, weights: Mapping[str, torch.Tensor]) -> float:
    network = moving.network
    network.train()
    total = 0.0
    for at, batch in enumerate(batches.epoch(number), start=number * len(batches)):
        loss = batch_loss(network(batch.ids, batch.mask), batch, weights)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        moving.optimiser.step()
        moving.schedule.step()
        moving.average.step(at)
        moving.optimiser.zero_grad(set_to_none=True)
        total += float(loss.detach())
    return total / len(batches)


def batch_loss(logits: Mapping[str, torch.Tensor], batch: Batch, weights: Mapping[str, torch.Tensor]) -> torch.Tensor:
    """Weighted sum over heads: cross entropy with soft targets, binary cross entropy for the multi-label head."""
    total = torch.zeros(())
    for head, values in logits.items():
        known = batch.known[head]
        if not bool(known.any()):
            continue
        target = batch.targets[head][known]
        if head == MULTI:
            loss = functional.binary_cross_entropy_with_logits(values[known], target, reduction="none").sum(1).mean()
            loss = loss / 4  # 30 small terms against one cross entropy: bring them to one scale
        else:
            per_label = -target * functional.log_softmax(values[known], dim=1)
            loss = (per_label * weights[head]).sum(1).mean()
        total = total + HEAD_WEIGHTS.get(head, 1.0) * loss
    return total


def _watch(
    trained: Trained, moving: Moving, best: Best, rows: Sequence[Example], sets: Mapping[str, Sequence[str]]
) -> tuple[dict[str, float], bool]:
    """How right the last and the averaged weights are, and whether it is enough."""
    last = _accuracy(trained, rows, sets, name="last")
    moving.average.swap()
    watched = _accuracy(trained, rows, sets, name="watched")
    enough = best.enough(trained.network, watched.get("watched_label", watched.get("watched_topic", 0.0)))
    moving.average.swap()
    return watched | last, enough


def _accuracy(
    trained: Trained, rows: Sequence[Example], sets: Mapping[str, Sequence[str]], *, name: str
) -> dict[str, float]:
    """Per head, under "<name>_<head>"."""
    if not rows:
        return {}
    vectors = torch.from_numpy(encode(trained, [row.text for row in rows]))
    out = {}
    for head, labels in sets.items():
        weight, bias = trained.network.linear(head)
        best = (vectors @ weight.T + bias).argmax(1).tolist()
        pairs = [(labels[at], row.labels[head]) for at, row in zip(best, rows, strict=True) if head in row.labels]
        if pairs:
            out[f"{name}_{head}"] = round(sum(found == true for found, true in pairs) / len(pairs), 4)
    return out


def _logger(path: Path, *, fresh: bool) -> Report:
    if fresh:
        path.unlink(missing_ok=True)

    def report(line: dict[str, object]) -> None:
        with path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
        print(json.dumps(line), flush=True)

    return report
