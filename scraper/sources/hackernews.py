"""Hacker News, by its public API (github.com/HackerNews/API): a list of numbers, then one small object per story.

https://news.ycombinator.com/           the front page
https://news.ycombinator.com/newest     also: best, ask, show
https://…/v0/topstories.json            the API's own address, of this or a compatible server
"""

from __future__ import annotations

import html
import json
from datetime import UTC, datetime
from typing import Any, ClassVar, Literal
from urllib.parse import urlsplit

from pydantic import Field

from config.errors import SourceError
from scraper.fetch import Client
from scraper.network import Deadline
from scraper.sources.asking import Ask
from scraper.sources.base import Candidate, FetchResult
from scraper.urls import shown
from storage.orders import SourceSpec
from storage.topics import SourceState

API = "https://hacker-news.firebaseio.com/v0"
LISTS = {"": "topstories", "news": "topstories", "newest": "newstories", "best": "beststories", "ask": "askstories", "show": "showstories"}  # fmt: skip
STORIES = 30
"""As many as its front page has."""
PATIENCE_S = 60.0
"""For all stories of one reading."""
JSON = "application/json"


class HackerNewsAsk(Ask):
    stories: Literal["news", "newest", "best", "ask", "show"] = Field(
        "news", title="Stories",
        json_schema_extra={"words": {"news": "Front page", "newest": "Newest", "best": "Best", "ask": "Ask HN", "show": "Show HN"}},
    )  # fmt: skip

    @property
    def address(self) -> str:
        return f"https://news.ycombinator.com/{'' if self.stories == 'news' else self.stories}"


class HackerNews:
    """Reads one of its lists."""

    kind: ClassVar[str] = "hackernews"
    label: ClassVar[str] = "Hacker News"
    asks: ClassVar[type[Ask]] = HackerNewsAsk
    terms: ClassVar[str] = "Stories and comments belong to those who wrote them; the API itself is free to use."

    def fetch(self, spec: SourceSpec, client: Client, state: SourceState) -> FetchResult:
        address = api_address(spec.url)
        answer = client.get(address, state, accept=JSON)
        if answer.unchanged:
            return FetchResult(state=answer.state, unchanged=True, name="Hacker News")
        numbers = _read(answer.body, address)
        if not isinstance(numbers, list):
            raise SourceError(f"{shown(address)} is not a list of stories.", "Give the address of one of its lists.")
        patience, found, missing = Deadline(PATIENCE_S), [], 0
        base = address.rpartition("/")[0]
        for number in [n for n in numbers if isinstance(n, int)][:STORIES]:
            try:
                patience.left()
                story = _read(client.get(f"{base}/item/{number}.json", accept=JSON).body, address)
            except SourceError:
                missing += 1
                continue
            if (
                isinstance(story, dict)
                and story.get("type") == "story"
                and not (story.get("dead") or story.get("deleted"))
            ):
                found.append(_candidate(number, story))
        if missing and not found:
            raise SourceError(f"None of the stories of {shown(address)} could be read.", "It is tried again later.")
        warnings = (f"{missing} stories could not be read.",) if missing else ()
        return FetchResult(tuple(found), answer.state, name="Hacker News", warnings=warnings)


def api_address(url: str) -> str:
    """The API's address of a list. Raises SourceError when it is none of Hacker News."""
    parts = urlsplit(url)
    if "/v0/" in parts.path and parts.path.endswith(".json"):
        return url
    page = parts.path.strip("/")
    if parts.hostname == "news.ycombinator.com" and page in LISTS:
        return f"{API}/{LISTS[page]}.json"
    raise SourceError(
        f"{shown(url)} is no list of Hacker News.",
        "Give https://news.ycombinator.com/, or its newest, best, ask or show.",
    )


def _candidate(number: int, story: dict[str, Any]) -> Candidate:
    def text(name: str) -> str:
        value = story.get(name)
        return value if isinstance(value, str) else ""

    def count(name: str) -> int:
        value = story.get(name)
        return value if isinstance(value, int) and value > 0 else 0

    return Candidate(
        title=html.escape(html.unescape(text("title")), quote=False),
        body=text("text"),
        url=text("url") or f"https://news.ycombinator.com/item?id={number}",
        published_at=_moment(story.get("time")),
        language="en",
        points=count("score"),
        comments=count("descendants"),
    )


def _moment(seconds: object) -> str:
    try:
        return datetime.fromtimestamp(seconds, UTC).isoformat() if isinstance(seconds, int) else ""
    except (ValueError, OverflowError, OSError):
        return ""


def _read(body: bytes, address: str) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as e:
        raise SourceError(f"{shown(address)} answered with damaged JSON.", "It is tried again later.") from e
