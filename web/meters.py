"""What is counted as it happens: how long stages take, how they fail, and how far the truth lags behind the facts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Histogram

from storage.clock import now
from storage.database import reading
from storage.events import Event
from storage.work_queries import WorkRow, work_row

SECONDS = (0.1, 0.5, 1, 2, 5, 10, 20, 40, 60, 120, 300, 600, 1800)
LAG = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 30)


class Meters:
    """Counters of one control process; they begin at nothing when it does, as Prometheus expects of them."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self.registry = CollectorRegistry()
        self._seconds = Histogram(
            "dailies_stage_seconds", "Time spent making a stage's output", ("stage", "engine"), buckets=SECONDS,
            registry=self.registry,
        )  # fmt: skip
        self._reused = Counter(
            "dailies_stage_reused", "Outputs found already made", ("stage", "engine"), registry=self.registry
        )
        self._failures = Counter(
            "dailies_stage_failures", "Attempts that failed, by the kind of error", ("stage", "engine", "kind"),
            registry=self.registry,
        )  # fmt: skip
        self._lag = Histogram(
            "dailies_event_lag_seconds",
            "From a worker's fact to its effect in SQLite",
            buckets=LAG,
            registry=self.registry,
        )

    def hear(self, events: Iterable[Event]) -> None:
        """Events that just took effect."""
        told = [event for event in events if event.type not in ("progressed", "started")]
        if not told:
            return
        moment = datetime.fromisoformat(now())
        with reading(self._database) as db:
            for event in told:
                self._lag.observe(max((moment - datetime.fromisoformat(event.at)).total_seconds(), 0.0))
                if (row := work_row(db, event.key)) is not None:
                    self._count(event, row)

    def _count(self, event: Event, row: WorkRow) -> None:
        stage, engine = row.stage or row.kind, row.engine
        if event.type == "finished" and event.seconds:
            self._seconds.labels(stage, engine).observe(event.seconds)
        elif event.type == "finished":
            self._reused.labels(stage, engine).inc()
        elif event.error is not None:
            self._failures.labels(stage, engine, event.error.kind).inc()
