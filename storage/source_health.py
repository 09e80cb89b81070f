"""How each source of a show has been doing, and what it said last."""

from __future__ import annotations

from sqlite_utils import Database

from storage.clock import now
from storage.documents import Frozen
from storage.topics import SourceReport, SourceState


class SourceHealth(Frozen):
    """One source over time. Moments are ISO 8601, UTC; "" = never."""

    last_success_at: str = ""
    failures: int = 0
    """In a row, up to now."""
    failing_since: str = ""
    next_try_at: str = ""
    """Not before."""
    paused: str = ""
    """Why it is not asked any more, in a sentence; "" while it is."""
    days: tuple[tuple[str, int], ...] = ()
    """New topics by day, the newest day last."""

    @property
    def items_a_day(self) -> float:
        """The median over the days that are remembered."""
        counts = sorted(count for _, count in self.days)
        middle = len(counts) // 2
        return (counts[middle] + counts[~middle]) / 2 if counts else 0.0


class SourceRow(Frozen):
    """A source as it stands."""

    url: str
    state: SourceState
    report: SourceReport
    health: SourceHealth
    updated_at: str


# ── commands ──────────────────────────────────────────────────────────────────────────────────────


def record_source(db: Database, show: str, report: SourceReport, health: SourceHealth) -> None:
    db.execute(
        """INSERT INTO sources (show, url, state, report, updated_at, health) VALUES (?, ?, ?, ?, ?, ?)
           ON CONFLICT (show, url) DO UPDATE SET state = excluded.state, report = excluded.report,
               updated_at = excluded.updated_at, health = excluded.health""",
        [show, report.url, report.state.model_dump_json(), report.model_dump_json(exclude_defaults=True), now(),
         health.model_dump_json(exclude_defaults=True)],
    )  # fmt: skip


def resume_source(db: Database, show: str, url: str) -> None:
    """Ask a source again at the next run, whatever it did before."""
    db.execute("UPDATE sources SET health = json_remove(health, '$.paused', '$.next_try_at', '$.failures', '$.failing_since') WHERE show = ? AND url = ?", [show, url])  # fmt: skip


def move_source(db: Database, show: str, old: str, new: str) -> None:
    """What is known of a source goes with it to its new address."""
    db.execute("DELETE FROM sources WHERE show = ? AND url = ?", [show, new])
    db.execute("UPDATE sources SET url = ? WHERE show = ? AND url = ?", [new, show, old])


# ── questions ─────────────────────────────────────────────────────────────────────────────────────


def sources(db: Database, show: str) -> dict[str, SourceRow]:
    """By address."""
    return {
        row["url"]: SourceRow(
            url=row["url"],
            state=SourceState.model_validate_json(row["state"]),
            report=SourceReport.model_validate_json(row["report"]),
            health=SourceHealth.model_validate_json(row["health"]),
            updated_at=row["updated_at"],
        )
        for row in db.query("SELECT * FROM sources WHERE show = ? ORDER BY url", [show])
    }
