"""NewsAPI and its kin, in the shapes of newsapi.org/docs."""

from __future__ import annotations

import json

import pytest

from config.errors import SourceError
from scraper.keys import Key, Keys
from scraper.sources.base import FetchResult
from scraper.sources.newsapi import EXHAUSTED_S, NewsApi
from storage.orders import SourceSpec
from storage.topics import SourceState
from tests.support.small_web import Web

KEYS = Keys(newsapi=Key("127.0.0.1", secret="s3cret"))
ARTICLE = {
    "source": {"id": "the-paper", "name": "The Paper"}, "author": None, "title": "Ferry & market - The Paper",
    "description": "A ferry returns to the harbour.", "url": "https://paper.example/ferry", "urlToImage": "/ferry.jpg",
    "publishedAt": "2026-11-20T06:00:00Z", "content": "A ferry returns to the harbour after nine years… [+1234 chars]",
}  # fmt: skip


def read(
    web: Web, answer: object, status: int = 200, keys: Keys = KEYS, query: str = "?q=ferry&language=en"
) -> FetchResult:
    web.page("/v2/everything", answer if isinstance(answer, str) else json.dumps(answer), status)
    return NewsApi().fetch(
        SourceSpec(kind="newsapi", url=web.url("/v2/everything") + query), web.client(keys=keys), SourceState()
    )


def test_articles_are_their_publishers(web: Web) -> None:
    other = {**ARTICLE, "source": {"id": None, "name": "Other"}, "content": None, "urlToImage": None}
    one, two = read(web, {"status": "ok", "totalResults": 2, "articles": [ARTICLE, other]}).candidates
    assert (one.publisher, one.language, one.published_at) == ("The Paper", "en", "2026-11-20T06:00:00+00:00")
    assert (one.title, one.body) == (
        "Ferry &amp; market - The Paper",
        "A ferry returns to the harbour after nine years…",
    )
    assert one.pictures == (web.url("/ferry.jpg"),)
    assert (two.publisher, two.body, two.pictures) == ("Other", "A ferry returns to the harbour.", ())


def test_the_key_travels_in_a_header_and_only_to_its_own_host(web: Web) -> None:
    ok = {"status": "ok", "articles": []}
    read(web, ok)
    read(web, ok, keys=Keys(newsapi=Key("newsapi.org", secret="s3cret")))
    assert [asked.get("x-api-key") for asked in web.headers] == ["s3cret", None]
    assert not any("s3cret" in hit for hit in web.hits)


def test_a_key_in_the_address_is_refused_before_it_is_sent(web: Web) -> None:
    with pytest.raises(SourceError, match="carries the key"):
        read(web, {}, query="?apiKey=s3cret")
    assert web.hits == []


@pytest.mark.parametrize(
    ("code", "status", "cure", "pause"),
    [("apiKeyMissing", 401, "[newsapi] key", 0), ("apiKeyExhausted", 429, "used up", EXHAUSTED_S), ("parametersMissing", 400, "q is missing", 0)],
)  # fmt: skip
def test_a_refusal_says_why_and_what_to_do(web: Web, code: str, status: int, cure: str, pause: int) -> None:
    with pytest.raises(SourceError, match=f"refuses: {code}") as told:
        read(web, {"status": "error", "code": code, "message": "The parameter q is missing."}, status)
    assert cure in told.value.cure
    assert told.value.retry_after_s == pause


@pytest.mark.parametrize("answer", ["<html>", "[1]", '{"articles": []}'])
def test_what_is_not_newsapi_is_said_so(web: Web, answer: str) -> None:
    with pytest.raises(SourceError, match="does not answer like NewsAPI"):
        read(web, answer)


def test_withdrawn_articles_are_counted(web: Web) -> None:
    gone = {**ARTICLE, "title": "[Removed]"}
    result = read(web, {"status": "ok", "articles": [gone, "x", ARTICLE]})
    assert len(result.candidates) == 1
    assert result.warnings == ("1 articles were withdrawn.",)
