"""JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1)."""

from __future__ import annotations

import html
import json
from datetime import UTC, datetime
from typing import Any

from config.errors import SourceError
from scraper.sources.base import Candidate, FetchResult
from scraper.urls import absolute, shown

ENTRIES = 200
VERSION = "https://jsonfeed.org/version/1"


def read_json(text: str, address: str) -> FetchResult:
    """The entries of a JSON Feed. Raises SourceError when it is none."""
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError) as e:
        raise SourceError(f"{shown(address)} begins like JSON, but is damaged.", "It is tried again later.") from e
    if not isinstance(feed, dict) or not str(feed.get("version", "")).startswith(VERSION):
        raise SourceError(
            f"{shown(address)} is JSON, but not a JSON Feed.", "Give the address of an RSS, Atom or JSON Feed."
        )
    items = feed.get("items")
    entries = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    language = text_of(feed, "language")
    return FetchResult(
        candidates=tuple(_candidate(item, language, address) for item in entries[:ENTRIES]), name=text_of(feed, "title")
    )


def _candidate(item: dict[str, Any], language: str, address: str) -> Candidate:
    pictures = (text_of(item, "image"), text_of(item, "banner_image"))
    return Candidate(
        title=html.escape(text_of(item, "title"), quote=False),
        body=text_of(item, "content_html")
        or html.escape(text_of(item, "content_text") or text_of(item, "summary"), quote=False),
        url=absolute(text_of(item, "url") or text_of(item, "external_url") or text_of(item, "id"), address),
        published_at=date_of(text_of(item, "date_published") or text_of(item, "date_modified")),
        language=text_of(item, "language") or language,
        pictures=tuple(absolute(url, address) for url in pictures if url),
    )


def text_of(values: dict[str, Any], name: str) -> str:
    """A text of an object; "" when it is missing or no text."""
    value = values.get(name)
    return value if isinstance(value, str) else ""


def date_of(text: str) -> str:
    """RFC 3339 as ISO 8601 in UTC; "" when it makes no sense."""
    try:
        moment = datetime.fromisoformat(text.strip())
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
    except (ValueError, OverflowError):
        return ""
