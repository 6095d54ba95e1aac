"""Base encoder → start of a run: fewer layers, and a vocabulary cut to what the region writes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer
from transformers import BertModel

from training.errors import DataError
from training.tokens import build, choose, count_pieces


def prepare(
    base: Path, out: Path, *, layers: Sequence[int], vocabulary: int, texts: Sequence[Path], rows: Iterable[str]
) -> dict[str, float]:
    """Write the cut encoder and tokenizer to ``out``; how much of the running text the kept pieces cover.

    ``texts`` are plain text or JSON lines with a "text"; ``rows`` are training messages, whose pieces are all kept.
    """
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    pieces = _pieces(base)
    ours = count_pieces(tokenizer, rows)
    counts = count_pieces(tokenizer, read_texts(texts)) + ours
    if not counts:
        raise DataError("no text to choose the vocabulary by: give --vocab-text or --data-dir")
    keep = choose(pieces, counts, size=vocabulary, always=ours)
    out.mkdir(parents=True, exist_ok=True)
    build([pieces[index] for index in keep]).save(str(out / "tokenizer.json"))
    _cut(base, layers=layers, keep=keep).save_pretrained(out)
    total = sum(counts.values())
    return {"pieces": len(keep), "coverage": sum(counts[index] for index in keep) / total}


def _pieces(base: Path) -> list[tuple[str, float]]:
    model = json.loads((base / "tokenizer.json").read_text(encoding="utf-8"))["model"]
    return [(piece, float(score)) for piece, score in model["vocab"]]


def read_texts(paths: Sequence[Path]) -> Iterator[str]:
    """Lines of plain files, the "text" of JSON-lines files."""
    for path in paths:
        with path.open(encoding="utf-8") as file:
            for line in file:
                yield str(json.loads(line).get("text", "")) if path.suffix == ".jsonl" else line


def _cut(base: Path, *, layers: Sequence[int], keep: Sequence[int]) -> BertModel:
    model = BertModel.from_pretrained(base, add_pooling_layer=False)
    model.encoder.layer = torch.nn.ModuleList([model.encoder.layer[index] for index in layers])
    weights = model.embeddings.word_embeddings.weight.detach()[list(keep)].clone()
    model.embeddings.word_embeddings = torch.nn.Embedding.from_pretrained(weights, freeze=False, padding_idx=1)
    model.config.num_hidden_layers = len(layers)
    model.config.vocab_size = len(keep)
    return model
