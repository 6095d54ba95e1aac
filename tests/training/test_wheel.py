"""Reading the packed base encoder."""

import struct
from pathlib import Path

import numpy as np
import pytest

from training.errors import BaseModelError
from training.wheel import dequantise, read_wheel


def _block(scale: float, quants: list[int]) -> bytes:
    low, high = quants[:16], quants[16:]
    return struct.pack("<e", scale) + bytes(a | b << 4 for a, b in zip(low, high, strict=True))


def _image(magic: bytes = b"E5S1") -> bytes:
    pieces = [b"<s>", b"<pad>", b"</s>", b"<unk>", "▁a".encode()]
    offsets = np.cumsum([0, *map(len, pieces)]).astype("<u4").tobytes()
    scores = np.array([0, 0, 0, 0, -1.5], dtype="<f4").tobytes()
    blob = b"".join(pieces)
    head = magic + struct.pack("<I", 1) + struct.pack("<7i", 32, 1, 2, 64, 5, 16, 1) + struct.pack("<fi", 1e-12, 32)
    words = struct.pack("<5iQ", 5, 0, 2, 1, 3, len(blob)) + offsets + scores + blob
    norm_entry = struct.pack("<IB", ord("ﬁ"), 2) + struct.pack("<2I", ord("f"), ord("i"))
    norm = struct.pack("<iI", 1, len(norm_entry)) + norm_entry
    packed = _block(0.5, list(range(16)) + [8] * 16)
    plain = np.arange(3, dtype="<f4").tobytes()
    names = [(b"emb.word", 1, 32, packed), (b"emb.pos", 0, 3, plain)]
    directory_bytes = 4 + sum(2 + len(name) + 1 + 4 + 8 + 8 for name, *_ in names)
    offset = len(head) + len(words) + len(norm) + directory_bytes
    directory, body = struct.pack("<i", len(names)), b""
    for name, kind, count, raw in names:
        directory += struct.pack("<H", len(name)) + name + struct.pack("<BIQQ", kind, count, offset, len(raw))
        body += raw
        offset += len(raw)
    return head + words + norm + directory + body


def test_a_block_holds_low_nibbles_first_and_is_centred_on_eight() -> None:
    values = dequantise(_block(0.25, [0, 15] + [8] * 30), 32)
    assert values[0] == -2.0
    assert values[1] == 1.75
    assert not values[2:].any()


def test_sizes_pieces_and_tensors_are_read(tmp_path: Path) -> None:
    path = tmp_path / "model.bin"
    path.write_bytes(_image())
    model = read_wheel(path)
    assert (model.hidden, model.layers, model.heads, model.vocabulary) == (32, 1, 2, 5)
    assert model.tokenizer.pieces[4] == "▁a"
    assert model.tokenizer.scores[4] == -1.5
    assert model.tokenizer.normalisation == {"ﬁ": "fi"}
    assert model.tensors["emb.word"].shape == (32,)
    assert model.tensors["emb.word"][0] == -4.0
    assert model.tensors["emb.pos"].tolist() == [0.0, 1.0, 2.0]


def test_another_format_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "model.bin"
    path.write_bytes(_image(magic=b"GGUF"))
    with pytest.raises(BaseModelError, match="pinned"):
        read_wheel(path)


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(BaseModelError, match="reinstall"):
        read_wheel(tmp_path / "nothing.bin")
