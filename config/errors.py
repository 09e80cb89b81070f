"""Every error that a person may read.

    DailiesError                 a message, and the cure
    ├── UsageError               what was asked for makes no sense           (exit code 2)
    │   └── UnknownName          no such show, language, format, presenter…
    ├── StudioError              the house itself: folder, lock, disk, server (exit code 1)
    │   └── StoreUnreachable     the artifact store does not answer; work goes on when it does
    ├── Refused                  a rule of the review says no
    │   └── Unacknowledged       parts that are not free to use would leave the house unseen
    ├── Corrupt                  an artifact's bytes no longer match its hash
    ├── SourceError              a source of topics could not be read
    │   └── Blocked              the guard lets nobody go there
    └── EngineError              a stage could not be made
        ├── BadInput             these inputs can never work: do not try again
        ├── Unavailable          the engine is not ready here: the planner takes the next one
        ├── OutOfMemory          the device is too small for this profile
        └── Cancelled            somebody asked for it to stop

A message is one sentence about what happened; `cure` is one sentence about what to do.
"""

from __future__ import annotations


class DailiesError(Exception):
    """Base of all errors meant for people."""

    def __init__(self, message: str, cure: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.cure = cure

    def __str__(self) -> str:
        return f"{self.message} {self.cure}".strip()


class UsageError(DailiesError):
    """What was asked for makes no sense."""


class UnknownName(UsageError):
    """A name that nobody knows, with the names that are known."""

    def __init__(self, kind: str, name: str, known: list[str]) -> None:
        super().__init__(f"There is no {kind} “{name}”.", f"Known: {', '.join(sorted(known)) or 'none yet'}.")


class StudioError(DailiesError):
    """The house itself: a folder, a lock, the disk, a server."""


class StoreUnreachable(StudioError):
    """The artifact store does not answer, or has no time for us: nobody's fault, and it passes."""


class Refused(DailiesError):
    """A rule of the review says no."""


class Unacknowledged(Refused):
    """An export whose parts are not all free to use, which nobody took upon themselves. `parts`: a sentence each."""

    def __init__(self, parts: tuple[str, ...]) -> None:
        super().__init__(
            f"Not everything in this clip is free to use: {' '.join(parts)}",
            "Export it once you have acknowledged that: it is said in the bundle.",
        )
        self.parts = parts


class Corrupt(DailiesError):
    """An artifact's bytes are missing or no longer match its hash."""

    def __init__(self, sha256: str) -> None:
        super().__init__(f"The stored file {sha256[:12]} is missing or damaged.", "It will be made again.")
        self.sha256 = sha256


class SourceError(DailiesError):
    """A source of topics, or a picture it names, could not be read. `retry_after_s`: when it asked us to come back."""

    def __init__(self, message: str, cure: str = "", retry_after_s: int = 0) -> None:
        super().__init__(message, cure)
        self.retry_after_s = retry_after_s


class Blocked(SourceError):
    """An address, scheme, port or file that the guard lets nobody reach."""


class EngineError(DailiesError):
    """A stage could not be made."""


class BadInput(EngineError):
    """These inputs can never work with this engine; another attempt would fail alike."""


class Unavailable(EngineError):
    """The engine is not ready on this worker: a server is down, a file is missing."""


class OutOfMemory(EngineError):
    """The device is too small for this engine at this profile."""


class Cancelled(EngineError):
    """Somebody asked for it to stop."""

    def __init__(self) -> None:
        super().__init__("Cancelled.")
