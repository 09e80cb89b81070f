"""The benchmark of scraping measures what it says: every entry of every feed, from a real server."""

from __future__ import annotations

from scraper.bench import measure


def test_every_entry_is_read_and_none_is_taken_for_another() -> None:
    figures = measure(3, 20)
    assert (figures["feeds"], figures["items"], figures["topics"]) == (3, 60, 60)
    assert figures["items_per_s"] > 0
    assert figures["peak_mb"] > 0
