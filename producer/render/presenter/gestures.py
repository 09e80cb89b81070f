"""What the hands do: they rise with a thought, beat with its stressed words, and rest again.

Hands are quiet while the presenter's name is on screen and while something sad is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from producer.render.presenter.curves import Array, bump, drift, step
from producer.render.presenter.prosody import Sentence, Stress

SHAPES = ("relaxed", "open", "one")
"""The shapes of a hand that a track may name, by their place here."""
COLUMNS = ("rise", "out", "turn", "shape")
"""Of one hand: 0 hanging … 1 raised; -1 … 1 outwards; degrees outwards; which of `SHAPES`. The track holds the
picture's left hand, then its right one."""
FARTHEST, MOST = 0.7, 38.0
"""Of `out` and of `turn`."""
LEFT, RIGHT = 0, 1

FIRST_S = 5.9
"""Until then the name card lies where a hand would be."""
SHORTEST_S, LONGEST_S = 1.5, 3.4
RISE_S, FALL_S = 0.40, 0.50
REST_S = 0.9
CHANCE = 0.7
"""How many of the sentences that could have a gesture have one."""


class Plan(NamedTuple):
    """One gesture: which hands, their shape, how far they turn outwards (degrees), and from when to when."""

    sides: tuple[int, ...]
    shape: str
    turn: float
    start: float
    end: float


def gestures(time: Array, sentences: Sequence[Sentence], accents: Sequence[Stress], seed: int) -> Array:
    """One row of `COLUMNS` for each hand and frame: (frames, 8)."""
    hands = np.zeros((len(time), 2, len(COLUMNS)))
    for number, plan in enumerate(plans(sentences, accents, seed)):
        for side in plan.sides:
            hands[:, side] += _moved(time, plan, accents, [seed, 60 + 2 * number + side])
    return hands.reshape(len(time), -1)


def plans(sentences: Sequence[Sentence], accents: Sequence[Stress], seed: int) -> list[Plan]:
    """Which sentences are told with the hands, and how."""
    rng = np.random.default_rng([seed, 50])
    side = int(rng.integers(2))
    found: list[Plan] = []
    for sentence in sentences:
        wanted, both, pointed = rng.random(3)
        free = max(FIRST_S, found[-1].end + FALL_S + REST_S if found else FIRST_S)
        stressed = [accent.time for accent in accents if sentence.start <= accent.time <= sentence.end]
        start = max(sentence.start - 0.1, stressed[0] - RISE_S - 0.1 if stressed else sentence.start)
        end = min(sentence.end - 0.15, start + LONGEST_S)
        if sentence.tone.expression == "concerned" or start < free or end - start < SHORTEST_S or wanted > CHANCE:
            continue
        shape, turn = _shape(sentence, pointed < 0.6)
        lively = sentence.tone.expression in ("glad", "surprised")
        found.append(Plan((LEFT, RIGHT) if lively and both < 0.5 else (side,), shape, turn, start, end))
        side = 1 - side
    return found


def _shape(sentence: Sentence, pointed: bool) -> tuple[str, float]:
    if sentence.tone.expression == "serious" and pointed:
        return "one", -2.0
    if sentence.mood == "question":
        return "relaxed", 30.0
    return ("open", 16.0) if sentence.tone.expression in ("glad", "surprised") else ("relaxed", 22.0)


def _moved(time: Array, plan: Plan, accents: Sequence[Stress], seed: list[int]) -> Array:
    """One hand through one gesture (frames, columns); zero while it rests."""
    up = step(time, plan.start, RISE_S) - step(time, plan.end, FALL_S)
    beat = sum(
        (bump(time, accent.time + 0.02, 0.12, 0.22) for accent in accents if plan.start < accent.time < plan.end),
        np.zeros_like(time),
    )
    wander = drift(time, 0.45, seed[0], seed[1])
    columns = [
        up * (1 - 0.04 * np.minimum(beat, 1)),
        up * np.clip(0.15 * wander + 0.45 * beat, -FARTHEST, FARTHEST),
        up * np.clip(plan.turn + 2.5 * wander + 5 * beat, -MOST, MOST),
        (up > 0) * float(SHAPES.index(plan.shape)),
    ]
    return np.stack(columns, axis=1)
