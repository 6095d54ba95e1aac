"""The floor under the model: emergencies and the language guessed from words alone, when no model can."""

from classifier.floor.judge import judge
from classifier.floor.register import register

__all__ = ["emergency", "register"]


def emergency(text: str) -> bool:
    """Whether words and patterns say that life, limb or safety is in danger now."""
    return judge(text).emergency
