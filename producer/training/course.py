"""The course of a training: what is done at which step. Pure, and a function of the step alone.

That is why a training that was killed goes on as if nothing had been: there is no state of random numbers to be kept, and
the order of the pictures follows from the seed.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

from storage.canonical import tagged_hash

WARM_UP = 0.05
"""The part of the steps in which the rate grows from nothing; towards the end it falls along a cosine."""
FLOOR = 0.1
"""Of the rate, what is left at the end."""
HELD_OUT_OF = 8
"""One picture of so many is never learnt, and shows whether the others were learnt by heart."""
FEWEST = 5
"""Pictures, of which one is held out."""


def split(count: int, seed: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The numbers of the pictures that are learnt, and of those that are held out. Needs FEWEST pictures."""
    order = _shuffled(range(count), seed, "held out")
    held = max(1, count // HELD_OUT_OF)
    return tuple(sorted(order[held:])), tuple(sorted(order[:held]))


def batch(step: int, size: int, numbers: Sequence[int], seed: int) -> tuple[int, ...]:
    """The pictures of a step (0, 1 …): each is seen once before any is seen again."""
    chosen = []
    for place in range(step * size, (step + 1) * size):
        turn, position = divmod(place, len(numbers))
        chosen.append(_shuffled(numbers, seed, f"turn {turn}")[position])
    return tuple(chosen)


def noise_seed(seed: int, *names: int | str) -> int:
    """What the noise of a step, a sample or a measurement is drawn from; 63 bits."""
    return int(tagged_hash("training-noise", [seed, *names])[:16], 16) >> 1


def rate(step: int, steps: int, highest: float) -> float:
    """The learning rate of a step."""
    warm = max(1, round(WARM_UP * steps))
    if step < warm:
        return highest * (step + 1) / warm
    along = (step - warm) / max(1, steps - warm)
    return highest * (FLOOR + (1 - FLOOR) * (1 + math.cos(math.pi * along)) / 2)


def is_marked(done: int, steps: int, every: int) -> bool:
    """Whether, after so many steps, it is looked what was learnt: every so often, and in the end."""
    return done == steps or done % every == 0


def told(done: int, steps: int, seconds: float, since: int = 0) -> str:
    """Progress in words, with the time that is left. `seconds` were spent on the steps after `since`."""
    words = f"step {done} of {steps}"
    if done <= since or done == steps:
        return words
    left = seconds / (done - since) * (steps - done)
    minutes = round(left / 60)
    if minutes >= 100:
        return f"{words}, about {left / 3600:.0f} hours left"
    return f"{words}, about {minutes} min left" if minutes else f"{words}, less than a minute left"


def _shuffled(numbers: Sequence[int], seed: int, name: str) -> list[int]:
    order = list(numbers)
    random.Random(noise_seed(seed, name)).shuffle(order)  # noqa: S311 - an order of pictures is no secret
    return order
