"""Which model `Kembali` leads to, which may be forgotten, and what a silent trial counts."""

from itertools import count

from bot.domain.case import Tags
from bot.domain.models import RELEASED, Use, Version, Why, before, superfluous
from bot.domain.shadow import Agreement, agreement, in_all, least_agreed

DAY = 86400.0
NOW = 1000 * DAY


def uses(*steps: str) -> list[Use]:
    """`b` chooses b, `<a` goes back to a; a day apart."""
    number = count(1)
    return [
        Use(next(number), step.lstrip("<"), at * DAY, "telegram:1", Why.BACK if step[0] == "<" else Why.CHOSEN)
        for at, step in enumerate(steps)
    ]


def versions(days: int) -> list[Version]:
    """The released one, and one for each day up to now."""
    own = [Version(n + 2, f"m{n}", "cepat", NOW - (days - n) * DAY) for n in range(days)]
    return [Version(1, "rilis-1", RELEASED, 0.0), *own]


def test_back_leads_to_the_model_before_and_twice_to_the_one_before_that() -> None:
    assert before([], "r") is None
    assert before(uses("a"), "r") == "r"
    assert before(uses("a", "b"), "r") == "a"
    assert before(uses("a", "b", "<a"), "r") == "r"
    assert before(uses("a", "b", "<a", "<r"), "r") is None
    assert before(uses("a", "b", "<a", "c"), "r") == "a"


def test_the_newest_five_stay_and_those_in_use_of_late() -> None:
    gone = superfluous(versions(8), [], held=(), now=NOW)
    assert [version.name for version in gone] == ["m0", "m1", "m2"]
    assert superfluous(versions(5), [], held=(), now=NOW) == []
    gone = superfluous(versions(8), [], held={"m1"}, now=NOW)
    assert [version.name for version in gone] == ["m0", "m2"]


def test_a_model_that_was_in_use_stays_for_ninety_days_after_it_was_left() -> None:
    history = [Use(1, "m0", NOW - 200 * DAY, "x", Why.CHOSEN), Use(2, "m1", NOW - 100 * DAY, "x", Why.CHOSEN)]
    gone = [version.name for version in superfluous(versions(8), history, held=(), now=NOW)]
    assert gone == ["m0", "m2"]  # m1 is in use to this day


def test_a_trial_counts_where_both_say_the_same() -> None:
    first, second = Tags("pengaduan", "jalan", "sedang", "id"), Tags("pengaduan", "sampah", "sedang", "id")
    assert agreement(first, second) == Agreement("jalan", 1, 0, 1, 1)
    counts = [Agreement("jalan", 4, 1, 4, 3), Agreement("sampah", 9, 9, 9, 9), Agreement("listrik", 5, 4, 5, 5)]
    whole = in_all(counts)
    assert (whole.asked, whole.topic_same, whole.kind_same, whole.urgency_same) == (18, 14, 18, 17)
    assert [each.topic for each in least_agreed(counts, most=5)] == ["jalan", "listrik"]
