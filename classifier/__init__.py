"""From a citizen's message to a verdict: kind, topics, urgency, language, place. No torch, no network.

`load()` opens the released model, `load("models/<id>")` another; `classify(model, texts)` gives one `Verdict` per text.
"""

from classifier.model import classify, load
from classifier.verdict import Verdict

__all__ = ["Verdict", "classify", "load"]
