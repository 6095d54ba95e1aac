"""The report of a replay as JSON and as tables for a terminal."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from bench.replaying.reading import Outcome
from bench.replaying.rows import Row
from bench.replaying.running import Run
from bench.replaying.scoring import score

WIDE = 34
SECRET = ("location",)  # copied from the message: stays out of every report


def report(rows: Sequence[Row], outcomes: Sequence[Outcome], run: Run, *, left_out: int) -> dict[str, Any]:
    """Everything as JSON: ids and labels, never words of a message."""
    models = sorted({one.model or "rules" for one in outcomes if one.cases})
    return {
        "model": models,
        "left_out": left_out,
        "start_seconds": round(run.start_seconds, 2),
        "seconds": round(run.seconds, 1),
        "machine_load": round(os.getloadavg()[0], 1),
        "exit_code": run.exit_code,
        "answer_ms": run.stats["answer_ms"],
        "acknowledged_ms": run.stats["ack_ms"],
        "refused_by_limits": run.stats["limits_refused"],
        "violations": run.stats["violations"],
        "waiting_sends": run.waiting_sends,
        **score(rows, outcomes, run.region),
        "rows": [_row(outcome) for outcome in outcomes],
    }


def _row(outcome: Outcome) -> dict[str, Any]:
    fields = {name: value for name, value in asdict(outcome).items() if name not in SECRET}
    return {**fields, "lost": outcome.lost, "doubled": outcome.doubled}


def table(figures: dict[str, Any], *, each: bool = True) -> str:
    """What a person reads; `each` adds a line for every row."""
    parts = [_rows(figures["rows"])] if each else []
    parts += ["\n".join(_summary(figures)), "\n".join(_labelled(figures))]
    return "\n\n".join(part for part in parts if part)


def _rows(rows: Sequence[dict[str, Any]]) -> str:
    head = f"{'row':<16}{'answer':<20}{'register':<10}{'kind':<14}{'unit':<14}{'card':<9}{'unsure':<8}alarm"
    return "\n".join([head, *(_line(row) for row in rows)])


def _line(row: dict[str, Any]) -> str:
    card = "-" if not row["cases"] else f"{len(row['stands'])}/{row['cards']}"
    trouble = " LOST" if row["lost"] else " DOUBLED" if row["doubled"] else ""
    return (
        f"{row['id'][:15]:<16}{row['answer'] or ('other' if row['answers'] else 'none'):<20}"
        f"{row['register'] or '-':<10}{row['kind'] or 'no case':<14}{row['unit'] or '-':<14}{card:<9}"
        f"{'unsure' if row['unsure'] else '':<8}{'ALARM' if row['alarm'] else ''}{trouble}"
    )


def _summary(figures: dict[str, Any]) -> Iterator[str]:
    whole, cards, where = figures["integrity"], figures["cards"], figures["where"]
    yield _fact("model", ", ".join(figures["model"]) or "-")
    yield _fact("messages / answered / cases", f"{whole['rows']} / {whole['answered']} / {whole['cases']}")
    yield _fact("lost / doubled (must be 0)", f"{len(whole['lost'])} / {len(whole['doubled'])}")
    yield _fact("answer p50 / p95 / max", _spread(figures["answer_ms"], ("p50", "p95", "max")))
    yield _fact("acknowledged p50 / p99", _spread(figures["acknowledged_ms"], ("p50", "p99")))
    yield _fact("cards standing / waiting for budget", f"{cards['stand']} / {cards['waiting']}")
    yield _fact("unsure", _percent(where["unsure"]))
    yield _fact("answers", ", ".join(f"{key} {times}" for key, times in where["answers"].items()))
    yield _fact("units", ", ".join(f"{unit} {times}" for unit, times in where["units"].items()))
    yield _fact("refused by the chat limits", str(figures["refused_by_limits"]))
    yield _fact("run / start", f"{figures['seconds']} s / {figures['start_seconds']} s")
    yield _fact("machine's load, last minute", f"{figures['machine_load']}")


def _labelled(figures: dict[str, Any]) -> Iterator[str]:
    if routing := figures["routing"]:
        yield _fact("reports with a department", str(routing["reports"]))
        yield _fact("right department", _percent(routing["right"]))
        yield _fact("  or that of a further topic", _percent(routing["right_or_further"]))
        yield _fact("at the desk", _percent(routing["desk"]))
        sent = f"{_percent(routing['right_when_sent'])} of {routing['sent']}"
        yield _fact("right among those sent out", sent)
        yield _fact("  or that of a further topic", _percent(routing["right_or_further_when_sent"]))
        yield _fact("reports without a case", str(len(routing["no_case"])))
    if alarms := figures["emergencies"]:
        yield _fact("emergencies missed", f"{len(alarms['missed'])} of {alarms['labelled']}")
        degrees = ", ".join(f"{name} {times}" for name, times in alarms["false_alarms_by_urgency"].items())
        yield _fact("false alarms", f"{len(alarms['false_alarms'])}" + (f" ({degrees})" if degrees else ""))
    if register := figures["register"]:
        yield _fact("register right", _percent(register["right"]))
    if none := figures["no_report"]:
        yield _fact("no report: left without a case", f"{_percent(none['no_case'])} of {none['rows']}")
    known = {name: share for name, share in figures["labels"].items() if share is not None}
    if known:
        yield _fact("labels right, of cases", ", ".join(f"{name} {_percent(share)}" for name, share in known.items()))
    if places := figures["places"]:
        yield _fact("places: same / overlap", f"{_percent(places['same'])} / {_percent(places['overlap'])}")
    if figures["routing"] and figures["routing"]["confusions"]:
        yield "\nwrong departments (labelled → sent to)"
        yield from (
            f"  {one['labelled']:<14}→ {one['sent_to']:<14}{one['times']}" for one in figures["routing"]["confusions"]
        )


def _fact(name: str, value: str) -> str:
    return f"{name:<{WIDE + 2}}{value}"


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share * 100:.1f} %"


def _spread(spread: dict[str, float] | None, names: Sequence[str]) -> str:
    return " / ".join(f"{spread[name]:.0f}" for name in names) + " ms" if spread else "-"
