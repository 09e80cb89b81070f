"""Makes a clean topic of a raw entry, or says why none can be made. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from scraper.article import is_stub
from scraper.clean import has_words, headline, plain_line, plain_text, shorten
from scraper.dedupe import fingerprint_of
from scraper.language import language_of
from scraper.ratings import is_warned_of
from scraper.sources.base import Candidate
from scraper.urls import canonical_of, clean_link
from scraper.words import words, worth
from storage.canonical import sha256_text
from storage.orders import SourceSpec
from storage.topics import Flag, FoundTopic

TITLE_LIMIT = 200
NAME_LIMIT = 80
TEXT_LIMIT = 20_000
"""Characters."""
FEWEST_WORDS = 40
"""A text with fewer is a teaser, not a story."""
OLDEST = datetime(1990, 1, 1, tzinfo=UTC)
CLOCK_SLIP = timedelta(hours=24)
"""How far ahead of us a source's clock may be."""


@dataclass(frozen=True)
class Draft:
    """A topic that still lacks its picture and its score."""

    topic: FoundTopic
    pictures: tuple[str, ...]


@dataclass(frozen=True)
class Refusal:
    """An entry that nothing can be made of."""

    title: str
    url: str
    reason: str


def take_in(candidate: Candidate, source: SourceSpec, now: datetime) -> Draft | Refusal:
    """The entry as a topic of `source`, whose name is that of the attribution."""
    url = clean_link(candidate.url)
    full_title = headline(candidate.title, source.name)
    full_text = plain_text(candidate.body)
    title = shorten(full_title, TITLE_LIMIT) if has_words(full_title) else _first_words(full_text)
    if not title:
        return Refusal(full_title, url, "It contains no words.")
    text = shorten(full_text, TEXT_LIMIT)
    tokens = words(text)
    published_at = believable(candidate.published_at, now)
    flags: dict[Flag, bool] = {
        "no-date": not published_at,
        "no-link": not url,
        "teaser": worth(tokens) < FEWEST_WORDS,
        "title-made": not has_words(full_title),
        "title-shortened": title != full_title and has_words(full_title),
        "text-shortened": text != full_text,
        "paywall": candidate.closed or is_stub(text),
        "adult": candidate.adult,
        "violent": candidate.violent or is_warned_of(f"{title}\n{text}"),
    }
    topic = FoundTopic(
        source=_quoted(source, candidate),
        url=url,
        canonical_url=canonical_of(url) or f"urn:sha256:{sha256_text(title + text)}",
        title=title,
        text=text,
        language=language_of(f"{title}\n{text}", candidate.language),
        published_at=published_at,
        fingerprint=fingerprint_of(tokens),
        flags=tuple(flag for flag, raised in flags.items() if raised),
        points=candidate.points,
        comments=candidate.comments,
    )
    return Draft(topic, candidate.pictures)


def _quoted(source: SourceSpec, candidate: Candidate) -> SourceSpec:
    """Who is quoted: the publisher, where a source brings the articles of many."""
    publisher = shorten(plain_line(candidate.publisher), NAME_LIMIT)
    return source.model_copy(update={"name": publisher}) if publisher else source


def believable(published_at: str, now: datetime) -> str:
    """The date, or "" when it lies in the future or before there was a web."""
    if not published_at:
        return ""
    moment = datetime.fromisoformat(published_at)
    if not OLDEST <= moment <= now + CLOCK_SLIP:
        return ""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _first_words(text: str) -> str:
    """A title for an entry without one: how its text begins."""
    first = text.partition("\n")[0]
    return shorten(first, 90) if has_words(first) else ""
