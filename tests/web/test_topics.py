"""The topics page: what was found and why it stands where it stands; make one, or dismiss it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from playwright.sync_api import Locator, Page, expect

from scraper.recording import Limits, take_report
from storage.catalogue import put_show, record_topics, topics
from storage.clock import now
from storage.events import Event
from storage.orders import ShowSpec
from storage.queries import list_clips
from storage.topics import ScrapeReport
from storage.work import apply_events
from tests.support.browser import Enter, says
from tests.support.found import GAZETTE, found, report
from tests.support.studio import SmallStudio
from tests.support.topics import TEXTS

SHOW = ShowSpec(slug="harbour", name="Harbour Notes", languages=("en", "es"), sources=(GAZETTE,))


@pytest.fixture
def page(enter: Enter, small: SmallStudio) -> Iterator[Page]:
    small.writer.do(partial(put_show, show=SHOW))
    small.writer.do(partial(record_topics, report=report("harbour")))
    yield enter(path="/topics?show=harbour")
    small.writer.do(lambda db: db.execute("DELETE FROM dismissals"))


def one(page: Page, number: int) -> Locator:
    return page.locator(".topic", has_text=TEXTS[number][1])


def test_the_best_comes_first_with_its_reasons(page: Page) -> None:
    first = page.locator(".topic").first
    expect(first).to_contain_text(TEXTS[0][1])
    expect(first).to_contain_text("Published within the last hour.")
    expect(first).to_contain_text("also told by Sample Wire")
    expect(first.locator(".src")).not_to_be_visible()
    first.get_by_text("What the source says").click()
    expect(first.locator(".src")).to_contain_text("A small spray of water")
    expect(one(page, 4).locator("h2")).to_have_attribute("lang", "ar")


def test_one_is_made_at_once_and_leads_to_its_clip(page: Page, small: SmallStudio) -> None:
    one(page, 3).get_by_role("button", name="Make now").click()
    says(page, "Being made")
    with small.studio.reading() as db:
        clip = list_clips(db, 1)[0]
    assert (clip.title, clip.show, clip.author) == (TEXTS[3][1], "harbour", "ana")
    expect(one(page, 3)).to_have_count(0)
    page.get_by_role("radio", name="Made 1").check()
    one(page, 3).get_by_role("link", name="Its clip").click()
    page.wait_for_url(f"**/clip/{clip.id}")


def test_a_dismissed_topic_is_passed_over_until_it_is_brought_back(page: Page, small: SmallStudio) -> None:
    one(page, 0).get_by_role("button", name="Dismiss").click()
    says(page, "Dismissed")
    with small.studio.reading() as db:
        assert next(t for t in topics(db, "harbour") if t.found.title == TEXTS[0][1]).dismissed_by == "ana"
    page.get_by_role("button", name="Undo").click()
    expect(one(page, 0)).to_be_visible()
    one(page, 0).get_by_role("button", name="Dismiss").click()
    page.get_by_role("radio", name="Dismissed 1").check()
    expect(one(page, 0)).to_contain_text("by ana")
    one(page, 0).get_by_role("button", name="Bring back").click()
    expect(page.get_by_text("None of them.")).to_be_visible()


def test_looking_for_new_ones_says_what_came_of_it(page: Page, small: SmallStudio) -> None:
    page.get_by_role("button", name="Look for new ones").click()
    says(page, "Reading the sources")
    order = small.production.scrapes[-1]
    fresh = ScrapeReport(show="harbour", topics=(found(11),), sources=report().sources[2:])
    done = Event(
        kind="scrape", key=order.key, attempt=1, type="finished", worker="w", at=now(),
        document=fresh.to_json(), content_hash=fresh.content_hash,
    )  # fmt: skip
    small.writer.do(partial(apply_events, epoch="inline", last_id="", events=[done]))
    small.writer.do(partial(take_report, key=order.key, limits=Limits(backlog=0)))
    says(page, "1 new topic. 1 source did not answer.")
    expect(one(page, 11)).to_be_visible()


def test_who_only_watches_sees_the_topics_and_no_buttons(enter: Enter, page: Page) -> None:
    seen = enter("vera", "/topics?show=harbour")
    expect(seen.locator(".topic").first).to_be_visible()
    expect(seen.locator("[data-deed]")).to_have_count(0)


def test_a_show_without_topics_says_where_they_come_from(enter: Enter) -> None:
    expect(enter(path="/topics?show=sama").get_by_text("Nothing found yet.")).to_be_visible()
