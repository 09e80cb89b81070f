"""Whether a clip looks like the show's last ones: their scenes, shrunken to a few colours, held against each other."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from producer.quality.evidence import Evidence
from storage.quality import Finding

SAME = 0.93
"""From this likeness on, two scenes look the same (`run.py bench quality`: other backdrops stay below it)."""
OFTEN = 2
"""Earlier clips with the same look, from which it is a habit."""


def look(evidence: Evidence) -> Iterator[Finding]:
    """Worth a look, and no more: a show may want its clips alike."""
    name, own = "same look", evidence.look
    earlier = [one for one in evidence.request.options.earlier if one.looks]
    if not earlier:
        yield Finding(name=name, family="picture", verdict="not run", why="no earlier clip's look is known")
        return
    same = [one for one in earlier if max(likeness(own, other) for other in one.looks) >= SAME]
    often = len(same) >= OFTEN
    yield Finding(
        name=name, family="picture", verdict="warn" if often else "pass", value=float(len(same)),
        bound=f"in fewer than {OFTEN} of the last {len(earlier)}",
        why=", ".join(f"“{one.title}”" for one in same) if often else "",
    )  # fmt: skip


def likeness(one: str, other: str) -> float:
    """0..1, of two looks."""
    a, b = (np.frombuffer(bytes.fromhex(text), np.uint8).astype(np.float64) for text in (one, other))
    return float(max(0.0, 1 - np.abs(a - b).mean() / LEVELS)) if a.shape == b.shape else 0.0


LEVELS = 96.0
"""Two pictures that differ by so much, of 255, have nothing in common."""
