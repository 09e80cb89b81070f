"""What a person is asked for to add a source, and the address that their answers come to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from config.errors import Blocked
from scraper.sources.asking import WHOLE, AskForAddress, check_reach, faults, filled
from scraper.sources.hackernews import api_address
from scraper.sources.reddit import Listing
from scraper.sources.registry import asks_of, kinds, label_of
from storage.topics import FetchPolicy

RIGHT: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("feed", {"url": " https://a.example/feed "}, "https://a.example/feed"),
    ("page", {"url": "http://a.example/story"}, "http://a.example/story"),
    ("reddit", {"subreddit": "r/science"}, "https://www.reddit.com/r/science/hot"),
    ("reddit", {"subreddit": "https://www.reddit.com/r/science/", "order": "top", "period": "week"}, "https://www.reddit.com/r/science/top?t=week"),
    ("reddit", {"subreddit": "science+space", "order": "new", "period": "week"}, "https://www.reddit.com/r/science+space/new"),
    ("hackernews", {}, "https://news.ycombinator.com/"),
    ("hackernews", {"stories": "show"}, "https://news.ycombinator.com/show"),
    ("newsapi", {"country": "US"}, "https://newsapi.org/v2/top-headlines?country=us"),
    ("newsapi", {"about": "ferry AND harbour", "language": "en"}, "https://newsapi.org/v2/everything?q=ferry+AND+harbour&language=en&sortBy=publishedAt"),
    ("newsapi", {"category": "science", "server": "http://news.lan:8080/"}, "http://news.lan:8080/v2/top-headlines?category=science"),
    ("folder", {"path": "/srv/in box"}, "file:///srv/in%20box"),
)  # fmt: skip
WRONG: tuple[tuple[str, dict[str, Any], dict[str, str]], ...] = (
    ("feed", {}, {"url": "It is needed."}),
    ("feed", {"url": "ftp://a.example"}, {"url": "An address begins with https://. Copy it from a browser."}),
    ("feed", {"url": "https://ana:secret@a.example/"}, {"url": "The address of “a.example” carries a name or password. Remove the part before the @."}),
    ("page", {"url": "https://"}, {"url": "“https://” is not a web address. It should begin with https://."}),
    ("reddit", {"subreddit": "two words"}, {"subreddit": "A subreddit has a name such as science, or several: science+space."}),
    ("reddit", {"subreddit": "  "}, {"subreddit": "It is needed."}),
    ("newsapi", {"language": "en"}, {WHOLE: "Say what the articles are about, or whose headlines you want."}),
    ("newsapi", {"country": "usa"}, {"country": "A country is given by its two letters, such as us."}),
    ("folder", {"path": "inbox"}, {"path": "Give the whole path, such as /srv/inbox."}),
)  # fmt: skip


@pytest.mark.parametrize(("kind", "given", "address"), RIGHT)
def test_answers_come_to_an_address_that_the_kind_reads(kind: str, given: dict[str, Any], address: str) -> None:
    assert filled(asks_of(kind), given).address == address
    if kind == "reddit":
        assert Listing.of(address).subreddit.startswith("science")
    if kind == "hackernews":
        assert api_address(address).endswith("stories.json")


@pytest.mark.parametrize(("kind", "given", "told"), WRONG)
def test_faults_are_said_in_plain_words_beside_their_field(
    kind: str, given: dict[str, Any], told: dict[str, str]
) -> None:
    with pytest.raises(ValidationError) as failure:
        filled(asks_of(kind), given)
    assert faults(failure.value) == told


@pytest.mark.parametrize("kind", kinds())
def test_every_kind_says_what_it_is_called_and_asks_for_something_with_words(kind: str) -> None:
    assert label_of(kind) != kind
    assert all(field.title for field in asks_of(kind).model_fields.values())


def test_a_plugin_that_declares_nothing_asks_for_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(kinds.__globals__["BUILT_IN"], "bare", f"{__name__}:Bare")
    assert asks_of("bare") is AskForAddress
    assert label_of("bare") == "bare"


class Bare:
    kind = "bare"


def test_a_folder_that_nobody_allowed_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with pytest.raises(Blocked, match="not in a folder that sources may be read from"):
        check_reach(tmp_path.as_uri(), FetchPolicy())
    check_reach(tmp_path.as_uri(), FetchPolicy(folders=(str(tmp_path),)))
    check_reach("https://a.example/feed", FetchPolicy())
