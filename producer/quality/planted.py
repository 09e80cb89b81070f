"""Faults planted in good clips, each of one kind, and what is then made of them: by the very witnesses and checks that look at
real cuts. A fault in the picture or the sound is planted in what the decoder gave, so that nothing is encoded anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from producer.checks.lips import LipWatch
from producer.checks.media import Ear, Eye, inspected, media_checks
from producer.checks.onlooker import Onlooker
from producer.checks.playing import Listener, Played, Viewer
from producer.engines.finish.measuring import whereabouts
from producer.engines.requests import QualityRequest
from producer.quality.captions import captions
from producer.quality.carried import carried
from producer.quality.evidence import Evidence
from producer.quality.look import look
from producer.quality.melody import melody
from producer.quality.picture import face, picture
from producer.quality.planted_pictures import (
    PixelFault,
    black,
    boiling,
    flickering,
    foreign,
    frames,
    frozen,
    late,
    moved,
    panning,
    shaking,
    short,
    torn,
)
from producer.quality.planted_voices import Voice, clipped, dropped, monotone, noisy, squeaking
from producer.quality.planted_words import (
    CLAIMS,
    CURSES,
    STRAY,
    captioned,
    hurried_cues,
    lost_words,
    overlapping_cues,
    said,
    said_before,
    shifted_cues,
)
from producer.quality.script import grounding, language, sameness, swearing
from producer.quality.specimens import Footage, Specimen
from producer.quality.voice import clipping, noise, silence
from producer.render.layout import layout_for
from producer.speech.wav import from_wav, to_wav
from storage.documents import Check, Sighting
from storage.quality import EarlierClip, Finding

CHUNK = 1024
"""Samples of an AAC frame."""
Judge = Callable[[Evidence], Iterator[Finding]]
VoiceFault = Callable[[Voice, np.random.Generator], np.ndarray]


@dataclass(frozen=True)
class Fault:
    """`check` must fail in a clip that has it. `plant` makes the request that the gate gets instead."""

    check: str
    name: str
    plant: Callable[[Specimen, Footage, np.random.Generator, Path | None], QualityRequest]
    judge: Judge
    """The check that should see it."""
    lips: bool = False
    """Whether the networks that look at faces are needed, which costs seconds instead of hundredths of them."""
    slight: bool = False
    """Whether the check only warns."""


def replayed(specimen: Specimen, shown: Footage, weights: Path | None = None) -> QualityRequest:
    """The request about a cut that shows this instead. `weights`: of the networks that look at faces; None = they do not."""
    cut, speech = specimen.request.cut, specimen.request.speech
    eye, ear, onlooker = Eye(), Ear(), Onlooker()
    lips = None
    if weights is not None:
        offset = cut.line_spans[0].start - speech.lines[0].start
        near = whereabouts(layout_for(cut.format, 576), specimen.request.performance.look)
        sounds = [p.model_copy(update={"start": p.start + offset, "end": p.end + offset}) for p in speech.phonemes]
        lips = LipWatch(sounds, weights, near)
    viewers: list[Viewer] = [eye, onlooker, *([lips] if lips else [])]
    listeners: list[Listener] = [ear, onlooker, *([lips] if lips else [])]
    for at, frame in zip(shown.times, shown.frames, strict=True):
        for viewer in viewers:
            viewer.see(at, frame, False)
    begun = 0.0
    for part in range(0, shown.waves.shape[1], CHUNK):
        waves = shown.waves[:, part : part + CHUNK]
        for listener in listeners:
            at = begun + part / shown.rate
            listener.hear(at + (shown.jump[1] if at >= shown.jump[0] else 0.0), waves, shown.rate)
    played = Played(*[getattr(cut.media, name) for name in Played._fields])
    seen = inspected(played, eye, ear)
    wanted = round(cut.media.duration_s * cut.media.fps)
    lufs = -16.0
    checks: list[Check] = media_checks(seen, wanted if cut.checks[0].passed else seen.frames, lufs)
    sightings: list[Sighting] = onlooker.sightings()
    if lips is not None:
        with closing(lips):
            checks, sightings = [*checks, *lips.checks()], [*sightings, *lips.sightings()]
    named = {check.name for check in checks}
    kept = [check for check in cut.checks if check.name not in named]
    seen_now = {sighting.name for sighting in sightings}
    if lips is not None:
        seen_now |= {sighting.name for sighting in cut.sightings if sighting.name.startswith("face")}
    kept_sightings = [sighting for sighting in cut.sightings if sighting.name not in seen_now]
    changed = cut.model_copy(update={"checks": (*checks, *kept), "sightings": (*sightings, *kept_sightings)})
    return replace(specimen.request, cut=changed)


# ── faces ─────────────────────────────────────────────────────────────────────────────────────────


def _face_of(specimen: Specimen, shown: Footage) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of the presenter's face in pixels, as it was seen when the cut was played."""
    seen = {sighting.name: sighting.value for sighting in specimen.request.cut.sightings}
    height, width = shown.frames[0].shape
    across, down = ("face left", "face right"), ("face top", "face bottom")
    (left, right), (top, bottom) = [round(seen[n] * width) for n in across], [round(seen[n] * height) for n in down]
    return left, top, right, bottom


def _at_the_edge(specimen: Specimen, shown: Footage, rng: np.random.Generator, weights: Path | None) -> QualityRequest:
    """The face moved to the edge that is nearest, whole or just so."""
    left, top, right, _ = _face_of(specimen, shown)
    height, width = shown.frames[0].shape
    room = float(rng.uniform(-0.01, 0.01))
    ways = ((0.0, room - top / height), (room - left / width, 0.0), (1 - room - right / width, 0.0))
    x, y = min(ways, key=lambda way: abs(way[0]) * width + abs(way[1]) * height)
    return replayed(specimen, moved(x, y)(shown, rng), weights)


def _seen_before(
    specimen: Specimen, _shown: Footage, rng: np.random.Generator, _weights: Path | None
) -> QualityRequest:
    seen = np.frombuffer(bytes.fromhex(Evidence(specimen.request, specimen.artifacts).look), np.uint8)
    other = np.clip(seen.astype(float) + rng.uniform(-5, 5), 0, 255).astype(np.uint8).tobytes().hex()
    twins = tuple(EarlierClip(title=name, lines=("",), looks=(other,)) for name in ("Twin", "Another"))
    options = specimen.request.options
    return replace(specimen.request, options=options.model_copy(update={"earlier": twins}))


def _doubled(specimen: Specimen, shown: Footage, _rng: np.random.Generator, weights: Path | None) -> QualityRequest:
    """Somebody else beside the presenter: the same face once more."""
    left, top, right, bottom = _face_of(specimen, shown)
    side, width = round(1.25 * (right - left)), shown.frames[0].shape[1]
    to = left + side if right + side < width else left - side
    frames = []
    for frame in shown.frames:
        both = frame.copy()
        both[top:bottom, to : to + right - left] = frame[top:bottom, left:right]
        frames.append(both)
    return replayed(specimen, replace(shown, frames=tuple(frames)), weights)


# ── sound ─────────────────────────────────────────────────────────────────────────────────────────


def _louder(shown: Footage, rng: np.random.Generator) -> Footage:
    decibels = rng.choice([-1, 1]) * rng.uniform(1.0, 6.0)
    return replace(shown, waves=(shown.waves * 10 ** (decibels / 20)).astype(np.float32))


def _click(shown: Footage, rng: np.random.Generator) -> Footage:
    waves = shown.waves.copy()
    waves[:, int(rng.integers(waves.shape[1] // 4, waves.shape[1] * 3 // 4))] = rng.uniform(0.95, 1.0)
    return replace(shown, waves=waves)


def _cut_short(shown: Footage, rng: np.random.Generator) -> Footage:
    return replace(shown, waves=shown.waves[:, : -int(shown.rate * rng.uniform(0.1, 0.8))])


def _gap(shown: Footage, rng: np.random.Generator) -> Footage:
    """The sound's clock jumps, as where packets are lost."""
    length = shown.waves.shape[1] / shown.rate
    return replace(shown, jump=(float(rng.uniform(0.2, 0.8)) * length, float(rng.uniform(0.05, 0.4))))


def _later(low: float, high: float) -> PixelFault:
    """The sound early or late, in seconds."""

    def plant(shown: Footage, rng: np.random.Generator) -> Footage:
        shift = round(float(rng.choice([-1, 1]) * rng.uniform(low, high)) * shown.rate)
        waves = np.zeros_like(shown.waves)
        if shift > 0:
            waves[:, shift:] = shown.waves[:, :-shift]
        else:
            waves[:, :shift] = shown.waves[:, -shift:]
        return replace(shown, waves=waves)

    return plant


# ── the catalogue ─────────────────────────────────────────────────────────────────────────────────


def _shown(check: str, name: str, change: PixelFault, *, lips: bool = False) -> Fault:
    def plant(specimen: Specimen, shown: Footage, rng: np.random.Generator, weights: Path | None) -> QualityRequest:
        return replayed(specimen, change(shown, rng), weights if lips else None)

    return Fault(check, name, plant, picture if check in SEEN else carried, lips)


SEEN = frozenset({"sound gap", "flicker", "scene cuts", "warp error", "camera movement", "uneven frames"})


def _voiced(check: str, name: str, change: VoiceFault, judge: Judge) -> Fault:
    def plant(specimen: Specimen, _shown: Footage, rng: np.random.Generator, _weights: Path | None) -> QualityRequest:
        speech = specimen.request.speech
        samples, rate = from_wav(specimen.artifacts.fetch(speech.audio))
        first = speech.lines[0]
        changed = change(Voice(samples, rate, round(first.start * rate), round(first.end * rate)), rng)
        audio = specimen.artifacts.put_bytes(to_wav(changed, rate), "audio/wav")
        return replace(specimen.request, speech=speech.model_copy(update={"audio": audio}))

    return Fault(check, name, plant, judge)


FAULTS: tuple[Fault, ...] = (
    _shown("decodes", "the last frames are missing", short),
    _shown("loudness", "1 to 6 dB louder or softer", _louder),
    _shown("true peak", "one sample near full scale", _click),
    _shown("sound and picture length", "the sound ends early", _cut_short),
    _shown("sound gap", "the sound jumps by 0.05 to 0.4 s", _gap),
    _shown("black frames", "three black frames", frames(black, 3)),
    _shown("torn frames", "a third of a frame of another moment", frames(torn, 1)),
    _shown("frozen picture", "0.8 s without movement", frames(frozen, 20)),
    _shown("flicker", "half a second ±6 to 15 % from frame to frame", frames(flickering, 12)),
    _shown("scene cuts", "up to 0.7 s of another picture", frames(foreign, 18)),
    _shown("warp error", "0.9 s drawn otherwise in each frame", frames(boiling, 22)),
    _shown("camera movement", "1.2 s of a shaking camera", frames(shaking, 30)),
    _shown("camera movement", "1.2 s of a sweep", frames(panning, 30)),
    _shown("uneven frames", "a frame 0.12 s late", late),
    _shown("lip_sync", "sound 0.25 to 0.4 s early or late", _later(0.25, 0.4), lips=True),
    _shown("lip_lag_ms", "sound 0.13 to 0.2 s early or late", _later(0.13, 0.2), lips=True),
    _shown("face inside the frame", "cut off at the top", moved(0, -0.45), lips=True),
    Fault("framing", "the face at the edge", _at_the_edge, face, lips=True),
    Fault("one face", "another face beside the presenter's", _doubled, face, lips=True),
    _voiced("clipping", "driven 8 to 14 dB into its own peak", clipped, clipping),
    _voiced("noise", "hiss 12 to 22 dB under the voice", noisy, noise),
    _voiced("silence", "1 to 1.6 s of a line lost", dropped, silence),
    _voiced("pitch", "played nearly three times as fast", squeaking, melody),
    _voiced("pitch", "one pitch throughout", monotone, melody),
    Fault("caption timing", "1.2 to 3 s late", captioned(shifted_cues), captions),
    Fault("caption timing", "one cue over another", captioned(overlapping_cues), captions),
    Fault("reading speed", "a cue for a quarter of its time", captioned(hurried_cues), captions, slight=True),
    Fault("captions say the script", "half a cue lost", captioned(lost_words), captions),
    Fault("grounding", "figures and names that the source lacks", said(CLAIMS, instead=True), grounding),
    Fault("language of the words", "a line in another language", said(STRAY, instead=False), language),
    Fault("swear words", "a line that swears", said(CURSES, instead=False), swearing),
    Fault("sameness", "said before but for a word in twelve", said_before, sameness),
    Fault(
        "same look", "the last two clips had this scene, a little lighter or darker", _seen_before, look, slight=True
    ),
)
