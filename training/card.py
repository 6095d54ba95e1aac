"""The model card, written by the run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

SOURCES = {
    "lapor_2017": "LAPOR! 2017 messages (canfelli25/ir-lapor-classifier), MIT; labelled anew by this project",
    "bandung_jakarta_short": "public messages from Bandung (2015-16) and PetaBencana floods (2017); no licence stated; "
    "labelled anew by this project",
    "laporgub_stemmed": "stems of reports to the governor of Central Java (LaporGub, 2024-25); no licence stated; "
    "labelled by this project (`training/public_labels/`)",
}
_OWN = "written by hand for this project (`training/corpus/`), Apache-2.0"
_UNLABELLED = (
    "Without their labels, and only to choose the vocabulary and to bring the cut encoder back to the whole one: the "
    "messages above, tweets to Bandung (2015-16) and stemmed LaporGub messages (2024-25), no licence stated, "
    "PetaBencana reports (2017), open data, and samples of public Indonesian, Javanese and code-mixed text."
)
_ROWS = (
    ("topic accuracy", "topic_accuracy"),
    ("topic macro-F1", "topic_macro_f1"),
    ("topic among the best two", "topic_top2"),
    ("topic primary or labelled second", "topic_primary_or_second"),
    ("further topics F1", "further_f1"),
    ("topic calibration error", "topic_ece"),
    ("kind accuracy", "kind_accuracy"),
    ("kind macro-F1", "kind_macro_f1"),
    ("urgency accuracy", "urgency_accuracy"),
    ("urgency macro-F1", "urgency_macro_f1"),
    ("darurat rows", "darurat_rows"),
    ("darurat recall", "darurat_recall"),
    ("darurat precision", "darurat_precision"),
    ("darurat false alarms", "darurat_false_alarms"),
    ("rows that only look like emergencies", "trap_rows"),
    ("false alarms among them", "trap_false_alarms"),
    ("language accuracy", "language_accuracy"),
    ("unsure", "unsure_share"),
    ("topic accuracy of the sure", "sure_topic_accuracy"),
)


def card(manifest: Mapping[str, Any], metrics: Mapping[str, Any], *, size: int) -> str:
    """Markdown: what it is, what it learnt from, how good it is, what it is not."""
    parts = [
        f"# {manifest['id']}",
        "Tags messages of citizens to Indonesian local government by kind, topic, urgency and language; Indonesian "
        "and Javanese. It sorts and says how sure it is; it never rejects, closes or blocks.",
        _facts(manifest, size=size),
        "## Learnt from",
        _sources(manifest),
        "## Measured",
        _scores(metrics),
        "## Limits",
        "Real Javanese complaints were not available in public: the Javanese half was written by hand, and scores on "
        "it say less than scores on real messages. The certainty threshold was set on the development set, which was "
        "never trained on, and progress was watched on it. "
        "Emergencies are also guarded by a word-and-pattern floor outside this model.",
    ]
    return "\n\n".join(parts) + "\n"


def _facts(manifest: Mapping[str, Any], *, size: int) -> str:
    encoder = manifest["encoder"]
    lines = [f"- made {manifest['created']} at commit `{manifest['commit'][:12]}`, seed {manifest['seed']}"]
    if manifest.get("start"):
        lines.append(f"- fine-tuning went on from {manifest['start']}")
    if seeds := manifest.get("averaged"):
        before = f", and of that and {manifest['averaged_with']}" if manifest.get("averaged_with") else ""
        lines.append(f"- weights: the mean of {len(seeds)} runs with the seeds {', '.join(map(str, seeds))}{before}")
    if encoder:
        lines.append(
            f"- encoder: {encoder['base']} (MIT, Intfloat), layers {encoder['base_layers']} of 12, "
            f"{encoder['vocab']:,} pieces, fine-tuned, int8; texts cut at {encoder['max_tokens']} tokens"
        )
    lines.append(
        f"- n-grams: linear SVMs on {manifest['ngrams']['buckets']:,} hashed word and character features, int8"
    )
    shares = ", ".join(f"{head} {weight:.2f}" for head, weight in manifest["mix"].items())
    lines.append(f"- share of the n-grams per head: {shares}")
    lines.append(f"- {size / 2**20:.1f} MB; data SHA-256 `{manifest['data_sha256'][:16]}…`")
    return "\n".join(lines)


def _sources(manifest: Mapping[str, Any]) -> str:
    lines = ["| rows | source, licence |", "|---|---|"]
    for name, count in manifest["sources"].items():
        lines.append(f"| {count} | `{name}`: {SOURCES.get(name, _OWN)} |")
    if manifest["encoder"]:
        lines.append(f"\n{_UNLABELLED}")
    return "\n".join(lines)


def _scores(metrics: Mapping[str, Any]) -> str:
    sets = {name: scores for name, scores in metrics.items() if isinstance(scores, dict) and "rows" in scores}
    sets.pop("int8", None)
    head = ["", *(f"{name} ({scores['rows']} rows)" for name, scores in sets.items())]
    lines = ["| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
    for title, key in _ROWS:
        cells = [_cell(scores, key) for scores in sets.values()]
        lines.append(f"| {title} | " + " | ".join(cells) + " |")
    if int8 := metrics.get("int8"):
        same = ", ".join(f"{head} {value:.3f}" for head, value in int8["same"].items())
        lines.append(f"\nint8 against full precision: mean cosine {int8['mean_cosine']}; same label: {same}.")
    return "\n".join(lines)


def _cell(scores: Mapping[str, Any], key: str) -> str:
    value = scores.get(key)
    if value is None:
        return "–"
    text = f"{value:.3f}" if isinstance(value, float) else str(value)
    bounds = scores.get(f"{key}_95")
    return f"{text} ({bounds[0]:.3f}–{bounds[1]:.3f})" if bounds else text
