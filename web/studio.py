"""What every page and route is handed: the studio's working parts, and no more."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from sqlite_utils import Database

from config.folders import DataFolder
from config.settings import Settings
from producer.doctor.report import Report
from producer.plan.forecast import Forecast
from producer.queue.leases import Lease
from review.bucket import Bucket
from review.credentials.certificate import Identity, signer
from storage.artifacts import ArtifactStore
from storage.database import reading
from storage.documents import Script
from storage.orders import Brief
from storage.training import TrainingRow
from storage.writer import Writer
from web.training import TrainingWish


@dataclass(frozen=True)
class Progress:
    """How far one piece of running work is."""

    node: str
    stage: str
    engine: str
    fraction: float
    message: str
    key: str = ""


class Production(Protocol):
    """What the control process offers beside the writer's commands."""

    def forecast(self, clip_id: str, brief: Brief) -> list[Forecast]:
        """What `brief`, as the next revision of the clip, would run again and reuse. "" = a clip that is not ordered yet."""

    def choices(self, brief: Brief) -> dict[str, list[str]]:
        """Stage → the engines that are ready and could make it for this brief, best first."""

    def hear(self, brief: Brief) -> str:
        """Have the first line of a pinned script spoken at once. Returns the work's key. Raises Unavailable."""

    def progress(self, clip_id: str) -> list[Progress]:
        """What runs for this clip right now."""

    def pin_script(self, clip_id: str, brief: Brief, script: Script) -> Brief:
        """`brief` with a person's script in place of the engine's."""

    def wake(self) -> None:
        """Look at once whether something is due."""

    def scrape(self, show: str) -> str:
        """Have a show's sources read now. Returns the work's key. Raises UnknownName."""

    def train(self, slug: str, wish: TrainingWish) -> str:
        """Have a presenter's face learnt. Returns the work's key. Raises Refused, Unavailable, UnknownName, BadInput."""

    def trainings(self, slug: str) -> list[tuple[TrainingRow, float, str]]:
        """Trainings of a presenter, newest first, each with how far it is (0..1) and a few words."""

    def stop_training(self, slug: str) -> int:
        """Stop what is learnt of a presenter now; ordered again it goes on. Returns how many were stopped."""

    def read_page(self, url: str) -> str:
        """Have one page read, through the guarded client. Returns the work's key; its document is a scrape's report."""

    def next_scrape(self) -> str:
        """When the autopilot reads all sources next, ISO 8601; "" = it is off."""

    def day_ahead(self, now: datetime) -> dict[str, list[datetime]]:
        """Show → when its sources are read by themselves within 24 hours; empty = the autopilot is off."""

    def examine(self) -> Report:
        """What `run.py doctor` says of this machine. It takes seconds: ask for it in a thread."""

    def workers(self) -> list[Lease]:
        """Who is alive, and what they do now."""


@dataclass(frozen=True)
class Studio:
    settings: Settings
    folder: DataFolder
    writer: Writer
    artifacts: ArtifactStore
    production: Production

    @property
    def database(self) -> Path:
        return self.folder.database

    def signer(self) -> Identity:
        """Who signs exports; a certificate of the studio's own is made if there is none. Raises StudioError."""
        own = self.settings.credentials
        return signer(self.folder.credentials, own.certificate, own.private_key)

    @property
    def targets(self) -> tuple[str, ...]:
        """Where exports are carried, beside the folder that they are made in."""
        return (Bucket.id,) if self.settings.s3.endpoint else ()

    @contextmanager
    def reading(self) -> Iterator[Database]:
        """A read-only connection for one question or one page."""
        with reading(self.database) as database:
            yield database
