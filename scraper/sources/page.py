"""A web page: its article is one topic. When the page changes, the changed article is compared like any other."""

from __future__ import annotations

import html
from typing import ClassVar

from pydantic import Field

from config.errors import SourceError
from scraper.article import read_article
from scraper.charset import decode
from scraper.fetch import Client
from scraper.robots import need_leave
from scraper.sources.asking import Ask, AskForAddress, WebAddress
from scraper.sources.base import Candidate, FetchResult
from scraper.urls import shown
from scraper.words import word_count
from storage.orders import SourceSpec
from storage.topics import SourceState

PAGES = "text/html, application/xhtml+xml, */*;q=0.5"
FEWEST_WORDS = 20
"""Fewer are a menu or an apology, not an article."""


class PageAsk(AskForAddress):
    url: WebAddress = Field(
        title="Address", description="Of one article. It is read if the site's robots.txt allows it.", examples=["https://example.org/story"]
    )  # fmt: skip


class Page:
    """Reads the article of a page by its address, if the site's robots.txt allows it."""

    kind: ClassVar[str] = "page"
    label: ClassVar[str] = "Web page"
    terms: ClassVar[str] = ""
    asks: ClassVar[type[Ask]] = PageAsk

    def fetch(self, spec: SourceSpec, client: Client, state: SourceState) -> FetchResult:
        need_leave(client, spec.url)
        answer = client.get(spec.url, state, accept=PAGES)
        if answer.unchanged:
            return FetchResult(state=answer.state, unchanged=True, moved_to=answer.moved_to)
        article = read_article(decode(answer.body, answer.content_type), answer.url)
        if word_count(article.text) < FEWEST_WORDS:
            raise SourceError(f"No article can be found on {shown(answer.url)}.", "Give the address of one article.")
        entry = Candidate(
            title=html.escape(article.title, quote=False),
            body=html.escape(article.text, quote=False),
            url=answer.url,
            published_at=article.published_at,
            language=article.language,
            pictures=(article.picture,) if article.picture else (),
            closed=article.closed,
            adult=article.adult,
        )
        return FetchResult((entry,), answer.state, name=article.publisher, moved_to=answer.moved_to)
