"""Digits that stand together in a message, as groups and as windows over them."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.domain.privacy.parts import Span

_RUN: Final = re.compile(r"\(?\+?(?:62 ?\(0\) ?)?[0-9](?:[ .\-)]{0,3}[0-9])*")
_GROUP: Final = re.compile(r"[0-9]+")
_MOST_GROUPS: Final = 9


@dataclass(frozen=True, slots=True)
class Run:
    """Groups of digits that stand together; ``at[k]`` is where group k begins in ``digits``."""

    text: str
    plus: bool
    groups: tuple[Span, ...]
    digits: str
    at: tuple[int, ...]
    shortest: int

    def window(self, first: int, last: int) -> str:
        return self.digits[self.at[first] : self.at[last]]

    def size(self, group: int) -> int:
        return self.groups[group][1] - self.groups[group][0]

    def gap(self, group: int) -> str:
        """What stands between a group and the next one."""
        return self.text[self.groups[group][1] : self.groups[group + 1][0]]

    def starts_nothing(self, group: int) -> bool:
        """Too few digits left, or digits one by one (see ``contacts.spelled``)."""
        if self.at[-1] - self.at[group] < self.shortest:
            return True
        return self.at[min(group + 2, len(self.groups))] - self.at[group] == 2

    def lasts(self, first: int, *, low: int, high: int) -> range:
        """The ends of the windows from ``first`` that hold ``low`` to ``high`` digits."""
        begin = self.at[first]
        nearest = bisect_left(self.at, begin + low, first)
        farthest = min(bisect_right(self.at, begin + high, first) - 1, first + _MOST_GROUPS)
        if self.at[farthest] - begin < 2 * (farthest - first) - 2:
            return range(0)  # nobody writes a number in so many single digits
        return range(nearest, farthest + 1)


def runs(text: str, *, shortest: int) -> Iterator[Run]:
    """Find the runs of at least ``shortest`` characters."""
    for match in _RUN.finditer(text):
        if match.end() - match.start() < shortest:
            continue
        groups = tuple(group.span() for group in _GROUP.finditer(text, match.start(), match.end()))
        at = [0]
        for start, end in groups:
            at.append(at[-1] + end - start)
        digits = "".join(text[start:end] for start, end in groups)
        plus = "+" in text[match.start() : groups[0][0]]
        yield Run(text=text, plus=plus, groups=groups, digits=digits, at=tuple(at), shortest=shortest)
