"""The mean of several runs' weights: runs that began at one encoder end in one valley, and the middle of it tags unseen
rows better than any of them, at the cost of one (model soups, Wortsman and others 2022)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file

from training.checkpoints import finished
from training.errors import TrainingError
from training.fit import Trained, open_start
from training.network import Network
from training.restart import read_back
from training.settings import Settings


def soup(
    runs: Sequence[Path], sets: Mapping[str, Sequence[str]], *, start: Path, settings: Settings,
    before: Path | None = None,
) -> Trained:  # fmt: skip
    """``runs``: model folders with their ``work``, trained from ``start`` to the end; TrainingError where one is not.

    ``before``: a release of the same cut of the base encoder, which then counts as much as all runs together.
    Heads are averaged in the form that reads plain vectors, for each run standardised them by a sample of its own.
    """
    trained = open_start(start, sets, settings)
    network = trained.network
    states = [finished(run / "work") for run in runs]
    for run, state in zip(runs, states, strict=True):
        if state is None or state.keys() != network.state_dict().keys():
            raise TrainingError(f"{run} holds no finished run of this recipe: train it first")
    parts = [_part(network, state) for state in states if state is not None]
    mean = {name: torch.stack([part[name] for part in parts]).mean(0) for name in parts[0]}
    if before is not None:
        other = _released(before, sets)
        if {name: value.shape for name, value in other.items()} != {name: mean[name].shape for name in other}:
            raise TrainingError(f"{before} has other labels or another shape: it cannot be averaged with these runs")
        mean |= {name: (mean[name] + value) / 2 for name, value in other.items()}
    network.get_buffer("centre").zero_()
    network.get_buffer("spread").fill_(1.0)
    network.load_state_dict(network.state_dict() | mean)
    network.eval()
    return trained


def _part(network: Network, state: Mapping[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """A run's encoder, and its heads on plain vectors."""
    network.load_state_dict(state)
    out = {name: value.clone() for name, value in network.state_dict().items() if name.startswith("encoder.")}
    for head in network.heads:
        out[f"heads.{head}.weight"], out[f"heads.{head}.bias"] = network.linear(head)
    return out


def _released(folder: Path, sets: Mapping[str, Sequence[str]]) -> dict[str, torch.Tensor]:
    """The same of a release, but for its pieces: these are the base encoder's, and may be others than the runs'."""
    if json.loads((folder / "labels.json").read_bytes()) != {head: list(labels) for head, labels in sets.items()}:
        raise TrainingError(f"{folder} has other labels: it cannot be averaged with these runs")
    encoder = {name: value for name, value in read_back(folder).state_dict().items() if "word_embeddings" not in name}
    heads = load_file(folder / "heads.safetensors")
    return {f"encoder.{name}": value for name, value in encoder.items()} | {
        f"heads.{name}": value for name, value in heads.items()
    }
