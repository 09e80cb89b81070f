"""What an attempt means: pure, and the only place that decides when a delivery is tried again."""

from __future__ import annotations

from collections.abc import Sequence

from storage.webhooks import Verdict

WAITS = (5.0, 300.0, 1800.0, 7200.0, 18_000.0, 36_000.0, 50_400.0, 72_000.0, 86_400.0)
"""Seconds after each failed try, as the specification proposes: some three days in all, then it has failed."""
GONE = 410
"""How a receiver says that it wants nothing more."""
LONGEST_WISH_S = 86_400.0
"""A receiver may ask for so much patience, and no more."""


def judge(status: int, tries: int, retry_after_s: float, luck: float, waits: Sequence[float] = WAITS) -> Verdict:
    """`status` 0 = no answer; `tries` before this one; `luck` 0..1 spreads receivers that broke at the same time."""
    if 200 <= status < 300:
        return Verdict(state="delivered")
    if status == GONE:
        return Verdict(state="failed", off="The receiver said that it is gone (410).")
    if tries >= len(waits):
        return Verdict(state="failed")
    wait = waits[tries] * (1 + 0.2 * luck)
    return Verdict(state="waiting", wait_s=max(wait, min(retry_after_s, LONGEST_WISH_S)))
