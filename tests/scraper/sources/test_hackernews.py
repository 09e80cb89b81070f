"""Hacker News, in the shapes of its API."""

from __future__ import annotations

import json

import pytest

from config.errors import SourceError
from scraper.sources.base import FetchResult
from scraper.sources.hackernews import HackerNews, api_address
from storage.orders import SourceSpec
from storage.topics import SourceState
from tests.support.small_web import Web

STORY = {"by": "pg", "descendants": 71, "id": 1, "kids": [2], "score": 111, "time": 1795158000, "title": "Ferries &amp; C++ <b>", "type": "story", "url": "https://a.example/ferry"}  # fmt: skip
ASK = {
    "by": "pg",
    "id": 2,
    "score": 5,
    "time": 1795158000,
    "title": "Ask HN: Why?",
    "text": "<p>Because",
    "type": "story",
}


def read(web: Web, numbers: object, **stories: object) -> FetchResult:
    web.page("/v0/topstories.json", json.dumps(numbers), ETag='"7"')
    for number, story in stories.items():
        web.page(f"/v0/item/{number.removeprefix('n')}.json", json.dumps(story))
    return HackerNews().fetch(
        SourceSpec(kind="hackernews", url=web.url("/v0/topstories.json")), web.client(), SourceState()
    )


def test_stories_come_with_points_and_comments(web: Web) -> None:
    linked, asked = read(web, [1, 2], n1=STORY, n2=ASK).candidates
    assert (linked.title, linked.url) == ("Ferries &amp; C++ &lt;b&gt;", "https://a.example/ferry")
    assert (linked.points, linked.comments, linked.published_at) == (111, 71, "2026-11-20T07:00:00+00:00")
    assert (asked.url, asked.body) == ("https://news.ycombinator.com/item?id=2", "<p>Because")


def test_jobs_and_dead_and_missing_stories_are_left_out(web: Web) -> None:
    result = read(web, [1, 2, 3, 4, "x"], n1=STORY, n2={**ASK, "dead": True}, n3={**ASK, "type": "job"})
    assert len(result.candidates) == 1
    assert result.warnings == ("1 stories could not be read.",)
    assert result.state == SourceState(etag='"7"')


def test_when_nothing_can_be_read_it_says_so(web: Web) -> None:
    with pytest.raises(SourceError, match="None of the stories"):
        read(web, [1, 2])
    with pytest.raises(SourceError, match="not a list of stories"):
        read(web, {"error": "no"})
    with pytest.raises(SourceError, match="damaged JSON"):
        HackerNews().fetch(
            SourceSpec(kind="hackernews", url=web.page("/v0/beststories.json", "[1,")), web.client(), SourceState()
        )


def test_its_pages_stand_for_its_lists() -> None:
    assert api_address("https://news.ycombinator.com") == "https://hacker-news.firebaseio.com/v0/topstories.json"
    assert api_address("https://news.ycombinator.com/ask") == "https://hacker-news.firebaseio.com/v0/askstories.json"
    with pytest.raises(SourceError, match="no list of Hacker News"):
        api_address("https://news.ycombinator.com/item?id=1")
