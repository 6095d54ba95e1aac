"""Near twins among messages: found by n-gram cosine, kept on one side of every split, and written once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from scipy.sparse import csr_matrix

from classifier import ngrams
from training.data import Example

NEAR = 0.75  # cosine of n-gram vectors from which two messages count as near twins
BLOCK = 512


def near(texts: Sequence[str], *, least: float = NEAR) -> Iterator[tuple[int, int, float]]:
    """(left, right, cosine) of all pairs at or above ``least``, left < right."""
    indptr, indices, data = ngrams.matrix(texts, idf=None)
    vectors = csr_matrix((data, indices, indptr), shape=(len(texts), ngrams.BUCKETS))
    turned = vectors.T.tocsr()
    for start in range(0, len(texts), BLOCK):
        block = (vectors[start : start + BLOCK] @ turned).tocoo()
        for row, right, cosine in zip(block.row, block.col, block.data, strict=True):
            left = start + int(row)
            if left < right and cosine >= least:
                yield left, int(right), float(cosine)


def once(rows: Sequence[Example]) -> list[Example]:
    """The rows without those that say word for word what an earlier one says."""
    seen: set[str] = set()
    kept = []
    for row in rows:
        plain = " ".join(ngrams.tokens(row.text))
        if plain not in seen:
            kept.append(row)
        seen.add(plain)
    return kept


def grouped(rows: Sequence[Example]) -> list[Example]:
    """The same rows; near twins, and rows of one group, share a group from now on."""
    leader = list(range(len(rows)))

    def find(at: int) -> int:
        while leader[at] != at:
            leader[at] = leader[leader[at]]
            at = leader[at]
        return at

    first: dict[tuple[str, str], int] = {}
    for at, row in enumerate(rows):
        leader[find(at)] = find(first.setdefault((row.source, row.group), at))
    for left, right, _cosine in near([row.text for row in rows]):
        leader[find(right)] = find(left)
    names = [f"{rows[find(at)].source}:{rows[find(at)].group}" for at in range(len(rows))]
    return [replace(row, group=name) for row, name in zip(rows, names, strict=True)]
