"""What is kept of the counter: who took a report down and how, what there is to tell somebody, a report half told."""

from dataclasses import dataclass, field

from bot.domain.counter import Form


@dataclass(frozen=True)
class TakenDown:
    """How a case came to us. `once` names the very act, so that it happens once; `name` is the operator's."""

    case_id: int
    once: str
    how: str
    operator: str
    name: str
    channel: str
    chat_id: str
    at: float


@dataclass(frozen=True)
class Call:
    """Something to tell somebody who has no chat; `tries` is how often nobody answered."""

    id: int
    person_id: int
    case_id: int | None
    text: str
    at: float
    tries: int = 0
    tried_at: float | None = None


@dataclass(frozen=True)
class Owed:
    """Everything that one person is still to be told of one case, in order."""

    person_id: int
    case_id: int | None
    calls: tuple[Call, ...]

    @property
    def tries(self) -> int:
        return max(call.tries for call in self.calls)


@dataclass(frozen=True)
class OfficeDraft:
    """What an operator is taking down in a chat, step by step.

    `head`: None for a report; for a guest the unit of the head whom they want to meet, empty while that is open.
    """

    id: int
    channel: str
    chat_id: str
    user_id: str
    step: str
    at: float
    form: Form = field(default_factory=Form)
    head: str | None = None
