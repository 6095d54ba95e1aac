"""What people see: a message as it stands, its buttons, and what a press comes back with."""

import re
from dataclasses import dataclass
from typing import Any

WADUL = "Wadul"
CODE = re.compile(r"\bPML-[0-9A-Z]{5}\b")


@dataclass(frozen=True)
class Key:
    """A button: the words on it and what it sends."""

    words: str
    data: str


@dataclass(frozen=True)
class Seen:
    """A message as somebody reads it now. Who presses a button of an older look has a screen that lags behind.

    `text` are the words without signs of markup, `by` is who wrote it, `raw` the channel's own message.
    """

    id: str
    text: str
    by: str
    keys: tuple[Key, ...] = ()
    files: int = 0
    raw: Any = None

    @property
    def buttons(self) -> list[str]:
        """The words on its buttons, in order."""
        return [key.words for key in self.keys]

    @property
    def code(self) -> str:
        """The first case code that it names."""
        found = CODE.search(self.text)
        assert found, f"no code in {self.text!r}"
        return found[0]

    def key(self, words: str) -> Key:
        """The button that reads so: exactly, else the only one that ends so (signs and ticks stand before words)."""
        exact = [key for key in self.keys if key.words == words]
        near = exact or [key for key in self.keys if key.words.endswith(words)]
        assert len(near) == 1, f"no single button {words!r} among {self.buttons} under {self.text!r}"
        return near[0]

    def offers(self, words: str) -> bool:
        """Whether it has such a button."""
        return any(key.words.endswith(words) for key in self.keys)

    def has(self, *words: str) -> bool:
        """Whether it says all of this."""
        return all(each in self.text for each in words)


@dataclass(frozen=True)
class Answer:
    """What a press came back with, to the presser alone.

    `barred`: the platform let nothing through. `form` is the channel's own, where the press opened one.
    """

    words: str = ""
    barred: bool = False
    form: Any = None
