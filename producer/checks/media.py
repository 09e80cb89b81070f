"""What a finished file really holds, measured by decoding all of it; and whether that is within bounds."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np

from producer.checks.watch import Luma, Watch
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


def inspect(path: Path, poll: Callable[[float], None] = lambda _fraction: None, peaks: int = 200) -> Inspection:
    """Decode every frame and sample. `poll` is called again and again with the fraction done; it may raise.

    Raises av.FFmpegError when the file does not decode.
    """
    with ThreadPoolExecutor(1) as ear, av.open(str(path)) as container:
        hearing = ear.submit(_listen, path)
        watch = _watch(container, poll)
        meter, samples = hearing.result()
        video, audio = container.streams.video[0], container.streams.audio[0]
        facts = MediaFacts(
            width=video.width,
            height=video.height,
            fps=float(video.average_rate or 0),
            duration_s=round(float(container.duration or 0) / av.time_base, 3),
            video_codec=video.codec_context.codec.canonical_name,  # av1, whoever decodes it
            audio_codec=audio.codec_context.codec.canonical_name,
            loudness_lufs=round(meter.lufs, 2),
            true_peak_dbtp=round(meter.true_peak_db, 2),
        )
    fps = facts.fps
    return Inspection(
        facts=facts,
        frames=watch.frames,
        sound_s=samples / RATE,
        black_frames=watch.black,
        black_at=watch.black_at,
        torn_frames=watch.torn,
        torn_at=watch.torn_at,
        longest_still_s=watch.longest_still / fps if fps else 0.0,
        still_at=watch.still_at if watch.longest_still / max(fps, 1) > MOST_STILL_S else None,
        peaks=meter.envelope(peaks),
    )


def _watch(container: av.container.InputContainer, poll: Callable[[float], None]) -> Watch:
    """Every frame. The decoder need not smooth its blocks (H.264, section 8.7) for what is looked at; AV1's does."""
    watch = Watch()
    video = container.streams.video[0]
    video.codec_context.thread_count = 1
    video.codec_context.options = {"skip_loop_filter": "all"}
    fps, total = float(video.average_rate or 0), max(video.frames, 1)
    for frame in container.decode(video):
        watch.see(_luma(frame), fps, frame.is_corrupt)
        if watch.frames % 5 == 0:
            poll(min(watch.frames / total, 1.0))
    return watch


def _listen(path: Path) -> tuple[Meter, int]:
    """Every sample, and how many there are."""
    meter, samples = Meter(), 0
    with av.open(str(path)) as container:
        for frame in container.decode(audio=0):
            samples += frame.samples
            meter.add(np.asarray(frame.to_ndarray().T, np.float32))
    return meter, samples


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


def _luma(frame: av.VideoFrame) -> Luma:
    """Every eighth pixel of the luma plane."""
    plane = frame.planes[0]
    rows = np.frombuffer(memoryview(plane), np.uint8).reshape(plane.height, plane.line_size)
    return np.asarray(rows[SHRINK // 2 :: SHRINK, SHRINK // 2 : plane.width : SHRINK], np.int16)
