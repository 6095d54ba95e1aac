"""What became of each row: read from the run's database and from what the chats really got."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from bench.replaying.rows import Row
from bench.replaying.running import FIRST_CITIZEN, Run
from bot.services.desk.placing import ALARM
from bot.store.engine import Store
from bot.store.tables import card, case, outbox, person
from bot.texts import Catalogue

REGISTERS = ("id", "jv", "jv@krama")
ANSWERS = ("receipt.department", "receipt.desk", "emergency", "talk.greeting", "talk.thanks", "talk.other", "help")


@dataclass(frozen=True)
class Outcome:
    """Where one row went. `alarm`: the duty chat was to be alarmed; `stands`: units whose group shows the card."""

    id: str
    answers: int
    answer: str | None = None  # text key of the first answer, None where it is none of ANSWERS
    register: str | None = None
    cases: int = 0
    kind: str | None = None
    topic: str | None = None
    further: tuple[str, ...] = ()
    urgency: str | None = None
    language: str | None = None
    location: str | None = None
    unit: str | None = None
    unsure: bool = False
    model: str | None = None
    alarm: bool = False
    cards: int = 0
    stands: tuple[str, ...] = ()
    waiting: int = 0  # cards held back by their group's budget
    doubled_cards: int = 0

    @property
    def lost(self) -> bool:
        """Never answered, or a case with no card, or with a card that neither stands nor waits."""
        missing = self.cards - len(self.stands) - self.waiting
        return not self.answers or bool(self.cases and not self.cards) or missing > 0

    @property
    def doubled(self) -> bool:
        """Answered twice, filed twice or shown twice in one group."""
        return self.answers > 1 or self.cases > 1 or self.doubled_cards > 0


def read(rows: Sequence[Row], run: Run) -> list[Outcome]:
    """One outcome a row, in their order."""
    answers = _answers(run)
    shown = _shown(run)
    stored = _stored(run.database)
    reader = _AnswerReader()
    return [
        _outcome(row, answers[FIRST_CITIZEN + at], stored.cases[str(FIRST_CITIZEN + at)], stored, shown, reader)
        for at, row in enumerate(rows)
    ]


@dataclass(frozen=True)
class _Stored:
    """Cases by their citizen's id, standing cards by their case's, cards whose send still waits."""

    cases: defaultdict[str, list[Any]]
    cards: defaultdict[int, list[Any]]
    waiting: frozenset[str]


def _outcome(
    row: Row, answers: list[str], cases: list[Any], stored: _Stored, shown: Counter[tuple[str, str]],
    reader: "_AnswerReader",
) -> Outcome:  # fmt: skip
    key, register = reader.read(answers[0]) if answers else (None, None)
    if not cases:
        return Outcome(row.id, len(answers), key, register)
    first = cases[0]
    cards = stored.cards[first.id]
    mine = {unit: times for (code, unit), times in shown.items() if code == first.code}
    return Outcome(
        id=row.id,
        answers=len(answers),
        answer=key,
        register=register,
        cases=len(cases),
        kind=first.kind,
        topic=first.topic,
        further=tuple(first.further),
        urgency=first.urgency,
        language=first.language,
        location=first.location,
        unit=first.unit,
        unsure=first.unsure,
        model=first.model,
        alarm=any(each.role == ALARM for each in cards),
        cards=len(cards),
        stands=tuple(sorted(mine)),
        waiting=sum(f"card:{each.id}" in stored.waiting and each.message_id is None for each in cards),
        doubled_cards=sum(times - 1 for times in mine.values()),
    )


def _answers(run: Run) -> defaultdict[int, list[str]]:
    """What each private chat was told, in order."""
    told: defaultdict[int, list[str]] = defaultdict(list)
    for send in _done(run):
        if send["chat_id"] > 0:
            told[send["chat_id"]].append(str(send["params"].get("text", "")))
    return told


def _shown(run: Run) -> Counter[tuple[str, str]]:
    """How often a case's code was shown as a message in a unit's group: (code, unit) → times."""
    code = re.compile(rf"\b{run.region.prefix}-[0-9A-Z]{{5}}\b")
    shown: Counter[tuple[str, str]] = Counter()
    for send in _done(run):
        unit = run.groups.get(send["chat_id"])
        found = code.search(str(send["params"].get("text", ""))) if unit else None
        if unit and found and _is_card(send):
            shown[found.group(), unit] += 1
    return shown


def _is_card(send: dict[str, Any]) -> bool:
    """The rest of a long text follows as a reply to its card and is none itself."""
    return not send["params"].get("reply_parameters") and not send["params"].get("reply_to_message_id")


def _done(run: Run) -> Iterator[dict[str, Any]]:
    return (send for send in run.sends if not send["error"] and send["chat_id"] is not None)


def _stored(database: str) -> _Stored:
    cases: defaultdict[str, list[Any]] = defaultdict(list)
    cards: defaultdict[int, list[Any]] = defaultdict(list)
    store = Store(database)
    try:
        with store.engine.connect() as connection:
            query = sa.select(person.c.user_id, case).join(case, case.c.person_id == person.c.id).order_by(case.c.id)
            for row in connection.execute(query):
                cases[row.user_id].append(row)
            for row in connection.execute(sa.select(card).where(~card.c.retired)):
                cards[row.case_id].append(row)
            waiting = connection.scalars(sa.select(outbox.c.merge_key).where(outbox.c.done_at.is_(None)))
            return _Stored(cases, cards, frozenset(key for key in waiting if key))
    finally:
        store.close()


class _AnswerReader:
    """Tells from the words alone which text an answer is, and in which register."""

    def __init__(self) -> None:
        texts = Catalogue.load()
        self._patterns = [
            (key, register, _pattern(texts(key, register)))
            for key in ANSWERS
            for register in REGISTERS
            if key in texts.keys(register)  # a register that borrows a text is not recognised by it
        ]

    def read(self, text: str) -> tuple[str | None, str | None]:
        """(text key, register); (None, None) for anything else."""
        found = ((key, register) for key, register, pattern in self._patterns if pattern.match(text))
        return next(found, (None, None))


def _pattern(template: str) -> re.Pattern[str]:
    parts = re.split(r"\{\w+\}", template)
    return re.compile(".*?".join(re.escape(part) for part in parts), re.DOTALL)
