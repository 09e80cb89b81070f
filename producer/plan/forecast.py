"""What a change would make again, before it is asked for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Forecast:
    """One node of a clip, as it would go."""

    node: str
    stage: str
    engine: str
    again: bool
    """True: it runs again. False: its result is reused."""
    seconds: float | None
    """The median of this engine's past runs, or None when it never ran."""
