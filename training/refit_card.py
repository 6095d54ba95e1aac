"""The card of a model that a retrain made, the quick or the full one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

_WAYS = {
    "refit": "A quick retrain of `{parent}` by an office's own corrections: the same encoder, heads and n-grams moved "
    "towards the corrections and held where the parent stands.",
    "finetune": "A full retrain of `{parent}`: its encoder went on learning from the written corpus and an office's "
    "own corrections; n-grams moved towards the corrections.",
}

_LIMITS = {
    "refit": "A quick retrain teaches the encoder nothing: what its parent does not know of language it does not know "
    "either, and certainty and thresholds are its parent's.",
    "finetune": "The encoder read a sample of the corpus and the corrections, not everything its parent had read. "
    "Certainty and thresholds were set anew on the held-out part that is shipped, by which the gate judges as well.",
}


def card(manifest: Mapping[str, Any], *, labels: Sequence[str]) -> str:
    """Markdown: where it comes from, what it learnt, what is not known of it."""
    data, topics = manifest["data"], manifest["topics"]
    lines = [
        f"# {manifest['id']}",
        f"{_WAYS[manifest['way']].format(parent=manifest['parent'])} It tags messages of citizens to Indonesian "
        "local government; it sorts and says how sure it is, and never rejects, closes or blocks.",
        "\n".join(_facts(manifest, data)),
        "## Topics",
        f"{len(labels)} topics. " + (_changes(topics) or "The same as the parent's."),
        "## Measured",
        "By the gate, beside its parent and on the same messages; its report lies where the retrain was asked for.",
        "## Limits",
        f"{_LIMITS[manifest['way']]} Emergencies are also guarded by a word-and-pattern floor outside this model.",
    ]
    return "\n\n".join(lines) + "\n"


def _facts(manifest: Mapping[str, Any], data: Mapping[str, Any]) -> list[str]:
    sources = ", ".join(f"{count} {name}" for name, count in data["by_source"].items()) or "none"
    lines = [
        f"- made {manifest['created']} in {manifest['seconds']:g} s at commit `{manifest['commit'][:12]}`",
        f"- corrections learnt: {data['corrections']} ({sources}); "
        f"left out for the gate: {data['left_out_for_the_gate']}",
    ]
    if "stored_rows" in data:
        lines.append(f"- stored vectors: {data['stored_rows']}, of them {data['stored_own']} of this office")
    strength = ", ".join(f"{name} {value:g}" for name, value in manifest["strength"].items())
    return [*lines, f"- strength: {strength}"]


def _changes(topics: Mapping[str, Any]) -> str:
    told = [f"New: {', '.join(topics['added'])}." if topics["added"] else ""]
    told += [f"`{old}` became `{new}`." if new else f"`{old}` was retired." for old, new in topics["retired"].items()]
    told += [f"`{old}` was split into {', '.join(new)}." for old, new in topics["split"].items()]
    return " ".join(filter(None, told))
