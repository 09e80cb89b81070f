"""What the finished file is really like: all of it decoded, and the lips compared with the words."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from config.errors import Unavailable
from producer.engines.base import Context
from producer.engines.requests import FinishRequest
from storage.documents import Check, Phoneme, Sighting

if TYPE_CHECKING:
    from producer.checks.lips import LipWatch
    from producer.checks.media import Inspection
    from producer.checks.mouth import Whereabouts
    from producer.checks.playing import Witness
    from producer.render.layout import Layout

STILL = frozenset({"framed/1"})
"""Renderers of pictures that do not speak."""
CHIN_TO_MIDDLE = 0.5
"""From the head's top to the middle of the face, in heads."""


def measure(
    video: Path, request: FinishRequest, offset_s: float, layout: Layout, weights: Path | None, context: Context,
    begun: float,
) -> tuple[Inspection, list[Check], list[Sighting]]:  # fmt: skip
    """What the file holds, the checks of its lips, and all else that was seen in the one time it is played. `begun`: the fraction of the work that was done before.

    Raises Cancelled, and av.FFmpegError when the file does not decode.
    """
    from producer.checks.lips import not_measured
    from producer.checks.media import inspect
    from producer.checks.onlooker import Onlooker

    def poll(fraction: float) -> None:
        context.stop_if_cancelled()
        context.progress(begun + (1 - begun) * fraction, "measuring")

    onlooker = Onlooker()
    if request.performance.renderer in STILL or not any(sound.symbol != "_" for sound in request.speech.phonemes):
        return inspect(video, poll, [onlooker]), [], onlooker.sightings()
    lips = watch_for(request, offset_s, layout, weights)
    if lips is None:
        return inspect(video, poll, [onlooker]), not_measured(), onlooker.sightings()
    with closing(lips):
        witnesses: list[Witness] = [lips, onlooker]
        return inspect(video, poll, witnesses), lips.checks(), [*onlooker.sightings(), *lips.sightings()]


def watch_for(request: FinishRequest, offset_s: float, layout: Layout, weights: Path | None) -> LipWatch | None:
    """Who compares the lips with the words; None where the networks are missing."""
    from producer.checks.lips import LipWatch

    sounds = [_later(phoneme, offset_s) for phoneme in request.speech.phonemes]
    near = whereabouts(layout, request.performance.look)
    try:
        return None if weights is None else LipWatch(sounds, weights, near)
    except Unavailable:
        return None


def whereabouts(layout: Layout, look: Mapping[str, Any]) -> Whereabouts:
    """Where the presenter's face should be in the picture."""
    from producer.checks.mouth import Whereabouts
    from producer.render.presenter.framing import placement_for

    place = placement_for(layout, look)
    return Whereabouts(place.centre_x, place.head_top + CHIN_TO_MIDDLE * place.head_height, place.head_height)


def _later(phoneme: Phoneme, offset_s: float) -> Phoneme:
    return phoneme.model_copy(update={"start": phoneme.start + offset_s, "end": phoneme.end + offset_s})
