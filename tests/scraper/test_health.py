"""A source that fails is asked less and less often, and not silently given up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from scraper.health import FIRST_PAUSE, LONGEST_PAUSE, after, is_resting
from scraper.report import health_line
from storage.source_health import SourceHealth
from storage.topics import SourceReport

NOW = datetime(2026, 11, 20, 7, tzinfo=UTC)
URL = "https://a.example/feed"
GOOD = SourceReport(url=URL, kind="feed", topics=4)
BAD = SourceReport(url=URL, kind="feed", error="There is nothing there.", cure="Look.")


def pauses(count: int) -> list[timedelta]:
    health, waits = SourceHealth(), []
    for _ in range(count):
        health = after(health, BAD, NOW)
        waits.append(datetime.fromisoformat(health.next_try_at) - NOW)
    return waits


def test_each_failure_doubles_the_pause_up_to_a_day() -> None:
    assert pauses(3) == [FIRST_PAUSE, 2 * FIRST_PAUSE, 4 * FIRST_PAUSE]
    assert pauses(40)[-1] == LONGEST_PAUSE


def test_a_source_that_asks_for_more_time_gets_it() -> None:
    health = after(SourceHealth(), BAD.model_copy(update={"retry_after_s": 7200}), NOW)
    assert is_resting(health, NOW + timedelta(seconds=7199))
    assert not is_resting(health, NOW + timedelta(seconds=7200))


def test_one_success_forgives_everything() -> None:
    health = after(after(after(SourceHealth(), BAD, NOW), BAD, NOW), GOOD, NOW)
    assert (health.failures, health.failing_since, health.next_try_at) == (0, "", "")
    assert health.last_success_at == "2026-11-20T07:00:00Z"
    assert not is_resting(health, NOW)


def test_after_two_weeks_of_failures_it_is_paused_with_the_reason() -> None:
    health, moment, tries = SourceHealth(), NOW, 0
    while not health.paused:
        health, tries = after(health, BAD, moment), tries + 1
        moment = datetime.fromisoformat(health.next_try_at)
    assert timedelta(days=14) <= moment - NOW <= timedelta(days=16)
    assert health.paused == f"It failed {tries} times since 2026-11-20, last: There is nothing there."
    assert is_resting(health, NOW + timedelta(days=1000))
    assert health_line(health).startswith("Paused. It failed")


def test_topics_are_counted_by_day_and_shown_as_a_median() -> None:
    health = SourceHealth()
    for day, topics in enumerate((1, 2, 30)):
        for part in (topics - 1, 1):
            health = after(health, GOOD.model_copy(update={"topics": part}), NOW + timedelta(days=day))
    assert health.items_a_day == 2
    assert "2 new topics a day" in health_line(health)
    for day in range(60):
        health = after(health, GOOD, NOW + timedelta(days=day))
    assert len(health.days) == 30
    assert SourceHealth().items_a_day == 0
