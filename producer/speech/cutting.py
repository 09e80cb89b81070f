"""Cutting a recording of a whole script into its lines, at the pauses between them. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from producer.speech.sound import FRAME_S, Samples, loud_times

QUIET_DB = -38.0
LEEWAY_S = 0.35
"""How far from where the words say a cut may lie, to be in a pause."""
KEPT_S = 0.12
"""Silence that a line keeps at either end."""

Span = tuple[float, float]


def line_spans(audio: Samples, rate: int, times: Sequence[Span], counts: Sequence[int]) -> list[Span]:
    """Where each line lies (seconds), from the times of all words and how many words each line has.

    Between two lines the cut is in the middle of the longest pause near where one's last word ends and the other's first
    begins; without a pause, between the two words. Raises ValueError for a line without words.
    """
    if not counts or min(counts) < 1 or sum(counts) != len(times):
        raise ValueError("each line needs its words")
    length = len(audio) / rate
    loud = loud_times(audio, rate, QUIET_DB)
    edges, passed = [0.0], 0
    for count in counts[:-1]:
        passed += count
        end, start = times[passed - 1][1], times[passed][0]
        edges.append(min(max(_pause(loud, end, start), edges[-1]), length))
    edges.append(length)
    return [_tight(loud, a, b) for a, b in pairwise(edges)]


def _pause(loud: np.ndarray[tuple[int], np.dtype[np.float64]], end: float, start: float) -> float:
    """The middle of the longest quiet stretch around a time between two words."""
    first, last = sorted((end, start))
    heard = loud[(loud > first - LEEWAY_S) & (loud < last + LEEWAY_S)]
    stops = np.concatenate([[first - LEEWAY_S], heard + FRAME_S])
    starts = np.concatenate([heard, [last + LEEWAY_S]])
    longest = int((starts - stops).argmax())
    if starts[longest] - stops[longest] < 2 * FRAME_S:
        return (first + last) / 2
    return float(starts[longest] + stops[longest]) / 2


def _tight(loud: np.ndarray[tuple[int], np.dtype[np.float64]], start: float, end: float) -> Span:
    """Without the long silence at both ends of a line."""
    heard = loud[(loud >= start) & (loud < end)]
    if not len(heard):
        return start, end
    return max(start, float(heard[0]) - KEPT_S), min(end, float(heard[-1]) + FRAME_S + KEPT_S)
