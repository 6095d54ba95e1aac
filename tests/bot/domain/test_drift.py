"""Whether what people write about has moved: large and more than chance, or not worth a word."""

import random
from collections import Counter

from bot.domain.drift import drift_of

TOPICS = [f"t{number}" for number in range(30)]
USUAL = [1 / (number + 1) for number in range(30)]
MANY_RUBBISH = [weight * (8 if number == 9 else 1) for number, weight in enumerate(USUAL)]


def week(draw: random.Random, weights: list[float], count: int) -> Counter[str]:
    return Counter(draw.choices(TOPICS, weights, k=count))


def test_weeks_that_differ_by_chance_are_not_alarming() -> None:
    draw = random.Random(7)
    pairs = [(week(draw, USUAL, n), week(draw, USUAL, 8 * n)) for n in (40, 150, 1000) for _ in range(60)]
    assert not any(drift_of(now, before).alarming for now, before in pairs)


def test_a_topic_that_comes_much_more_often_is_and_stands_first() -> None:
    draw = random.Random(7)
    found = drift_of(week(draw, MANY_RUBBISH, 400), week(draw, USUAL, 3200))
    assert found.alarming
    key, before, now = found.moved[0]
    assert (key, now > 3 * before) == ("t9", True)


def test_a_small_change_is_not_even_where_chance_cannot_explain_it() -> None:
    found = drift_of({"jalan": 5300, "sampah": 4700}, {"jalan": 40000, "sampah": 40000})
    assert found.deviations > 3
    assert not found.alarming


def test_a_few_messages_or_none_say_nothing() -> None:
    assert not drift_of({}, {}).enough
    assert not drift_of({"sampah": 20}, {"jalan": 500}).alarming
    assert not drift_of({"sampah": 200}, {"jalan": 50}).alarming


def test_a_topic_that_was_never_there_before_is_seen() -> None:
    found = drift_of({"jalan": 60, "mbg": 60}, {"jalan": 900})
    assert found.alarming
    assert {key for key, *_ in found.moved[:2]} == {"jalan", "mbg"}
