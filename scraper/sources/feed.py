"""A feed: RSS, Atom, RDF or JSON Feed, whichever its address gives."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import ClassVar

from pydantic import Field

from config.errors import SourceError
from scraper.charset import decode
from scraper.fetch import Client
from scraper.sources.asking import Ask, AskForAddress, WebAddress
from scraper.sources.base import FetchResult
from scraper.sources.json_feed import read_json
from scraper.sources.xml_feed import find_root, read_xml
from scraper.urls import clean_link, shown
from storage.orders import SourceSpec
from storage.topics import SourceState

WEB_PAGE = re.compile(r"\s*(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
NAMED_FEED = re.compile(
    r"<link\b[^>]{0,500}\btype\s*=\s*[\"']application/(?:rss|atom)\+xml[\"'][^>]{0,500}>", re.IGNORECASE
)
HREF = re.compile(r"\bhref\s*=\s*[\"']([^\"']{1,2000})[\"']", re.IGNORECASE)


class FeedAsk(AskForAddress):
    url: WebAddress = Field(
        title="Address", description="Of the feed itself; it often ends in /feed, /rss or .xml.", examples=["https://example.org/feed"]
    )  # fmt: skip


class Feed:
    """Reads a feed by its address."""

    kind: ClassVar[str] = "feed"
    label: ClassVar[str] = "Feed (RSS, Atom, JSON)"
    terms: ClassVar[str] = ""
    asks: ClassVar[type[Ask]] = FeedAsk

    def fetch(self, spec: SourceSpec, client: Client, state: SourceState) -> FetchResult:
        answer = client.get(spec.url, state)
        if answer.unchanged:
            return FetchResult(state=answer.state, unchanged=True, moved_to=answer.moved_to)
        feed = read_feed(decode(answer.body, answer.content_type), answer.url)
        return replace(feed, state=answer.state, moved_to=answer.moved_to)


def read_feed(text: str, address: str) -> FetchResult:
    """The entries of a feed. `address` is what its relative links start from. Raises SourceError when it is no feed."""
    if not text.strip():
        raise SourceError(f"{shown(address)} is empty.", "Check the address in a browser.")
    if WEB_PAGE.match(text):
        raise SourceError(f"{shown(address)} is a web page, not a feed.", _name_feed_of(text, address))
    if text.lstrip()[0] in "{[":
        return read_json(text, address)
    root = find_root(text)
    if root is None:
        raise SourceError(
            f"{shown(address)} is not a feed: it is neither RSS, Atom, RDF nor JSON Feed.",
            "Give the address of the feed itself, which often ends in /feed, /rss or .xml.",
        )
    return read_xml(text[root:], address)


def _name_feed_of(page: str, address: str) -> str:
    """The cure for a page in a feed's place: the feed that the page itself names, if it does."""
    link = NAMED_FEED.search(page)
    href = HREF.search(link[0]) if link else None
    named = clean_link(href[1], address) if href else ""
    return f"The page names its feed: {named}" if named else "Look on the page for its RSS or Atom address."
