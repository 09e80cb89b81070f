"""When things happen in a cut, in frames. Pure.

0        wipe                speech_start        speech_end     outro       frames
│ intro ──┤ body ──────────────┤ speech ───────────┤ …            ├ outro ───┤
"""

from __future__ import annotations

import math
from dataclasses import dataclass

INTRO_S = 1.64
LEAD_S = 0.56
"""From the start of the body to the first sound: the wipe ends, the presenter looks up."""
TAIL_S = 0.60
OUTRO_S = 2.80
WIPE_S = 0.48


@dataclass(frozen=True)
class Timeline:
    """Frame numbers; a part lasts from its own number to the next one's. See the module docstring."""

    fps: int
    body: int
    speech_start: int
    speech_end: int
    outro: int
    frames: int

    @property
    def offset_s(self) -> float:
        """Seconds from the start of the cut to the start of the speech."""
        return self.speech_start / self.fps

    @property
    def duration_s(self) -> float:
        return self.frames / self.fps

    def frame_at(self, seconds: float) -> int:
        """The frame shown at a time of the cut."""
        return min(max(int(seconds * self.fps), 0), self.frames - 1)

    def frames_in(self, seconds: float) -> int:
        return max(1, round(seconds * self.fps))


def plan(speech_s: float, fps: int, *, intro: bool = True, outro: bool = True) -> Timeline:
    """Without an intro the body begins at once, without an outro it goes on to the end."""
    body = round(INTRO_S * fps) if intro else 0
    speech_start = body + round(LEAD_S * fps)
    speech_end = speech_start + math.ceil(speech_s * fps - 1e-6)
    end = speech_end + round(TAIL_S * fps)
    return Timeline(fps, body, speech_start, speech_end, end, end + (round(OUTRO_S * fps) if outro else 0))


def ramp(frame: float, start: float, length: float) -> float:
    """0 before `start`, 1 from `start + length` on, straight between."""
    return min(max((frame - start) / length, 0.0), 1.0)


def ease(x: float) -> float:
    """A ramp that starts fast and settles softly (cubic)."""
    return 1 - (1 - min(max(x, 0.0), 1.0)) ** 3


def ease_both(x: float) -> float:
    """A ramp that starts and settles softly (smoothstep)."""
    x = min(max(x, 0.0), 1.0)
    return x * x * (3 - 2 * x)
