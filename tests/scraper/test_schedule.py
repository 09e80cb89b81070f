"""When a show is due: by its calendar, once for all that was missed, and once on the days when clocks change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.errors import UsageError
from scraper.schedule import check, day_began, due, is_quiet, next_run, runs_until
from storage.schedule import Schedule

BERLIN = ZoneInfo("Europe/Berlin")
NIGHTLY = Schedule(cron="30 2 * * *", zone="Europe/Berlin")
HOURLY = Schedule(cron="0 * * * *", zone="Europe/Berlin")


def days(schedule: Schedule, first: datetime, last: datetime, step: timedelta = timedelta(minutes=5)) -> list[str]:
    """The runs that a studio makes which looks at the calendar every few minutes, in UTC."""
    ran, made, moment = first, [], first
    while moment <= last:
        if planned := due(schedule, 60, ran, moment):
            ran = planned.planned
            made.append(ran.astimezone(UTC).strftime("%d %H:%M"))
        moment += step
    return made


def test_a_time_that_the_night_skips_is_run_once() -> None:
    made = days(NIGHTLY, datetime(2026, 3, 28, 0, tzinfo=UTC), datetime(2026, 3, 30, 12, tzinfo=UTC))
    assert made == ["28 01:30", "29 01:30", "30 00:30"]


def test_a_time_that_comes_twice_is_run_once() -> None:
    made = days(NIGHTLY, datetime(2026, 10, 24, 0, tzinfo=UTC), datetime(2026, 10, 26, 12, tzinfo=UTC))
    assert made == ["24 00:30", "25 00:30", "26 01:30"]


@pytest.mark.parametrize("day", [datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC)])
def test_every_hour_is_every_hour_when_clocks_change(day: datetime) -> None:
    made = days(HOURLY, day - timedelta(minutes=1), day + timedelta(hours=5, minutes=4))
    assert made == [f"{day:%d} {hour:02}:00" for hour in range(6)]


def test_however_many_runs_were_missed_one_makes_up_for_them() -> None:
    last, back = datetime(2026, 5, 1, 8, tzinfo=UTC), datetime(2026, 5, 4, 11, 20, tzinfo=UTC)
    planned = due(HOURLY, 60, last, back)
    assert planned
    assert (planned.planned.astimezone(UTC), planned.late) == (datetime(2026, 5, 4, 11, tzinfo=UTC), False)
    assert due(HOURLY, 60, planned.planned, back) is None


def test_a_run_that_is_no_longer_useful_is_noted_and_not_made() -> None:
    morning = Schedule(cron="0 7 * * *", catch_up_h=3)
    last, back = datetime(2026, 5, 1, 7, tzinfo=UTC), datetime(2026, 5, 3, 12, tzinfo=UTC)
    missed = due(morning, 60, last, back)
    assert missed
    assert missed.late
    assert due(morning, 60, missed.planned, back) is None
    on_time = due(morning, 60, last, datetime(2026, 5, 3, 9, 59, tzinfo=UTC))
    assert on_time
    assert not on_time.late


def test_a_show_without_a_calendar_follows_the_studio() -> None:
    last = datetime(2026, 5, 1, 7, tzinfo=UTC)
    assert due(Schedule(), 60, last, last + timedelta(minutes=59)) is None
    assert due(Schedule(), 60, last, last + timedelta(minutes=60))


def test_nothing_runs_in_quiet_hours_and_once_after_them() -> None:
    quiet = Schedule(cron="0 * * * *", zone="Europe/Berlin", quiet="22:00-07:00")
    made = days(quiet, datetime(2026, 6, 1, 18, 1, tzinfo=UTC), datetime(2026, 6, 2, 6, 4, tzinfo=UTC))
    assert made == ["01 19:00", "02 05:00", "02 06:00"]  # Berlin is two hours ahead
    assert is_quiet(quiet, datetime(2026, 6, 1, 23, tzinfo=BERLIN))
    assert not is_quiet(quiet, datetime(2026, 6, 1, 7, tzinfo=BERLIN))
    assert is_quiet(Schedule(quiet="12:00-14:00"), datetime(2026, 6, 1, 13, tzinfo=UTC))


def test_a_paused_show_never_runs() -> None:
    assert due(Schedule(paused=True), 60, datetime(2020, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)) is None


@pytest.mark.parametrize(
    ("cron", "first"),
    [
        ("0 9 * * 1", "Mon"),
        ("0 9 * * 0", "Sun"),
        ("0 9 * * 7", "Sun"),
        ("0 9 * * 5-7", "Fri"),
        ("0 9 * * sat,sun", "Sat"),
    ],
)
def test_weekdays_are_counted_as_cron_counts_them(cron: str, first: str) -> None:
    found = next_run(
        Schedule(cron=cron), datetime(2026, 6, 1, 12, tzinfo=UTC) - timedelta(days=1 if first == "Mon" else 0)
    )
    assert found
    assert found.strftime("%a") == first


@pytest.mark.parametrize("cron", ["0 7 * *", "61 7 * * *", "0 7 1 * mon", "every day", "0 7 * * someday", "a b c d e"])
def test_a_calendar_that_makes_no_sense_is_refused_with_an_example(cron: str) -> None:
    with pytest.raises(UsageError) as told:
        check(Schedule(cron=cron))
    assert told.value.cure


def test_zones_and_quiet_hours_are_checked() -> None:
    for wrong in ({"zone": "Europe/Atlantis"}, {"zone": "../etc/passwd"}, {"quiet": "22-7"}, {"quiet": "25:00-07:00"}):
        with pytest.raises(ValueError, match=r"zone|quiet"):
            Schedule.model_validate(wrong)


def test_a_day_begins_at_the_shows_own_midnight() -> None:
    assert day_began(NIGHTLY, datetime(2026, 10, 25, 23, 30, tzinfo=UTC)) == datetime(2026, 10, 25, 23, tzinfo=UTC)
    assert day_began(NIGHTLY, datetime(2026, 10, 25, 22, 30, tzinfo=UTC)) == datetime(2026, 10, 24, 22, tzinfo=UTC)


def test_a_date_that_never_comes_is_never_due() -> None:
    never = Schedule(cron="0 7 30 2 *")
    assert next_run(never, datetime(2026, 1, 1, tzinfo=UTC)) is None
    assert due(never, 60, datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)) is None


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)), st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC"]))  # fmt: skip
def test_the_next_run_is_always_later_and_nothing_is_due_twice(naive: datetime, zone: str) -> None:
    schedule, moment = Schedule(cron="*/30 * * * *", zone=zone), naive.replace(tzinfo=UTC)
    coming = next_run(schedule, moment)
    assert coming
    assert timedelta(0) < coming - moment <= timedelta(minutes=60)
    planned = due(schedule, 60, moment, coming)
    assert planned
    assert due(schedule, 60, planned.planned, coming) is None


class TestTheDayAhead:
    NOW = datetime(2026, 11, 27, 20, 30, tzinfo=UTC)

    def ahead(self, schedule: Schedule, last: datetime, minutes: int = 60) -> list[str]:
        until = self.NOW + timedelta(hours=24)
        return [moment.strftime("%d %H:%M") for moment in runs_until(schedule, last, self.NOW, until, minutes)]

    def test_a_calendar_show_is_told_by_its_calendar(self) -> None:
        assert self.ahead(NIGHTLY, self.NOW - timedelta(days=9)) == ["28 01:30"]

    def test_an_hourly_one_goes_on_from_its_last_run_and_an_overdue_one_from_now(self) -> None:
        assert self.ahead(Schedule(), self.NOW - timedelta(minutes=20), 600) == ["28 06:10", "28 16:10"]
        assert self.ahead(Schedule(), self.NOW - timedelta(days=3), 600) == ["27 20:30", "28 06:30", "28 16:30"]

    def test_quiet_hours_and_paused_shows_have_no_runs(self) -> None:
        assert self.ahead(Schedule(quiet="00:00-12:00"), self.NOW - timedelta(minutes=20), 600) == ["28 16:10"]
        assert self.ahead(Schedule(paused=True), self.NOW) == []
