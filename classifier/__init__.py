"""From a citizen's message to a verdict: kind, topics, urgency, language, place. No torch, no network.

    model = load()                       # the released model, or load("models/<id>")
    verdict = classify(model, ["dalane bolong, Pak"])[0]
"""

from classifier.model import classify, load
from classifier.verdict import Verdict

__all__ = ["Verdict", "classify", "load"]
