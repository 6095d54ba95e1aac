"""Figures of a run, pure: integrity always, the rest as far as the rows carry labels."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from bench.replaying.reading import Outcome
from bench.replaying.rows import Row
from bot.domain.case import Tags
from bot.domain.labels import EMERGENCY, OTHER
from bot.domain.region import DESK, Region
from bot.domain.registers import ANSWER
from bot.domain.routing import route

Pair = tuple[Row, Outcome]
CONFUSIONS = 10


def score(rows: Sequence[Row], outcomes: Sequence[Outcome], region: Region) -> dict[str, Any]:
    """Every figure as JSON; ids of rows, never their words."""
    pairs = list(zip(rows, outcomes, strict=True))
    return {
        "integrity": integrity(outcomes),
        "cards": cards(outcomes),
        "where": where(outcomes),
        "routing": routing(pairs, region),
        "emergencies": emergencies(pairs),
        "register": registers(pairs),
        "labels": labels(pairs),
        "places": places(pairs),
        "no_report": no_report(pairs),
    }


def integrity(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Nothing lost, nothing twice."""
    return {
        "rows": len(outcomes),
        "answered": sum(1 for one in outcomes if one.answers),
        "cases": sum(one.cases for one in outcomes),
        "lost": [one.id for one in outcomes if one.lost],
        "doubled": [one.id for one in outcomes if one.doubled],
    }


def cards(outcomes: Sequence[Outcome]) -> dict[str, int]:
    """Cards that stand in their groups, and those that still wait for a group's budget."""
    return {
        "wanted": sum(one.cards for one in outcomes),
        "stand": sum(len(one.stands) for one in outcomes),
        "waiting": sum(one.waiting for one in outcomes),
    }


def where(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Units by number of cases; how many went out unsure."""
    filed = [one for one in outcomes if one.cases]
    return {
        "units": dict(Counter(str(one.unit) for one in filed).most_common()),
        "unsure": _share(sum(1 for one in filed if one.unsure), len(filed)),
        "answers": dict(Counter(one.answer or "other" for one in outcomes if one.answers).most_common()),
    }


def expected_unit(row: Row, region: Region) -> str | None:
    """The unit that a row's labels ask for by the region file; None where they ask for none."""
    if row.topic is None or not row.is_report:
        return None
    return route(region, _tags(row, row.topic)).unit


def routing(pairs: Sequence[Pair], region: Region) -> dict[str, Any] | None:
    """How often the right department has the case; None without labels.

    `right_or_further`: the department of a secondary topic counts too. `right_when_sent`: of what did not go to
    the desk. A row labelled `lainnya` is right at the desk.
    """
    asked = [(row, out, unit) for row, out in pairs if (unit := expected_unit(row, region)) is not None]
    if not asked:
        return None
    sent = [(row, out, unit) for row, out, unit in asked if out.unit not in (None, DESK)]
    wrong = Counter((unit, str(out.unit)) for _, out, unit in sent if out.unit != unit)
    return {
        "reports": len(asked),
        "right": _share(sum(out.unit == unit for _, out, unit in asked), len(asked)),
        "right_or_further": _share(
            sum(out.unit in {unit, *_further(row, region)} for row, out, unit in asked), len(asked)
        ),
        "desk": _share(sum(out.unit == DESK for _, out, _ in asked), len(asked)),
        "sent": len(sent),
        "right_when_sent": _share(sum(out.unit == unit for _, out, unit in sent), len(sent)),
        "right_or_further_when_sent": _share(
            sum(out.unit in {unit, *_further(row, region)} for row, out, unit in sent), len(sent)
        ),
        "no_case": [row.id for row, out, _ in asked if not out.cases],
        "confusions": [
            {"labelled": labelled, "sent_to": got, "times": times}
            for (labelled, got), times in wrong.most_common(CONFUSIONS)
        ],
    }


def emergencies(pairs: Sequence[Pair]) -> dict[str, Any] | None:
    """Alarms against the labels; the urgency that people gave to a false alarm tells how false it is."""
    known = [(row, out) for row, out in pairs if row.urgency is not None]
    if not known:
        return None
    false = [(row, out) for row, out in known if out.alarm and row.urgency != EMERGENCY]
    return {
        "labelled": sum(row.urgency == EMERGENCY for row, _ in known),
        "alarmed": sum(out.alarm for _, out in known),
        "missed": [row.id for row, out in known if row.urgency == EMERGENCY and not out.alarm],
        "false_alarms": [row.id for row, _ in false],
        "false_alarms_by_urgency": dict(Counter(str(row.urgency) for row, _ in false)),
    }


def registers(pairs: Sequence[Pair]) -> dict[str, Any] | None:
    """Whether the answer's words have the register of the citizen's (`lain` asks for none)."""
    known = [(ANSWER[row.language], out) for row, out in pairs if row.language in ANSWER and out.answers]
    if not known:
        return None
    right = sum(out.register == wanted for wanted, out in known)
    wrong = Counter((wanted, str(out.register)) for wanted, out in known if out.register != wanted)
    return {
        "right": _share(right, len(known)),
        "wrong": [{"wanted": wanted, "got": got, "times": times} for (wanted, got), times in wrong.most_common()],
    }


def labels(pairs: Sequence[Pair]) -> dict[str, Any]:
    """Share of cases whose label is the labelled one, for each label that rows carry."""
    return {
        "kind": _agreement(pairs, lambda row: row.kind, lambda out: out.kind),
        "topic": _agreement(pairs, lambda row: row.topic, lambda out: out.topic),
        "urgency": _agreement(pairs, lambda row: row.urgency, lambda out: out.urgency),
        "language": _agreement(pairs, lambda row: row.language, lambda out: out.language),
    }


def places(pairs: Sequence[Pair]) -> dict[str, Any] | None:
    """Places: `same` words, `overlap` (one holds the other), of the rows that name one; `invented` of the others."""
    known = [(row, out) for row, out in pairs if row.labelled_place and out.cases]
    if not known:
        return None
    named = [(_plain(row.location), _plain(out.location)) for row, out in known if row.location]
    bare = [out for row, out in known if not row.location]
    return {
        "same": _share(sum(wanted == got for wanted, got in named), len(named)),
        "overlap": _share(sum(bool(got) and (got in wanted or wanted in got) for wanted, got in named), len(named)),
        "none_found": _share(sum(not got for _, got in named), len(named)),
        "invented": _share(sum(bool(out.location) for out in bare), len(bare)),
    }


def no_report(pairs: Sequence[Pair]) -> dict[str, Any] | None:
    """Greetings, thanks, spam: how many became no case, and which did."""
    known = [(row, out) for row, out in pairs if not row.is_report]
    if not known:
        return None
    return {
        "rows": len(known),
        "no_case": _share(sum(not out.cases for _, out in known), len(known)),
        "cases": [row.id for row, out in known if out.cases],
    }


def _further(row: Row, region: Region) -> Iterable[str]:
    return (route(region, _tags(row, topic)).unit for topic in row.topics2)


def _tags(row: Row, topic: str) -> Tags:
    return Tags(
        kind=row.kind or "pengaduan", topic=topic or OTHER, urgency=row.urgency or "sedang",
        language=row.language or "id", location=row.location,
    )  # fmt: skip


def _agreement(
    pairs: Sequence[Pair], wanted: Callable[[Row], str | None], got: Callable[[Outcome], str | None]
) -> float | None:
    known = [(wanted(row), got(out)) for row, out in pairs if wanted(row) is not None and out.cases]
    return _share(sum(one == other for one, other in known), len(known))


def _plain(text: str | None) -> str:
    return " ".join((text or "").casefold().split())


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
