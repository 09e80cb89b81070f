"""The time, as it is stored."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> str:
    """ISO 8601 in UTC with milliseconds, so that text order is time order."""
    return stamp(datetime.now(UTC))


def stamp(moment: datetime) -> str:
    """A moment that knows its zone, as it is stored."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
