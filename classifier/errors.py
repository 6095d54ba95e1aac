"""What can go wrong between a text and a verdict.

ClassifierError
├── ArtefactError   the model folder is missing, damaged, or made for another version
└── TextError       what should be a text is not one
"""


class ClassifierError(Exception):
    """Root of this package's errors; its message names the cause in one sentence."""


class ArtefactError(ClassifierError):
    """The model folder cannot be used; the message says which file and why."""


class TextError(ClassifierError):
    """The given value is not a text that can be classified."""
