"""Hashed word and character n-grams: the cheap half of the classifier, shared by training and serving.

Words (1-2) and characters inside words (2-5, edges marked) are hashed with CRC-32 into `BUCKETS` columns. Both
blocks are weighted 1 + ln(count), brought to equal length, and joined into one row of L2 norm 1.
"""

import re
from array import array
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final, TypeAlias
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from classifier.text import clean, fold, fold_digits

BUCKETS: Final = 2**17
VERSION: Final = 1
"""Raised when the features change: an artefact trained on others is refused."""

_TOKEN: Final = re.compile(r"\w+|[^\w\s]")
_MAX_WORD: Final = 40
_WORD_SEED: Final = crc32(b"word")
_CHAR_SEED: Final = crc32(b"char")

Row: TypeAlias = tuple[NDArray[np.int32], NDArray[np.float32]]


def tokens(text: str) -> list[str]:
    """Words and single marks of the cleaned, folded text; digits are all 0."""
    return [token[:_MAX_WORD] for token in _TOKEN.findall(fold_digits(fold(clean(text))))]


def features(text: str, *, buckets: int = BUCKETS, idf: NDArray[np.float32] | None = None) -> Row:
    """One message as (sorted bucket indices int32, values float32) of L2 norm 1; both empty for no words."""
    words = tokens(text)
    blocks = [_weigh(_word_hashes(words), buckets, idf), _weigh(_char_hashes(words), buckets, idf)]
    indices = np.concatenate([block[0] for block in blocks])
    values = np.concatenate([block[1] for block in blocks])
    if not indices.size:
        return indices, values
    indices, where = np.unique(indices, return_inverse=True)
    summed = np.bincount(where, weights=values)
    return indices, (summed / np.linalg.norm(summed)).astype(np.float32)


def matrix(
    texts: Iterable[str], *, buckets: int = BUCKETS, idf: NDArray[np.float32] | None = None
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float32]]:
    """Many messages as CSR parts (indptr, indices, data), ready for scipy's csr_matrix((data, indices, indptr))."""
    rows = [features(text, buckets=buckets, idf=idf) for text in texts]
    indptr = np.zeros(len(rows) + 1, dtype=np.int64)
    np.cumsum([row[0].size for row in rows], out=indptr[1:])
    if not rows:
        return indptr, np.zeros(0, np.int32), np.zeros(0, np.float32)
    return indptr, np.concatenate([row[0] for row in rows]), np.concatenate([row[1] for row in rows])


def dot(row: Row, weight: NDArray[np.generic]) -> NDArray[np.float32]:
    """Logits of one row: values (n,) times the touched rows of `weight` (buckets, labels), in float32."""
    indices, values = row
    logits: NDArray[np.float32] = values @ weight[indices].astype(np.float32)
    return logits


def _weigh(hashes: Sequence[int] | NDArray[np.uint32], buckets: int, idf: NDArray[np.float32] | None) -> Row:
    counted, counts = np.unique(np.asarray(hashes, dtype=np.uint32) % np.uint32(buckets), return_counts=True)
    values = (1.0 + np.log(counts)).astype(np.float32)
    if idf is not None:
        values = values * idf[counted]
    norm = float(np.linalg.norm(values))
    return counted.astype(np.int32), values / np.float32(norm) if norm else values


def _word_hashes(words: Sequence[str]) -> list[int]:
    single = [crc32(word.encode(), _WORD_SEED) for word in words]
    pairs = [crc32(f"{left} {right}".encode(), _WORD_SEED) for left, right in pairwise(words)]
    return single + pairs


def _char_hashes(words: Sequence[str]) -> NDArray[np.uint32]:
    parts = array("I")
    for word in words:
        parts.extend(_word_chars(word))
    return np.frombuffer(parts, dtype=np.uint32)


@lru_cache(maxsize=8192)
def _word_chars(word: str) -> "array[int]":
    padded = f" {word} "
    grams = (padded[start : start + size] for size in range(2, 6) for start in range(len(padded) - size + 1))
    return array("I", [crc32(gram.encode(), _CHAR_SEED) for gram in grams])
