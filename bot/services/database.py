"""The database as the loops see it: transactions in threads."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from bot.services.ports import UnitOfWork

T = TypeVar("T")


class Database(Protocol):
    """Runs work in one transaction; StoreUnavailable where the database asks to try again."""

    async def write(self, work: Callable[[UnitOfWork], T], /, *, urgent: bool = False) -> T:
        """Urgent work, on which an acknowledgement hangs, goes before what waits."""
        ...

    async def read(self, work: Callable[[UnitOfWork], T], /) -> T:
        """Look, beside the writers."""
        ...
