"""RSS, Atom and RDF, well-formed or not, through feedparser.

feedparser opens whatever looks like an address or a file name, even as bytes: it only ever gets a stream here.
Everything before the root element is cut off, and with it every DOCTYPE: no entities of the feed's own, so nothing
to expand (entity bombs) and nothing to fetch (external entities).
"""

from __future__ import annotations

import io
import re
from calendar import timegm
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import feedparser

from config.errors import SourceError
from scraper.ratings import Marks, rated
from scraper.sources.base import Candidate, FetchResult
from scraper.urls import absolute, shown

ENTRIES = 200
"""Entries that are looked at, newest first in practice."""
TAGS = 300_000
"""A real feed of the largest size has fewer; deep nesting without end costs the parser minutes."""
ROOT = re.compile(r"<(?:[\w.-]+:)?(?:rss|feed|rdf|channel)\b", re.IGNORECASE)
CLOSED = re.compile(
    r"</(?:[\w.-]+:)?(?:rss|feed|rdf|channel)\s*>\s*(?:<!--.{0,2000}-->\s*)*$", re.IGNORECASE | re.DOTALL
)
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that XML 1.0 forbids, and that feeds contain all the same."""
REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]{6,})|([0-9]{7,}));?")
"""References to characters so far up that there may be none; feedparser falls over those."""
HIGHEST = 0x10FFFF
IMAGE = re.compile(r"<img\b[^>]{0,2000}?\bsrc\s*=\s*[\"']([^\"']{1,2000})[\"']", re.IGNORECASE)


def find_root(text: str) -> int | None:
    """Where the feed begins; None when it is no XML feed."""
    root = ROOT.search(text)
    return root.start() if root else None


def read_xml(text: str, address: str) -> FetchResult:
    """The entries of a feed that begins with its root element. Damaged ones are read as far as they can be.

    Raises SourceError when nothing can be read, or when reading it would take for ever.
    """
    if text.count("<") > TAGS:
        raise SourceError(f"{shown(address)} has more than {TAGS:,} tags.", "Look for a smaller feed of the same site.")
    try:
        parsed = feedparser.parse(
            io.BytesIO(_possible(text).encode("utf-8", "replace")),
            response_headers={"content-type": "application/xml; charset=utf-8", "content-location": address},
            resolve_relative_uris=False,
            sanitize_html=False,
        )
    except Exception as error:  # its parser for broken markup raises what it comes upon
        raise SourceError(f"{shown(address)} is damaged: it cannot be read.", "It is tried again later.") from error
    entries, warnings = list(parsed.entries), []
    if parsed.bozo and not CLOSED.search(text[-4000:]):
        entries = entries[:-1]
        warnings.append("The feed breaks off; its last entry was left out.")
    elif parsed.bozo:
        warnings.append("The feed is not well-formed XML; it was read as far as possible.")
    if parsed.bozo and not entries:
        raise SourceError(f"{shown(address)} is damaged: no entry can be read.", "It is tried again later.")
    language, whole = str(parsed.feed.get("language", "")), _marks(parsed.feed)
    return FetchResult(
        candidates=tuple(_candidate(e, language, address, whole) for e in entries[:ENTRIES]),
        name=str(parsed.feed.get("title", "")),
        warnings=tuple(warnings),
    )


def _possible(text: str) -> str:
    """Without characters that XML forbids, and without references to those that do not exist."""

    def kept(reference: re.Match[str]) -> str:
        far, number = reference.groups()
        return reference[0] if (int(far, 16) if far else int(number[:9])) <= HIGHEST else ""

    return REFERENCE.sub(kept, NOT_XML.sub("", text))


def _candidate(entry: Any, language: str, address: str, whole: Marks) -> Candidate:
    own = _marks(entry)
    bodies = [str(c.get("value", "")) for c in entry.get("content", [])] + [str(entry.get("summary", ""))]
    body = max(bodies, key=len)
    return Candidate(
        title=str(entry.get("title", "")),
        body=body,
        url=absolute(str(entry.get("link") or entry.get("id") or ""), address),
        published_at=_date(entry),
        language=str(entry.get("language") or entry.get("title_detail", {}).get("language") or language),
        pictures=tuple(dict.fromkeys(absolute(url, address) for url in _pictures(entry, body) if url)),
        adult=own.adult or whole.adult,
        violent=own.violent or whole.violent,
    )


def _marks(context: Any) -> Marks:
    """What an entry, or a feed as a whole, says of who should see it."""
    rating = context.get("media_rating") or {}
    marks = rated(str(rating.get("scheme", "")), str(rating.get("content", "")))
    return replace(marks, adult=marks.adult or bool(context.get("itunes_explicit")))


def _date(entry: Any) -> str:
    """When it was published, else updated; "" when neither makes sense."""
    moment = entry.get("published_parsed") or entry.get("updated_parsed")
    try:
        return datetime.fromtimestamp(timegm(moment), UTC).isoformat() if moment else ""
    except (ValueError, OverflowError, OSError):
        return ""


def _pictures(entry: Any, body: str) -> Iterator[str]:
    """What it names as pictures, the largest first: Media RSS, enclosures, thumbnails, the first in the text."""
    media = [m for m in entry.get("media_content", []) if _is_picture(m)]
    yield from (str(m.get("url", "")) for m in sorted(media, key=_width, reverse=True))
    yield from (str(link.get("href", "")) for link in entry.get("links", []) if _is_picture(link))
    yield from (str(t.get("url", "")) for t in entry.get("media_thumbnail", []))
    yield from (match[1] for match in IMAGE.finditer(body[:20_000]))


def _is_picture(media: Any) -> bool:
    return media.get("medium") == "image" or str(media.get("type", "")).startswith("image/")


def _width(media: Any) -> int:
    width = str(media.get("width", ""))[:6]
    return int(width) if width.isascii() and width.isdigit() else 0
