"""What proof needs of the store: what a case wants, the photos sent for it, what is kept to know them again."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bot.domain.incoming import Attachment, Said
from bot.domain.proof import Evidence, Marks, Proof, Proving, Stage
from bot.domain.records import Media


@dataclass(frozen=True)
class Examined:
    """A photo as it was examined: its packed look, its marks. `wrong`: why it cannot be taken, if so."""

    hashes: bytes = b""
    spots: bytes = b""
    small: bytes = b""
    marks: Marks = field(default_factory=Marks)
    wrong: str = ""


@dataclass(frozen=True)
class Kept:
    """What is kept of a photo; `sha256` is that of the file as it was sent. No spots where it cannot be opened."""

    media_id: int
    case_id: int
    sha256: str
    spots: bytes
    small: bytes
    marks: Marks


@dataclass(frozen=True)
class Page:
    """Some photos in order of id: whose they are, how many hashes each has, and the hashes in one piece."""

    ids: Sequence[int]
    cases: Sequence[int]
    sizes: Sequence[int]
    hashes: bytes


class EvidencePort(Protocol):
    def begin(self, case_id: int, unit: str, *, by: str, at: float) -> None: ...
    def proving(self, case_id: int) -> Proving | None: ...
    def settle(self, case_id: int, state: Proof) -> None: ...
    def attach(
        self, case_id: int, files: Sequence[Attachment], said: Said, *, stage: Stage, at: float
    ) -> list[int]: ...
    def of_case(self, case_id: int) -> list[Evidence]: ...
    def get(self, evidence_id: int) -> Evidence | None: ...
    def change(self, evidence_id: int, **values: object) -> None: ...
    def to_check(self, *, limit: int) -> list[int]: ...
    def files(self, media_ids: Sequence[int]) -> dict[int, tuple[Media, str]]: ...
    def examined(self, media: Media, found: Examined, *, sha256: str) -> None: ...
    def kept(self, media_ids: Sequence[int]) -> list[Kept]: ...
    def same_bytes(self, sha256: str) -> list[int]: ...
    def page(self, *, after: int, before: int) -> Page | None: ...
    def unlooked(self, *, limit: int) -> list[tuple[Media, str]]: ...
    def looked(self, media_ids: Sequence[int]) -> None: ...
    def without_photo(self, *, since: float, until: float) -> dict[str, tuple[int, int]]: ...
