"""Wake whoever waits for news."""

import asyncio


class Bell:
    """Take a ticket before looking; it is set by the next ring, even one that comes while looking."""

    def __init__(self) -> None:
        self._ticket = asyncio.Event()

    def ticket(self) -> asyncio.Event:
        """What the next ring will set."""
        return self._ticket

    def ring(self) -> None:
        """There is news."""
        self._ticket.set()
        self._ticket = asyncio.Event()
