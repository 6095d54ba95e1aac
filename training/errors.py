"""Errors of the training pipeline.

TrainingError
├── BaseModelError   the package that carries the base encoder is missing or not what we expect
├── DataError        a data file is missing, malformed or uses an unknown label
└── ExportError      the exported artefact disagrees with the trained model, or is too large
"""


class TrainingError(Exception):
    """Anything that stops a training command; the text says what to do."""


class BaseModelError(TrainingError):
    """The base encoder cannot be built from its package."""


class DataError(TrainingError):
    """A data file cannot be used."""


class ExportError(TrainingError):
    """An artefact may not be released."""
