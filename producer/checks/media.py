"""What a finished file really holds, measured by decoding all of it; and whether that is within bounds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from producer.checks.playing import Luma, Played, Waves, Witness, play
from producer.checks.watch import Watch
from producer.render.sound.meter import RATE, Meter
from storage.documents import Check, MediaFacts

MOST_OFF_LU = 0.5
"""From the loudness that was asked for."""
MOST_TRUE_PEAK = -1.0
MOST_DIFFERENCE_S = 0.040
"""Between the lengths of sound and picture: one frame at 25 fps."""
MOST_STILL_S = 0.5
SHRINK = 8


@dataclass(frozen=True)
class Inspection:
    """What decoding a file showed. Times in seconds; `black_at`, `torn_at` and `still_at` are None where all is well."""

    facts: MediaFacts
    frames: int
    sound_s: float
    black_frames: int
    black_at: float | None
    torn_frames: int
    torn_at: float | None
    longest_still_s: float
    still_at: float | None
    peaks: tuple[float, ...]

    @property
    def picture_s(self) -> float:
        return self.frames / self.facts.fps


def inspect(
    path: Path, poll: Callable[[float], None] = lambda _fraction: None, also: Sequence[Witness] = (), peaks: int = 200
) -> Inspection:
    """Decode every frame and sample, for oneself and for others who look and listen.

    `poll` is called again and again with the fraction done; it may raise. Raises av.FFmpegError when the file does not
    decode.
    """
    eye, ear = Eye(), Ear()
    return inspected(play(path, [eye, *also], [ear, *also], poll), eye, ear, peaks)


def inspected(played: Played, eye: Eye, ear: Ear, peaks: int = 200) -> Inspection:
    """What was seen and heard of a file that was played to both."""
    watch, fps = eye.watch, played.fps
    facts = MediaFacts(
        **played._asdict(), loudness_lufs=round(ear.meter.lufs, 2), true_peak_dbtp=round(ear.meter.true_peak_db, 2)
    )
    return Inspection(
        facts=facts,
        frames=watch.frames,
        sound_s=ear.samples / RATE,
        black_frames=watch.black,
        black_at=watch.black_at,
        torn_frames=watch.torn,
        torn_at=watch.torn_at,
        longest_still_s=watch.longest_still / fps if fps else 0.0,
        still_at=watch.still_at if watch.longest_still / max(fps, 1) > MOST_STILL_S else None,
        peaks=ear.meter.envelope(peaks),
    )


def media_checks(seen: Inspection, wanted_frames: int, wanted_lufs: float = -16.0) -> list[Check]:
    """Whether the file is what was meant to be made."""
    difference = abs(seen.sound_s - seen.picture_s)
    return [
        Check(
            name="decodes",
            value=f"{seen.frames} of {wanted_frames} frames",
            bound="all frames",
            passed=seen.frames == wanted_frames,
        ),
        Check(
            name="loudness",
            value=seen.facts.loudness_lufs,
            bound=f"{wanted_lufs:g} ± {MOST_OFF_LU:g} LUFS",
            passed=abs(seen.facts.loudness_lufs - wanted_lufs) <= MOST_OFF_LU,
        ),
        Check(
            name="true peak",
            value=seen.facts.true_peak_dbtp,
            bound=f"≤ {MOST_TRUE_PEAK:g} dBTP",
            passed=seen.facts.true_peak_dbtp <= MOST_TRUE_PEAK,
        ),
        Check(
            name="sound and picture length",
            value=round(difference, 3),
            bound=f"≤ {MOST_DIFFERENCE_S:g} s apart",
            passed=difference <= MOST_DIFFERENCE_S,
        ),
        Check(
            name="black frames",
            value=float(seen.black_frames),
            bound="none",
            passed=seen.black_frames == 0,
            at_s=seen.black_at,
        ),
        Check(
            name="torn frames",
            value=float(seen.torn_frames),
            bound="none",
            passed=seen.torn_frames == 0,
            at_s=seen.torn_at,
        ),
        Check(
            name="frozen picture",
            value=round(seen.longest_still_s, 2),
            bound=f"≤ {MOST_STILL_S:g} s",
            passed=seen.longest_still_s <= MOST_STILL_S,
            at_s=seen.still_at,
        ),
    ]


class Eye:
    """Watches every eighth pixel."""

    def __init__(self) -> None:
        self.watch = Watch()

    def see(self, seconds: float, luma: Luma, damaged: bool) -> None:
        self.watch.see(luma[SHRINK // 2 :: SHRINK, SHRINK // 2 :: SHRINK].astype(np.int16), seconds, damaged)


class Ear:
    """Meters every sample."""

    def __init__(self) -> None:
        self.meter, self.samples = Meter(), 0

    def hear(self, seconds: float, waves: Waves, rate: int) -> None:
        self.samples += waves.shape[1]
        self.meter.add(waves.T)
