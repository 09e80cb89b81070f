"""The table of sources: a kind, and a pointer to something that is imported only when it is used."""

from __future__ import annotations

import functools
import importlib
from importlib.metadata import entry_points

from config.errors import UnknownName
from scraper.sources.asking import Ask, AskForAddress
from scraper.sources.base import Source

BUILT_IN: dict[str, str] = {
    "feed": "scraper.sources.feed:Feed",
    "folder": "scraper.sources.folder:Folder",
    "hackernews": "scraper.sources.hackernews:HackerNews",
    "newsapi": "scraper.sources.newsapi:NewsApi",
    "page": "scraper.sources.page:Page",
    "reddit": "scraper.sources.reddit:Reddit",
}


def kinds() -> dict[str, str]:
    """All kinds that are known, with their class paths."""
    return {**BUILT_IN, **_plugins()}


@functools.cache
def _plugins() -> dict[str, str]:
    """What installed packages register. Asked once: it reads the papers of every package, 50 ms for each source."""
    return {e.name: e.value for e in entry_points(group="dailies.sources")}


def create(kind: str) -> Source:
    """A source of this kind. Raises UnknownName."""
    known = kinds()
    if kind not in known:
        raise UnknownName("kind of source", kind, list(known))
    module, _, name = known[kind].partition(":")
    source: Source = getattr(importlib.import_module(module), name)()
    return source


def label_of(kind: str) -> str:
    """What a person calls a kind."""
    return str(getattr(create(kind), "label", kind))


def asks_of(kind: str) -> type[Ask]:
    """What a person is asked for to add a source of a kind. Raises UnknownName."""
    asks: type[Ask] = getattr(create(kind), "asks", AskForAddress)
    return asks


def terms_of(kind: str) -> str:
    """What the service behind a kind asks of its readers; "" when nothing is known."""
    try:
        return create(kind).terms
    except (UnknownName, AttributeError):
        return ""
