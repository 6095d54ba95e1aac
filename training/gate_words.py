"""The gate's report told in plain Indonesian, for an admin who knows the office and no statistics."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

LANGUAGES = {
    "id": "bahasa Indonesia", "jv_ngoko": "Jawa ngoko", "jv_krama": "Jawa krama", "jv_ngapak": "Jawa ngapak",
    "campur": "campuran Indonesia dan Jawa", "lain": "bahasa lain",
}  # fmt: skip
NOTHING_LOST = "tidak ada yang turun melebihi batas"
LOST = "ada yang turun melebihi batas"
CONTRADICTED = "koreksinya saling bertentangan, tidak ada yang bisa dipelajari"
SUBJECTS = {
    "topic": "Topik yang ditebak benar",
    "language": "Topik yang benar pada pesan {label}",
    "one_topic": "Pesan {label} yang dikenali",
    "kind": "Jenis pesan (keluhan, usul, pertanyaan) yang benar",
    "emergencies": "Darurat yang tertangkap",
    "false_alarms": "Alarm palsu pada pesan yang hanya mirip darurat",
    "calibration": "Jarak antara keyakinan model dan kenyataan",
    "unsure": "Pesan yang masih ditanyakan ke meja aduan",
    "new_topics": "Pesan uji lama yang terseret ke topik baru",
    "own": "Topik yang benar pada koreksi terbaru kantor ini",
    "own_kind": "Jenis pesan yang benar pada koreksi terbaru kantor ini",
    "own_emergencies": "Darurat atau bukan yang dinilai benar pada koreksi terbaru kantor ini",
}
TOLD = ("own", "topic", "emergencies")  # told also where nothing is wrong


def named(label: str, names: Mapping[str, str]) -> str:
    """A topic's name for people; without one its id, readable."""
    return names.get(label) or label.replace("_", " ").capitalize()


def shortened(text: str, most: int) -> str:
    """At most so many letters."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def subject(item: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """What a slice measures."""
    label = LANGUAGES.get(item["label"], item["label"]) if item["name"] == "language" else named(item["label"], names)
    return SUBJECTS[item["name"]].format(label=label)


def told(item: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """One slice as a sentence."""
    before, after = percents(item["before"], item["after"])
    count = f"({item['rows']} pesan uji)"
    if before == after:
        return f"{subject(item, names)} tetap {after} {count}."
    way = "naik" if item["change"] > 0 else "turun"
    return f"{subject(item, names)} {way} dari {before} ke {after} {count}."


def percents(*shares: float) -> list[str]:
    """Shares as whole percents, with a decimal where whole ones would hide a difference."""
    whole = [round(100 * share) for share in shares]
    if len(set(whole)) == len({round(share, 4) for share in shares}):
        return [f"{value} %" for value in whole]
    return [f"{100 * share:.1f} %".replace(".", ",") for share in shares]


def sentences(report: Mapping[str, Any]) -> list[str]:
    """The verdict, each reason, and what is always worth telling."""
    names, reasons = report["names"], report["reasons"]
    lines = [f"{'Tertahan' if reasons else 'Lolos'}: {why(reasons)}.", *(told(item, names) for item in reasons)]
    shown = [item for item in report["slices"] if item["name"] in TOLD and not item["blocked"]]
    return [*lines, *(told(item, names) for item in sorted(shown, key=_rank))]


def why(reasons: Sequence[Mapping[str, Any]]) -> str:
    """The verdict's reason in a few words; ``reasons``: the blocked slices."""
    if not reasons:
        return NOTHING_LOST
    lost = [item for item in reasons if item["name"] != "own" or item["change"] < -item["margin"]]
    return LOST if lost else CONTRADICTED


def _rank(item: Mapping[str, Any]) -> int:
    order: Sequence[str] = TOLD
    return order.index(item["name"])
