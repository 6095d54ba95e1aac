"""What proof needs of the store: what a case wants, the photos sent for it, what is kept to know them again."""

from collections.abc import Iterator, Sequence
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
    """What is kept of a photo; `sha256` is that of the file as it was sent."""

    media_id: int
    case_id: int
    sha256: str
    spots: bytes
    small: bytes
    marks: Marks


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
    def hashes(self) -> Iterator[tuple[list[int], list[int], bytes]]: ...
    def without_photo(self, *, since: float, until: float) -> dict[str, tuple[int, int]]: ...
