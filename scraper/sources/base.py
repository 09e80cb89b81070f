"""The contract of a source.

To add one: write a class with `kind` and `fetch` in a module of its own, and name it in `registry.py` (or in the
entry point group `dailies.sources`). It only reads and reports: cleaning, comparing and scoring come after.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Protocol

from scraper.fetch import Client
from scraper.sources.asking import Ask
from storage.orders import SourceSpec
from storage.topics import SourceState


@dataclass(frozen=True)
class Candidate:
    """One entry as its source gave it: raw, hostile until cleaned."""

    title: str
    """HTML or plain text; may be empty."""
    body: str = ""
    """HTML or plain text, the longest that the source gives."""
    url: str = ""
    published_at: str = ""
    """ISO 8601 in UTC, or "" when unknown."""
    language: str = ""
    """A language tag, if the source gives one."""
    pictures: tuple[str, ...] = ()
    """Absolute addresses, best first."""
    publisher: str = ""
    """Who published it, where one source brings the articles of many."""
    points: int = 0
    """How often readers of the source voted for it, where it counts that."""
    comments: int = 0
    adult: bool = False
    """Its source marks it as not for everybody."""
    violent: bool = False
    """Its source marks it as violent."""
    closed: bool = False
    """Most of it is for subscribers."""


@dataclass(frozen=True)
class FetchResult:
    """What a source gave, newest first as far as it tells."""

    candidates: tuple[Candidate, ...] = ()
    state: SourceState = field(default_factory=SourceState)
    """To be handed back next time."""
    name: str = ""
    """What the source calls itself."""
    unchanged: bool = False
    moved_to: str = ""
    """Its new address, when it moved for good."""
    warnings: tuple[str, ...] = ()
    """What was odd but did no harm, one sentence each."""


class Source(Protocol):
    """One kind of source. Instances hold nothing between calls."""

    kind: ClassVar[str]
    label: ClassVar[str]
    """What a person calls this kind. A plugin may leave it out, as all but `kind` and `fetch`."""
    terms: ClassVar[str]
    """What the service asks of whoever reads it, in one sentence for a person; "" when it is nobody's service."""
    asks: ClassVar[type[Ask]]
    """What a person is asked for to add one; left out, an address on the web."""

    def fetch(self, spec: SourceSpec, client: Client, state: SourceState) -> FetchResult:
        """Read the source once, through `client` only. Raises SourceError with one line for its health."""
