"""The training pipeline on public single-label sets, three seeds each, against published results.

Texts are cut to 96 tokens, training stops early on the set's validation part, the test part is scored once a seed.
Published macro-F1: Winata et al. 2023 (NusaX), Cahyawijaya et al. 2023 (NusaWrites: NusaParagraph, NusaTranslation).
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import mean, stdev

from training.cli import MODELS
from training.evaluate import evaluate
from training.settings import Settings
from training.train import Recipe, train

SEEDS = (1, 2, 3)
SETTINGS = replace(Settings(), epochs=12, patience=3, max_tokens=96, batch=16, held_share=0.05)


@dataclass(frozen=True, slots=True)
class PublicSet:
    """A set, and the macro-F1 to beat with whose it is."""

    folder: str
    name: str
    published: str


SETS = (
    PublicSet("nusax_senti_jav", "NusaX sentiment, Javanese", "LR 73.7, XLM-R base 78.9, NusaBERT base 84.1"),
    PublicSet("nusax_senti_ind", "NusaX sentiment, Indonesian", "SVM 78.7, XLM-R base 88.4, IndoBERT base 90.0"),
    PublicSet("nusaparagraph_topic_jav", "NusaParagraph topic, Javanese", "LR 91.5"),
    PublicSet("nusatranslation_emot_jav", "NusaTranslation emotion, Javanese", "SVM 63.3, LR 61.5"),
)


def run(data: Path, *, start: Path | None, only: str | None) -> None:
    """Train and score, printing a Markdown table row by row."""
    start = start or MODELS / (MODELS / "CURRENT").read_text(encoding="utf-8").strip()
    print(f"start: {start.name}\n")
    print("| set | macro-F1, mean of three seeds ± spread | encoder alone | n-grams alone | published |")
    print("|---|---|---|---|---|")
    for one in SETS:
        if only in (None, one.folder):
            print(row(one, data / one.folder, start), flush=True)


def row(one: PublicSet, folder: Path, start: Path) -> str:
    """One line of the table."""
    scores = []
    for seed in SEEDS:
        with tempfile.TemporaryDirectory() as name:
            recipe = Recipe(
                files=[folder / "train.jsonl"], out=Path(name), start=start, watch=folder / "valid.jsonl",
                task="single", settings=replace(SETTINGS, seed=seed),
            )  # fmt: skip
            train(recipe)
            scores.append(evaluate(Path(name), folder / "test.jsonl"))
    both, deep, wide = (
        [100 * score[key] for score in scores]
        for key in ("label_macro_f1", "label_macro_f1_encoder_alone", "label_macro_f1_ngrams_alone")
    )
    return (
        f"| {one.name} | {mean(both):.1f} ± {stdev(both):.1f} | {mean(deep):.1f} | {mean(wide):.1f} | {one.published} |"
    )
