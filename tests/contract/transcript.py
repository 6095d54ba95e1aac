"""What happened, as one would tell it: who said and pressed what, and what stood on which screen, in order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from textwrap import indent

from tests.contract.seen import WADUL, Answer, Seen


@dataclass(eq=False)
class Transcript:
    """Written down while a story runs; `str` gives it to read."""

    lines: list[str] = field(default_factory=list)
    _standing: dict[tuple[str, str], Seen] = field(default_factory=dict)

    def __str__(self) -> str:
        return "\n".join(self.lines).strip() + "\n"

    def time(self, moment: str) -> None:
        """It is another moment now."""
        self.lines.append(f"\n── {moment} ──")

    def says(self, who: str, where: str, text: str, *, to: Seen | None = None, photo: bool = False) -> None:
        """Somebody wrote."""
        about = f", membalas “{_brief(to)}”" if to else ""
        self._put(f"{who} @ {where}{about}", "[foto] " * photo + text)

    def presses(self, who: str, where: str, words: str, answer: Answer) -> None:
        """Somebody pressed, and only they read the answer."""
        barred = "(tidak bisa ditekan)" if answer.barred else ""
        form = "(formulir terbuka)" if answer.form is not None else ""
        self._put(f"{who} @ {where} menekan [{words}]", answer.words or form or barred)

    def looked(self, where: str, every: Iterable[Seen]) -> None:
        """What of Wadul's is new on a screen, or stands there in other words than before."""
        for seen in every:
            before = self._standing.get((where, seen.id))
            self._standing[where, seen.id] = seen
            if seen.by != WADUL or (before and (before.text, before.keys) == (seen.text, seen.keys)):
                continue
            keys = " ".join(f"[{words}]" for words in seen.buttons)
            files = f"[{seen.files} berkas]" if seen.files else ""
            shown = "\n".join(filter(None, (seen.text, files, keys)))
            self._put(f"{WADUL} @ {where}{' (berubah)' if before else ''}", shown)

    def _put(self, head: str, text: str) -> None:
        self.lines += [f"\n{head}:", indent(text, "    ")]


def _brief(seen: Seen | None) -> str:
    words = seen.text.split("\n", 1)[0] if seen else ""
    return words if len(words) <= 40 else words[:39] + "…"
