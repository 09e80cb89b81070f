"""The autopilot over days: what is due is read, the best becomes clips, nothing twice, and every run says why."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
import time_machine

from scraper.autopilot import scrape_request
from scraper.job import scrape
from scraper.recording import Limits, order_by_hand, order_clip
from storage import catalogue, runs
from storage.database import reading
from storage.orders import Brief, BriefOptions, PresenterSpec, ShowSpec, SourceSpec, TopicCopy
from storage.runs import RunReport
from storage.schedule import Schedule
from storage.source_health import resume_source, sources
from tests.support.autopilot import SmallAutopilot
from tests.support.small_web import Web, item, rss
from tests.support.stories import retold, story

START = datetime(2026, 11, 20, 7, tzinfo=UTC)


class Days:
    """A fake clock, a feed, and an autopilot that reads it."""

    def __init__(self, folder: Path, web: Web, traveller: time_machine.Traveller) -> None:
        self.web, self.clock, self._traveller = web, START, traveller
        self.feed, self._items = web.url("/feed"), list[str]()
        self.show = ShowSpec(slug="show", name="Show", sources=(SourceSpec(kind="feed", url=self.feed, rights="own"),), clips_per_run=1)  # fmt: skip
        self.pilot = SmallAutopilot(folder, web.policy(), self.show, limits=Limits(backlog=100))

    def change(self, **changes: object) -> None:
        self.show = self.show.model_copy(update=changes)
        self.pilot.put(self.show)

    def publish(self, *numbers: int) -> None:
        """New stories, and only those."""
        when = self.clock.strftime("%a, %d %b %Y %H:%M:%S GMT")
        items = [
            item(*story(number), f"https://a.example/{number}", f"<pubDate>{when}</pubDate>") for number in numbers
        ]
        self.web.page("/feed", rss(*items))

    def later(self, **much: float) -> None:
        self.clock += timedelta(**much)
        self._traveller.move_to(self.clock)


@pytest.fixture
def days(tmp_path: Path, web: Web) -> Iterator[Days]:
    with time_machine.travel(START, tick=False) as traveller:
        made = Days(tmp_path, web, traveller)
        yield made
        made.pilot.stop()


def test_a_run_says_what_was_found_chosen_and_why(days: Days) -> None:
    days.publish(1, 2, 3)
    days.later(minutes=60)
    (report,) = days.pilot.look()
    assert (report.found, report.new, len(report.chosen), len(report.passed_over)) == (3, 3, 1, 2)
    assert report.chosen[0].why.startswith("Rank 1, score 0.")
    assert report.chosen[0].clip
    assert "there were better ones" in report.passed_over[0].why
    (run,) = days.pilot.runs("show")
    assert (run.state, run.starter, run.planned_at) == ("done", "autopilot", "2026-11-20T08:00:00.000Z")
    assert days.pilot.look() == []


def test_a_topic_is_never_made_twice_even_when_its_clip_and_its_topic_are_gone(days: Days) -> None:
    days.publish(1)
    days.pilot.scrape("show")
    for table in ("briefs", "clips", "topics"):
        days.pilot.writer.do(lambda db, table=table: db.execute(f"DELETE FROM {table}"))
    days.later(hours=5)
    report = days.pilot.scrape("show")
    assert (report.new, report.known, report.chosen) == (0, 1, ())
    with reading(days.pilot.database) as db:
        (entry,) = runs.ledger(db, "show")
    assert entry.label == "clip 1 of 20 November 2026"


def test_what_was_passed_over_gets_its_turn_later(days: Days) -> None:
    days.publish(1, 2, 3)
    titles = [days.pilot.scrape("show").chosen[0].title for _ in range(3)]
    assert len(set(titles)) == 3
    assert days.pilot.scrape("show").chosen == ()


def test_a_day_has_only_so_many_clips_and_the_next_one_has_again(days: Days) -> None:
    days.change(schedule=Schedule(zone="America/New_York", clips_per_day=2))
    days.publish(*range(6))
    made = [len(days.pilot.scrape("show").chosen) for _ in range(3)]
    assert made == [1, 1, 0]
    assert days.pilot.runs("show")[0].report.passed_over[0].why == "The show makes 2 clips a day by itself."  # type: ignore[union-attr]
    days.later(hours=22)  # midnight in New York is at five
    assert len(days.pilot.scrape("show").chosen) == 1


def test_clips_that_people_order_leave_the_days_number_to_the_autopilot(days: Days) -> None:
    days.change(schedule=Schedule(clips_per_day=1), clips_per_run=0)
    days.publish(1, 2, 3)
    days.pilot.scrape("show")
    with reading(days.pilot.database) as db:
        wanted, *_ = catalogue.topics(db, "show")
    days.pilot.writer.do(partial(order_clip, topic=wanted, author="ada"))
    mine = Brief(topic=TopicCopy(title="Something else", text="Words."), show=days.show, presenter=PresenterSpec(slug="mara", name="Mara"), options=BriefOptions())  # fmt: skip
    days.pilot.writer.do(partial(order_by_hand, brief=mine, author="ada"))
    days.change(clips_per_run=5)
    (chosen,) = days.pilot.scrape("show").chosen
    assert chosen.topic != wanted.id
    assert "1 clip a day" in days.pilot.scrape("show").passed_over[-1].why


def test_what_was_missed_while_the_machine_was_off_happens_once(days: Days) -> None:
    days.change(schedule=Schedule(cron="0 * * * *"))
    days.publish(1, 2)
    days.later(hours=50, minutes=20)
    assert len(days.pilot.look()) == 1
    assert days.pilot.look() == []
    assert [run.planned_at for run in days.pilot.runs("show")] == ["2026-11-22T09:00:00.000Z"]


def test_a_run_that_comes_too_late_is_noted_once(days: Days) -> None:
    days.change(schedule=Schedule(cron="0 8 * * *", catch_up_h=2))
    days.publish(1)
    days.later(hours=30)
    for _ in range(3):
        assert days.pilot.look() == []
    (run,) = days.pilot.runs("show")
    assert run.state == "missed"
    assert "not caught up" in run.note


def test_pausing_all_stops_every_show_until_it_is_resumed(days: Days) -> None:
    days.publish(1)
    days.later(hours=2)
    days.pilot.writer.do(runs.pause)
    assert days.pilot.look() == []
    days.pilot.writer.do(runs.resume)
    assert len(days.pilot.look()) == 1


def test_a_run_under_way_is_not_joined_by_another(days: Days) -> None:
    days.publish(1)
    days.later(hours=2)
    assert len(days.pilot.pilot.look()) == 1
    days.later(hours=2)
    assert days.pilot.pilot.look() == []
    assert len(days.pilot.work()) == 1


def test_a_run_whose_work_was_given_up_is_closed_as_failed(days: Days) -> None:
    days.later(hours=2)
    (key,) = days.pilot.pilot.look()
    days.pilot.writer.do(lambda db: db.execute("UPDATE work SET state = 'set_aside' WHERE key = ?", [key]))
    days.pilot.pilot.look()
    assert days.pilot.runs("show")[0].state == "failed"


def test_a_failing_source_rests_and_a_run_by_hand_asks_it_all_the_same(days: Days) -> None:
    days.web.page("/feed", status=500)
    days.change(schedule=Schedule(cron="*/10 * * * *"))
    asked = []
    for _ in range(6):
        days.later(minutes=10)
        days.pilot.look()
        asked.append(len(days.web.hits))
    assert asked == [1, 1, 2, 2, 2, 3]  # after 10, 30 and 60 minutes
    assert "answered with status 500" in days.pilot.scrape("show").problems[0]
    with reading(days.pilot.database) as db:
        assert sources(db, "show")[days.feed].health.failures == 4
    days.pilot.writer.do(partial(resume_source, show="show", url=days.feed))
    with reading(days.pilot.database) as db:
        assert sources(db, "show")[days.feed].health.failures == 0


def test_a_source_that_moved_for_good_is_asked_at_its_new_address(days: Days) -> None:
    days.publish(1)
    days.web.pages["/new"] = days.web.pages["/feed"]
    days.web.redirect("/feed", "/new", status=301)
    days.pilot.scrape("show")
    with reading(days.pilot.database) as db:
        assert [s.url for s in catalogue.show(db, "show").sources] == [days.web.url("/new")]
        assert list(sources(db, "show")) == [days.web.url("/new")]
    days.web.hits.clear()
    days.pilot.scrape("show")
    assert days.web.hits == ["/new"]


def test_the_gpu_has_a_budget_too(days: Days) -> None:
    days.pilot.pilot._limits = Limits(gpu_minutes_per_day=5)
    days.publish(1)
    days.pilot.writer.do(
        lambda db: db.execute(
            """INSERT INTO work (key, kind, queue, stage, engine, engine_version, state, attempt, queued_at, finished_at, seconds)
               VALUES ('x', 'stage', 'gpu.sdxl', 'scene', 'sdxl', '1', 'done', 1, ?, ?, 301)""",
            ["2026-11-20T06:00:00.000Z"] * 2,
        )
    )
    assert days.pilot.scrape("show").passed_over[0].why == "The day's 5 minutes of the GPU are used up."


def test_another_sources_report_of_a_known_story_adds_to_it_and_lifts_it(days: Days) -> None:
    other = SourceSpec(kind="feed", url=days.web.page("/other", rss()), name="Herald", rights="own")
    days.change(sources=(*days.show.sources, other), clips_per_run=0)
    days.publish(1)
    before = days.pilot.scrape("show").passed_over[0].score
    days.web.page("/other", rss(item(*retold(1, 1), "https://b.example/1")))
    report = days.pilot.scrape("show")
    assert (report.new, report.known) == (0, 2)
    with reading(days.pilot.database) as db:
        (topic,) = catalogue.topics(db, "show")
    (mention,) = topic.found.mentions
    assert (mention.source, mention.url) == ("Herald", "https://b.example/1")
    assert "of its wording is the same" in mention.reason
    assert report.passed_over[0].score > before


def test_what_is_covered_is_said_with_the_clip_and_the_day(days: Days) -> None:
    days.publish(1)
    days.pilot.scrape("show")
    with reading(days.pilot.database) as db:
        request = scrape_request(db, "show", days.web.policy())
    left_out = scrape(request, days.pilot.store, lambda _fraction, _message: None).left_out
    assert left_out[0].reason == "Already covered by clip 1 of 20 November 2026. It has the same address."


def test_presenters_take_turns(days: Days) -> None:
    days.pilot.writer.do(partial(catalogue.put_presenter, presenter=PresenterSpec(slug="theo", name="Theo")))
    days.change(rotation=("mara", "theo"))
    days.publish(1, 2, 3)
    for _ in range(3):
        days.pilot.scrape("show")
    with reading(days.pilot.database) as db:
        briefs = [json.loads(row[0]) for row in db.execute("SELECT document FROM briefs ORDER BY clip_id").fetchall()]
    assert [brief["presenter"]["slug"] for brief in briefs] == ["mara", "theo", "mara"]
    assert [brief["options"].get("presenter", "mara") for brief in briefs] == ["mara", "theo", "mara"]


def test_what_a_person_ordered_is_not_made_again_by_itself(days: Days) -> None:
    _, text = story(1)
    days.publish(1)
    pasted = TopicCopy(title="What I read this morning", text=text)
    brief = Brief(
        topic=pasted, show=days.show, presenter=PresenterSpec(slug="mara", name="Mara"), options=BriefOptions()
    )
    days.pilot.writer.do(partial(order_by_hand, brief=brief, author="ada"))
    (report,) = _scraped(days)
    assert report.chosen == ()
    assert "Already covered by clip 1 of 20 November 2026" in days.pilot.scraped[-1].left_out[0].reason


def test_what_a_person_ordered_after_it_was_found_is_not_made_again_either(days: Days) -> None:
    days.change(clips_per_run=0)
    days.publish(1, 2)
    _scraped(days)
    title, text = story(1)
    one_off = ShowSpec(slug=runs.ONE_OFF, name="One-off")
    brief = Brief(topic=TopicCopy(title=title, text=text), show=one_off, presenter=PresenterSpec(slug="mara", name="Mara"), options=BriefOptions())  # fmt: skip
    days.pilot.writer.do(partial(order_by_hand, brief=brief, author="ada"))
    days.change(clips_per_run=2)
    days.later(hours=2)
    (report,) = _scraped(days)
    assert [verdict.title for verdict in report.chosen] == [story(2)[0]]
    (passed,) = report.passed_over
    assert passed.why == "Already covered by clip 1 of 20 November 2026. It has the same title."


def test_a_script_of_ones_own_covers_nothing(days: Days) -> None:
    days.publish(1)
    brief = Brief(topic=TopicCopy(title=story(1)[0]), show=days.show, presenter=PresenterSpec(slug="mara", name="Mara"), options=BriefOptions(), direct=True)  # fmt: skip
    days.pilot.writer.do(partial(order_by_hand, brief=brief, author="ada"))
    (report,) = _scraped(days)
    assert [verdict.title for verdict in report.chosen] == [story(1)[0]]


def _scraped(days: Days) -> list[RunReport]:
    return [days.pilot.scrape("show")]
