"""What moves while a network is trained, kept on disk after every epoch, so that a killed run goes on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from training.averaging import Averaged
from training.network import Network


@dataclass(frozen=True, slots=True)
class Moving:
    """Network, optimiser, schedule, and the average of weights."""

    network: Network
    optimiser: torch.optim.Optimizer
    schedule: torch.optim.lr_scheduler.LRScheduler
    average: Averaged

    def save(self, work: Path, epoch: int) -> None:
        """Both files are renamed into place, the state last: a run killed here resumes from the epoch before."""
        save_file(self.network.state_dict(), work / "network.tmp")
        state = {
            "optimiser": self.optimiser.state_dict(), "schedule": self.schedule.state_dict(), "epoch": epoch,
            "average": self.average.state, "torch_rng": torch.get_rng_state(),
        }  # fmt: skip
        torch.save(state, work / "state.tmp")
        (work / "network.tmp").replace(work / f"network-{epoch}.safetensors")
        (work / "state.tmp").replace(work / "state.pt")
        (work / f"network-{epoch - 1}.safetensors").unlink(missing_ok=True)

    def restore(self, work: Path) -> int:
        """The number of finished epochs; 0 where no checkpoint stands."""
        if not (work / "state.pt").is_file():
            return 0
        state = torch.load(work / "state.pt", weights_only=True)
        self.network.load_state_dict(load_file(work / f"network-{state['epoch']}.safetensors"))
        self.optimiser.load_state_dict(state["optimiser"])
        self.schedule.load_state_dict(state["schedule"])
        self.average.load(state["average"])
        torch.set_rng_state(state["torch_rng"])
        return int(state["epoch"])


def finished(work: Path) -> dict[str, torch.Tensor] | None:
    """What a run ended with: its network's state with the averaged weights; None where no checkpoint stands."""
    if not (work / "state.pt").is_file():
        return None
    state = torch.load(work / "state.pt", weights_only=True)
    network: dict[str, torch.Tensor] = load_file(work / f"network-{state['epoch']}.safetensors")
    average: dict[str, torch.Tensor] = state["average"]
    return network | average


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
