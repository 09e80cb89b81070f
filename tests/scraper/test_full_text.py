"""A teaser gets its page's text, if the site allows it, and says whose words those are."""

from __future__ import annotations

from datetime import UTC, datetime

from scraper.full_text import Pages
from scraper.intake import Draft, take_in
from scraper.job import scrape
from scraper.sources.base import Candidate
from storage.artifacts import FolderStore
from storage.orders import SourceSpec
from tests.scraper.sources.test_page import PAGE, STORY
from tests.support.small_web import Web, item, request, rss

NOW = datetime(2026, 11, 20, 7, tzinfo=UTC)


def read(web: Web, body: str = "A ferry returns.", path: str = "/ferry") -> Draft:
    source = SourceSpec(kind="feed", url=web.url("/feed"), name="Gazette")
    draft = take_in(Candidate(title="Ferry returns", body=body, url=web.url(path)), source, NOW)
    assert isinstance(draft, Draft)
    return Pages(web.policy(), NOW, pause_s=0).with_full_text(draft)


def test_a_teaser_becomes_the_whole_story(web: Web) -> None:
    web.page("/ferry", PAGE)
    topic = read(web).topic
    assert STORY[-1] in topic.text
    assert topic.flags == ("full-text",)
    assert topic.published_at == "2026-11-19T00:00:00Z"
    assert topic.fingerprint
    assert topic.source.name == "Gazette", "the page is the source's own"


def test_a_story_that_is_whole_is_left_alone(web: Web) -> None:
    read(web, body="Word for word. " * 40)
    assert web.hits == []


def test_a_site_that_forbids_it_is_asked_for_its_rules_only(web: Web) -> None:
    web.page("/robots.txt", "User-agent: *\nDisallow: /")
    web.page("/ferry", PAGE)
    assert "teaser" in read(web).topic.flags
    assert web.hits == ["/robots.txt"]


def test_each_page_is_held_to_its_sites_rules(web: Web) -> None:
    web.page("/robots.txt", "User-agent: *\nDisallow: /private/")
    pages, source = Pages(web.policy(), NOW, pause_s=0), SourceSpec(kind="feed", url=web.url("/feed"), name="Gazette")
    for path, flag in (("/ferry", "full-text"), ("/private/ferry", "teaser")):
        web.page(path, PAGE)
        draft = take_in(Candidate(title="Ferry returns", body="A ferry returns.", url=web.url(path)), source, NOW)
        assert isinstance(draft, Draft)
        assert flag in pages.with_full_text(draft).topic.flags
    assert web.hits == ["/robots.txt", "/ferry"]


def test_a_page_that_fails_costs_nothing(web: Web) -> None:
    assert read(web).topic.text == "A ferry returns."


def test_a_story_for_subscribers_is_screened_out(web: Web, store: FolderStore) -> None:
    web.page("/ferry", PAGE.replace("</head>", '<script>{"isAccessibleForFree": false}</script></head>'))
    feed = SourceSpec(kind="feed", url=web.page("/feed", rss(item("Ferry returns", "A ferry.", web.url("/ferry")))))
    policy = web.policy().model_copy(update={"full_text": True})
    report = scrape(request(feed, policy=policy), store, lambda _fraction, _message: None)
    assert [(left.kind, left.reason) for left in report.left_out] == [("screened", "Most of it is for subscribers.")]
