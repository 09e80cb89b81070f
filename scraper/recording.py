"""What becomes of a finished scrape: topics and health are recorded, and the best topics become clips. In one transaction."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlite_utils import Database

from scraper.choose import Choice, Room, Selection, choose
from scraper.dedupe import fingerprint
from scraper.health import after
from scraper.schedule import day_began
from scraper.urls import canonical_url
from storage import catalogue, runs
from storage.canonical import sha256_text, tagged_hash
from storage.catalogue import TopicRow
from storage.clips import create_clip
from storage.clock import stamp
from storage.orders import Brief, BriefOptions, PresenterSpec, ShowSpec, TopicCopy
from storage.runs import RunReport, Verdict
from storage.source_health import SourceHealth, move_source, record_source, sources
from storage.topics import KnownTopic, ScrapeReport

AUTHOR = runs.AUTOPILOT
KEPT = timedelta(days=2)
"""For how long a scrape's full report is kept; the run's own report stays."""
PASSED_OVER = 30
"""Topics that a run's report names beside the chosen ones."""


@dataclass(frozen=True)
class Limits:
    """What the studio as a whole allows."""

    backlog: int = 20
    """Clips that may wait for review."""
    every_minutes: int = 60
    """Between two runs of a show without a calendar of its own."""
    gpu_minutes_per_day: int = 0
    """0 = as many as there are."""
    keep_topics_days: int = 30
    """For how long topics are kept that no source gives any more and nobody took up; 0 = for ever."""


def take_report(db: Database, key: str, limits: Limits) -> list[str]:
    """Record a finished scrape and order clips from its show's best topics, once. Returns the clips' ids."""
    row = db.execute("SELECT document FROM work WHERE key = ? AND state = 'done'", [key]).fetchone()
    if row is None:
        return []
    data = json.loads(row[0])
    data.pop("tag")
    report, moment = ScrapeReport.model_validate(data), datetime.now(UTC)
    fresh = catalogue.record_topics(db, report)
    record_sources(db, report, moment)
    show = catalogue.show(db, report.show)
    picked = select(db, show, limits, moment)
    verdicts = []
    for choice in picked.chosen:
        verdicts.append(verdict(choice, order_clip(db, choice.topic, AUTHOR)))
    if before := forgotten_before(show, limits, moment):
        catalogue.prune_topics(db, show.slug, before)
    runs.finish_run(db, key, "done", report=run_report(report, len(fresh), verdicts, picked.passed_over))
    db.execute("UPDATE work SET state = 'recorded', payload = NULL WHERE key = ?", [key])
    old = stamp(moment - KEPT)
    db.execute(
        "UPDATE work SET document = NULL WHERE kind = 'scrape' AND state = 'recorded' AND finished_at < ?", [old]
    )
    return [v.clip for v in verdicts]


def forgotten_before(show: ShowSpec, limits: Limits, moment: datetime) -> str:
    """Topics that were last seen before then may go; "" = none: a show whose topics never expire may still choose them."""
    if not (limits.keep_topics_days and show.topics.expires_h):
        return ""
    return stamp(moment - max(timedelta(days=limits.keep_topics_days), timedelta(hours=show.topics.expires_h)))


def order_clip(db: Database, topic: TopicRow, author: str) -> str:
    """A new clip of its show's, which from now on counts as covered. Returns the clip's id. Raises UnknownName."""
    show = catalogue.show(db, topic.show)
    presenter = whose_turn(db, show)
    brief = brief_for(topic, show, presenter, catalogue.presenter_version(db, presenter.slug))
    clip = create_clip(db, brief, author)
    runs.enter_ledger(db, show.slug, topic.found.language, topic.found, clip)
    return clip


def order_by_hand(db: Database, brief: Brief, author: str) -> str:
    """A new clip as a person wants it. What it is about counts as covered from now on, unless they wrote all its words.

    Returns the clip's id.
    """
    clip = create_clip(db, brief, author)
    if not brief.direct:
        runs.enter_ledger(db, brief.show.slug, brief.options.language, told_by_hand(brief.topic), clip)
    return clip


def told_by_hand(topic: TopicCopy) -> KnownTopic:
    """What tells a topic that no scrape found: its page's address if it has one, its title, its wording."""
    address = canonical_url(topic.source.url) if topic.source else ""
    identity = address or f"urn:sha256:{sha256_text(topic.title + topic.text)}"
    return KnownTopic(canonical_url=identity, title=topic.title, fingerprint=fingerprint(topic.text))


def whose_turn(db: Database, show: ShowSpec) -> PresenterSpec:
    """Who presents the show's next clip. Raises UnknownName."""
    if not show.rotation:
        return catalogue.presenter(db, show.presenter)
    return catalogue.presenter(db, show.rotation[runs.made_since(db, show.slug, "") % len(show.rotation)])


def record_sources(db: Database, report: ScrapeReport, moment: datetime) -> None:
    """How each source did; one that moved for good is asked at its new address from now on."""
    before = sources(db, report.show)
    for told in report.sources:
        health = before[told.url].health if told.url in before else SourceHealth()
        record_source(db, report.show, told, after(health, told, moment))
    moved = {told.url: told.moved_to for told in report.sources if told.moved_to and told.ok}
    if moved:
        show = catalogue.show(db, report.show)
        taken = {s.url for s in show.sources}
        moved = {old: new for old, new in moved.items() if new not in taken}
        now_at = tuple(s.model_copy(update={"url": moved.get(s.url, s.url)}) for s in show.sources)
        catalogue.put_show(db, show.model_copy(update={"sources": now_at}))
        for old, new in moved.items():
            move_source(db, report.show, old, new)


def select(db: Database, show: ShowSpec, limits: Limits, moment: datetime, more: Iterable[TopicRow] = ()) -> Selection:
    """What a run at this moment would make of the show's topics, those that are recorded and `more`."""
    since = stamp(moment - timedelta(hours=show.topics.expires_h)) if show.topics.expires_h else ""
    topics = [*(t for t in catalogue.topics(db, show.slug, since=since) if t.clip_id is None), *more]
    return choose(topics, show, runs.covered(db, show.slug), rooms(db, show, limits, moment), moment)


WAITING = """
SELECT count(*) FROM clips c WHERE c.on_desk = 1 AND +c.show = ? AND c.author = ? AND NOT EXISTS (SELECT 1 FROM decisions d WHERE d.clip_id = c.id)
    AND NOT EXISTS (SELECT 1 FROM trash t WHERE t.clip_id = c.id)
"""


def rooms(db: Database, show: ShowSpec, limits: Limits, moment: datetime) -> list[Room]:
    """Every limit on how many clips there may be now."""
    waiting = db.execute(WAITING, [show.slug, AUTHOR]).fetchone()[0]
    today = runs.made_by_itself_since(db, show.slug, stamp(day_began(show.schedule, moment)))
    per_day = show.schedule.clips_per_day
    limiting = [
        Room(
            max(0, limits.backlog - waiting),
            f"{limits.backlog} clips of the show may wait for review, and do.",
        ),
        Room(max(0, per_day - today), f"The show makes {per_day} clip{'s' if per_day != 1 else ''} a day by itself."),
    ]
    budget = limits.gpu_minutes_per_day
    if budget and runs.gpu_minutes_since(db, stamp(day_began(show.schedule, moment))) >= budget:
        limiting.append(Room(0, f"The day's {budget} minutes of the GPU are used up."))
    return limiting


def run_report(report: ScrapeReport, new: int, chosen: Iterable[Verdict], passed: Iterable[Choice]) -> RunReport:
    """What is kept of a run."""
    left = Counter(entry.kind for entry in report.left_out)
    return RunReport(
        show=report.show,
        found=len(report.topics) + len(report.left_out),
        new=new,
        merged=left["merged"],
        known=left["known"],
        screened=left["screened"],
        refused=left["refused"],
        chosen=tuple(chosen),
        passed_over=tuple(verdict(choice) for choice in list(passed)[:PASSED_OVER]),
        problems=tuple(f"{s.name or s.url}: {s.error} {s.cure}".strip() for s in report.sources if not s.ok),
        notes=report.notes,
        duration_s=report.duration_s,
    )


def verdict(choice: Choice, clip: str = "") -> Verdict:
    found = choice.topic.found
    return Verdict(topic=choice.topic.id, title=found.title, url=found.url, language=found.language, score=found.score, why=choice.why, clip=clip)  # fmt: skip


def brief_for(topic: TopicRow, show: ShowSpec, presenter: PresenterSpec, version: int = 0) -> Brief:
    """The brief of a clip about a scraped topic, as the show wants it."""
    options = BriefOptions(
        language=topic.found.language,
        formats=show.formats,
        length_s=show.length_s,
        captions=show.captions,
        resolution=show.resolution,
        fps=show.fps,
        platform=show.platform,
        presenter=presenter.slug,
    )
    seed = int(tagged_hash("seed", topic.found.canonical_url)[:6], 16)
    return Brief(
        topic=topic.found.copy_for_brief(topic.id), show=show, presenter=presenter, presenter_version=version,
        options=options, seed=seed,
    )  # fmt: skip
