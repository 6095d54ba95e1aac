"""The rules between probabilities and labels."""

import numpy as np
import pytest

from classifier.decide import Calibration, Decision, Thresholds, decide, mix, sigmoid, softmax
from classifier.verdict import Floats
from tests.classifier.builders import LABELS

SURE = {"kind": "pengaduan", "topic": "jalan", "urgency": "sedang", "language": "id"}


def probabilities(**choices: str | dict[str, float]) -> dict[str, Floats]:
    """Probabilities that favour one label per head, or exactly the given ones."""
    found: dict[str, Floats] = {}
    for head, choice in (SURE | choices).items():
        names = LABELS["topic" if head == "topics" else head]
        given = {choice: 0.9} if isinstance(choice, str) else choice
        rest = max(0.0, 1.0 - sum(given.values())) / len(names)
        found[head] = np.array([given.get(name, rest) for name in names], dtype=np.float32)
    return found


def decided(
    *, thresholds: Thresholds | None = None, floor: bool = False, **choices: str | dict[str, float]
) -> Decision:
    """A decision with default thresholds."""
    return decide(probabilities(**choices), LABELS, thresholds or Thresholds(), floor=floor)


def test_a_clear_complaint_has_its_labels() -> None:
    result = decided()
    assert [result.kind.label, result.topics[0].label, result.urgency.label] == ["pengaduan", "jalan", "sedang"]
    assert not result.unsure
    assert len(result.guesses) == 3


def test_no_report_has_the_other_topic_and_no_urgency() -> None:
    result = decided(kind="bukan_laporan", topic="lainnya", urgency="tinggi")
    assert [topic.label for topic in result.topics] == ["lainnya"]
    assert result.urgency.label == "rendah"


def test_a_plain_matter_is_heard_though_its_kind_is_in_doubt() -> None:
    result = decided(kind={"bukan_laporan": 0.62, "informasi": 0.3})
    assert (result.kind.label, result.topics[0].label, result.unsure) == ("informasi", "jalan", True)


def test_small_talk_stays_no_report_though_its_topic_is_in_doubt() -> None:
    result = decided(kind="bukan_laporan", topic={"lainnya": 0.5, "sosial": 0.4})
    assert (result.kind.label, result.topics[0].label) == ("bukan_laporan", "lainnya")


@pytest.mark.parametrize("kind", ["informasi", "aspirasi"])
def test_questions_and_wishes_are_calm(kind: str) -> None:
    assert decided(kind=kind, urgency="tinggi").urgency.label == "rendah"


def test_a_question_about_an_emergency_going_on_stays_one() -> None:
    assert decided(kind="informasi", urgency="darurat").urgency.label == "darurat"


def test_an_emergency_is_never_no_report() -> None:
    result = decided(kind="bukan_laporan", urgency="darurat")
    assert (result.kind.label, result.unsure) == ("pengaduan", True)
    assert result.topics[0].label == "jalan"


def test_doubt_with_a_person_in_danger_is_an_emergency() -> None:
    assert decided(urgency={"darurat": 0.42, "tinggi": 0.5}).urgency.label == "darurat"


def test_below_its_threshold_darurat_gives_way_to_the_next() -> None:
    thresholds = Thresholds(darurat=0.95)
    assert decided(thresholds=thresholds, urgency={"darurat": 0.6, "tinggi": 0.3}).urgency.label == "tinggi"


def test_the_floor_lowers_the_threshold() -> None:
    weak = {"darurat": 0.2, "sedang": 0.7}
    assert decided(urgency=weak).urgency.label == "sedang"
    assert decided(urgency=weak, floor=True).urgency.label == "darurat"


def test_at_most_two_further_topics_and_never_the_other_one() -> None:
    many = {"jalan": 0.9, "sampah": 0.8, "kesehatan": 0.7, "bencana": 0.6, "lainnya": 0.9}
    assert [topic.label for topic in decided(topics=many).topics] == ["jalan", "sampah", "kesehatan"]


def test_further_topics_have_thresholds_of_their_own() -> None:
    thresholds = Thresholds(topics={"sampah": 0.9, "kesehatan": 0.1})
    many = {"jalan": 0.9, "sampah": 0.8, "kesehatan": 0.2, "bencana": 0.9}
    assert [topic.label for topic in decided(thresholds=thresholds, topics=many).topics] == ["jalan", "kesehatan"]


@pytest.mark.parametrize(
    "choices",
    [
        {"topic": {"jalan": 0.3, "sampah": 0.25}},
        {"kind": {"pengaduan": 0.4, "aspirasi": 0.3}},
        {"kind": {"bukan_laporan": 0.6, "pengaduan": 0.4}},
    ],
)
def test_weak_probabilities_are_left_to_a_person(choices: dict[str, dict[str, float]]) -> None:
    assert decided(**choices).unsure


def test_a_message_without_words_is_left_to_a_person() -> None:
    result = decide(probabilities(), LABELS, Thresholds(), has_words=False)
    assert (result.language.label, result.unsure) == ("lain", True)


def test_mixing_weighs_the_two_halves() -> None:
    deep, wide = np.array([1.0, 0.0], np.float32), np.array([0.0, 1.0], np.float32)
    assert mix(deep, wide, 0.25).tolist() == [0.75, 0.25]
    assert mix(None, wide, 0.25) is wide
    assert mix(deep, None, 0.25) is deep
    with pytest.raises(ValueError, match="encoder or n-grams"):
        mix(None, None, 0.5)


def test_calibration_shifts_then_cools() -> None:
    logits = np.array([1.0, 3.0], np.float32)
    assert Calibration(2.0, np.array([1.0, -1.0], np.float32)).apply(logits).tolist() == [1.0, 1.0]


def test_probabilities_are_finite_for_huge_logits() -> None:
    huge = np.array([1e4, -1e4], np.float32)
    assert softmax(huge).tolist() == [1.0, 0.0]
    assert np.isfinite(sigmoid(huge)).all()
