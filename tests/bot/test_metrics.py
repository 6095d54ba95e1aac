"""What the services report stands in the exposition, per app."""

import re

import pytest

from bot.metrics import CONTENT_TYPE, Metrics
from bot.services.office import Counters


def _value(metrics: Metrics, sample: str) -> float:
    found = re.search(rf"^{re.escape(sample)} (\S+)$", metrics.render().decode(), re.MULTILINE)
    assert found, sample
    return float(found[1])


def test_services_can_use_it_through_their_own_protocol() -> None:
    counters: Counters = Metrics()

    counters.message("telegram", "said")


def test_messages_and_cases_are_counted_by_their_labels() -> None:
    metrics = Metrics()

    metrics.message("telegram", "said")
    metrics.message("telegram", "said")
    metrics.case_opened("jalan", "sedang", unsure=True)

    assert _value(metrics, 'wadul_messages_total{channel="telegram",kind="said"}') == 2
    assert _value(metrics, 'wadul_cases_total{topic="jalan",unsure="true",urgency="sedang"}') == 1


def test_sends_tell_their_outcome_and_their_time() -> None:
    metrics = Metrics()

    metrics.sent("telegram", "text", 0.3)
    metrics.failed("telegram", "later")

    assert _value(metrics, 'wadul_sends_total{channel="telegram",outcome="sent"}') == 1
    assert _value(metrics, 'wadul_sends_total{channel="telegram",outcome="later"}') == 1
    assert _value(metrics, 'wadul_send_failures_total{channel="telegram",reason="later"}') == 1
    assert _value(metrics, 'wadul_send_wait_seconds_bucket{kind="text",le="0.25"}') == 0
    assert _value(metrics, 'wadul_send_wait_seconds_bucket{kind="text",le="0.5"}') == 1


def test_queues_show_their_depth_and_age() -> None:
    metrics = Metrics()

    metrics.queues(inbox=(12, 3.5), outbox=(0, 0.0))

    assert _value(metrics, 'wadul_queue_depth{queue="inbox"}') == 12
    assert _value(metrics, 'wadul_queue_age_seconds{queue="inbox"}') == 3.5
    assert _value(metrics, 'wadul_queue_depth{queue="outbox"}') == 0


def test_a_batch_is_observed_once_a_text() -> None:
    metrics = Metrics()

    metrics.classified(0.2, 4)

    assert _value(metrics, "wadul_classify_seconds_count") == 4
    assert _value(metrics, "wadul_classify_seconds_sum") == pytest.approx(0.2)


def test_an_empty_batch_is_no_observation() -> None:
    metrics = Metrics()

    metrics.classified(0.2, 0)

    assert _value(metrics, "wadul_classify_seconds_count") == 0


def test_waiting_and_poison_are_seen() -> None:
    metrics = Metrics()

    metrics.carried_out(0.4)
    metrics.carried_out(-0.1)  # clocks of two machines may differ a little
    metrics.poison()

    assert _value(metrics, "wadul_inbox_wait_seconds_count") == 2
    assert _value(metrics, "wadul_inbox_wait_seconds_sum") == 0.4
    assert _value(metrics, "wadul_poison_updates_total") == 1


def test_two_apps_do_not_share_figures() -> None:
    one, other = Metrics(), Metrics()

    one.poison()

    assert _value(other, "wadul_poison_updates_total") == 0


def test_the_exposition_names_its_type() -> None:
    assert CONTENT_TYPE.startswith("text/plain")
