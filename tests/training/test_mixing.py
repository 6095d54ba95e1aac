"""Mixing, calibration and thresholds on made-up logits."""

import numpy as np
import pytest

from training.data import Example
from training.labels import HEADS
from training.mixing import best_temperature, choose_mixing, marks
from training.thresholds import Limits, emergency_thresholds, further_thresholds, unsure_limits

RNG = np.random.default_rng(0)


def _logits(true: np.ndarray, labels: int, *, signal: float) -> np.ndarray:
    out = RNG.normal(size=(len(true), labels)).astype(np.float32)
    out[np.arange(len(true)), true] += np.float32(signal)
    return out


def test_overconfident_logits_are_cooled() -> None:
    true = RNG.integers(0, 4, 400)
    calm, _ = best_temperature(_logits(true, 4, signal=1.0), true, multi=False)
    hot, _ = best_temperature(5 * _logits(true, 4, signal=1.0), true, multi=False)
    assert hot > 3 * calm


def test_the_better_half_gets_the_larger_share() -> None:
    true = RNG.integers(0, 4, 600)
    strong, noise = _logits(true, 4, signal=3.0), _logits(true, 4, signal=0.0)
    assert choose_mixing({"kind": strong}, {"kind": noise}, {"kind": true}).weights["kind"] < 0.4
    assert choose_mixing({"kind": noise}, {"kind": strong}, {"kind": true}).weights["kind"] > 0.6


def test_without_an_encoder_the_ngrams_decide_alone() -> None:
    true = RNG.integers(0, 4, 100)
    mixing = choose_mixing({}, {"kind": _logits(true, 4, signal=2.0)}, {"kind": true})
    assert mixing.weights == {"kind": 1.0}


def test_primary_and_secondary_topics_are_marked() -> None:
    topics = HEADS["topic"]
    found = marks([Example("x", {"topic": "jalan"}, ("sampah",))], topics)
    assert {topics[at] for at in np.flatnonzero(found[0])} == {"jalan", "sampah"}


def test_the_emergency_threshold_prefers_false_alarms_to_misses() -> None:
    rows = [Example("x", {"urgency": "darurat"})] * 20 + [Example("x", {"urgency": "sedang"})] * 200
    p = np.concatenate([np.linspace(0.3, 0.9, 20), np.linspace(0.0, 0.32, 200)]).astype(np.float32)
    alone, agreed = emergency_thresholds(p, rows, recall=0.98)
    assert 0.2 < alone <= 0.3
    assert agreed <= alone


def test_what_the_floor_agrees_with_needs_less_certainty() -> None:
    rows = [Example("tolong rumah kebakaran ada anak terjebak", {"urgency": "darurat"})] * 20
    rows += [Example("jalan rusak", {"urgency": "sedang"})] * 200
    p = np.concatenate([np.full(20, 0.1), np.linspace(0.0, 0.3, 200)]).astype(np.float32)
    alone, agreed = emergency_thresholds(p, rows, recall=0.98)
    assert agreed <= 0.1 < 0.28 < alone


def test_few_emergencies_leave_the_defaults() -> None:
    few = [Example("x", {"urgency": "darurat"})]
    assert emergency_thresholds(np.array([0.9], dtype=np.float32), few, recall=0.98) == (0.4, 0.1)


def test_the_primary_topic_does_not_count_as_a_further_one() -> None:
    topics = HEADS["topic"]
    rows = [Example("x", {"topic": "jalan"}, ("sampah",))] * 12
    p = np.zeros((12, len(topics)), dtype=np.float32)
    p[:, topics.index("jalan")], p[:, topics.index("sampah")] = 0.9, 0.6
    limits = further_thresholds(p, rows, topics)
    assert 0.1 <= limits["sampah"] <= 0.6
    assert set(limits) == set(topics)


@pytest.fixture(scope="module")
def doubtful() -> tuple[list[Example], dict[str, np.ndarray], np.ndarray]:
    """Rows, probabilities, and which primary topics are right: about four of five."""
    rng = np.random.default_rng(1)
    true = rng.integers(0, len(HEADS["topic"]), 600)
    rows = [Example("x", {"kind": "pengaduan", "topic": HEADS["topic"][at]}) for at in true]
    topic = rng.normal(size=(600, len(HEADS["topic"]))).astype(np.float32)
    topic[np.arange(600), true] += 3.0
    topic_p = np.exp(2 * topic) / np.exp(2 * topic).sum(axis=1, keepdims=True)
    kind_p = np.tile(np.array([0.97, 0.01, 0.01, 0.01], dtype=np.float32), (600, 1))
    return rows, {"kind": kind_p, "topic": topic_p}, topic_p.argmax(axis=1) == true


def test_what_is_sure_is_as_right_as_wanted_with_no_more_unsure_than_needed(
    doubtful: tuple[list[Example], dict[str, np.ndarray], np.ndarray],
) -> None:
    rows, p, right = doubtful
    limits = unsure_limits(p, rows, HEADS, limits=Limits(sure_right=0.9, most_unsure=0.6))
    sure = p["kind"].max(axis=1) * p["topic"].max(axis=1) >= limits["both"]
    assert right.mean() < 0.9 <= right[sure].mean() < 0.93


def test_where_that_cannot_be_had_the_allowed_share_is_unsure(
    doubtful: tuple[list[Example], dict[str, np.ndarray], np.ndarray],
) -> None:
    rows, p, right = doubtful
    limits = unsure_limits(p, rows, HEADS, limits=Limits(sure_right=0.999, most_unsure=0.2))
    sure = p["kind"].max(axis=1) * p["topic"].max(axis=1) >= limits["both"]
    assert 0.15 < (~sure).mean() <= 0.21
    assert right[sure].mean() > right.mean()
