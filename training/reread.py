"""Proof that fine-tuning can start again from a released model: its encoder, read back into floats, tags as well."""

from __future__ import annotations

from pathlib import Path

from tokenizers import Tokenizer

from training.data import read
from training.fit import Trained, encode
from training.labels import HEADS
from training.mixing import Mixing, truths
from training.network import load_start
from training.score import head_logits, logits, manifest_of


def reread(folder: Path, file: Path) -> dict[str, dict[str, float]]:
    """Per head: accuracy of what is served and of what is read back, and how often both say the same."""
    rows = read([file])
    texts = [row.text for row in rows]
    manifest = manifest_of(folder)
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_truncation(manifest["encoder"]["max_tokens"])
    sizes = {head: len(names) for head, names in HEADS.items()}
    network = load_start(folder, sizes, dropout=0.0, train_embeddings=False)
    vectors = encode(Trained(network, tokenizer), texts)
    served, again = logits(folder, texts), head_logits(folder, vectors)
    mixing = Mixing(manifest["mix"], manifest["calibration"])
    now, then = mixing.probabilities(served.deep, served.wide), mixing.probabilities(again, served.wide)
    out = {}
    for head, true in truths(rows, HEADS).items():
        known = true >= 0
        one, two = now[head].argmax(axis=1)[known], then[head].argmax(axis=1)[known]
        out[head] = {
            "served": round(float((one == true[known]).mean()), 4),
            "read_back": round(float((two == true[known]).mean()), 4),
            "same": round(float((one == two).mean()), 4),
        }
    return out
