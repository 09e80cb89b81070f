"""The lip-sync checks of a finished video, as the reviewer reads them.

lip_sync      0..1: how well the mouth follows the script's sounds
lip_lag_ms    how late the lips are; early ones are negative
lip_sound     how the mouth follows the sound of the file itself, whatever the script says
face inside the frame   whether all of it is, whenever it was looked at
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from producer.checks.lip_sync import NEAR_CLOSURE_S, MouthTrack, agreement, lip_sync, spans
from producer.checks.mouth import MouthReader, MouthWatch, VowelMeter, Whereabouts
from producer.checks.openness import closures
from producer.checks.playing import Luma, Waves
from storage.documents import Check, Phoneme, Sighting, Stretch

LEAST_SCORE = 0.7
SCORE_BOUND = f"≥ {LEAST_SCORE:g}"
MOST_LAG_MS = 80
LEAST_AGREEMENT = 0.3
TOO_SHORT = "not measured: too little is said to judge lips by"
LEAST_SEEN = 0.9
"""Of the frames: a face that turns or blinks is seen all the same; one that is cut in half is not."""
EACH_S = 4.0
"""Length of one span: long enough for a few words, short enough to see the whole speech here and there."""
LEAST_S, SHARE, MOST_S = 8.0, 0.3, 24.0
"""How much of a speech is looked at: this share, but never less or more than that."""


def not_measured() -> list[Check]:
    """What a reviewer reads where the face networks are missing."""
    return [Check(name="lip_sync", value="not measured: run.py pull compositor", bound=SCORE_BOUND, passed=False)]


class LipWatch:
    """A witness of a file that is played. `phonemes` are in the video's own time, and at least one of them sounds."""

    def __init__(self, phonemes: Sequence[Phoneme], weights: Path, near: Whereabouts | None = None) -> None:
        """`weights` is the folder of the face networks; `near` says where the presenter is, and keeps other faces in
        the picture out of it. Raises Unavailable when the weights are not there."""
        self._sounding = [phoneme for phoneme in phonemes if phoneme.symbol != "_"]
        start, end = self._sounding[0].start, self._sounding[-1].end
        wanted = min(max(LEAST_S, SHARE * (end - start)), MOST_S)
        meeting = [(p.start - NEAR_CLOSURE_S, p.end + NEAR_CLOSURE_S) for p in closures(self._sounding)]
        self._mouth = MouthWatch(MouthReader(weights, near), spans(start, end, wanted, EACH_S), meeting)
        self._vowels = VowelMeter()

    def see(self, seconds: float, luma: Luma, damaged: bool) -> None:
        self._mouth.see(seconds, luma, damaged)

    def hear(self, seconds: float, waves: Waves, rate: int) -> None:
        self._vowels.hear(seconds, waves, rate)

    def close(self) -> None:
        """Look no further."""
        self._mouth.close()

    def sightings(self) -> list[Sighting]:
        """After the file was played: where the face is, in shares of the picture, and how many there are."""
        track = self._mouth.track()
        crowd, at = track.crowd
        seen = [Sighting(name="faces", value=float(crowd), where=(Stretch(start=round(at, 2), end=round(at, 2)),))]
        if track.face is None:
            return seen
        left, top, right, bottom = (round(edge, 3) for edge in track.face)
        return [
            *seen,
            Sighting(name="face left", value=left),
            Sighting(name="face right", value=right),
            Sighting(name="face top", value=top),
            Sighting(name="face bottom", value=bottom),
        ]

    def checks(self) -> list[Check]:
        """After the file was played."""
        track, loudness = self._mouth.track(), self._vowels.loudness
        found = lip_sync(track, self._sounding, loudness)
        if found is None:
            return [unseen(track), face_check(track)]
        heard = agreement(track, loudness)
        return [
            Check(name="lip_sync", value=found.score, bound=SCORE_BOUND, passed=found.score >= LEAST_SCORE),
            Check(
                name="lip_lag_ms",
                value=found.lag_ms,
                bound=f"within ±{MOST_LAG_MS} ms",
                passed=abs(found.lag_ms) <= MOST_LAG_MS,
            ),
            Check(
                name="lip_sound",
                value=heard,
                bound=f"≥ {LEAST_AGREEMENT:g}",
                passed=heard >= LEAST_AGREEMENT,
            ),
            face_check(track),
        ]


def unseen(track: MouthTrack) -> Check:
    """Where nothing can be said of the lips: a clip of a few words is no fault of theirs."""
    value = TOO_SHORT if len(track.seen.times) else "no face was seen"
    return Check(name="lip_sync", value=value, bound=SCORE_BOUND, passed=False)


def face_check(track: MouthTrack) -> Check:
    """Whether the face was there, and whole, in the frames that were looked at."""
    there = track.share_seen >= LEAST_SEEN
    cut_at = None if track.cut_at is None else round(track.cut_at, 2)
    return Check(
        name="face inside the frame",
        value="cut off" if cut_at is not None else "whole" if there else f"seen {track.share_seen:.0%} of the time",
        bound=f"whole, seen ≥ {LEAST_SEEN:.0%} of the time",
        passed=there and cut_at is None,
        at_s=cut_at,
    )
