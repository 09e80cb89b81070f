"""Read-only questions about the whole house: what waits in which queue, what was set aside, what a key is for."""

from __future__ import annotations

from collections.abc import Sequence

from sqlite_utils import Database

from storage.documents import Frozen
from storage.events import ErrorFacts
from storage.work import read_error


class QueueLine(Frozen):
    """The work of one engine that is not done yet."""

    queue: str
    stage: str
    engine: str
    waiting: int
    running: int
    oldest: str | None
    """When the work was queued that has waited for longest."""


class SetAside(Frozen):
    """Work that killed its worker again and again."""

    key: str
    kind: str
    stage: str
    engine: str
    engine_version: str
    strikes: int
    at: str | None
    error: ErrorFacts | None
    clip_id: str | None
    title: str | None
    """The clip that wants it, and its title; None for an errand."""


class Tally(Frozen):
    """How much there is of everything."""

    clips: dict[str, int]
    work: dict[str, int]
    decisions: dict[str, int]
    exports: int
    strikes: int
    """Workers that died of work which is not done yet."""


# Word for word as in the index clips_by_production, which is all that is read of the clips.
PRODUCTION = """
    CASE WHEN cancelled_at IS NOT NULL THEN 'cancelled' WHEN failure IS NOT NULL THEN 'failed' WHEN settled = revision THEN 'ready'
    WHEN waiting IS NOT NULL THEN 'waiting' ELSE 'making' END"""


def tally(db: Database) -> Tally:
    """All clips (waiting, making, failed, cancelled, ready), work by state, decisions by kind."""
    clips = db.execute(f"SELECT {PRODUCTION}, count(*) FROM clips GROUP BY 1").fetchall()
    return Tally(
        clips=dict(clips),
        work=dict(db.execute("SELECT state, count(*) FROM work GROUP BY state").fetchall()),
        decisions=dict(db.execute("SELECT kind, count(*) FROM decisions GROUP BY kind").fetchall()),
        exports=db.execute("SELECT count(*) FROM exports").fetchone()[0],
        strikes=db.execute(
            "SELECT coalesce(sum(strikes), 0) FROM work WHERE state < 'done' OR state > 'done'"
        ).fetchone()[0],
    )


def queue_lines(db: Database) -> list[QueueLine]:
    """The fullest first."""
    rows = db.query(
        """SELECT queue, stage, engine, sum(state = 'queued') AS waiting, sum(state = 'running') AS running,
               min(CASE state WHEN 'queued' THEN queued_at END) AS oldest
           FROM work WHERE state IN ('queued', 'running') GROUP BY queue, stage, engine ORDER BY waiting DESC, queue"""
    )
    return [QueueLine(**row) for row in rows]


def set_aside(db: Database) -> list[SetAside]:
    """The newest first."""
    rows = db.query(
        """SELECT w.key, w.kind, w.stage, w.engine, w.engine_version, w.strikes, w.finished_at AS at, w.error, c.id AS clip_id,
               c.title FROM work w
           LEFT JOIN clips c ON c.id = (SELECT n.clip_id FROM nodes n WHERE n.key = w.key ORDER BY n.clip_id DESC LIMIT 1)
           WHERE w.state = 'set_aside' ORDER BY w.finished_at DESC"""
    )
    return [SetAside(**{**row, "error": read_error(row["error"])}) for row in rows]


def wanted_by(db: Database, keys: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Key → the newest clip that waits for it: (id, title)."""
    marks = ", ".join("?" * len(keys))
    rows = db.execute(
        f"SELECT n.key, c.id, c.title FROM nodes n JOIN clips c ON c.id = n.clip_id WHERE n.key IN ({marks}) ORDER BY c.id",
        list(keys),
    ).fetchall()
    return {key: (clip_id, title) for key, clip_id, title in rows}


def clips_by_presenter(db: Database) -> dict[str, int]:
    """Short name → how many clips show them, in whatever version."""
    rows = db.execute(
        "SELECT json_extract(document, '$.presenter.slug'), count(DISTINCT clip_id) FROM briefs GROUP BY 1"
    ).fetchall()
    return dict(rows)


def open_topics(db: Database) -> dict[str, int]:
    """Show → topics to choose from: neither made nor dismissed."""
    rows = db.execute(
        """SELECT show, count(*) FROM topics t WHERE NOT EXISTS (SELECT 1 FROM clips c WHERE c.topic_id = t.id)
           AND NOT EXISTS (SELECT 1 FROM dismissals d WHERE d.topic_id = t.id) GROUP BY show"""
    ).fetchall()
    return dict(rows)
