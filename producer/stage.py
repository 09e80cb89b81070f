"""The handler of stage work: finds the result, or loads the engine and makes it."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from loguru import logger

from config.errors import BadInput, Corrupt, OutOfMemory
from producer.engines.base import Context, Engine
from producer.engines.requests import read_request
from producer.plan.freeze import ONE_WAY
from producer.residency import Residency
from producer.work import Hands, Outcome
from storage.artifacts import ArtifactStore, StageRecord, blobs_of
from storage.work import WorkOrder


class StageHandler:
    """Makes stage outputs. A result that is already in the store is never made again."""

    def __init__(
        self, residency: Residency, artifacts: ArtifactStore, workroot: Path, offered: Mapping[str, str] | None = None
    ) -> None:
        """`offered`: engine → stage of all that this worker does; None = whatever is registered."""
        self._residency, self._artifacts, self._workroot, self._offered = residency, artifacts, workroot, offered

    def __call__(self, order: WorkOrder, hands: Hands) -> Outcome:
        """Raises EngineError, Corrupt, StudioError, or whatever the engine lets escape."""
        self._refuse_strange(order)
        if (found := self._found(order.key)) is not None:
            return Outcome(found.document, found.content_hash)
        engine = self._loaded(order, hands)
        request = read_request(order.payload)
        with self._workdir(order.key) as workdir:
            context = Context(
                workdir=workdir,
                artifacts=self._artifacts,
                progress=hands.progress,
                cancelled=hands.cancelled,
                log=lambda line: logger.debug("{} {}: {}", order.engine, order.key[:12], line),
            )
            context.stop_if_cancelled()
            started = time.monotonic()
            try:
                document = engine.run(request, context)
            except OutOfMemory:  # the next try, at a smaller profile or by another engine, begins with an empty device
                self._residency.evict_all()
                raise
            except Corrupt as error:  # out of the way, so that whoever made it can make it again
                self._artifacts.discard(error.sha256)
                raise
            seconds = time.monotonic() - started
            self._residency.measure(engine)
        record = StageRecord.of(document, engine.info.id, engine.info.version, seconds)
        won = self._artifacts.commit(order.key, record)
        return Outcome(won.document, won.content_hash, round(seconds, 3))

    def _refuse_strange(self, order: WorkOrder) -> None:
        """An order may name one of the engines that this worker offers, for that engine's own stage, and nothing else."""
        if self._offered is not None and self._offered.get(order.engine) != order.payload.get("stage"):
            raise BadInput(f"This worker offers no {order.engine} for the stage {order.payload.get('stage')}.")

    def _loaded(self, order: WorkOrder, hands: Hands) -> Engine:
        try:
            return self._residency.load(order.engine, order.payload.get("profile", ONE_WAY), hands.cancelled)
        except OutOfMemory:
            self._residency.evict_all()
            raise

    def _found(self, key: str) -> StageRecord | None:
        """The stored result, unless one of its files is gone: then it is forgotten and made again."""
        record = self._artifacts.result(key)
        if record is not None and not all(self._artifacts.holds(sha256) for sha256 in blobs_of(record.document)):
            self._artifacts.discard_result(key)
            return None
        return record

    @contextmanager
    def _workdir(self, key: str) -> Iterator[Path]:
        self._workroot.mkdir(parents=True, exist_ok=True)
        path = Path(tempfile.mkdtemp(prefix=f"{key[:12]}-", dir=self._workroot))
        try:
            yield path
        finally:
            shutil.rmtree(path, ignore_errors=True)
