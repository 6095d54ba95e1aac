"""The mean of several runs' weights: runs that began at one encoder end in one valley, and the middle of it tags unseen
rows better than any of them, at the cost of one (model soups, Wortsman and others 2022)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import torch

from training.checkpoints import finished
from training.errors import TrainingError
from training.fit import Trained, open_start
from training.settings import Settings


def soup(runs: Sequence[Path], sets: Mapping[str, Sequence[str]], *, start: Path, settings: Settings) -> Trained:
    """``runs``: model folders with their ``work``, trained from ``start`` to the end; TrainingError where one is not.

    Heads are averaged in the form that reads plain vectors, for each run standardised them by a sample of its own.
    """
    trained = open_start(start, sets, settings)
    network = trained.network
    states = [finished(run / "work") for run in runs]
    for run, state in zip(runs, states, strict=True):
        if state is None or state.keys() != network.state_dict().keys():
            raise TrainingError(f"{run} holds no finished run of this recipe: train it first")
    heads: dict[str, list[tuple[torch.Tensor, torch.Tensor]]] = {head: [] for head in network.heads}
    summed = {name: torch.zeros_like(value) for name, value in network.encoder.state_dict().items()}
    for state in filter(None, states):
        network.load_state_dict(state)
        for name, value in network.encoder.state_dict().items():
            summed[name] += value / len(states)
        for head, found in heads.items():
            found.append(network.linear(head))
    network.encoder.load_state_dict(summed)
    network.get_buffer("centre").zero_()
    network.get_buffer("spread").fill_(1.0)
    with torch.no_grad():
        for head, found in heads.items():
            network.heads[head].weight.copy_(torch.stack([weight for weight, _ in found]).mean(0))
            network.heads[head].bias.copy_(torch.stack([bias for _, bias in found]).mean(0))
    network.eval()
    return trained
