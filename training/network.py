"""The encoder with one linear head per question, sharing a mean-pooled vector."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import nn
from transformers import BertModel

from classifier.decide import MULTI
from training.base import mean_pool
from training.half import halves, quick_halves
from training.restart import read_back, released


class Network(nn.Module):
    """Token ids → pooled vector → logits per head."""

    def __init__(self, encoder: BertModel, sizes: Mapping[str, int], *, dropout: float) -> None:
        """``sizes``: head → number of labels."""
        super().__init__()
        self.encoder = encoder
        self.quick = quick_halves()
        self.dropout = nn.Dropout(dropout)
        hidden = encoder.config.hidden_size
        self.heads = nn.ModuleDict({head: nn.Linear(hidden, count) for head, count in sizes.items()})
        self.register_buffer("centre", torch.zeros(hidden))
        self.register_buffer("spread", torch.ones(hidden))

    def pooled(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """(N, T) ids and mask → (N, hidden)."""
        return mean_pool(self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state, mask)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> dict[str, torch.Tensor]:
        """Logits per head, (N, labels) each."""
        with halves(on=self.quick and self.training):
            pooled = self.pooled(ids, mask)
        vector = self.dropout((pooled.float() - self.get_buffer("centre")) / self.get_buffer("spread"))
        return {head: layer(vector) for head, layer in self.heads.items()}

    def standardise(self, vectors: torch.Tensor) -> None:
        """Let the heads see ``vectors``-like input with mean 0 and spread 1 in every dimension.

        e5's vectors all point one way and differ little: without this the heads learn an order slower.
        """
        self.get_buffer("centre").copy_(vectors.mean(dim=0))
        self.get_buffer("spread").copy_(vectors.std(dim=0).clamp(min=1e-4))

    def linear(self, head: str) -> tuple[torch.Tensor, torch.Tensor]:
        """Weight (labels, hidden) and bias (labels,) of a head on the plain pooled vector, as it is served."""
        layer = self.heads[head]
        weight = layer.weight.detach() / self.get_buffer("spread")
        return weight, layer.bias.detach() - weight @ self.get_buffer("centre")


def load_start(folder: Path, sizes: Mapping[str, int], *, dropout: float, train_embeddings: bool) -> Network:
    """A network over the prepared encoder in ``folder``, or over a released model's, with fresh heads
    (`adopt_heads` brings those of a release)."""
    options = {
        "hidden_dropout_prob": dropout,
        "attention_probs_dropout_prob": 0.0,
        "attn_implementation": "eager",  # on CPUs the backward pass of torch's fused attention takes twice as long
    }
    if released(folder):
        encoder = read_back(folder, **options)
    else:
        encoder = BertModel.from_pretrained(folder, add_pooling_layer=False, **options)
    encoder.embeddings.word_embeddings.requires_grad_(train_embeddings)
    return Network(encoder, sizes, dropout=dropout)


def adopt_heads(network: Network, folder: Path, sets: Mapping[str, Sequence[str]]) -> None:
    """Take a released model's head rows over, label by label; what it did not know keeps its fresh start.

    The network's input must be standardised already.
    """
    stored = load_file(folder / "heads.safetensors")
    known = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
    known[MULTI] = known.get("topic", [])
    spread, centre = network.get_buffer("spread"), network.get_buffer("centre")
    for head, layer in network.heads.items():
        if f"{head}.weight" not in stored:
            continue
        places = {label: at for at, label in enumerate(known.get(head, ()))}
        for at, label in enumerate(sets["topic" if head == MULTI else head]):
            if label in places:
                weight = stored[f"{head}.weight"][places[label]]
                with torch.no_grad():
                    layer.weight[at] = weight * spread
                    layer.bias[at] = stored[f"{head}.bias"][places[label]] + weight @ centre


def parameter_groups(
    network: Network, *, encoder_rate: float, head_rate: float, layer_decay: float, weight_decay: float
) -> list[dict[str, object]]:
    """AdamW groups: heads learn fastest, every layer towards the input slower; no decay on biases and norms."""
    layers = network.encoder.config.num_hidden_layers
    groups: dict[tuple[float, float], list[nn.Parameter]] = {}
    for name, parameter in network.named_parameters():
        if not parameter.requires_grad:
            continue
        if name.startswith("heads."):
            rate = head_rate
        elif ".layer." in name:
            depth = int(name.split(".layer.")[1].split(".")[0])
            rate = encoder_rate * layer_decay ** (layers - 1 - depth)
        else:
            rate = encoder_rate * layer_decay**layers
        decay = 0.0 if parameter.ndim == 1 else weight_decay
        groups.setdefault((rate, decay), []).append(parameter)
    return [{"params": params, "lr": rate, "weight_decay": decay} for (rate, decay), params in groups.items()]
