"""Verdicts without any model: the emergency floor, the place, the register; everything is left to a person."""

from classifier import floor, places
from classifier.verdict import EMERGENCY, OTHER_TOPIC, REPORT, Label, Verdict

ORDINARY = "sedang"
NO_MODEL = ""


def verdict(raw: str, text: str) -> Verdict:
    """The verdict of one text, raw and cleaned; probabilities say only what the rules decided."""
    emergency = floor.emergency(text)
    return Verdict(
        kind=Label(REPORT, 0.0),
        topics=(Label(OTHER_TOPIC, 0.0),),
        guesses=(),
        urgency=Label(EMERGENCY if emergency else ORDINARY, 1.0 if emergency else 0.0),
        language=Label(floor.register(text), 0.0),
        location=places.locate(raw),
        unsure=True,
        model=NO_MODEL,
        vector=None,
        p_darurat=1.0 if emergency else 0.0,
        alarming=emergency,
    )
