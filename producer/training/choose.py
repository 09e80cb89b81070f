"""Which of the checkpoints was best: the one that shows the person, and has not learnt the pictures by heart. Pure.

    score = identity − OVERFIT × excess      where samples can be compared with the person
    score = −(held-out loss)                 else

`excess` is by how much, as a part of it, the loss on pictures that are never learnt is above the lowest that it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from storage.learning import TrainingMark

Yardstick = Literal["identity", "held-out loss"]
OVERFIT = 2.0
"""An identity that is 0.1 more like the person makes up for a held-out loss that is 5 % higher."""


def yardstick(marks: Sequence[TrainingMark]) -> Yardstick:
    """By what they can be compared: by identity only where it is known of every one."""
    return "identity" if marks and all(mark.identity is not None for mark in marks) else "held-out loss"


def scores(marks: Sequence[TrainingMark]) -> tuple[float, ...]:
    """One a mark; more is better."""
    if yardstick(marks) == "held-out loss":
        return tuple(-mark.held_out for mark in marks)
    lowest = min(mark.held_out for mark in marks)
    return tuple((mark.identity or 0.0) - OVERFIT * excess(mark.held_out, lowest) for mark in marks)


def excess(held_out: float, lowest: float) -> float:
    """How far it is above the lowest, as a part of that; 0 at the lowest."""
    return (held_out - lowest) / lowest if lowest > 0 else 0.0


def best(marks: Sequence[TrainingMark]) -> TrainingMark:
    """The best one; of equals, the one that was trained least. Raises ValueError where there are none."""
    ordered = sorted(marks, key=lambda mark: mark.step)
    ranked = zip(scores(ordered), ordered, strict=True)
    return max(ranked, key=lambda pair: pair[0])[1]
