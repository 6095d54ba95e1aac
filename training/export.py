"""Fitted encoder → int8 ONNX, gated on agreement with full precision."""

from __future__ import annotations

import logging
import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import torch
from torch import nn
from transformers import BertModel

from classifier.text import clean
from training.base import mean_pool
from training.batches import pad
from training.fit import Trained
from training.quantise import smoothed, to_int8

OPSET = 18
BATCH = 16


class Pooler(nn.Module):
    """What is exported: ids and mask → pooled vector."""

    def __init__(self, encoder: BertModel) -> None:
        """Share the encoder's weights."""
        super().__init__()
        self.encoder = encoder

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """(N, T), (N, T) → (N, hidden)."""
        hidden = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        return mean_pool(hidden, attention_mask)


def export_encoder(trained: Trained, out: Path, *, texts: Sequence[str]) -> None:
    """Write ``out/encoder.onnx`` (int8, see `training.quantise`) and ``out/tokenizer.json``.

    ``texts``: messages that show how large the encoder's inner values become.
    """
    encoder = trained.network.encoder.eval()
    ids = sorted((trained.tokenizer.encode(clean(text)).ids for text in texts), key=len)
    batches = [pad(ids[at : at + BATCH]) for at in range(0, len(ids), BATCH)]
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        _to_onnx(Pooler(smoothed(encoder, batches)).eval(), full)
        to_int8(full, out / "encoder.onnx", layers=encoder.config.num_hidden_layers)
    trained.tokenizer.save(str(out / "tokenizer.json"))


def agreement(full: npt.NDArray[np.float32], small: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Cosine per row between full-precision and int8 vectors."""
    norms = np.linalg.norm(full, axis=1) * np.linalg.norm(small, axis=1)
    cosines: npt.NDArray[np.float32] = (full * small).sum(axis=1) / np.maximum(norms, 1e-9)
    return cosines


def _to_onnx(model: Pooler, path: Path) -> None:
    ids = torch.ones((2, 8), dtype=torch.int64) * 5
    mask = torch.ones_like(ids)
    rows, length = torch.export.Dim("rows", min=1, max=512), torch.export.Dim("length", min=2, max=512)
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch and onnxscript deprecate their own calls while exporting
        program = torch.onnx.export(
            model,
            (ids, mask),
            dynamo=True,
            opset_version=OPSET,
            input_names=["input_ids", "attention_mask"],
            output_names=["pooled"],
            dynamic_shapes=({0: rows, 1: length}, {0: rows, 1: length}),
            verbose=False,
        )
    if program is None:
        raise RuntimeError("torch exported nothing")
    program.save(str(path))
    onnx.checker.check_model(str(path))
