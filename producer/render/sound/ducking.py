"""The music makes room for the voice: it sinks before a word begins and rises slowly after the last one."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from producer.render.sound.curves import BLOCK_S, smooth

DEPTH_DB = -11.0
"""How far the music sinks under speech."""
SPEAKING_DB = -40.0
"""RMS of 5 ms over which the voice counts as speaking; the voice is at `mix.VOICE_LUFS`."""
SINK_S, HOLD_S, RISE_S = 0.35, 0.30, 1.1
"""The music has sunk when the voice begins, stays down this long after it ends, and takes so long to come back."""


def ducking(levels: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The music's gain at every block of 5 ms, from the voice's levels in them."""
    speaking = levels > 10 ** (SPEAKING_DB / 20)
    since, until = _since(speaking) * BLOCK_S, _since(speaking[::-1])[::-1] * BLOCK_S
    depth = np.maximum(smooth(1 - (since - HOLD_S) / RISE_S), smooth(1 - until / SINK_S))
    return np.asarray(10 ** (depth * DEPTH_DB / 20))


def _since(speaking: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    """Blocks since the last one that was true; 0 in it, very many before the first."""
    places = np.arange(len(speaking))
    last = np.maximum.accumulate(np.where(speaking, places, -(10**9)))
    return np.asarray(places - last, np.float64)
