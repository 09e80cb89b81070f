"""How a source is doing after one more reading, and when it is worth asking again. Pure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from storage.source_health import SourceHealth
from storage.topics import SourceReport

FIRST_PAUSE = timedelta(minutes=15)
"""After the first failure; each further one doubles it."""
LONGEST_PAUSE = timedelta(hours=24)
GIVEN_UP = timedelta(days=14)
"""A source that failed for so long, and so often, is not asked any more until somebody says so."""
FEWEST_FAILURES = 10
DAYS = 30
"""Days whose topics are counted."""


def after(health: SourceHealth, report: SourceReport, now: datetime) -> SourceHealth:
    """The health of a source after this reading of it."""
    if report.ok:
        return SourceHealth(last_success_at=_text(now), days=_counted(health, report.topics, now))
    failures, since = health.failures + 1, health.failing_since or _text(now)
    pause = max(min(FIRST_PAUSE * 2 ** min(failures - 1, 10), LONGEST_PAUSE), timedelta(seconds=report.retry_after_s))
    given_up = failures >= FEWEST_FAILURES and now - datetime.fromisoformat(since) >= GIVEN_UP
    return health.model_copy(
        update={
            "failures": failures,
            "failing_since": since,
            "next_try_at": _text(now + pause),
            "paused": f"It failed {failures} times since {since[:10]}, last: {report.error}" if given_up else "",
        }
    )


def is_resting(health: SourceHealth, now: datetime) -> bool:
    """Whether it is not to be asked now."""
    return bool(health.paused) or (bool(health.next_try_at) and datetime.fromisoformat(health.next_try_at) > now)


def _counted(health: SourceHealth, topics: int, now: datetime) -> tuple[tuple[str, int], ...]:
    today, days = now.astimezone(UTC).date().isoformat(), dict(health.days)
    days[today] = days.get(today, 0) + topics
    return tuple(sorted(days.items()))[-DAYS:]


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
