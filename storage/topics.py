"""What a scrape is asked, and what it reports: plain values between the control process and a worker.

    ScrapeRequest ──▶ scraper.job.scrape ──▶ ScrapeReport
                                               ├── topics    found, cleaned, scored
                                               ├── left_out  merged, known or refused, each with the reason
                                               └── sources   the health of each source

The worker knows nothing but the request; the control process records the report and nothing else.
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from storage.documents import ArtifactRef, Attribution, Document, Frozen, Seconds
from storage.orders import ShowSpec, SourceSpec, TopicCopy

Flag = Literal[
    "no-date",  # the source gives no believable date
    "no-link",  # nowhere to read it
    "teaser",  # too few words to tell the story
    "title-made",  # the source gave no title: taken from the text
    "title-shortened",
    "text-shortened",
    "picture-refused",  # it names a picture, but none that may or can be shown
    "full-text",  # its source had only a teaser: the text is that of the page
    "paywall",  # most of it is for subscribers
    "adult",  # its source marks it as not for everybody
    "violent",  # its source marks it as violent, or warns of what it shows
]


# ── the request ───────────────────────────────────────────────────────────────────────────────────


class SourceState(Frozen):
    """What a source said last time, to be handed back to it so that it can answer “nothing new”."""

    etag: str = ""
    last_modified: str = ""


class FetchPolicy(Frozen):
    """How far the guarded client may reach. Empty = public addresses on the usual ports, and the bundled examples."""

    hosts: tuple[str, ...] = Field(default=(), description="host:port on the admin's own network")
    folders: tuple[str, ...] = Field(default=(), description="folders that file: sources may lie in")
    timeout_s: float = Field(default=15, gt=0, description="one whole fetch, redirects included")
    max_bytes: int = Field(default=5_000_000, gt=0, description="largest feed or page, unpacked")
    pause_s: float = Field(default=0, ge=0, description="between two sources on one host")
    full_text: bool = Field(default=False, description="fetch the page of a topic whose source gave only a teaser")


def narrowed(asked: FetchPolicy, own: FetchPolicy) -> FetchPolicy:
    """What both allow of the network and the disk: whoever can write orders must not open a worker's machine."""
    hosts = tuple(host for host in asked.hosts if host in own.hosts)
    return asked.model_copy(
        update={"hosts": hosts, "folders": tuple(folder for folder in asked.folders if folder in own.folders)}
    )


class Meaning(Frozen):
    """What a text is about, made by `scraper.meaning`: a direction, and the figures that the text names."""

    vector: str = Field(description="base64 of one signed byte for each number")
    figures: tuple[str, ...] = ()


def meaning_text(meaning: Meaning | None) -> str:
    """As a table keeps it."""
    return meaning.model_dump_json() if meaning else ""


def meaning_of(text: str) -> Meaning | None:
    return Meaning.model_validate_json(text) if text else None


class KnownTopic(Frozen):
    """A topic that the show already has. `label` says to a person which one: “clip 12 of 3 May”."""

    canonical_url: str
    title: str = ""
    fingerprint: str = ""
    meaning: Meaning | None = Field(default=None, description="of the last days' topics, where the model is installed")
    label: str = ""


class ScrapeRequest(Document):
    """One show's sources, to be read once. `asked_at` (ISO 8601, UTC) is the moment that freshness counts from."""

    tag: ClassVar[str] = "scrape-request/1"

    show: ShowSpec
    asked_at: str
    known: tuple[KnownTopic, ...] = ()
    recent: tuple[str, ...] = Field(default=(), description="titles of the show's last clips")
    states: dict[str, SourceState] = Field(default_factory=dict, description="source url → its last state")
    policy: FetchPolicy = FetchPolicy()


# ── the report ────────────────────────────────────────────────────────────────────────────────────


class ScoreTerm(Frozen):
    """One reason for a topic's rank. The score is the mean of `value` over all terms, weighted by `weight`."""

    name: str
    value: float = Field(ge=0, le=1)
    weight: float = Field(ge=0)
    why: str


class Mention(Frozen):
    """Another report of the same story in the same scrape."""

    source: str
    title: str
    url: str
    reason: str


class FoundTopic(Frozen):
    """One topic, clean: no markup, no tracking parameters, no control characters; paragraphs split by a blank line.

    `canonical_url` is its identity within a show and never empty; `url` is where a person reads it, or "".
    `fingerprint` compares texts (`scraper.dedupe`), "" when the text is too short to compare.
    """

    source: SourceSpec
    url: str
    canonical_url: str = Field(min_length=1)
    title: str = Field(min_length=1)
    text: str
    language: str = Field(description="ISO 639-1, or und")
    published_at: str = Field(default="", description='ISO 8601, UTC, or "" when unknown')
    image: ArtifactRef | None = None
    fingerprint: str = ""
    meaning: Meaning | None = None
    score: float = Field(default=0, ge=0, le=1)
    score_terms: tuple[ScoreTerm, ...] = ()
    flags: tuple[Flag, ...] = ()
    mentions: tuple[Mention, ...] = ()
    points: int = Field(default=0, ge=0, description="votes that its source counted")
    comments: int = Field(default=0, ge=0)

    def copy_for_brief(self, topic_id: str) -> TopicCopy:
        """The topic as a brief keeps it."""
        return TopicCopy(
            title=self.title,
            text=self.text,
            language=self.language,
            source=Attribution(name=self.source.name, url=self.url, title=self.title, rights=self.source.rights),
            published_at=self.published_at,
            image=self.image,
            topic_id=topic_id,
        )


class LeftOut(Frozen):
    """An entry that did not become a topic of its own, and why.

    merged: another report of a topic found in the same scrape; known: the show has it already;
    screened: the show does not want it; refused: nothing could be made of it.
    """

    kind: Literal["merged", "known", "screened", "refused"]
    source_url: str
    title: str
    url: str
    reason: str
    source: str = Field(default="", description="what its source calls itself")
    same_as: str = Field(default="", description="canonical_url of the topic it repeats")


class SourceReport(Frozen):
    """How one source did. `error` is one line for a person, "" when it went well; `cure` says what to do."""

    url: str
    kind: str
    name: str = ""
    error: str = ""
    cure: str = ""
    warnings: tuple[str, ...] = ()
    unchanged: bool = Field(default=False, description="it said itself that nothing is new")
    entries: int = Field(default=0, ge=0, description="entries it gave")
    topics: int = Field(default=0, ge=0, description="of these, new topics")
    state: SourceState = SourceState()
    moved_to: str = Field(default="", description="its new address, when it moved for good")
    retry_after_s: int = Field(default=0, ge=0, description="it asked to be left alone for so long")
    duration_s: Seconds = 0

    @property
    def ok(self) -> bool:
        return not self.error


class ScrapeReport(Document):
    """All that one scrape found. Topics come best first."""

    tag: ClassVar[str] = "scrape-report/1"

    show: str
    topics: tuple[FoundTopic, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    sources: tuple[SourceReport, ...] = ()
    notes: tuple[str, ...] = Field(default=(), description="what else a person should know, one sentence each")
    duration_s: Seconds = 0
