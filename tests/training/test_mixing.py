"""Mixing, calibration and thresholds on made-up logits."""

import numpy as np
import pytest

from training.data import Example
from training.labels import HEADS
from training.mixing import best_temperature, choose_mixing, marks
from training.thresholds import emergency_threshold, further_threshold, unsure_limits

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
    assert emergency_threshold(p, rows) <= 0.35


def test_few_emergencies_leave_the_default() -> None:
    assert emergency_threshold(np.array([0.9], dtype=np.float32), [Example("x", {"urgency": "darurat"})]) == 0.4


def test_the_primary_topic_does_not_count_as_a_further_one() -> None:
    topics = HEADS["topic"]
    rows = [Example("x", {"topic": "jalan"}, ("sampah",))] * 12
    p = np.zeros((12, len(topics)), dtype=np.float32)
    p[:, topics.index("jalan")], p[:, topics.index("sampah")] = 0.9, 0.6
    assert further_threshold(p, rows, topics) <= 0.6


@pytest.mark.parametrize("share", [0.1, 0.25])
def test_the_wanted_share_is_unsure_and_the_wrong_ones_first(share: float) -> None:
    true = RNG.integers(0, len(HEADS["topic"]), 400)
    rows = [Example("x", {"kind": "pengaduan", "topic": HEADS["topic"][at]}) for at in true]
    topic = _logits(true, len(HEADS["topic"]), signal=3.0)
    topic_p = np.exp(topic) / np.exp(topic).sum(axis=1, keepdims=True)
    kind_p = np.tile(np.array([0.97, 0.01, 0.01, 0.01], dtype=np.float32), (400, 1))
    limits = unsure_limits({"kind": kind_p, "topic": topic_p}, rows, HEADS, share=share)
    sure = topic_p.max(axis=1) >= limits["topic"]
    right = topic_p.argmax(axis=1) == true
    assert abs((~sure).mean() - share) < 0.02
    assert right[sure].mean() > right.mean()
