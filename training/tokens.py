"""The unigram tokenizer as a ``tokenizers`` object, and cutting its vocabulary to what a region writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

from training.wheel import WheelTokenizer

SPECIALS = ("<s>", "<pad>", "</s>", "<unk>")
_CONTROLS = r"[\u0001-\u0008\u000B\u000E-\u001F\u007F\u008F\u009F]"
_ZERO_WIDTH = r"[\u200B-\u200F\u2028\u2029\uFEFF\u00AD]|[\t\n\u000C\r]"


def build(pieces: Sequence[tuple[str, float]]) -> Tokenizer:
    """A unigram tokenizer over pieces whose first four are SPECIALS, in that order.

    SentencePiece's nmt_nfkc rule: controls vanish, white space and zero-width marks become one space, NFKC.
    """
    tokenizer = Tokenizer(models.Unigram([*pieces], unk_id=SPECIALS.index("<unk>"), byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(_CONTROLS), ""),
            normalizers.Replace(Regex(_ZERO_WIDTH), " "),
            normalizers.NFKC(),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", 0), ("</s>", 2)],
    )
    return tokenizer


def from_wheel(source: WheelTokenizer) -> Tokenizer:
    """The full vocabulary, ids as in the wheel."""
    return build(list(zip(source.pieces, source.scores, strict=True)))


def count_pieces(tokenizer: Tokenizer, lines: Iterable[str], *, batch: int = 2000) -> Counter[int]:
    """How often each piece id occurs in the lines."""
    counts: Counter[int] = Counter()
    block: list[str] = []
    for line in lines:
        block.append(line)
        if len(block) == batch:
            for encoded in tokenizer.encode_batch_fast(block, add_special_tokens=False):
                counts.update(encoded.ids)
            block = []
    for encoded in tokenizer.encode_batch_fast(block, add_special_tokens=False):
        counts.update(encoded.ids)
    return counts


def choose(
    pieces: Sequence[tuple[str, float]], counts: Counter[int], *, size: int, always: Iterable[int] = ()
) -> list[int]:
    """Ids to keep, in order: the specials, ``always``, seen single characters, then the most frequent pieces."""
    keep = {*range(len(SPECIALS)), *always}
    for index, (piece, _score) in enumerate(pieces):
        if len(piece) == 1 and (piece.isascii() or counts[index]):
            keep.add(index)
    for index, _count in counts.most_common():
        if len(keep) >= size:
            break
        keep.add(index)
    return sorted(keep)
