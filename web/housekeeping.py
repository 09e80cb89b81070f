"""What the control process tidies up by itself, now and then: the trash, what webhooks were told long ago, and what the database
no longer needs."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

from loguru import logger
from sqlite_utils import Database

from config.errors import DailiesError
from storage.artifacts import ArtifactStore
from storage.database import give_back_space
from storage.trash import empty, overdue, sweep_beside
from storage.webhooks import forget_old
from storage.work import forget_old_events
from storage.writer import Writer

EVERY_S = 3600.0


class Housekeeping:
    """A thread that looks once an hour. `keep_days`, `deliveries_days`: as in the settings of trash and webhooks."""

    def __init__(self, writer: Writer, artifacts: ArtifactStore, keep_days: int, deliveries_days: int = 0) -> None:
        self._writer, self._artifacts = writer, artifacts
        self._keep_days, self._deliveries_days = keep_days, deliveries_days
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._work, name="housekeeping", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._thread.join()

    def tidy(self) -> int:
        """Empty what has been in the trash for too long, and go on with what was begun. Returns how many clips."""
        clips = self._writer.do(self._empty_overdue)
        sweep_beside(self._writer, self._artifacts)
        self._writer.do(forget_old_events)
        self._writer.do(lambda db: forget_old(db, self._deliveries_days, datetime.now(UTC)))
        while self._writer.do(give_back_space):
            continue
        return clips

    def _empty_overdue(self, db: Database) -> int:
        clips = overdue(db, self._keep_days)
        empty(db, clips)
        return len(clips)

    def _work(self) -> None:
        while not self._stop.is_set():
            try:
                if clips := self.tidy():
                    logger.info("{} clips were emptied from the trash after {} days", clips, self._keep_days)
            except (DailiesError, OSError) as error:
                logger.error("It was not tidied up: {}", error)
            self._stop.wait(EVERY_S)
