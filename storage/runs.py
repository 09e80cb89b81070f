"""What the autopilot remembers: its runs with their reports, the ledger of what was made, and whether it is paused.

The ledger is apart from clips and topics on purpose: whatever is deleted, a topic is never made twice for a show and
language.
"""

from __future__ import annotations

import json
from typing import ClassVar, Literal

from pydantic import Field
from sqlite_utils import Database

from storage.canonical import canonical_json
from storage.clock import now
from storage.documents import Document, Frozen, Seconds
from storage.topics import FoundTopic, KnownTopic, Meaning, meaning_of, meaning_text

RunState = Literal["ordered", "done", "failed", "missed"]
Starter = Literal["autopilot", "hand"]
AUTOPILOT: Starter = "autopilot"
"""Who orders clips by itself, in every record of who did what."""
PAUSED = "autopilot-paused"
ONE_OFF = "one-off"
"""The show of clips that were ordered for none."""
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")  # fmt: skip


class Verdict(Frozen):
    """What became of one topic, and why."""

    topic: str = Field(default="", description="its id, once it is recorded")
    title: str
    url: str = ""
    language: str
    score: float = Field(ge=0, le=1)
    why: str
    clip: str = ""


class RunReport(Document):
    """One run of a show: what was found, what became of it, and why. Counts are of entries."""

    tag: ClassVar[str] = "run-report/1"

    show: str
    found: int = Field(default=0, ge=0, description="entries that the sources gave and that could be read")
    new: int = Field(default=0, ge=0)
    merged: int = Field(default=0, ge=0)
    known: int = Field(default=0, ge=0)
    screened: int = Field(default=0, ge=0)
    refused: int = Field(default=0, ge=0)
    chosen: tuple[Verdict, ...] = ()
    passed_over: tuple[Verdict, ...] = Field(default=(), description="the best of the rest")
    problems: tuple[str, ...] = Field(default=(), description="one line per source that failed")
    notes: tuple[str, ...] = Field(default=(), description="what else a person should know, one sentence each")
    duration_s: Seconds = 0


class Run(Frozen):
    """One run as it is remembered. Moments are ISO 8601, UTC."""

    key: str
    show: str
    starter: Starter
    planned_at: str
    state: RunState
    note: str = ""
    finished_at: str | None = None
    report: RunReport | None = None


class LedgerEntry(Frozen):
    """One clip that was ordered of one topic. `number` counts up for ever."""

    number: int
    show: str
    language: str
    canonical_url: str
    title: str
    fingerprint: str
    clip_id: str
    made_at: str
    meaning: Meaning | None = None

    @property
    def label(self) -> str:
        """“clip 12 of 3 May 2026”."""
        year, month, day = self.made_at[:10].split("-")
        return f"clip {self.number} of {int(day)} {MONTHS[int(month) - 1]} {year}"

    def as_known(self, lately: str = "") -> KnownTopic:
        """`lately`: what was made before (ISO 8601, UTC) is not compared by its meaning any more."""
        return KnownTopic(
            canonical_url=self.canonical_url,
            title=self.title,
            fingerprint=self.fingerprint,
            meaning=self.meaning if self.made_at >= lately else None,
            label=self.label,
        )


# ── commands ──────────────────────────────────────────────────────────────────────────────────────


def record_run(db: Database, key: str, show: str, starter: Starter, planned_at: str, state: RunState = "ordered", note: str = "") -> None:  # fmt: skip
    db.execute(
        "INSERT INTO runs VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [key, show, starter, planned_at, state, note, None if state == "ordered" else now(), None],
    )


def finish_run(db: Database, key: str, state: RunState, note: str = "", report: RunReport | None = None) -> None:
    text = canonical_json(report.to_json()) if report else None
    db.execute(
        "UPDATE runs SET state = ?, note = ?, finished_at = ?, report = ? WHERE key = ?",
        [state, note, now(), text, key],
    )


def enter_ledger(db: Database, show: str, language: str, topic: FoundTopic | KnownTopic, clip_id: str) -> None:
    """Note that a clip was ordered of this topic. A topic that is there already keeps its first clip."""
    db.execute(
        """INSERT INTO ledger (show, language, canonical_url, title, fingerprint, clip_id, made_at, meaning)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""",
        [
            show,
            language,
            topic.canonical_url,
            topic.title,
            topic.fingerprint,
            clip_id,
            now(),
            meaning_text(topic.meaning),
        ],
    )


def pause(db: Database) -> None:
    """No show is read by itself until somebody says so."""
    db.execute("INSERT INTO facts VALUES (?, ?) ON CONFLICT DO NOTHING", [PAUSED, now()])


def resume(db: Database) -> None:
    db.execute("DELETE FROM facts WHERE name = ?", [PAUSED])


# ── questions ─────────────────────────────────────────────────────────────────────────────────────


def paused_since(db: Database) -> str | None:
    row = db.execute("SELECT value FROM facts WHERE name = ?", [PAUSED]).fetchone()
    return row[0] if row else None


def runs(db: Database, show: str, limit: int = 50) -> list[Run]:
    """A show's runs, the newest first."""
    rows = db.query("SELECT * FROM runs WHERE show = ? ORDER BY planned_at DESC, key DESC LIMIT ?", [show, limit])
    return [Run.model_validate({**row, "report": _report(row["report"])}) for row in rows]


def run(db: Database, key: str) -> Run | None:
    row = next(db.query("SELECT * FROM runs WHERE key = ?", [key]), None)
    return Run.model_validate({**row, "report": _report(row["report"])}) if row else None


def last_planned(db: Database, show: str) -> str:
    """The moment that the newest run by schedule was planned for; before the first, when the show was added."""
    row = db.execute("SELECT max(planned_at) FROM runs WHERE show = ? AND starter = 'autopilot'", [show]).fetchone()
    born = "SELECT min(created_at) FROM shows WHERE slug = ?"
    return str(row[0] or db.execute(born, [show]).fetchone()[0] or now())


def under_way(db: Database, show: str) -> bool:
    """Whether a run of the show has not come to an end."""
    return db.execute("SELECT 1 FROM runs WHERE show = ? AND state = 'ordered' LIMIT 1", [show]).fetchone() is not None


def broken_runs(db: Database) -> list[tuple[str, str]]:
    """Runs whose work was given up: key, and the error as it is stored."""
    return [
        (row[0], row[1] or "")
        for row in db.execute(
            """SELECT r.key, w.error FROM runs r LEFT JOIN work w ON w.key = r.key
               WHERE r.state = 'ordered' AND (w.key IS NULL OR w.state IN ('set_aside', 'cancelled'))"""
        ).fetchall()
    ]


def covered(db: Database, show: str) -> list[LedgerEntry]:
    """What a show need not make again: its own clips, and those that people ordered for no show."""
    return [*ledger(db, show), *ledger(db, ONE_OFF)]


def ledger(db: Database, show: str, limit: int = 5000) -> list[LedgerEntry]:
    """What was made for a show, the newest first."""
    rows = db.query("SELECT * FROM ledger WHERE show = ? ORDER BY number DESC LIMIT ?", [show, limit])
    return [LedgerEntry.model_validate({**row, "meaning": meaning_of(row["meaning"])}) for row in rows]


def made_since(db: Database, show: str, moment: str) -> int:
    """How many clips were ordered for a show since then (ISO 8601, UTC)."""
    return int(db.execute("SELECT count(*) FROM ledger WHERE show = ? AND made_at >= ?", [show, moment]).fetchone()[0])


def made_by_itself_since(db: Database, show: str, moment: str) -> int:
    """How many of these nobody ordered by hand. A clip whose record is gone counts: the ledger outlives it."""
    return int(
        db.execute(
            """SELECT count(*) FROM ledger l LEFT JOIN clips c ON c.id = l.clip_id
               WHERE l.show = ? AND l.made_at >= ? AND coalesce(c.author, ?) = ?""",
            [show, moment, AUTOPILOT, AUTOPILOT],
        ).fetchone()[0]
    )


def gpu_minutes_since(db: Database, moment: str) -> float:
    row = db.execute(
        "SELECT sum(seconds) FROM work WHERE seconds > 0 AND queue LIKE 'gpu.%' AND finished_at >= ?", [moment]
    ).fetchone()
    return float(row[0] or 0) / 60


def _report(text: str | None) -> RunReport | None:
    if text is None:
        return None
    fields = json.loads(text)
    fields.pop("tag")
    return RunReport.model_validate(fields)
