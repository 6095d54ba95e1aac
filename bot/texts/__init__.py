"""What people read, one gettext catalogue per register: id, jv (ngoko), jv@krama, en.

A key missing in a register falls back: jv@krama → jv → id, en → id.
"""

from collections.abc import Mapping
from pathlib import Path

from babel.messages.pofile import read_po

HERE = Path(__file__).parent
FALLBACK = {"id": ("id",), "jv": ("jv", "id"), "jv@krama": ("jv@krama", "jv", "id"), "en": ("en", "id")}


class Catalogue:
    """Texts by key and register; fields are filled in by name."""

    def __init__(self, messages: Mapping[str, Mapping[str, str]]) -> None:
        self._messages = messages

    @classmethod
    def load(cls, folder: Path = HERE) -> "Catalogue":
        """Read every catalogue of a folder."""
        return cls({name: _read(folder / f"{name}.po") for name in FALLBACK if (folder / f"{name}.po").exists()})

    def __call__(self, key: str, register: str = "id", /, **fields: object) -> str:
        """The text of a key in a register; KeyError where no catalogue has it."""
        for name in FALLBACK.get(register, ("id",)):
            text = self._messages.get(name, {}).get(key)
            if text:
                return text.format(**fields) if fields else text
        raise KeyError(key)

    def keys(self, register: str) -> set[str]:
        """The keys that a register has itself."""
        return set(self._messages.get(register, {}))


def _read(path: Path) -> dict[str, str]:
    with path.open("rb") as file:
        return {str(m.id): str(m.string) for m in read_po(file) if m.id and m.string}
