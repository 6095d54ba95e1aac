"""The running average of the weights: it lies in a flatter place than the last step's and tags unseen rows better
(Polyak and Juditsky 1992; Izmailov and others 2018)."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import nn


class Averaged:
    """Keeps ``average = keep · average + (1 - keep) · weights`` of what is trained; frozen parts are left alone."""

    def __init__(self, network: nn.Module, *, keep: float) -> None:
        """``keep`` 0 follows the weights exactly."""
        self._trained = {name: value for name, value in network.named_parameters() if value.requires_grad}
        self._keep = keep
        self.state = {name: value.detach().clone() for name, value in self._trained.items()}

    def step(self, number: int) -> None:
        """Take in the weights after optimiser step ``number`` (from 0); early steps weigh more, so that the start is
        forgotten."""
        keep = min(self._keep, (1 + number) / (10 + number))
        with torch.no_grad():
            for name, value in self._trained.items():
                self.state[name].lerp_(value, 1 - keep)

    def load(self, state: Mapping[str, torch.Tensor]) -> None:
        """Go on from a checkpoint."""
        self.state = {name: state[name].clone() for name in self.state}

    def swap(self) -> None:
        """Exchange average and weights; a second call undoes it."""
        with torch.no_grad():
            for name, value in self._trained.items():
                kept = value.detach().clone()
                value.copy_(self.state[name])
                self.state[name] = kept
