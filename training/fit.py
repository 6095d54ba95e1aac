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
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch.nn import functional
from transformers import get_linear_schedule_with_warmup

from classifier.decide import MULTI
from classifier.text import clean
from training.averaging import Averaged
from training.batches import Batch, Batches, class_weights, pad
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
    trained = _start(start, sets, settings)
    network = trained.network
    batches = Batches(rows, trained.tokenizer, sets, settings)
    weights = class_weights(rows, sets, power=settings.class_power)
    optimiser, schedule = _steps(network, settings, steps=len(batches) * settings.epochs)
    average = Averaged(network, keep=settings.average)
    first = _restore(work, network, optimiser, schedule, average) if resume else 0
    if first == 0:
        sample = [row.text for row in rows[:: max(1, len(rows) // SAMPLE)]]
        network.standardise(torch.from_numpy(encode(trained, sample)))
        if released(start):
            adopt_heads(network, start, sets)
    report = _logger(work / "log.jsonl", fresh=first == 0)
    best = Best(work / "best.safetensors", settings.patience)
    for epoch in range(first, settings.epochs):
        began = time.monotonic()
        loss = _epoch(network, batches, epoch, optimiser, schedule, weights, average)
        line: dict[str, object] = {"epoch": epoch + 1, "loss": round(loss, 4)}
        line["seconds"] = round(time.monotonic() - began, 1)
        last = _accuracy(trained, watch, sets)
        average.swap()
        watched = _accuracy(trained, watch, sets)
        enough = best.enough(network, watched.get("label", watched.get("topic", 0.0)))
        average.swap()
        report(
            line
            | {f"watched_{head}": value for head, value in watched.items()}
            | {f"last_{head}": value for head, value in last.items()}
        )
        _save(work, network, optimiser, schedule, average, epoch + 1)
        if enough:
            break
    average.swap()
    best.restore(network)
    network.eval()
    return trained


class Best:
    """Early stopping: the weights of the best watched score; without patience it does nothing."""

    def __init__(self, path: Path, patience: int) -> None:
        """Keep the weights at ``path``."""
        self._path = path
        self._patience = patience
        self._score = -1.0
        self._waited = 0

    def enough(self, network: Network, score: float) -> bool:
        """Note an epoch's score; whether to stop here."""
        if not self._patience:
            return False
        if score > self._score:
            self._score, self._waited = score, 0
            save_file(network.state_dict(), self._path)
        else:
            self._waited += 1
        return self._waited >= self._patience

    def restore(self, network: Network) -> None:
        """Go back to the best epoch."""
        if self._patience and self._path.is_file():
            network.load_state_dict(load_file(self._path))


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


def _start(start: Path, sets: Mapping[str, Sequence[str]], settings: Settings) -> Trained:
    sizes = {head: len(labels) for head, labels in sets.items()}
    if "topic" in sizes:
        sizes[MULTI] = sizes["topic"]
    tokenizer = Tokenizer.from_file(str(start / "tokenizer.json"))
    tokenizer.enable_truncation(settings.max_tokens)
    network = load_start(start, sizes, dropout=settings.dropout, train_embeddings=settings.train_embeddings)
    return Trained(network, tokenizer)


def _steps(
    network: Network, settings: Settings, *, steps: int
) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LRScheduler]:
    groups = parameter_groups(
        network, encoder_rate=settings.encoder_rate, head_rate=settings.head_rate, layer_decay=settings.layer_decay,
        weight_decay=settings.weight_decay,
    )  # fmt: skip
    optimiser = torch.optim.AdamW(groups)
    return optimiser, get_linear_schedule_with_warmup(optimiser, int(settings.warm_up * steps), steps)


def _epoch(
    network: Network,
    batches: Batches,
    number: int,
    optimiser: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LRScheduler,
    weights: Mapping[str, torch.Tensor],
    average: Averaged,
) -> float:
    network.train()
    total = 0.0
    for at, batch in enumerate(batches.epoch(number), start=number * len(batches)):
        loss = batch_loss(network(batch.ids, batch.mask), batch, weights)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        average.step(at)
        optimiser.zero_grad(set_to_none=True)
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


def _accuracy(trained: Trained, rows: Sequence[Example], sets: Mapping[str, Sequence[str]]) -> dict[str, float]:
    if not rows:
        return {}
    vectors = torch.from_numpy(encode(trained, [row.text for row in rows]))
    out = {}
    for head, labels in sets.items():
        weight, bias = trained.network.linear(head)
        best = (vectors @ weight.T + bias).argmax(1).tolist()
        pairs = [(labels[at], row.labels[head]) for at, row in zip(best, rows, strict=True) if head in row.labels]
        if pairs:
            out[head] = round(sum(found == true for found, true in pairs) / len(pairs), 4)
    return out


def _logger(path: Path, *, fresh: bool) -> Report:
    if fresh:
        path.unlink(missing_ok=True)

    def report(line: dict[str, object]) -> None:
        with path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
        print(json.dumps(line), flush=True)

    return report


def _save(
    work: Path,
    network: Network,
    optimiser: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LRScheduler,
    average: Averaged,
    epoch: int,
) -> None:
    """Both files are renamed into place, the state last: a run killed here resumes from the epoch before."""
    save_file(network.state_dict(), work / "network.tmp")
    torch.save({"optimiser": optimiser.state_dict(), "schedule": schedule.state_dict(), "epoch": epoch,
                "average": average.state, "torch_rng": torch.get_rng_state()}, work / "state.tmp")  # fmt: skip
    (work / "network.tmp").replace(work / f"network-{epoch}.safetensors")
    (work / "state.tmp").replace(work / "state.pt")
    (work / f"network-{epoch - 1}.safetensors").unlink(missing_ok=True)


def _restore(
    work: Path,
    network: Network,
    optimiser: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LRScheduler,
    average: Averaged,
) -> int:
    """The number of finished epochs; 0 where no checkpoint stands."""
    if not (work / "state.pt").is_file():
        return 0
    state = torch.load(work / "state.pt", weights_only=True)
    network.load_state_dict(load_file(work / f"network-{state['epoch']}.safetensors"))
    optimiser.load_state_dict(state["optimiser"])
    schedule.load_state_dict(state["schedule"])
    average.load(state["average"])
    torch.set_rng_state(state["torch_rng"])
    return int(state["epoch"])
