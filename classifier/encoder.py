"""The int8 transformer on onnxruntime: texts → pooled vectors. Thread-safe; one thread per call by default."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from onnxruntime.capi.onnxruntime_pybind11_state import (
    Fail,
    InvalidArgument,
    InvalidGraph,
    InvalidProtobuf,
    NoSuchFile,
    NotImplemented,
    RuntimeException,
)
from tokenizers import Tokenizer

from classifier.artefact import EncoderSpec
from classifier.errors import ArtefactError
from classifier.verdict import Floats

BATCH: Final = 8
"""Texts per run, sorted by length: padding stays small, and so does the peak of memory."""

_CHARS_PER_TOKEN: Final = 12
# A drawn-out word costs the tokenizer more than its square; nothing that people mean is longer than this.
_LONG_WORD: Final = re.compile(r"(\S{64})\S+")
_BROKEN: Final = (
    Fail,
    InvalidArgument,
    InvalidGraph,
    InvalidProtobuf,
    NoSuchFile,
    NotImplemented,
    RuntimeException,
)


class Encoder:
    """An open session and its tokenizer."""

    def __init__(self, folder: Path, spec: EncoderSpec, *, threads: int = 1) -> None:
        """Open `folder`'s encoder and check its outputs; ArtefactError when it does not run or fit."""
        self._spec = spec
        self._tokenizer = _tokenizer(folder)
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(spec.max_tokens)
        self._pad = self._tokenizer.token_to_id("<pad>") or 0
        self._session = _session(folder, threads)
        found = self.encode(["wadul"])
        if found.shape != (1, spec.hidden) or not np.isfinite(found).all():
            raise ArtefactError(f"model {folder.name}: the encoder gives {found.shape}, not (1, {spec.hidden})")

    def encode(self, texts: Sequence[str]) -> Floats:
        """Pooled vectors, float32 (len(texts), hidden), in the order given."""
        ids = [self._ids(text) for text in texts]
        vectors = np.zeros((len(texts), self._spec.hidden), dtype=np.float32)
        for places in _batches([len(row) for row in ids]):
            vectors[places] = self._run([ids[place] for place in places])
        return vectors

    def _ids(self, text: str) -> list[int]:
        # One by one: encode_batch would start a thread pool of its own beside the caller's.
        cut = _LONG_WORD.sub(r"\1", text)[: self._spec.max_tokens * _CHARS_PER_TOKEN]
        ids: list[int] = self._tokenizer.encode(self._spec.prefix + cut).ids
        return ids

    def _run(self, rows: Sequence[Sequence[int]]) -> Floats:
        ids, mask = _padded(rows, self._pad)
        pooled = self._session.run(["pooled"], {"input_ids": ids, "attention_mask": mask})[0]
        return np.asarray(pooled, dtype=np.float32)


def _tokenizer(folder: Path) -> Tokenizer:
    try:
        return Tokenizer.from_file(str(folder / "tokenizer.json"))
    except Exception as error:
        raise ArtefactError(f"model {folder.name}: tokenizer.json cannot be read ({error})") from error


def _session(folder: Path, threads: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # Without these two, memory grows with every new length of text that comes by.
    options.enable_cpu_mem_arena = False
    options.enable_mem_pattern = False
    options.log_severity_level = 3
    try:
        session = onnxruntime.InferenceSession(
            str(folder / "encoder.onnx"), options, providers=["CPUExecutionProvider"]
        )
    except _BROKEN as error:
        raise ArtefactError(f"model {folder.name}: encoder.onnx cannot be opened ({error})") from error
    inputs = {item.name for item in session.get_inputs()}
    outputs = {item.name for item in session.get_outputs()}
    if inputs != {"input_ids", "attention_mask"} or "pooled" not in outputs:
        raise ArtefactError(f"model {folder.name}: encoder.onnx has inputs {sorted(inputs)}, outputs {sorted(outputs)}")
    return session


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    order = sorted(range(len(lengths)), key=lengths.__getitem__)
    for start in range(0, len(order), BATCH):
        yield order[start : start + BATCH]


def _padded(rows: Sequence[Sequence[int]], pad: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    width = max(1, *(len(row) for row in rows))
    ids = np.full((len(rows), width), pad, dtype=np.int64)
    mask = np.zeros((len(rows), width), dtype=np.int64)
    for at, row in enumerate(rows):
        ids[at, : len(row)] = row
        mask[at, : len(row)] = 1
    return ids, mask
