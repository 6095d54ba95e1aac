"""Leave-one-out on made-up odds, and on a real model."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from classifier.explain import MOST, SHOWN, occlude, spans
from classifier.model import Classifier, classify


def counting(texts: Sequence[str]) -> np.ndarray:
    """Two questions: how much `lampu` and `mati` there is, and how much `bahaya`."""
    return np.array([[2.0 * ("lampu" in text) + ("mati" in text), 3.0 * ("bahaya" in text)] for text in texts])


def test_the_words_that_carry_an_answer_are_named_heaviest_first() -> None:
    topic, urgency = occlude("Pak, (lampu) jalan mati. bahaya!", counting)
    assert [(one.word, one.weight) for one in topic] == [("lampu", 2.0), ("mati", 1.0)]
    assert [one.word for one in urgency] == ["bahaya"]


def test_a_word_is_marked_where_it_stands() -> None:
    text = "Pak, (lampu) jalan mati. bahaya!"
    for one in (*occlude(text, counting)[0], *occlude(text, counting)[1]):
        assert text[one.start : one.end] == one.word


def test_one_word_that_is_everything_is_named() -> None:
    assert [one.word for one in occlude("lampu", counting)[0]] == ["lampu"]


def test_a_long_message_costs_no_more_than_the_limit() -> None:
    sizes: list[int] = []

    def watched(texts: Sequence[str]) -> np.ndarray:
        sizes.append(len(texts))
        return counting(texts)

    found = occlude("kata " * 500 + "lampu " + "kata " * 200, watched)[0]
    assert sizes[0] <= MOST + 1
    assert "lampu" in found[0].word


@given(st.text(max_size=300))
def test_spans_hold_every_word_once(text: str) -> None:
    found = spans(text)
    assert len(found) <= MOST
    assert "".join(text[start:end] for start, end in found).split() or not text.split()
    assert all(left[1] <= right[0] for left, right in pairwise(found))


def test_a_verdict_names_its_words_on_request(model: Classifier) -> None:
    [plain] = classify(model, ["jalan rusak"])
    [explained] = classify(model, ["jalan rusak"], explain=True)
    assert plain.because is None
    assert explained.because is not None
    assert "jalan" in [one.word for one in explained.because.topic]
    assert len(explained.because.topic) <= SHOWN


def test_an_empty_text_is_explained_by_nothing(model: Classifier) -> None:
    [found] = classify(model, [""], explain=True)
    assert found.because is not None
    assert found.because.topic == found.because.urgency == ()
