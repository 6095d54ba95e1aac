"""What people read, one gettext catalogue per register: id, jv (ngoko), jv@krama, en.

A key missing in a register falls back: jv@krama → jv → id, en → id. Topics of the office's own have one name for all.
"""

from collections.abc import Mapping
from pathlib import Path

from babel.messages.pofile import read_po

HERE = Path(__file__).parent
NOTHING: Mapping[str, str] = {}
TOPIC = "topic."
UNNAMED = "topic.lainnya"  # what the data hold of a topic whose table somebody took out of wadul.toml
FALLBACK = {"id": ("id",), "jv": ("jv", "id"), "jv@krama": ("jv@krama", "jv", "id"), "en": ("en", "id")}


class Catalogue:
    """Texts by key and register; fields are filled in by name."""

    def __init__(
        self, messages: Mapping[str, Mapping[str, str]], *, names: Mapping[str, str] = NOTHING,
        renamed: Mapping[str, str] = NOTHING,
    ) -> None:  # fmt: skip
        """`names` of topics go before the catalogues'; a `renamed` one carries the name of another."""
        self._messages = messages
        self._names = {TOPIC + topic: name for topic, name in names.items()}
        self._renamed = {TOPIC + old: TOPIC + new for old, new in renamed.items()}

    @classmethod
    def load(
        cls, folder: Path = HERE, *, names: Mapping[str, str] = NOTHING, renamed: Mapping[str, str] = NOTHING
    ) -> "Catalogue":
        """Read every catalogue of a folder."""
        files = {name: folder / f"{name}.po" for name in FALLBACK}
        return cls({name: _read(file) for name, file in files.items() if file.exists()}, names=names, renamed=renamed)

    def __call__(self, key: str, register: str = "id", /, **fields: object) -> str:
        """The text of a key in a register; KeyError where no catalogue has it."""
        key = self._renamed.get(key, key)
        if key in self._names:
            return self._names[key]
        for name in FALLBACK.get(register, ("id",)):
            text = self._messages.get(name, {}).get(key)
            if text:
                return text.format(**fields) if fields else text
        if key.startswith(TOPIC) and key != UNNAMED:
            return self(UNNAMED, register)
        raise KeyError(key)

    def keys(self, register: str) -> set[str]:
        """The keys that a register has itself."""
        return set(self._messages.get(register, {}))


def _read(path: Path) -> dict[str, str]:
    with path.open("rb") as file:
        return {str(m.id): str(m.string) for m in read_po(file) if m.id and m.string}
