"""The data of the buttons under a message to label: what is wished, and what was chosen so far.

Nothing of it is kept: each button carries the kind and the urgency that stand in the message it belongs to.
"""

from dataclasses import dataclass

from bot.domain import buttons
from bot.domain.labels import KINDS, URGENCIES

ANSWER, URGENCY, KIND, SHOW, MENU, SKIP, FINISH, UNDO = "t", "u", "k", "s", "m", "l", "x", "b"
UNSET = "-"


@dataclass(frozen=True)
class Choices:
    """What was chosen; empty where nothing was. `rest` is the topic of an answer, or the page of a menu."""

    kind: str = ""
    urgency: str = ""
    rest: str = ""


def written(task_id: int, wish: str, choices: Choices) -> str:
    """A button's data."""
    marks = _mark(KINDS, choices.kind) + _mark(URGENCIES, choices.urgency)
    return buttons.encode(buttons.LABEL, str(task_id), f"{wish}{marks}{choices.rest}")


def read_choices(argument: str) -> tuple[str, Choices]:
    """The wish and the choices; an empty wish where it is no data of ours."""
    if len(argument) < 3:
        return "", Choices()
    kind, urgency = _label(KINDS, argument[1]), _label(URGENCIES, argument[2])
    return argument[0], Choices(kind, urgency, argument[3:])


def _mark(labels: tuple[str, ...], label: str) -> str:
    return str(labels.index(label)) if label in labels else UNSET


def _label(labels: tuple[str, ...], mark: str) -> str:
    return dict(enumerate(labels)).get(int(mark), "") if mark.isascii() and mark.isdigit() else ""
