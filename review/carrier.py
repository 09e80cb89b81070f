"""Carries exports to a target outside of the house, for as long as it takes. Level-triggered: what is due is a query."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Protocol

from loguru import logger

from config.errors import DailiesError
from storage.database import reading
from storage.exports import ExportRecord, find_export
from storage.shipments import Shipment, due_shipments, hurry, note_arrived, note_failed
from storage.writer import Writer

LOOK_S = 5.0


class Target(Protocol):
    """Somewhere exports go. `id` names it in the shipments."""

    id: str

    def carry(self, exports: Path, record: ExportRecord) -> None:
        """Take one export there; again is the same. Raises StudioError when it has to be tried again."""


class Carrier:
    """A thread that carries what is due, one export after another."""

    def __init__(self, writer: Writer, database: Path, exports: Path, target: Target) -> None:
        self._writer, self._database, self._exports, self._target = writer, database, exports, target
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._work, name=f"carrier-{target.id}", daemon=True)

    def start(self) -> None:
        self._writer.do(partial(hurry, target=self._target.id))
        self._thread.start()

    def stop(self) -> None:
        """A file that is under way is not waited for: it is carried again."""
        self._stopping.set()
        self._thread.join(timeout=2)

    def carry_due(self, moment: datetime) -> int:
        """Try everything whose time has come. Returns how many arrived."""
        with reading(self._database) as db:
            due = [(one, find_export(db, one.export_id)) for one in due_shipments(db, self._target.id, moment)]
        return sum(self._carry(shipment, record, moment) for shipment, record in due if not self._stopping.is_set())

    def _carry(self, shipment: Shipment, record: ExportRecord, moment: datetime) -> bool:
        export_id, target = shipment.export_id, shipment.target
        try:
            self._target.carry(self._exports, record)
        except DailiesError as error:
            logger.warning("{} is not at {} yet: {}", record.folder, shipment.target, error)
            self._writer.do(partial(note_failed, export_id=export_id, target=target, error=str(error), moment=moment))
            return False
        self._writer.do(partial(note_arrived, export_id=export_id, target=target))
        return True

    def _work(self) -> None:
        while not self._stopping.is_set():
            try:
                self.carry_due(datetime.now(UTC))
            except Exception:  # noqa: BLE001 - a full disk, a locked file: there is another turn
                logger.exception("The carrier stumbled")
            self._stopping.wait(LOOK_S)
