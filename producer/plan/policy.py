"""What happens to work that did not succeed: tried again, handed to another engine, given up, or set aside. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from producer.plan.planner import Known

Verdict = Literal["blocked", "due", "in_flight", "done", "fall_back", "failed", "set_aside"]
LOSSES = 20
"""Tries that may be lost to stopped workers and wiped queues, which are nobody's fault, before giving up."""


def judge(known: Known | None, attempts: int, since: str = "") -> Verdict:
    """What is to be done about a piece of work that has no result.

    `attempts`: how often an ordinary failure may happen. `since`: when this was ordered; how the same work failed
    for somebody before that, on a full disk or without a voice, is not held against it.
    """
    if known is None or known.state == "cancelled":
        return "due"
    if known.state in ("queued", "running"):
        return "in_flight"
    if known.ended_at and known.ended_at < since:
        return "due"
    if known.state == "set_aside":
        return "set_aside"
    match known.error.kind if known.error else "error":
        case "bad_input":
            return "failed"
        case "unavailable" | "oom":
            return "fall_back"
        case "lost" | "corrupt":
            return "due" if known.attempt < attempts + LOSSES else "failed"
        case _:
            return "due" if known.attempt < attempts else "failed"
