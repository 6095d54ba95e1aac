"""Tags from a model, and from the rules where it is missing or throws."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.domain.case import MODEL, RULES, Reasons
from bot.services.tagging import MEMORY, ModelTagger
from classifier import Verdict
from classifier.explain import Weight
from classifier.verdict import Because, Label


def verdict(model: str = "m1", topic: str = "jalan") -> Verdict:
    topics = (Label(topic, 0.91234567), Label("lingkungan", 0.4), Label("sampah", 0.3), Label("listrik", 0.2))
    return Verdict(
        kind=Label("pengaduan", 0.9), topics=topics, guesses=topics[:3], urgency=Label("sedang", 0.8),
        language=Label("id", 0.9), location="Desa X", unsure=False, model=model, vector=None, p_darurat=0.0,
    )  # fmt: skip


class Counting:
    def __init__(self, *, throws: int = 0, model: str = "m1") -> None:
        self.calls: list[list[str]] = []
        self.throws, self.model = throws, model

    def __call__(self, texts: Sequence[str]) -> list[Verdict]:
        self.calls.append(list(texts))
        if self.throws:
            self.throws -= 1
            raise RuntimeError("the model of this test throws")
        return [verdict(self.model) for _ in texts]


def test_a_verdict_becomes_tags_with_at_most_two_further_topics() -> None:
    tags = ModelTagger(Counting(), rules=Counting()).tag("jalan rusak")
    assert (tags.topic, tags.further, tags.p_topic) == ("jalan", ("lingkungan", "sampah"), 0.9123)
    assert (tags.set_by, tags.model, tags.location) == (MODEL, "m1", "Desa X")


def test_a_batch_classified_ahead_is_not_classified_again() -> None:
    model = Counting()
    tagger = ModelTagger(model, rules=Counting())
    tagger.prime(["a", "b", "a", " "])
    assert [tagger.tag(text).topic for text in ("a", "b")] == ["jalan", "jalan"]
    assert model.calls == [["a", "b"]]


@pytest.mark.parametrize("model", [None, Counting(throws=99)])
def test_the_rules_stand_in_for_a_model_that_is_missing_or_throws(model: Counting | None) -> None:
    tagger = ModelTagger(model, rules=Counting(model=""))
    tagger.prime(["a"])
    tags = tagger.tag("a")
    assert (tags.set_by, tags.model) == (RULES, None)


def test_rules_that_throw_too_fail_alone_and_only_when_asked() -> None:
    tagger = ModelTagger(None, rules=Counting(throws=4))
    tagger.prime(["a"])
    with pytest.raises(RuntimeError):
        tagger.tag("a")
    assert tagger.tag("a").topic == "jalan"


def test_the_memory_does_not_grow_for_ever() -> None:
    model = Counting()
    tagger = ModelTagger(model, rules=Counting())
    tagger.prime([str(n) for n in range(MEMORY + 10)])
    tagger.tag("0")
    assert len(model.calls) == 2
    tagger.tag(str(MEMORY + 9))
    assert len(model.calls) == 2


def test_classification_time_is_reported_with_the_number_of_texts() -> None:
    seen: list[tuple[float, int]] = []
    tagger = ModelTagger(Counting(), rules=Counting(), timed=lambda seconds, n: seen.append((seconds, n)))
    tagger.prime(["a", "b"])
    assert [n for _, n in seen] == [2]
    assert seen[0][0] >= 0


def test_the_words_behind_a_verdict_are_asked_for_once() -> None:
    because = Because((Weight("bolong", 0, 6, 2.0), Weight("bolong", 9, 15, 1.0)), (Weight("bahaya", 20, 26, 1.5),))
    asked: list[str] = []

    def explaining(texts: Sequence[str]) -> list[Verdict]:
        asked.extend(texts)
        return [replace(verdict(), because=because)]

    tagger = ModelTagger(Counting(), rules=Counting(), explaining=explaining)
    assert tagger.explain("bolong, bolong, bahaya") == Reasons(("bolong",), ("bahaya",))
    assert tagger.explain("bolong, bolong, bahaya") == Reasons(("bolong",), ("bahaya",))
    assert asked == ["bolong, bolong, bahaya"]


def test_a_model_that_cannot_explain_leaves_the_reasons_out() -> None:
    assert ModelTagger(None, rules=Counting()).explain("jalan rusak") == Reasons()
    assert ModelTagger(Counting(), rules=Counting(), explaining=Counting(throws=1)).explain("jalan") == Reasons()
