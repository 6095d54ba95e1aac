"""JSON lines in, JSON lines out: one answer per line, in order, whatever the line holds."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from classifier.explain import Weight
from classifier.model import Classifier, classify
from classifier.verdict import Label, Verdict

BATCH: Final = 32
MAX_TEXT: Final = 100_000
"""Characters of one text; more is no message but a mistake."""
MAX_LINE: Final = 8 * 2**20
"""Bytes of one line that are kept; a longer line is answered with an error and skipped."""

Write = Callable[[bytes], None]


@dataclass(frozen=True, slots=True)
class Extra:
    """What an answer holds beyond the contract: `top` prints that many topics instead of those above their
    thresholds, `explain` the words that carried the verdict, `vectors` the pooled vector."""

    top: int | None = None
    explain: bool = False
    vectors: bool = False


PLAIN: Final = Extra()

@dataclass(frozen=True, slots=True)
class Asked:
    """One line understood: a text to classify, or the error to answer."""

    id: Any
    text: str | None
    error: str | None = None


def lines(chunks: Iterator[bytes]) -> Iterator[list[bytes | None]]:
    """Complete lines as they come, one list per chunk; None stands for a line that was too long."""
    rest, skipping = bytearray(), False
    for chunk in chunks:
        done: list[bytes | None] = []
        *whole, last = chunk.split(b"\n")
        for part in whole:
            done.append(None if skipping or len(rest) + len(part) > MAX_LINE else bytes(rest + part))
            rest, skipping = bytearray(), False
        rest += last
        if len(rest) > MAX_LINE:
            rest, skipping = bytearray(), True
        yield done
    if rest or skipping:
        yield [None if skipping else bytes(rest)]


def run(model: Classifier, chunks: Iterator[bytes], write: Write, *, extra: Extra = PLAIN) -> None:
    """Answer every line of `chunks` through `write`, which gets whole lines and must flush them.

    A chunk is what the input had ready, so a pause in it never holds an answer back.
    """
    for ready in lines(chunks):
        for start in range(0, len(ready), BATCH):
            asked = [ask(line) for line in ready[start : start + BATCH]]
            write(b"".join(answers(model, asked, extra=extra)))


def ask(line: bytes | None) -> Asked:
    """Read one line."""
    if line is None:
        return Asked(None, None, f"the line is longer than {MAX_LINE} bytes")
    if not line.strip():
        return Asked(None, None, "the line is blank")
    try:
        row = json.loads(line.decode("utf-8-sig"), parse_constant=_refuse, parse_float=_finite)
    except UnicodeDecodeError:
        return Asked(None, None, "the line is not UTF-8")
    except (ValueError, RecursionError):
        return Asked(None, None, "the line is not JSON")
    if not isinstance(row, dict):
        return Asked(None, None, 'the line is not a JSON object like {"id": 1, "text": "…"}')
    error = _text_error(row)
    return Asked(row.get("id"), None if error else row["text"], error)


def _text_error(row: dict[str, Any]) -> str | None:
    if "text" not in row:
        return 'the object has no "text"'
    text = row["text"]
    if not isinstance(text, str):
        return '"text" is not a string'
    if len(text) > MAX_TEXT:
        return f'"text" is longer than {MAX_TEXT} characters'
    if any("\ud800" <= char <= "\udfff" for char in text):
        return '"text" holds a lone surrogate'
    if not text.replace("\x00", "").strip():
        return '"text" is empty'
    return None


def answers(model: Classifier, asked: Sequence[Asked], *, extra: Extra = PLAIN) -> list[bytes]:
    """One encoded line per question, in order."""
    texts = [question.text for question in asked if question.text is not None]
    verdicts = iter(classify(model, texts, top=extra.top or 3, explain=extra.explain))
    return [
        _line({"id": one.id, "error": one.error} if one.text is None else answer(one.id, next(verdicts), extra=extra))
        for one in asked
    ]


def answer(id_: Any, verdict: Verdict, *, extra: Extra = PLAIN) -> dict[str, Any]:
    """The contract's object, and what else was asked for."""
    topics = verdict.topics if extra.top is None else _fill(verdict, extra.top)
    row = {
        "id": id_,
        "kind": _label(verdict.kind),
        "topics": [_label(topic) for topic in topics],
        "urgency": _label(verdict.urgency),
        "language": _label(verdict.language),
        "location": verdict.location,
        "unsure": verdict.unsure,
        "model": verdict.model,
    }
    if extra.explain and verdict.because is not None:
        row["explain"] = {"topic": _weights(verdict.because.topic), "urgency": _weights(verdict.because.urgency)}
    if extra.vectors:
        row["vector"] = None if verdict.vector is None else [round(float(value), 5) for value in verdict.vector]
    return row


def _weights(words: Sequence[Weight]) -> list[dict[str, Any]]:
    return [{"word": one.word, "start": one.start, "end": one.end, "weight": one.weight} for one in words]


def _fill(verdict: Verdict, top: int) -> list[Label]:
    named = {topic.label for topic in verdict.topics}
    return [*verdict.topics, *(guess for guess in verdict.guesses if guess.label not in named)][:top]


def _label(label: Label) -> dict[str, Any]:
    return {"label": label.label, "p": round(label.p, 4)}


def _line(row: dict[str, Any]) -> bytes:
    try:
        return json.dumps(row, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:  # an id with a lone surrogate is echoed as it was escaped
        return json.dumps(row).encode() + b"\n"
    except RecursionError:
        return json.dumps({"id": None, "error": "the id is nested too deeply"}).encode() + b"\n"


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is not JSON")


def _finite(digits: str) -> float:
    value = float(digits)
    if value in (float("inf"), float("-inf")):
        raise ValueError(f"{digits} has no finite value")
    return value
