"""NewsAPI, and services that speak like it (newsapi.org/docs/endpoints): JSON with a list of `articles`.

    https://newsapi.org/v2/top-headlines?country=us
    https://newsapi.org/v2/everything?q=ferries&language=en&sortBy=publishedAt

The key comes from the settings and travels in a header, so that it never stands in an address.
"""

from __future__ import annotations

import html
import json
import re
from typing import Annotated, Any, ClassVar, Literal
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
from pydantic import AfterValidator, Field, model_validator

from config.errors import SourceError
from scraper.fetch import Client
from scraper.keys import NEWSAPI
from scraper.sources.asking import Ask, WebAddress, wrong
from scraper.sources.base import Candidate, FetchResult
from scraper.sources.json_feed import date_of, text_of
from scraper.urls import absolute, shown
from storage.orders import SourceSpec
from storage.topics import SourceState

ARTICLES = 100
"""Largest page that the service gives."""
CUT = re.compile(r"\s*(?:…|\.\.\.)?\s*\[\+\d+ chars\]\s*$")
"""How it ends an article that it cut (“… [+1234 chars]”)."""
REFUSALS = {
    "apiKeyMissing": "Put a key into the settings: [newsapi] key.",
    "apiKeyInvalid": "Check [newsapi] key in the settings.",
    "apiKeyDisabled": "Check the key on the service's own page.",
    "apiKeyExhausted": "The plan's questions are used up; it is tried again later.",
    "rateLimited": "It is tried again later.",
}
EXHAUSTED_S = 6 * 3600
"""Pause after a plan is used up; the free one of newsapi.org counts by half days."""


def _country(text: str) -> str:
    code = text.strip().lower()
    if not re.fullmatch(r"([a-z]{2})?", code):
        raise wrong("A country is given by its two letters, such as us.")
    return code


class NewsApiAsk(Ask):
    about: str = Field(
        "", max_length=500, title="About", description="Words that the articles must have.", examples=["ferry AND harbour"]
    )  # fmt: skip
    language: Literal["", "ar", "de", "en", "es", "fr", "he", "it", "nl", "no", "pt", "ru", "sv", "zh"] = Field(
        "", title="Language", description="Counts where no country or field is chosen.",
        json_schema_extra={"words": {"": "Any"}},
    )  # fmt: skip
    country: Annotated[str, AfterValidator(_country)] = Field(
        "", title="Headlines of a country", description="Its two letters.", examples=["us"]
    )
    category: Literal["", "business", "entertainment", "general", "health", "science", "sports", "technology"] = Field(
        "", title="Headlines of a field", json_schema_extra={"words": {"": "Any"}}
    )
    server: WebAddress = Field(
        f"https://{NEWSAPI}", title="Server", description="The service, or one that speaks like it. Its key stands in [newsapi] of the settings."
    )  # fmt: skip

    @model_validator(mode="after")
    def _of_something(self) -> NewsApiAsk:
        if not (self.about.strip() or self.country or self.category):
            raise wrong("Say what the articles are about, or whose headlines you want.")
        return self

    @property
    def address(self) -> str:
        headlines = bool(self.country or self.category)
        asked = {"q": self.about.strip(), "country": self.country, "category": self.category}
        if not headlines:
            asked |= {"language": self.language, "sortBy": "publishedAt"}
        query = urlencode({name: value for name, value in asked.items() if value})
        return f"{self.server.rstrip('/')}/v2/{'top-headlines' if headlines else 'everything'}?{query}"


class NewsApi:
    """Reads one page of articles."""

    kind: ClassVar[str] = "newsapi"
    label: ClassVar[str] = "NewsAPI"
    asks: ClassVar[type[Ask]] = NewsApiAsk
    terms: ClassVar[str] = (
        "NewsAPI's free plan is for development only and its articles are a day old; publishing needs a paid plan."
    )

    def fetch(self, spec: SourceSpec, client: Client, state: SourceState) -> FetchResult:
        if {"apikey", "api_key"} & {name.lower() for name in parse_qs(urlsplit(spec.url).query)}:
            raise SourceError(
                "Its address carries the key, which would be stored and shown.", "Put it into [newsapi] key."
            )
        key, host = client.keys.newsapi, urlsplit(spec.url).hostname or ""
        shows = {"X-Api-Key": key.secret} if key and key.belongs_to(host) else {}
        reply = client.exchange(
            "GET", str(httpx.URL(spec.url)), {**shows, "User-Agent": client.agent, "Accept": "application/json"}, b"", client.deadline()
        )  # fmt: skip
        return read_articles(reply.body, reply.status, spec.url)


def read_articles(body: bytes, status: int, address: str) -> FetchResult:
    """The articles of an answer. Raises SourceError with the service's own reason."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict) or "status" not in answer:
        raise SourceError(f"{shown(address)} does not answer like NewsAPI ({status}).", "Check the address.")
    if answer["status"] != "ok":
        code = text_of(answer, "code")
        cure = REFUSALS.get(code, text_of(answer, "message")[:200] or "It is tried again later.")
        pause = EXHAUSTED_S if code in ("apiKeyExhausted", "rateLimited") else 0
        raise SourceError(f"{shown(address)} refuses: {code or status}.", cure, pause)
    articles = answer.get("articles")
    found = [a for a in articles if isinstance(a, dict)] if isinstance(articles, list) else []
    removed = [a for a in found if text_of(a, "title") == "[Removed]"]
    language = parse_qs(urlsplit(address).query).get("language", [""])[0]
    return FetchResult(
        tuple(_candidate(a, language, address) for a in found[:ARTICLES] if a not in removed),
        name=_one_name(found) or urlsplit(address).hostname or "",
        warnings=(f"{len(removed)} articles were withdrawn.",) if removed else (),
    )


def _candidate(article: dict[str, Any], language: str, address: str) -> Candidate:
    content, description = CUT.sub("…", text_of(article, "content")), text_of(article, "description")
    picture = text_of(article, "urlToImage")
    return Candidate(
        title=html.escape(text_of(article, "title"), quote=False),
        body=max((content, description), key=len),
        url=absolute(text_of(article, "url"), address),
        published_at=date_of(text_of(article, "publishedAt")),
        language=language,
        pictures=(absolute(picture, address),) if picture else (),
        publisher=_publisher(article),
    )


def _publisher(article: dict[str, Any]) -> str:
    source = article.get("source")
    return text_of(source, "name") if isinstance(source, dict) else ""


def _one_name(articles: list[dict[str, Any]]) -> str:
    """The publisher, when all articles are of one."""
    names = {_publisher(article) for article in articles}
    return names.pop() if len(names) == 1 else ""
