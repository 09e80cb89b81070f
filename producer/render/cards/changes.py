"""When one card gives way to the next: every three to eight seconds, where the story turns or the voice breathes. Pure."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from producer.render.wrap import GOOD_END
from storage.documents import SpokenSpan, Word

SHORTEST_S, LONGEST_S, BEST_S = 3.0, 8.0, 5.2
LEAD_S = 0.12
"""A card begins to come this long before the words that it goes with."""
PAUSE_S = 0.25
AT_LINE, AT_BREATH, AT_WORD, ANYWHERE = 0.0, 0.35, 0.8, 2.0
"""What a change costs there, in the measure of `_cost`."""
STEP_S = 0.5
"""Where nobody speaks, a change may come at any multiple of this."""


def changes(start: float, end: float, lines: Sequence[SpokenSpan], words: Sequence[Word] = ()) -> list[float]:
    """The times, from `start` to `end` and with both, at which cards change; seconds.

    Neighbours are `SHORTEST_S` to `LONGEST_S` apart, unless the whole is shorter than that.
    """
    if end - start <= LONGEST_S:
        return [start, end]
    places = _places(start, end, lines, words)
    times = [time for time, _ in places]
    best = [(0.0, 0)] + [(math.inf, 0)] * (len(times) - 1)
    for here in range(1, len(times)):
        for before in range(bisect_left(times, times[here] - LONGEST_S - 1e-9), here):
            length = times[here] - times[before]
            if length < SHORTEST_S - 1e-9:
                break
            cost = best[before][0] + _cost(length) + places[here][1]
            if cost < best[here][0]:
                best[here] = (cost, before)
    chosen, here = [end], len(times) - 1
    while here:
        here = best[here][1]
        chosen.append(times[here])
    return chosen[::-1]


def _cost(length: float) -> float:
    return ((length - BEST_S) / 2.5) ** 2


def _places(start: float, end: float, lines: Sequence[SpokenSpan], words: Sequence[Word]) -> list[tuple[float, float]]:
    """Where a change may be, and what it costs, in the order of time; `start` first and `end` last."""
    cost: dict[float, float] = {}
    offers = [(line.start - LEAD_S, AT_LINE) for line in lines]
    for before, word in pairwise(words):
        breath = word.start - before.end >= PAUSE_S or before.text[-1:] in GOOD_END
        offers.append((word.start - LEAD_S, AT_BREATH if breath else AT_WORD))
    offers += [(start + STEP_S * step, ANYWHERE) for step in range(1, int((end - start) / STEP_S))]
    for time, price in offers:
        if start < time < end:
            cost[time] = min(price, cost.get(time, math.inf))
    return [(start, 0.0), *sorted(cost.items()), (end, 0.0)]
