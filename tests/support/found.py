"""What a scrape of the morning desk brought home, in four languages; and what one of its sources had to say."""

from __future__ import annotations

from datetime import UTC, datetime

from scraper.score import Taste, score_terms, total
from storage.orders import SourceSpec
from storage.topics import FoundTopic, Mention, ScrapeReport, SourceReport
from tests.support.topics import TEXTS

GAZETTE = SourceSpec(kind="feed", url="https://gazette.example/feed.xml", name="The Harbour Gazette", rights="own")
WIRE = SourceSpec(kind="feed", url="https://wire.example/world/feed.json", name="Sample Wire")
SILENT = SourceSpec(kind="feed", url="https://silent.example/rss", name="Silent Weekly")
NOW = datetime(2026, 11, 19, 8, tzinfo=UTC)


def found(number: int, source: SourceSpec = GAZETTE) -> FoundTopic:
    """The text with this number, published so many hours ago."""
    language, title, text = TEXTS[number % len(TEXTS)]
    published = NOW.replace(hour=max(0, 8 - number % 9)).isoformat()
    mentions = (Mention(source="Sample Wire", title=title, url="", reason="the same words"),) if number == 0 else ()
    topic = FoundTopic(
        source=source, url=f"{source.url}/{number}", canonical_url=f"{source.url}/{number}", title=title, text=text,
        language=language, published_at=published, mentions=mentions, flags=("teaser",) if number == 5 else (),
    )  # fmt: skip
    terms = score_terms(topic, number % 3 == 0, NOW, Taste())
    return topic.model_copy(update={"score": total(terms), "score_terms": terms})


def report(show: str = "morning-desk", count: int = 9) -> ScrapeReport:
    topics = tuple(found(number, WIRE if number % 2 else GAZETTE) for number in range(count))
    return ScrapeReport(
        show=show,
        topics=topics,
        sources=(
            SourceReport(url=GAZETTE.url, kind="feed", name=GAZETTE.name, entries=12, topics=5),
            SourceReport(url=WIRE.url, kind="feed", name=WIRE.name, entries=30, topics=4, warnings=("One entry had no title.",)),
            SourceReport(
                url=SILENT.url, kind="feed", name=SILENT.name, error="silent.example did not answer within 15 s.",
                cure="Check the address in a browser.",
            ),
        ),
    )  # fmt: skip
