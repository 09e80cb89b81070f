"""Shows, presenters and topics: commands for the writer, and questions for everybody."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from sqlite_utils import Database

from config.errors import Refused, UnknownName, UsageError
from storage.artifacts import blobs_of
from storage.canonical import canonical_json
from storage.clock import now, stamp
from storage.consents import add_consent, consents, covering, read_presenter, uses_of
from storage.documents import Document, Frozen
from storage.ids import new_id
from storage.orders import PresenterSpec, ShowSpec
from storage.topics import FoundTopic, KnownTopic, LeftOut, Mention, ScrapeReport, meaning_of

D = TypeVar("D", bound=Document)
MENTIONS = 12
"""Sources that one topic names."""
REMEMBERED = timedelta(days=7)
"""For how long a topic is compared by its meaning: afterwards, what is told like it is the next of its kind."""


class TopicRow(Frozen):
    """A topic as the studio remembers it, and the clip that was made from it, if any."""

    id: str
    show: str
    found: FoundTopic
    found_at: str
    clip_id: str | None
    dismissed_by: str | None = None


class PresenterVersion(Frozen):
    """A presenter as they were from some moment on, and how many clips were ordered with exactly that."""

    version: int
    at: str
    presenter: PresenterSpec
    clips: int


# ── commands ──────────────────────────────────────────────────────────────────────────────────────


def put_show(db: Database, show: ShowSpec) -> int:
    """Store a show; a change is a new version. Returns the version in force."""
    return _put(db, "shows", show.slug, show)


def put_presenter(db: Database, presenter: PresenterSpec, user: str = "") -> int:
    """Store a presenter; a change is a new version, and no clip that is ordered already changes. Returns the version.

    A consent that comes along is written down with those that there are; one that is there already holds for a version
    without one. Raises UsageError for a face or a voice that nobody consented to.
    """
    if presenter.consent is not None:
        add_consent(db, presenter.slug, presenter.consent, user)
    uses = uses_of(presenter)
    known = consents(db, presenter.slug) if uses else []
    for use in uses:
        if covering(known, [use]) is None:
            what = {
                "face": f"{presenter.name}'s portrait comes",
                "voice": f"The samples of {presenter.name}'s voice come",
            }
            raise UsageError(
                f"{what[use]} without that person's consent.", "Ask them, and write down when and to what they agreed."
            )
    if uses and presenter.consent is None:
        presenter = presenter.model_copy(update={"consent": covering(known, uses)})
    return _put(db, "presenters", presenter.slug, presenter)


def remove_presenter(db: Database, slug: str) -> tuple[int, list[str]]:
    """Forget every version of a presenter. Clips keep the copies in their briefs.

    Returns how many clips show them, and their files (portraits, samples of the voice; sha256) that nothing refers to any
    more. Raises UnknownName, or Refused while a show is presented by them.
    """
    presenter(db, slug)
    if taken := [show.name for show in shows(db) if slug in (show.presenter, *show.rotation)]:
        raise Refused(f"{slug} presents {', '.join(taken)}.", "Give that show another presenter first.")
    rows = db.execute("SELECT document FROM presenters WHERE slug = ?", [slug]).fetchall()
    db.execute("DELETE FROM presenters WHERE slug = ?", [slug])
    clips = db.execute(
        "SELECT count(DISTINCT clip_id) FROM briefs WHERE json_extract(document, '$.presenter.slug') = ?", [slug]
    ).fetchone()[0]
    files = set().union(*(blobs_of(json.loads(row[0])) for row in rows))
    return int(clips), sorted(sha256 for sha256 in files if not _named(db, sha256))


def _named(db: Database, sha256: str) -> bool:
    """Whether a brief, a presenter, a consent or an upload refers to this file."""
    return any(
        db.execute(f"SELECT 1 FROM {table} WHERE instr(document, ?) > 0 LIMIT 1", [sha256]).fetchone()
        for table in ("briefs", "presenters", "consents", "uploads")
    )


def record_topics(db: Database, report: ScrapeReport) -> list[str]:
    """Keep the topics that a scrape found, and what it heard anew about those that were known. Returns the new ones' ids."""
    fresh, moment = [], now()
    for topic in report.topics:
        topic_id = new_id()
        values = [topic_id, report.show, topic.canonical_url, topic.fingerprint, topic.title, topic.language,
                  topic.score, topic.model_dump_json(exclude_defaults=True), moment, moment]  # fmt: skip
        insert = "INSERT INTO topics VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
        if db.execute(insert, values).rowcount == 1:
            fresh.append(topic_id)
        else:
            _seen(db, report.show, topic.canonical_url, moment)
    for again in report.left_out:
        if again.kind == "known":
            _seen(db, report.show, again.same_as, moment)
            _mention(db, report.show, again)
    return fresh


def prune_topics(db: Database, show: str, before: str) -> int:
    """Forget a show's topics that no source has given since then (ISO 8601, UTC). Returns how many.

    Those that a clip was made of or that a person dismissed stay; so does the ledger, whatever is forgotten here.
    """
    return int(
        db.execute(
            """DELETE FROM topics WHERE show = ? AND seen_at < ?
               AND NOT EXISTS (SELECT 1 FROM clips c WHERE c.topic_id = topics.id)
               AND NOT EXISTS (SELECT 1 FROM dismissals d WHERE d.topic_id = topics.id)""",
            [show, before],
        ).rowcount
    )


def _seen(db: Database, show: str, canonical_url: str, moment: str) -> None:
    """A source gives it still. Written down once a day at most."""
    db.execute(
        "UPDATE topics SET seen_at = ? WHERE show = ? AND canonical_url = ? AND substr(seen_at, 1, 10) < ?",
        [moment, show, canonical_url, moment[:10]],
    )


def _mention(db: Database, show: str, again: LeftOut) -> None:
    """A topic that another source reports too says so from now on."""
    where = [show, again.same_as]
    row = db.execute("SELECT document FROM topics WHERE show = ? AND canonical_url = ?", where).fetchone()
    if row is None:
        return
    topic = FoundTopic.model_validate_json(row[0])
    heard = {topic.source.name, *(mention.source for mention in topic.mentions)}
    if again.source and again.source not in heard and len(heard) <= MENTIONS:
        more = Mention(source=again.source, title=again.title, url=again.url, reason=again.reason)
        text = topic.model_copy(update={"mentions": (*topic.mentions, more)}).model_dump_json(exclude_defaults=True)
        db.execute("UPDATE topics SET document = ? WHERE show = ? AND canonical_url = ?", [text, *where])


# ── questions ─────────────────────────────────────────────────────────────────────────────────────


def show(db: Database, slug: str) -> ShowSpec:
    """The newest version. Raises UnknownName."""
    return _newest(db, "shows", "show", slug, ShowSpec)


def shows(db: Database) -> list[ShowSpec]:
    return [show(db, slug) for slug in _slugs(db, "shows")]


def presenter(db: Database, slug: str) -> PresenterSpec:
    """The newest version. Raises UnknownName."""
    return _newest(db, "presenters", "presenter", slug, PresenterSpec)


def presenters(db: Database) -> list[PresenterSpec]:
    return [presenter(db, slug) for slug in _slugs(db, "presenters")]


def presenter_versions(db: Database, slug: str) -> list[PresenterVersion]:
    """Every version, newest first. Raises UnknownName."""
    presenter(db, slug)
    rows = db.query("SELECT * FROM presenters WHERE slug = ? ORDER BY version DESC", [slug])
    counts = dict(
        db.execute(
            """SELECT json_extract(document, '$.presenter_version'), count(DISTINCT clip_id) FROM briefs
               WHERE json_extract(document, '$.presenter.slug') = ? GROUP BY 1""", [slug],
        ).fetchall()
    )  # fmt: skip
    return [
        PresenterVersion(
            version=row["version"], at=row["created_at"], presenter=read_presenter(json.loads(row["document"])),
            clips=counts.get(row["version"], 0),
        )
        for row in rows
    ]  # fmt: skip


def presenter_version(db: Database, slug: str) -> int:
    """The number of the newest version: what a brief pins. Raises UnknownName."""
    presenter(db, slug)
    row = db.execute("SELECT max(version) FROM presenters WHERE slug = ?", [slug]).fetchone()
    return int(row[0])


def topics(db: Database, slug: str, limit: int = 500, since: str = "", before: str = "") -> list[TopicRow]:
    """A show's topics that were found since then (ISO 8601, UTC), best first by the score they had then.

    `before` is the id of the last one of the page before; one that nobody knows is followed by nothing.
    """
    rows = db.query(
        """SELECT t.*, (SELECT c.id FROM clips c WHERE c.topic_id = t.id LIMIT 1) AS clip_id, d.user AS dismissed_by
           FROM topics t LEFT JOIN dismissals d ON d.topic_id = t.id
           WHERE t.show = ? AND t.found_at >= ? AND (? = '' OR EXISTS (SELECT 1 FROM topics p
               WHERE p.id = ? AND (t.score < p.score OR (t.score = p.score AND t.id > p.id))))
           ORDER BY t.score DESC, t.id LIMIT ?""",
        [slug, since, before, before, limit],
    )
    return [
        TopicRow(
            id=row["id"],
            show=row["show"],
            found=FoundTopic.model_validate_json(row["document"]),
            found_at=row["found_at"],
            clip_id=row["clip_id"],
            dismissed_by=row["dismissed_by"],
        )
        for row in rows
    ]


def known_topics(db: Database, slug: str, limit: int = 5000) -> tuple[KnownTopic, ...]:
    """What a scrape of this show should not find again, newest first."""
    rows = db.query(
        """SELECT canonical_url, title, fingerprint, found_at,
               CASE WHEN found_at >= ? THEN json_extract(document, '$.meaning') END AS meaning
           FROM topics WHERE show = ? ORDER BY id DESC LIMIT ?""",
        [stamp(datetime.now(UTC) - REMEMBERED), slug, limit],
    )
    return tuple(
        KnownTopic(
            canonical_url=row["canonical_url"],
            title=row["title"],
            fingerprint=row["fingerprint"],
            meaning=meaning_of(row["meaning"] or ""),
            label=f"it, found on {row['found_at'][:10]}",
        )
        for row in rows
    )


def _put(db: Database, table: str, slug: str, document: Document) -> int:
    text = canonical_json(document.to_json())
    row = db.execute(
        f"SELECT version, document FROM {table} WHERE slug = ? ORDER BY version DESC LIMIT 1", [slug]
    ).fetchone()
    if row and row[1] == text:
        return int(row[0])
    version = int(row[0]) + 1 if row else 1 + _pinned(db, slug) if table == "presenters" else 1
    db.execute(f"INSERT INTO {table} VALUES (?, ?, ?, ?)", [slug, version, text, now()])
    return version


def _pinned(db: Database, slug: str) -> int:
    """The newest version that a clip was ordered with: of a presenter who was removed and comes again, no number comes twice."""
    row = db.execute(
        """SELECT max(json_extract(document, '$.presenter_version')) FROM briefs
           WHERE json_extract(document, '$.presenter.slug') = ?""", [slug],
    ).fetchone()  # fmt: skip
    return int(row[0] or 0)


def _newest(db: Database, table: str, kind: str, slug: str, model: type[D]) -> D:
    row = db.execute(f"SELECT document FROM {table} WHERE slug = ? ORDER BY version DESC LIMIT 1", [slug]).fetchone()
    if row is None:
        raise UnknownName(kind, slug, _slugs(db, table))
    data: dict[str, Any] = json.loads(row[0])
    data.pop("tag")
    return model.model_validate(data)


def _slugs(db: Database, table: str) -> list[str]:
    return [row[0] for row in db.execute(f"SELECT DISTINCT slug FROM {table} ORDER BY slug").fetchall()]
