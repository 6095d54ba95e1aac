"""Database threads: what an acknowledgement hangs on goes first."""

import itertools
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

T = TypeVar("T")
URGENT, ORDINARY, LAST = 0, 1, 2


class PriorityThreads:
    """A few threads that take urgent work before ordinary work, each kind in the order it came."""

    def __init__(self, count: int, *, name: str) -> None:
        self._work: queue.PriorityQueue[tuple[int, int, Callable[[], Any] | None, Future[Any] | None]]
        self._work = queue.PriorityQueue()
        self._order = itertools.count()
        self._threads = [
            threading.Thread(target=self._run, name=f"{name}-{number}", daemon=True) for number in range(count)
        ]
        for thread in self._threads:
            thread.start()

    def submit(self, work: Callable[[], T], *, urgent: bool) -> Future[T]:
        """Queue work; the future holds its result or its error."""
        future: Future[T] = Future()
        self._work.put((URGENT if urgent else ORDINARY, next(self._order), work, future))
        return future

    def close(self) -> None:
        """Do what was queued, then end."""
        for _ in self._threads:
            self._work.put((LAST, next(self._order), None, None))
        for thread in self._threads:
            thread.join()

    def _run(self) -> None:
        while True:
            _, _, work, future = self._work.get()
            if work is None or future is None:
                return
            if not future.set_running_or_notify_cancel():
                continue
            try:
                future.set_result(work())
            except BaseException as error:  # noqa: BLE001 - handed to whoever waits for the result
                future.set_exception(error)
