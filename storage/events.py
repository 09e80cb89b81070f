"""Events: facts that workers report. Each has an id made of key, attempt and type, so that hearing it twice changes nothing."""

from __future__ import annotations

from typing import Any, Literal

from storage.documents import Frozen

EventType = Literal["started", "progressed", "finished", "failed", "cancelled", "handed_back", "unavailable", "oom"]


class ErrorFacts(Frozen):
    """What went wrong. `kind` decides what happens next (`producer/plan/policy.py`)."""

    kind: Literal["error", "bad_input", "unavailable", "oom", "corrupt", "lost"] = "error"
    message: str
    cure: str = ""
    detail: str = ""
    """The end of the traceback or log."""
    sha256: str = ""
    """The damaged blob, when kind is `corrupt`."""


class Event(Frozen):
    """One fact about one attempt at one piece of work."""

    kind: str
    """What the work is: `stage` or `scrape`."""
    key: str
    attempt: int
    type: EventType
    worker: str
    at: str
    seconds: float | None = None
    document: dict[str, Any] | None = None
    content_hash: str = ""
    error: ErrorFacts | None = None
    fraction: float = 0.0
    message: str = ""

    @property
    def id(self) -> str:
        return f"{self.key}:{self.attempt}:{self.type}"
