"""Doing one piece of work and saying what happened, whoever carries it: an RQ worker, or the command line inline."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from loguru import logger

from config.errors import BadInput, Cancelled, Corrupt, DailiesError, OutOfMemory, StoreUnreachable, Unavailable
from storage.clock import now
from storage.events import ErrorFacts, Event, EventType
from storage.work import WorkOrder

DETAIL_CHARS = 4000
PROGRESS_S = 0.25
"""Progress is reported at most this often."""


@dataclass(frozen=True)
class Hands:
    """What a handler is given beside its order."""

    progress: Callable[[float, str], None]
    cancelled: Callable[[], bool]


@dataclass(frozen=True)
class Outcome:
    """What a handler made."""

    document: dict[str, Any]
    content_hash: str = ""
    seconds: float = 0.0
    """Time spent making it; 0 when it was found already made."""


Handler = Callable[[WorkOrder, Hands], Outcome]
Emit = Callable[[Event], None]


@dataclass(frozen=True)
class Performer:
    """Runs orders by their kind and reports each as events."""

    handlers: Mapping[str, Handler]
    emit: Emit
    worker: str

    def perform(
        self,
        order: WorkOrder,
        cancelled: Callable[[], bool] = lambda: False,
        leaving: Callable[[], bool] = lambda: False,
    ) -> None:
        """Never raises for what goes wrong with the work. `leaving`: the worker itself is stopping, so a
        cancelled order is handed back rather than given up."""

        def say(kind: EventType, **facts: Any) -> None:
            self.emit(
                Event(
                    kind=order.kind,
                    key=order.key,
                    attempt=order.attempt,
                    type=kind,
                    worker=self.worker,
                    at=now(),
                    **facts,
                )
            )

        say("started")
        try:
            if (handler := self.handlers.get(order.kind)) is None:
                raise BadInput(f"No worker of this kind does a {order.kind}.")
            outcome = handler(order, Hands(_throttled(say), cancelled))
        except Cancelled:
            say("handed_back" if leaving() else "cancelled")
        except Exception as error:  # noqa: BLE001 - whatever an engine does wrong becomes a fact, never a dead worker
            facts = error_facts(error)
            if facts.kind == "error":
                logger.opt(exception=error).error("{} {} failed", order.stage or order.kind, order.key[:12])
            say(_event_type(facts), error=facts)
        else:
            say("finished", document=outcome.document, content_hash=outcome.content_hash, seconds=outcome.seconds)


def error_facts(error: Exception) -> ErrorFacts:
    """An exception as facts for the planner and words for a person."""
    detail = "".join(traceback.format_exception(error))[-DETAIL_CHARS:]
    match error:
        case StoreUnreachable():  # nobody's fault: it is tried again for as long as that takes
            return ErrorFacts(kind="lost", message=error.message, cure=error.cure)
        case Corrupt():
            return ErrorFacts(kind="corrupt", message=error.message, cure=error.cure, sha256=error.sha256)
        case BadInput():
            return ErrorFacts(kind="bad_input", message=error.message, cure=error.cure)
        case Unavailable():
            return ErrorFacts(kind="unavailable", message=error.message, cure=error.cure)
        case OutOfMemory():
            return ErrorFacts(kind="oom", message=error.message, cure=error.cure, detail=detail)
        case MemoryError():
            return ErrorFacts(kind="oom", message="It ran out of memory.", detail=detail)
        case DailiesError():
            return ErrorFacts(message=error.message, cure=error.cure, detail=detail)
        case OSError() if error.errno == 28:
            return ErrorFacts(message="The disk is full.", cure="Free some space and try again.", detail=detail)
        case _:
            return ErrorFacts(
                message=f"{type(error).__name__}: {error}"[:500], cure="The log has the details.", detail=detail
            )


def _event_type(facts: ErrorFacts) -> EventType:
    return {"unavailable": "unavailable", "oom": "oom"}.get(facts.kind, "failed")  # type: ignore[return-value]


def _throttled(say: Callable[..., None]) -> Callable[[float, str], None]:
    last = 0.0

    def progress(fraction: float, message: str = "") -> None:
        nonlocal last
        if time.monotonic() - last >= PROGRESS_S:
            last = time.monotonic()
            say("progressed", fraction=min(max(fraction, 0.0), 1.0), message=message)

    return progress
