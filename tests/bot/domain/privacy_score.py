"""Recall, precision and speed of masking on privacy_cases.jsonl; beside it lokal-id, where installed.

`python -m tests.bot.domain.privacy_score` (lokal-id is no dependency: install it beside for a comparison).
"""

import importlib
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.domain.privacy import mask

Span = tuple[str, int, int]  # kind, start, end
_KINDS = {
    "NIK": "nik", "KK": "kk", "NPWP": "npwp", "PASSPORT": "paspor", "BPJS": "bpjs", "PHONE": "telepon",
    "EMAIL": "email", "BANK_ACCOUNT": "rekening", "PLATE": "plat", "NAME": "nama", "ADDRESS": "alamat_rumah",
    "NIP": "nomor", "NISN": "nomor", "CARD": "nomor", "SIM": "nomor",
}  # fmt: skip


def _own(text: str) -> list[Span]:
    return [(part.kind, part.start, part.end) for part in mask(text).parts]


def _lokal() -> Callable[[str], list[Span]] | None:
    try:
        detect = importlib.import_module("lokal.samaran").detect_pii
    except ModuleNotFoundError:
        return None
    return lambda text: [(_KINDS[m.type], m.start, m.end) for m in detect(text) if m.type in _KINDS]


def score(find: Callable[[str], list[Span]], cases: list[dict[str, Any]]) -> str:
    """A part is found if one of its kind covers it; a finding is wrong if it touches no part."""
    parts = hits = wrong = 0
    begin = time.process_time()
    found = [find(case["text"]) for case in cases]
    seconds = time.process_time() - begin
    for case, spans in zip(cases, found, strict=True):
        wanted = [(p["kind"], p["start"], p["start"] + len(p["value"])) for p in case["parts"]]
        parts += len(wanted)
        hits += sum(any(k == kind and a <= start and end <= b for k, a, b in spans) for kind, start, end in wanted)
        wrong += sum(not any(a < end and start < b for _, a, b in wanted) for _, start, end in spans)
    recall, precision = hits / max(1, parts), hits / max(1, hits + wrong)
    return (
        f"{parts:4} parts  recall {recall:.3f}  precision {precision:.3f}  {seconds / len(cases) * 1e6:4.0f} µs/message"
    )


def main() -> None:
    """Print the figures of each set and of all."""
    lines = Path(__file__).with_name("privacy_cases.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [json.loads(line) for line in lines]
    for name, find in (("own", _own), ("lokal-id", _lokal())):
        if find is None:
            print(f"{name}: not installed")
            continue
        for chosen in (*dict.fromkeys(case["set"] for case in cases), "all"):
            print(f"{name:9} {chosen:7}", score(find, [c for c in cases if chosen in ("all", c["set"])]))


if __name__ == "__main__":
    main()
