"""What is labelled next, and what the labels say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import RegionError
from bot.domain.learning import Learning
from bot.domain.teaching import (
    Answer,
    Candidate,
    Reason,
    Score,
    choose_reason,
    disagreement,
    margin_of,
    most_different,
    most_uncertain,
    rarest,
    wilson,
)

EVERY = [Reason.RANDOM, Reason.AGAIN, Reason.SECOND, Reason.UNCERTAIN, Reason.RARE, Reason.DIVERSE]
ROAD = Candidate(1, "jalan", "id", 0.9)
DOUBT = Candidate(2, "jalan", "jv_ngoko", 0.1)
TAX = Candidate(3, "pajak", "id", 0.5)


def answer(admin: str, topic: str, at: float = 1.0) -> Answer:
    return Answer(int(at), 7, admin, "pengaduan", topic, "sedang", at)


def test_the_shares_are_those_of_the_file_and_the_rest_is_divided_evenly() -> None:
    drawn = [choose_reason(i / 1000, EVERY, Learning()) for i in range(1000)]
    shares = {reason: drawn.count(reason) / 1000 for reason in EVERY}
    assert shares[Reason.RANDOM] == pytest.approx(0.25, abs=0.002)
    assert shares[Reason.AGAIN] == pytest.approx(0.10, abs=0.002)
    assert all(shares[reason] == pytest.approx(0.1625, abs=0.002) for reason in EVERY[2:])


def test_the_random_share_stays_where_others_have_nothing_to_show() -> None:
    drawn = [choose_reason(i / 1000, [Reason.RANDOM, Reason.UNCERTAIN], Learning()) for i in range(1000)]
    assert drawn.count(Reason.RANDOM) == 250


@given(st.floats(0, 1, exclude_max=True), st.lists(st.sampled_from(EVERY), min_size=1, unique=True))
def test_every_draw_falls_on_something_possible(draw: float, possible: list[Reason]) -> None:
    assert choose_reason(draw, possible, Learning()) in possible


def test_the_uncertain_the_rare_and_the_different_are_found() -> None:
    every = [ROAD, DOUBT, TAX]
    assert most_uncertain(every) is DOUBT
    assert rarest(every, {"jalan": 3}) is TAX
    assert rarest(every, {"pajak": 3}) is DOUBT
    assert most_different(every, {("jalan", "jv_ngoko"): 2, ("pajak", "id"): 1}, {}, draw=0.0) is ROAD


def test_what_is_least_like_the_labelled_in_meaning_is_different() -> None:
    assert most_different([ROAD, DOUBT, TAX], {}, {1: 0.2, 2: 0.9, 3: 0.4}, draw=0.99) is ROAD


def test_those_whose_meaning_is_not_kept_have_their_share() -> None:
    every, alike = [ROAD, DOUBT, TAX], {1: 0.2, 3: 0.4}
    drawn = [most_different(every, {}, alike, draw=at / 300) for at in range(300)]
    assert (drawn.count(ROAD), drawn.count(DOUBT), drawn.count(TAX)) == (200, 100, 0)


def test_the_margin_is_between_the_two_best_guesses() -> None:
    assert margin_of([("jalan", 0.2), ("sampah", 0.7), ("listrik", 0.1)], 0.7) == pytest.approx(0.5)
    assert margin_of([], 0.3) == 0.3


def test_wilson_gives_the_textbook_interval() -> None:
    score = wilson(81, 100)  # R: prop.test(81, 100, correct = FALSE)
    assert (score.low, score.high) == (pytest.approx(0.7222, abs=1e-4), pytest.approx(0.8749, abs=1e-4))
    assert wilson(0, 0) == Score(0, 0, 0.0, 1.0)


@given(st.integers(1, 3000), st.data())
def test_an_interval_holds_its_share_and_stays_between_none_and_all(n: int, data: st.DataObject) -> None:
    score = wilson(data.draw(st.integers(0, n)), n)
    assert 0 <= score.low <= score.share + 1e-9
    assert score.share - 1e-9 <= score.high <= 1


def test_two_admins_who_differ_disagree_until_one_gives_way_or_a_third_decides() -> None:
    one, other = answer("a", "jalan"), answer("b", "sampah", 2)
    found = disagreement([one, other], "topic")
    assert found
    assert found.said == (("a", "jalan"), ("b", "sampah"))
    assert disagreement([one, other], "kind") is None
    assert disagreement([one, other, answer("a", "sampah", 3)], "topic") is None
    assert disagreement([one, other, answer("c", "jalan", 3)], "topic") is None
    assert disagreement([one, answer("b", "", 2)], "topic") is None


@pytest.mark.parametrize(
    ("values", "said"),
    [({"moves": 1}, "moves is 1"), ({"move_days": 0}, "write 1 to 365"), ({"random_share": 0.0}, "between 0.05"),
     ({"random_share": float("nan")}, "random_share is nan"), ({"blind_share": 0.6}, "and 0.5")],
)  # fmt: skip
def test_shares_that_cannot_be_meant_are_refused(values: dict[str, float], said: str) -> None:
    with pytest.raises(RegionError, match=said):
        Learning(**values)  # type: ignore[arg-type]
