"""Texts to padded tensors, and labels to training targets."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer

from classifier.decide import MULTI
from classifier.text import clean
from training.augment import augment, joinable, joined
from training.data import Example
from training.settings import Settings

PAD = 1  # "<pad>" in every tokenizer that `tokens.build` makes


@dataclass(frozen=True, slots=True)
class Batch:
    """Ids and mask (N, T); targets (N, labels) per head, rows of zeros where a label is unknown."""

    ids: torch.Tensor
    mask: torch.Tensor
    targets: dict[str, torch.Tensor]
    known: dict[str, torch.Tensor]


def pad(encoded: Sequence[Sequence[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    """Ids and mask as int64 (N, longest)."""
    width = max(len(ids) for ids in encoded)
    ids = torch.full((len(encoded), width), PAD, dtype=torch.int64)
    mask = torch.zeros_like(ids)
    for row, values in enumerate(encoded):
        ids[row, : len(values)] = torch.tensor(values)
        mask[row, : len(values)] = 1
    return ids, mask


def targets(
    rows: Sequence[Example], sets: Mapping[str, Sequence[str]], *, second_topic: float, smoothing: float
) -> tuple[dict[str, torch.Tensor], dict[str, torch.Tensor]]:
    """Per head: target distributions, and which rows know the label. Secondary topics share ``second_topic``."""
    out: dict[str, torch.Tensor] = {}
    known: dict[str, torch.Tensor] = {}
    for head, labels in sets.items():
        target = torch.zeros(len(rows), len(labels))
        for at, row in enumerate(rows):
            label = row.labels.get(head)
            if label is None:
                continue
            target[at, labels.index(label)] = 1.0
            if head == "topic" and row.further:
                target[at] *= 1.0 - second_topic
                for topic in row.further:
                    target[at, labels.index(topic)] += second_topic / len(row.further)
        known[head] = target.sum(dim=1) > 0
        out[head] = target * (1 - smoothing) + smoothing / len(labels)
    if "topic" in sets:
        labels = sets["topic"]
        out[MULTI] = torch.zeros(len(rows), len(labels))
        for at, row in enumerate(rows):
            for topic in (*filter(None, [row.labels.get("topic")]), *row.further):
                out[MULTI][at, labels.index(topic)] = 1.0
        known[MULTI] = known["topic"]
    return out, known


def class_weights(
    rows: Sequence[Example], sets: Mapping[str, Sequence[str]], *, power: float
) -> dict[str, torch.Tensor]:
    """Per head: frequency ** -power, scaled so that an average row weighs 1; unseen labels weigh 1."""
    out: dict[str, torch.Tensor] = {}
    for head, labels in sets.items():
        counts = Counter(row.labels[head] for row in rows if head in row.labels)
        raw = torch.tensor([counts[label] ** -power if counts[label] else 0.0 for label in labels])
        seen = torch.tensor([float(counts[label]) for label in labels])
        mean = (raw * seen).sum() / seen.sum().clamp(min=1)
        out[head] = torch.where(raw > 0, raw / mean, torch.ones_like(raw))
    return out


class Batches:
    """Epochs of augmented batches; rows of like length stand together, in an order that the seed decides."""

    def __init__(
        self, rows: Sequence[Example], tokenizer: Tokenizer, sets: Mapping[str, Sequence[str]], settings: Settings
    ) -> None:
        """The tokenizer must already truncate."""
        self._rows = rows
        self._tokenizer = tokenizer
        self._sets = sets
        self._settings = settings
        self._short: dict[str | None, list[int]] = {}
        for at, row in enumerate(rows):
            if "topic" in sets and joinable(row):
                self._short.setdefault(row.labels.get("language"), []).append(at)

    def __len__(self) -> int:
        """Batches per epoch."""
        return -(-len(self._rows) // self._settings.batch)

    def epoch(self, number: int) -> Iterator[Batch]:
        """All rows once; the same number always gives the same batches."""
        rng = random.Random(self._settings.seed * 1000 + number)  # noqa: S311 - noise, no secret
        rows = self._joined(rng)
        texts = [
            augment(clean(row.text), rng=rng, settings=self._settings, language=row.labels.get("language"))
            for row in rows
        ]
        encoded = [self._tokenizer.encode(text).ids for text in texts]
        order = list(range(len(encoded)))
        rng.shuffle(order)
        for places in self._grouped(order, [len(ids) for ids in encoded], rng=rng):
            ids, mask = pad([encoded[place] for place in places])
            wanted, known = targets(
                [rows[place] for place in places],
                self._sets,
                second_topic=self._settings.second_topic,
                smoothing=self._settings.label_smoothing,
            )
            yield Batch(ids, mask, wanted, known)

    def _joined(self, rng: random.Random) -> list[Example]:
        """The rows of one epoch: a few short complaints carry another of their language with them."""
        rows = list(self._rows)
        for places in self._short.values():
            for at in places:
                if rng.random() < self._settings.joined:
                    rows[at] = joined(self._rows[at], self._rows[rng.choice(places)], rng=rng)
        return rows

    def _grouped(self, order: list[int], lengths: Sequence[int], *, rng: random.Random) -> list[list[int]]:
        size = self._settings.batch
        chunks: list[list[int]] = []
        for start in range(0, len(order), size * 20):
            block = sorted(order[start : start + size * 20], key=lengths.__getitem__)
            chunks.extend(block[at : at + size] for at in range(0, len(block), size))
        rng.shuffle(chunks)
        return chunks
