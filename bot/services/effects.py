"""What came of a send, and what must be remembered of it in the transaction that settles it."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.services.office import Office
from bot.services.ports import UnitOfWork

Effect = Callable[[UnitOfWork, Office], None]


@dataclass(frozen=True)
class Sent:
    """How many messages an intent cost, and what to remember. Not `done`: it goes on at the lane's next turn."""

    count: int
    effect: Effect | None = None
    done: bool = True


def together(*effects: Effect | None) -> Effect | None:
    """Several effects as one, in order."""
    some = [effect for effect in effects if effect]
    if not some:
        return None

    def remember(uow: UnitOfWork, office: Office) -> None:
        for effect in some:
            effect(uow, office)

    return remember
