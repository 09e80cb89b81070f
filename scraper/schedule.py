"""When a show is due. Pure: a moment goes in, a moment or nothing comes out; APScheduler's CronTrigger knows the calendar.

However many runs were missed, one makes up for them, unless it comes too late to be useful. When clocks change: a time
that the night skips is run when it would have been, by the old time; of a time that comes twice, a fixed one is run
the first time, while “every hour” means every hour.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from config.errors import UsageError
from storage.schedule import Schedule

WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""As crontab(5) counts them. APScheduler would take 0 for Monday."""
EVERY_HOUR = re.compile(r"\*(?:/\d+)?")


@dataclass(frozen=True)
class Due:
    """A run that should happen now, or (`late`) one that was missed and is not worth catching up."""

    planned: datetime
    late: bool = False


def due(schedule: Schedule, every_minutes: int, last: datetime, now: datetime) -> Due | None:
    """What is to be done now, if anything. `last` is the moment that the newest run was planned for; both are aware."""
    last, now = last.astimezone(UTC), now.astimezone(UTC)
    if schedule.paused or is_quiet(schedule, now):
        return None
    if not schedule.cron:
        return Due(now) if now - last >= timedelta(minutes=every_minutes) else None
    useful_from = max(last, now - timedelta(hours=schedule.catch_up_h, seconds=59))
    planned = None
    while (moment := next_run(schedule, planned or useful_from)) and moment <= now:
        planned = moment
    if planned:
        return Due(planned)
    missed = next_run(schedule, last)
    return Due(useful_from, late=True) if missed and missed <= useful_from else None


def next_run(schedule: Schedule, after: datetime, every_minutes: int = 60) -> datetime | None:
    """The first planned moment later than `after`, in UTC; None when the calendar has none (30 February)."""
    zone, moment = ZoneInfo(schedule.zone), after.astimezone(UTC)
    if not schedule.cron:
        return moment + timedelta(minutes=every_minutes)
    trigger, twice = _trigger(schedule), EVERY_HOUR.fullmatch(schedule.cron.split()[1])
    while found := trigger.get_next_fire_time(None, (moment + timedelta(seconds=1)).astimezone(zone)):
        moment = datetime.fromtimestamp(
            found.timestamp(), UTC
        )  # two times of one zone compare by the clock on the wall, which may lie
        if twice or not found.fold:
            return moment
    return None


def runs_until(
    schedule: Schedule, last: datetime, now: datetime, until: datetime, every_minutes: int = 60
) -> list[datetime]:
    """The moments from `now` to `until` at which a show is planned, in UTC. `last`: what its newest run was planned for."""
    if schedule.paused:
        return []
    found = list[datetime]()
    moment = next_run(schedule, now if schedule.cron else last, every_minutes)
    while moment is not None and (moment := max(moment, now.astimezone(UTC))) <= until:
        if not is_quiet(schedule, moment):
            found.append(moment)
        moment = next_run(schedule, moment, every_minutes)
    return found


def is_quiet(schedule: Schedule, now: datetime) -> bool:
    """Whether the show's quiet hours include this moment. They may go over midnight; the end is not quiet any more."""
    if not schedule.quiet:
        return False
    begin, end = schedule.quiet.split("-")
    clock = now.astimezone(ZoneInfo(schedule.zone)).strftime("%H:%M")
    return begin <= clock < end if begin <= end else clock >= begin or clock < end


def day_began(schedule: Schedule, now: datetime) -> datetime:
    """Midnight of the show's own calendar day, in UTC."""
    local = now.astimezone(ZoneInfo(schedule.zone))
    return local.replace(hour=0, minute=0, second=0, microsecond=0, fold=0).astimezone(UTC)


def check(schedule: Schedule) -> None:
    """Raises UsageError when the cron line makes no sense."""
    if schedule.cron:
        _trigger(schedule)


def _trigger(schedule: Schedule) -> Any:
    from apscheduler.triggers.cron import CronTrigger

    fields = schedule.cron.lower().split()
    example = "Write minute, hour, day, month and weekday, such as “0 7 * * mon-fri”."
    if len(fields) != 5:
        raise UsageError(f"The schedule “{schedule.cron}” has {len(fields)} fields instead of five.", example)
    minute, hour, day, month, weekday = fields
    if day != "*" and weekday != "*":
        raise UsageError(
            f"The schedule “{schedule.cron}” names days of the month and of the week.", "Name one of them."
        )
    try:
        return CronTrigger(
            minute=minute, hour=hour, day=day, month=month, day_of_week=_weekdays(weekday), second=0, timezone=ZoneInfo(schedule.zone)
        )  # fmt: skip
    except (ValueError, KeyError, IndexError, TypeError) as e:
        raise UsageError(f"The schedule “{schedule.cron}” makes no sense.", example) from e


def _weekdays(field: str) -> str:
    """Numbers as names, and ranges that go over Sunday as two."""
    parts = []
    for part in field.split(","):
        if match := re.fullmatch(r"([0-7])(?:-([0-7]))?", part):
            first, last = int(match[1]), int(match[2] or match[1])
            parts += [WEEKDAYS[n] for n in range(first, last + 1)]
        else:
            parts.append(part)
    return ",".join(dict.fromkeys(parts))
