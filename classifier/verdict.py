"""What the classifier says about one message."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from classifier.explain import Weight

HEADS: Final = ("kind", "topic", "urgency", "language")

NO_REPORT: Final = "bukan_laporan"
REPORT: Final = "pengaduan"
CALM_KINDS: Final = frozenset({"aspirasi", "informasi", NO_REPORT})
OTHER_TOPIC: Final = "lainnya"
EMERGENCY: Final = "darurat"
CALM: Final = "rendah"
OTHER_LANGUAGE: Final = "lain"

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Label:
    """A label id and how probable the model holds it, 0 to 1."""

    label: str
    p: float


@dataclass(frozen=True, slots=True)
class Because:
    """The words that carried topic and urgency, heaviest first."""

    topic: tuple[Weight, ...]
    urgency: tuple[Weight, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Verdict:
    """Tags of one message. `unsure`: a person should look before the case goes out."""

    kind: Label
    topics: tuple[Label, ...]
    """Primary first, then at most two further topics above their thresholds; never empty."""
    guesses: tuple[Label, ...]
    """The best topics by probability, whatever the kind: buttons for an unsure case."""
    urgency: Label
    language: Label
    location: str | None
    """The most specific place phrase, exactly as it stands in the message."""
    unsure: bool
    model: str
    vector: Floats | None
    """Pooled encoder output, float32 (hidden,); None when the artefact has no encoder."""
    p_darurat: float
    alarming: bool = False
    """The emergency words and patterns match, whatever the model says."""
    encoder: str = ""
    """Which encoder the vector is of: vectors of different ones cannot be compared."""
    because: Because | None = None
    """Only on request: it costs as much as some dozen messages."""
