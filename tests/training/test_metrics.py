"""Scores by hand."""

import math

import numpy as np
import pytest

from training.metrics import (
    accuracy,
    calibration_error,
    calibration_interval,
    f1,
    interval,
    macro_f1,
    precision,
    recall,
    share_interval,
)

TRUE = ["a", "a", "b", "c"]
FOUND = ["a", "b", "b", "b"]


def test_accuracy_and_f1_by_hand() -> None:
    assert accuracy(TRUE, FOUND) == 0.5
    assert f1(TRUE, FOUND, "a") == pytest.approx(2 / 3)
    assert macro_f1(TRUE, FOUND) == pytest.approx((2 / 3 + 0.5 + 0) / 3)


def test_recall_and_precision_of_one_label() -> None:
    assert recall(TRUE, FOUND, "a") == 0.5
    assert precision(TRUE, FOUND, "b") == pytest.approx(1 / 3)


def test_what_cannot_be_measured_is_nan() -> None:
    assert math.isnan(recall(TRUE, FOUND, "x"))
    assert math.isnan(accuracy([], []))


def test_certainty_that_is_right_as_often_as_it_says_has_no_error() -> None:
    sure = np.array([0.75] * 4)
    assert calibration_error(sure, np.array([True, True, True, False])) == pytest.approx(0.0)
    assert calibration_error(sure, np.array([False] * 4)) == pytest.approx(0.75)


def test_the_interval_holds_the_score() -> None:
    true = ["a", "b"] * 50
    found = ["a", "b"] * 40 + ["b", "a"] * 10
    low, high = interval(accuracy, true, found)
    assert low < 0.8 < high
    assert high - low < 0.25


def test_the_interval_of_a_share_narrows_with_more_rows() -> None:
    low, high = share_interval([True, False] * 20)
    lower, higher = share_interval([True, False] * 500)
    assert low < lower < 0.5 < higher < high


def test_the_calibration_error_has_an_interval_too() -> None:
    low, high = calibration_interval(np.array([0.75] * 200), np.array([True, True, True, False] * 50))
    assert 0 <= low < high < 0.15
