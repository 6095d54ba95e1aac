"""A chat's budget: never more than the limit within any window, and room kept for answers."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.budget import Budget
from bot.domain.outgoing import Priority

PRIORITIES = st.sampled_from([Priority.ALARM, Priority.ANSWER, Priority.CARD, Priority.BROADCAST])
ATTEMPTS = st.lists(st.tuples(st.integers(0, 15), PRIORITIES, st.integers(1, 4)), max_size=60)


@st.composite
def budgets(draw: st.DrawFn) -> Budget:
    limit = draw(st.integers(5, 12))
    return Budget(limit=limit, seconds=float(draw(st.integers(1, 20))), reserve=draw(st.integers(0, limit - 4)))


def attempted(budget: Budget, attempts: list[tuple[int, Priority, int]]) -> list[tuple[float, Priority]]:
    """Send whatever the budget lets go at once; when each message went, and how urgent it was."""
    now, sent = 0.0, list[tuple[float, Priority]]()
    for pause, priority, count in attempts:
        now += pause
        if not budget.wait([at for at, _ in sent], now, priority, count=count):
            sent += [(now, priority)] * count
    return sent


def most_in_a_window(times: list[float], seconds: float) -> int:
    return max((sum(start <= at < start + seconds for at in times) for start in times), default=0)


@settings(deadline=None)
@given(budgets(), ATTEMPTS)
def test_no_window_holds_more_than_the_limit(budget: Budget, attempts: list[tuple[int, Priority, int]]) -> None:
    sent = attempted(budget, attempts)
    assert most_in_a_window([at for at, _ in sent], budget.seconds) <= budget.limit


@settings(deadline=None)
@given(budgets(), ATTEMPTS)
def test_cards_leave_the_reserve_to_answers(budget: Budget, attempts: list[tuple[int, Priority, int]]) -> None:
    cards = [(pause, Priority.CARD, count) for pause, _, count in attempts]
    sent = attempted(budget, cards)
    times = [at for at, _ in sent]
    assert most_in_a_window(times, budget.seconds) <= budget.limit - budget.reserve
    now = max(times, default=0.0)
    if budget.reserve:
        assert budget.wait(times, now, Priority.ANSWER, count=budget.reserve) == 0
        assert budget.wait(times, now, Priority.ALARM, count=budget.reserve) == 0


@settings(deadline=None)
@given(budgets(), ATTEMPTS, PRIORITIES, st.integers(1, 4))
def test_the_wait_is_long_enough_and_no_longer(
    budget: Budget, attempts: list[tuple[int, Priority, int]], priority: Priority, count: int
) -> None:
    times = [at for at, _ in attempted(budget, attempts)]
    now = max(times, default=0.0)
    wait = budget.wait(times, now, priority, count=count)
    assert 0 <= wait <= budget.seconds
    assert budget.wait(times, now + wait, priority, count=count) == 0
    if wait:
        assert budget.wait(times, now + wait - 0.5, priority, count=count) > 0


def test_what_is_larger_than_the_whole_budget_waits_for_an_empty_window_and_not_for_ever() -> None:
    budget = Budget(limit=5, seconds=60.0, reserve=2)
    assert budget.wait([], 0.0, Priority.CARD, count=10) == 0
    assert budget.wait([0.0], 10.0, Priority.CARD, count=10) == 50
    assert budget.wait([0.0], 60.0, Priority.CARD, count=10) == 0


def test_only_what_is_younger_than_the_window_counts_in_order_of_time() -> None:
    assert Budget(limit=3, seconds=3.0).recent([2.0, 0.0, 1.0, 4.0], 4.0) == [2.0, 4.0]
