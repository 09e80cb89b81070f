"""Subreddits, by PRAW itself against a server that speaks Reddit's wire format, and by their public feeds."""

from __future__ import annotations

import pytest

from config.errors import Blocked, SourceError
from scraper.fetch import Client
from scraper.keys import Key, Keys
from scraper.reddit_wire import guarded_session
from scraper.sources.base import FetchResult
from scraper.sources.reddit import Listing, Reddit
from storage.orders import SourceSpec
from storage.topics import FetchPolicy, SourceState
from tests.support.reddit import KEYS, RedditServer, post
from tests.support.small_web import Web

ATOM = """<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>harbour</title><entry>
<title>Ferry at night</title><link href="https://www.reddit.com/r/harbour/comments/abc123/ferry_at_night/"/>
<content type="html">&lt;div class="md"&gt;&lt;p&gt;It sails.&lt;/p&gt;&lt;/div&gt;</content>
<published>2026-11-20T06:30:00+00:00</published></entry></feed>"""


def read(web: Web, path: str, keys: Keys = KEYS, state: SourceState | None = None) -> FetchResult:
    spec = SourceSpec(kind="reddit", url=web.url(path))
    return Reddit().fetch(spec, web.client(path, keys=keys), state or SourceState())


def test_posts_come_with_votes_comments_and_pictures(web: Web) -> None:
    preview = {"images": [{"source": {"url": "https://preview.redd.it/a.jpg?s=1&t=2", "width": 1280, "height": 720}}]}
    linked = post(
        "A study", id="def", is_self=False, url="https://journal.example/study", selftext_html=None, over_18=True
    )
    server = RedditServer(web, post(preview=preview), linked, post("Rules", id="ghi", stickied=True))
    server.listing("/r/harbour/hot")
    own, other = read(web, "/r/harbour").candidates
    assert (own.title, own.points, own.comments, own.adult) == ("Ferry at night", 812, 64, False)
    assert "It sails &amp; sings." in own.body
    assert own.url == "https://www.reddit.com/r/harbour/comments/abc123/ferry_at_night/"
    assert own.published_at == "2026-11-20T06:50:00+00:00"
    assert own.pictures == ("https://preview.redd.it/a.jpg?s=1&t=2",)
    assert (other.url, other.body, other.adult) == ("https://journal.example/study", "", True)


def test_the_address_says_which_listing(web: Web) -> None:
    server = RedditServer(web, post())
    server.listing("/r/harbour/top")
    assert read(web, "/r/harbour/top?t=week").name == "r/harbour"
    assert server.queries[0]["t"] == ["week"]
    assert server.queries[0]["raw_json"] == ["1"]


def test_praw_asks_as_dailies_with_a_token_of_its_own(web: Web) -> None:
    RedditServer(web, post()).listing("/r/harbour/hot")
    read(web, "/r/harbour")
    assert web.hits[0] == "/api/v1/access_token"
    assert web.bodies[0] == b"grant_type=client_credentials"
    assert all(asked["user-agent"].startswith("Dailies/") for asked in web.headers)


def test_without_credentials_the_public_feed_is_read(web: Web) -> None:
    web.page("/r/harbour/top/.rss", ATOM, ETag='"1"')
    result = read(web, "/r/harbour/top?t=week", Keys())
    assert web.hits == ["/r/harbour/top/.rss?t=week"]
    assert [c.title for c in result.candidates] == ["Ferry at night"]
    assert result.state == SourceState(etag='"1"')
    assert "no votes" in result.warnings[0]


def test_credentials_go_to_nobody_but_reddit(web: Web) -> None:
    web.page("/r/harbour/hot/.rss", ATOM)
    read(web, "/r/harbour", Keys(reddit=Key("reddit.com", "an-id", "a-secret")))
    assert all("authorization" not in asked for asked in web.headers)


def test_wrong_credentials_are_said_so(web: Web) -> None:
    RedditServer(web).listing("/r/harbour/hot")
    with pytest.raises(SourceError, match="does not know the studio's credentials"):
        read(web, "/r/harbour", Keys(reddit=Key("127.0.0.1", "an-id", "wrong")))


@pytest.mark.parametrize(
    ("status", "says"),
    [(302, "There is no r/harbour"), (404, "There is no r/harbour"), (403, "private or closed"), (429, "status 429")],
)
def test_every_refusal_is_one_line(web: Web, status: int, says: str) -> None:
    RedditServer(web).listing("/r/harbour/hot", status, Location="/subreddits/search?q=harbour", Retry_After="120")
    with pytest.raises(SourceError, match=says) as told:
        read(web, "/r/harbour")
    assert told.value.retry_after_s == (120 if status == 429 else 0)
    assert told.value.cure


def test_an_answer_that_makes_no_sense_is_one_line(web: Web) -> None:
    RedditServer(web, {"kind": "t3", "data": {"id": "x", "title": "no permalink"}}).listing("/r/harbour/hot")
    with pytest.raises(SourceError, match="makes no sense"):
        read(web, "/r/harbour")


def test_praw_cannot_leave_by_another_way_than_the_guard(web: Web) -> None:
    session, adapter = guarded_session(Client("https://www.reddit.com/r/x", FetchPolicy()))
    with pytest.raises(ValueError, match=r"not on the public internet|not one that feeds"):
        session.get(web.url("/anything"))
    assert isinstance(adapter.trouble, Blocked)
    assert web.hits == []


def test_what_the_guard_says_is_what_a_person_reads(web: Web) -> None:
    spec = SourceSpec(kind="reddit", url="http://127.0.0.1/r/harbour")
    with pytest.raises(Blocked, match="not on the public internet"):
        Reddit().fetch(spec, Client(spec.url, FetchPolicy(), keys=KEYS), SourceState())


@pytest.mark.parametrize(
    "url", ["https://www.reddit.com/", "https://www.reddit.com/user/someone", "https://x.example/r/"]
)
def test_an_address_without_a_subreddit_is_refused(url: str) -> None:
    with pytest.raises(SourceError, match="names no subreddit"):
        Listing.of(url)


def test_several_subreddits_may_be_read_as_one() -> None:
    assert Listing.of("https://www.reddit.com/r/science+space/new/").subreddit == "science+space"
