"""How soon the work of somebody who was killed is begun again, read from the story that SQLite itself wrote down.

Its clock is the computer's own, in the transaction that takes each fact in, so that nothing here depends on when a test
looked."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

STORY = (
    "CREATE TABLE chaos_story (key TEXT NOT NULL, lane TEXT NOT NULL, state TEXT NOT NULL, at REAL NOT NULL)",
    *(
        f"""CREATE TRIGGER chaos_{name} AFTER {when} ON work BEGIN
        INSERT INTO chaos_story VALUES
            (NEW.key, substr(NEW.queue, 1, 3), NEW.state, (julianday('now') - 2440587.5) * 86400.0); END"""
        for name, when in (("ordered", "INSERT"), ("changed", "UPDATE OF state"))
    ),
)
"""Statements that have SQLite write the story of each piece of work: Unix seconds of each state that it came to."""


@dataclass(frozen=True)
class Again:
    """Work that was in the hands of whoever was killed, and was begun again."""

    seconds: float
    """From the kill until it ran."""
    due_s: float
    """From the kill until it was in its queue again."""
    looks: int
    """Of the control process's, meanwhile."""
    overtaken: int
    """Others of its lane that were begun while it was in its queue."""
    alone: bool
    """Whether nothing else was done to the studio before it ran."""


def begun_again(
    story: Sequence[dict[str, Any]], interrupted: Sequence[tuple[str, float]], deeds: Sequence[float], looks: Sequence[float]
) -> list[Again]:  # fmt: skip
    """`story`: rows of `chaos_story`. `interrupted`: key of the work, and when its worker was killed. `deeds`, `looks`: when
    something was done to the studio, and when its control process compared what it knows with its queue; in order. Unix
    seconds, all of them. What was finished by a report that was under way has not been begun again, and is left out."""
    found = []
    for key, at in interrupted:
        due = min(
            (row["at"] for row in story if row["key"] == key and row["state"] == "queued" and row["at"] > at),
            default=0.0,
        )
        ran = min(
            (row["at"] for row in story if row["key"] == key and row["state"] == "running" and row["at"] > due > 0),
            default=0.0,
        )
        if not ran:
            continue
        lane = next(row["lane"] for row in story if row["key"] == key)
        others = sum(
            row["lane"] == lane and row["key"] != key and row["state"] == "running" and due < row["at"] < ran
            for row in story
        )
        between = bisect(looks, due) - bisect(looks, at)
        found.append(Again(ran - at, due - at, between, others, not any(at < deed < ran for deed in deeds)))
    return found


def in_words(found: Sequence[Again]) -> str:
    """For a report."""
    alone, others = [one for one in found if one.alone], [one for one in found if not one.alone]
    parts = [
        f"{len(ones)} {name}: median {median(one.seconds for one in ones):.1f} s, worst {max(one.seconds for one in ones):.1f} s"
        f" (in their queue after {median(one.due_s for one in ones):.1f} and {max(one.due_s for one in ones):.1f} s,"
        f" {max(one.looks for one in ones)} looks; overtaken by {max(one.overtaken for one in ones)})"
        for ones, name in ((alone, "undisturbed"), (others, "with more done to the studio meanwhile"))
        if ones
    ]
    return "; ".join(parts) or "nothing in hand was killed"
