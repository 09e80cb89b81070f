"""Thirty days by a fake clock: twenty sources of forty stories a day, with planted duplicates, outages, a move and a power cut."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine

from scraper.recording import Limits
from storage import catalogue, runs
from storage.database import reading
from storage.orders import ShowSpec, SourceSpec
from storage.schedule import Schedule
from storage.source_health import sources
from storage.topics import LeftOut
from tests.support.autopilot import SmallAutopilot
from tests.support.small_web import Web, item, rss
from tests.support.stories import retold, story

BERLIN = ZoneInfo("Europe/Berlin")
START = datetime(2026, 10, 10, 22, tzinfo=UTC)  # midnight in Berlin; the clocks change on the 25th
DAYS, SOURCES, RUNS, BATCH = 30, 20, 4, 10
DOWN, GONE, MOVED = 3, 7, 11
"""Sources that fail for three days, that fail from the tenth day on, and that move on the twelfth."""
KEPT = 7
"""Days for which topics are remembered that nobody took up."""
OFF = range(17 * RUNS + 2, 19 * RUNS + 2)
"""Runs for which the machine is off: two days."""


class Town:
    """Publishes a batch of every source, a tenth of it told before by another source or on another day."""

    def __init__(self, web: Web) -> None:
        self.web, self.next, self.planted = web, 0, dict[str, int]()
        self.told: list[int] = []

    def publish(self, turn: int, now: datetime, made: list[int]) -> None:
        when = f"<pubDate>{now.strftime('%a, %d %b %Y %H:%M:%S GMT')}</pubDate>"
        for source in range(SOURCES):
            items = [self._again(source, turn, when, made)] if self.told else []
            while len(items) < BATCH:
                self.next += 1
                self.told.append(self.next)
                items.append(item(*story(self.next), f"https://paper{source}.example/{self.next}", when))
            self._serve(
                source, turn // RUNS, rss(*items, channel=f"<title>Paper {source}</title><language>en</language>")
            )

    def _again(self, source: int, turn: int, when: str, made: list[int]) -> str:
        """One duplicate: by address, by wording, or of a story that became a clip long ago."""
        kind = (source + turn) % 3
        number = self.told[-1 - (source * 7) % min(len(self.told), 150)]
        if kind == 2 and len(made) > 20:
            number = made[(source + turn) % (len(made) - 20)]
        url = f"https://copy{source}.example/{turn}/{number}"
        self.planted[url] = number
        return item(*retold(number, turn * SOURCES + source), url, when)

    def _serve(self, source: int, day: int, feed: str) -> None:
        path = f"/{source}"
        if source == DOWN and 5 <= day < 8:
            self.web.page(path, status=503)
        elif source == GONE and day >= 10:
            self.web.page(path, status=404)
        elif source == MOVED and day >= 12:
            self.web.redirect(path, "/moved", status=301)
            self.web.page("/moved", feed)
        else:
            self.web.page(path, feed)


@pytest.mark.proof
@pytest.mark.timeout(1200)
def test_thirty_days_unattended(tmp_path: Path, web: Web, capsys: pytest.CaptureFixture[str]) -> None:
    feeds = tuple(SourceSpec(kind="feed", url=web.url(f"/{n}"), name=f"Paper {n}") for n in range(SOURCES))
    show = ShowSpec(
        slug="show", name="Show", sources=feeds, clips_per_run=3,
        schedule=Schedule(cron="30 */6 * * *", zone="Europe/Berlin", clips_per_day=8),
    )  # fmt: skip
    town, limits = Town(web), Limits(backlog=10_000, keep_topics_days=KEPT)
    with time_machine.travel(START, tick=False) as clock:
        pilot = SmallAutopilot(tmp_path, web.policy(), show, limits=limits)
        grown = [pilot.database.stat().st_size]
        for turn in range(DAYS * RUNS):
            moment = START + timedelta(hours=6 * turn, minutes=35)
            clock.move_to(moment)
            with reading(pilot.database) as db:
                made = [_number(entry.canonical_url, town) for entry in reversed(runs.ledger(db, "show"))]
            town.publish(turn, moment, made)
            looks = [] if turn in OFF else [timedelta(0), timedelta(minutes=75)]  # in winter all is an hour later
            for later in looks:
                clock.move_to(moment + later)
                pilot.look()
                assert pilot.look() == []
            if turn % RUNS == RUNS - 1:
                pilot.writer.do(lambda db: db.execute("SELECT 1"))
                grown.append(sum(file.stat().st_size for file in tmp_path.glob("studio.db*")))
        with reading(pilot.database) as db:
            ledger, health = runs.ledger(db, "show"), sources(db, "show")
            urls = {source.url for source in catalogue.show(db, "show").sources}
        finished = pilot.runs("show")
        pilot.stop()

    # no topic twice, in whatever words
    numbers = [_number(entry.canonical_url, town) for entry in ledger]
    assert max(Counter(numbers).values()) == 1
    # quotas kept, and used
    by_day = Counter(datetime.fromisoformat(entry.made_at).astimezone(BERLIN).date() for entry in ledger)
    assert max(by_day.values()) == 8
    assert len(ledger) >= 8 * (DAYS - 4)
    # no run lost: one for each time that the machine was on, and one for all that it missed
    assert len(finished) == DAYS * RUNS - len(OFF) + 1
    assert {run.state for run in finished} == {"done"}
    # every planted duplicate that was seen is a line that says which story it repeats
    left_out = {left.url: left for report in pilot.scraped for left in report.left_out}
    topics = {topic.url for report in pilot.scraped for topic in report.topics}
    seen = [url for url in town.planted if url in left_out or url in topics]
    missed = [url for url in seen if url not in left_out and _other_is_topic(town.planted[url], topics, left_out)]
    assert len(seen) > 1500
    assert missed == []
    # sources: one is back, one is given up with the reason, one has moved
    assert health[feeds[DOWN].url].health.failures == 0
    assert health[feeds[GONE].url].health.paused.startswith("It failed")
    assert web.url("/moved") in urls
    assert feeds[MOVED].url not in urls
    with capsys.disabled():
        mb = [size / 1e6 for size in grown]
        print(f"\n30 days: {len(ledger)} clips, {len(seen)} duplicates, database {mb[1]:.1f} → {mb[-1]:.1f} MB")
    assert (mb[-1] - mb[10]) / 20 < 4, "megabytes a day, of 800 stories"


def _number(url: str, town: Town) -> int:
    """The story behind an address, a retelling's too."""
    return town.planted.get(url) or int(url.rpartition("/")[2])


def _other_is_topic(number: int, topics: set[str], left_out: dict[str, LeftOut]) -> bool:
    """Whether the story is a topic under its first address too: then its retelling should have been recognised."""
    return any(url.endswith(f"/{number}") and "paper" in url and url not in left_out for url in topics)
