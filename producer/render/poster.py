"""Which frame of a cut becomes its poster. Pure."""

from __future__ import annotations

from producer.render.presenter.tracks import Tracks, row_of
from producer.render.timeline import Timeline

POSTER_S = 2.4
"""After the body begins: everything has come in, and the presenter speaks."""
PATIENCE_S = 1.0
"""How long it may be put off until the eyes are open."""
OPEN = 0.1
"""Lids as far down as this still count as open; see `presenter.tracks`."""


def poster_frame(times: Timeline, tracks: Tracks, fps: int) -> int:
    """A frame of the cut in which the presenter does not blink. `tracks`: the performance's at `fps`, {} = none."""
    first = min(times.body + times.frames_in(POSTER_S), times.outro - 1)
    lids = tracks.get("lids")
    if lids is None:
        return first
    lead, ratio = int(tracks["lead"][0]), fps / times.fps
    for frame in range(first, min(first + times.frames_in(PATIENCE_S), times.outro)):
        if lids[row_of(round((frame - times.speech_start) * ratio), len(lids), lead)] <= OPEN:
            return frame
    return first
