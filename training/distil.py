"""Heals the cut encoder: its layers learn to give what the base encoder's layers at the same depth give.

Cutting 12 layers to 6 costs a frozen multilingual-e5-small a fifth of its topic accuracy; half an hour of this
on unlabelled text brings most of it back before fine-tuning starts.
"""

from __future__ import annotations

import json
import random
import shutil
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch.nn import functional
from transformers import BertModel, get_linear_schedule_with_warmup

from classifier.text import clean
from training.batches import pad
from training.half import halves, quick_halves
from training.prepare import read_texts
from training.settings import Settings


def distil(
    base: Path, start: Path, out: Path, *, layers: Sequence[int], texts: Sequence[Path], settings: Settings
) -> float:
    """Write the healed copy of ``start`` to ``out``; the mean cosine of pooled vectors on the last batches."""
    torch.manual_seed(settings.seed)
    torch.set_num_threads(settings.threads)
    tokenizer = Tokenizer.from_file(str(start / "tokenizer.json"))
    tokenizer.enable_truncation(settings.max_tokens)
    student = BertModel.from_pretrained(start, add_pooling_layer=False, attn_implementation="eager")
    teacher = BertModel.from_pretrained(base, add_pooling_layer=False, attn_implementation="eager").eval()
    # Both read the cut vocabulary, so that tokens match one to one.
    teacher.embeddings = student.embeddings
    student.embeddings.requires_grad_(False)
    batches = list(_batches(_sample(texts, settings), tokenizer, settings))
    optimiser = torch.optim.AdamW(student.encoder.parameters(), lr=settings.heal_rate, weight_decay=0.01, fused=True)
    schedule = get_linear_schedule_with_warmup(optimiser, len(batches) // 20, len(batches))
    student.eval()  # no dropout: the target is exact
    cosine, began, quick = 0.0, time.monotonic(), quick_halves()
    for number, (ids, mask) in enumerate(batches, start=1):
        with halves(on=quick):
            loss, near = _step(teacher, student, ids, mask, layers=layers)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(student.encoder.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        optimiser.zero_grad(set_to_none=True)
        cosine = near if number == 1 else 0.98 * cosine + 0.02 * near
        if number % 50 == 0 or number == len(batches):
            seconds = round(time.monotonic() - began)
            print(json.dumps({"batch": number, "of": len(batches), "loss": round(float(loss.detach()), 4),
                              "cosine": round(cosine, 4), "seconds": seconds}), flush=True)  # fmt: skip
        if number % 500 == 0:
            _save(student, start, out)
    _save(student, start, out)
    return cosine


def _step(
    teacher: BertModel, student: BertModel, ids: torch.Tensor, mask: torch.Tensor, *, layers: Sequence[int]
) -> tuple[torch.Tensor, float]:
    """Squared error over real tokens, relative to the target's spread; the last layer counts as much as the rest."""
    with torch.inference_mode():
        wanted = teacher(input_ids=ids, attention_mask=mask, output_hidden_states=True).hidden_states
    found = student(input_ids=ids, attention_mask=mask, output_hidden_states=True).hidden_states
    real = mask.bool()
    losses = []
    for depth, layer in enumerate(layers, start=1):
        target = wanted[layer + 1][real].clone()
        losses.append(functional.mse_loss(found[depth][real], target) / target.var(dim=0).mean())
    weights = mask.unsqueeze(-1).float()
    left, right = ((hidden * weights).sum(1) for hidden in (found[-1].detach(), wanted[-1].clone()))
    near = float(functional.cosine_similarity(left - left.mean(0), right - right.mean(0)).mean())
    return losses[-1] + torch.stack(losses[:-1]).mean(), near


def _sample(texts: Sequence[Path], settings: Settings) -> list[str]:
    """Lines of all files: short files (messages) whole, long ones a sample, shuffled."""
    rng = random.Random(settings.seed)  # noqa: S311 - a sample, no secret
    picked: list[str] = []
    for path in texts:
        lines = [line for line in map(clean, read_texts([path])) if len(line.split()) >= 3]
        picked.extend(rng.sample(lines, min(len(lines), settings.heal_lines)))
    rng.shuffle(picked)
    return picked


def _batches(
    texts: Sequence[str], tokenizer: Tokenizer, settings: Settings
) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    """Rows of like length together, shuffled: at most ``heal_tokens`` padded tokens a batch."""
    encoded = sorted((tokenizer.encode(text).ids for text in texts), key=len)
    groups: list[list[list[int]]] = [[]]
    for ids in encoded:
        if groups[-1] and len(ids) * (len(groups[-1]) + 1) > settings.heal_tokens:
            groups.append([])
        groups[-1].append(ids)
    random.Random(settings.seed).shuffle(groups)  # noqa: S311 - an order, no secret
    for group in groups:
        yield pad(group)


def _save(student: BertModel, start: Path, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    student.save_pretrained(out)
    shutil.copy(start / "tokenizer.json", out / "tokenizer.json")
