"""What the finished file is really like: all of it decoded, and the lips compared with the words.

Sound is heard as soon as it is encoded, and the pictures of an H.264 file are seen while it is still being made; where the file
turns out to hold anything else, it is played once more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from config.errors import Unavailable
from producer.engines.requests import FinishRequest
from storage.documents import Check, Phoneme, Sighting

if TYPE_CHECKING:
    from producer.checks.hearing import Hearing
    from producer.checks.lips import LipWatch
    from producer.checks.media import Inspection
    from producer.checks.mouth import Whereabouts
    from producer.checks.playing import Viewer
    from producer.render.encode import Tap
    from producer.render.layout import Layout

STILL = frozenset({"framed/1"})
"""Renderers of pictures that do not speak."""
CHIN_TO_MIDDLE = 0.5
"""From the head's top to the middle of the face, in heads."""


class Audience:
    """Everybody who looks at one cut."""

    def __init__(self, request: FinishRequest, offset_s: float, layout: Layout, weights: Path | None) -> None:
        from producer.checks.lips import not_measured
        from producer.checks.media import Eye
        from producer.checks.onlooker import Onlooker

        self.eye, self._onlooker = Eye(), Onlooker()
        self._lips: LipWatch | None = None
        self._unseen: list[Check] = []
        if request.performance.renderer not in STILL and any(sound.symbol != "_" for sound in request.speech.phonemes):
            self._lips = watch_for(request, offset_s, layout, weights)
            self._unseen = [] if self._lips else not_measured()

    @property
    def viewers(self) -> list[Viewer]:
        return [self.eye, self._onlooker, *filter(None, [self._lips])]

    def tell(self, hearing: Hearing) -> tuple[list[Check], list[Sighting]]:
        """After the file was played: the checks of its lips, and all else that was seen, and heard by others."""
        self._onlooker.sounds = hearing.sounds
        if self._lips is None:
            return self._unseen, self._onlooker.sightings()
        self._lips.vowels = hearing.vowels
        return self._lips.checks(), [*self._onlooker.sightings(), *self._lips.sightings()]

    def close(self) -> None:
        """Look no further."""
        if self._lips:
            self._lips.close()


class Measuring:
    """From the first frame that is drawn to what is known of the file; a context manager, as there are threads to stop."""

    def __init__(
        self, request: FinishRequest, offset_s: float, layout: Layout, weights: Path | None, live_fps: int | None
    ) -> None:
        """`live_fps`: the rate of H.264 whose packets will come to `tap`; None = nothing comes there."""
        from producer.checks.preview import Preview

        self._open = ExitStack()
        self._invite: Callable[[], Audience] = partial(Audience, request, offset_s, layout, weights)
        self._audience = self._invited()
        self._preview: Preview | None = None
        if live_fps is not None:
            self._preview = self._open.enter_context(Preview(self._audience.viewers, live_fps))

    @property
    def tap(self) -> Tap | None:
        """Where packets of the video go as they are made."""
        return self._preview.take if self._preview else None

    def measure(
        self, video: Path, hearing: Future[Hearing], poll: Callable[[float], None]
    ) -> tuple[Inspection, list[Check], list[Sighting]]:
        """What the finished file holds, the checks of its lips, and all else that was seen and heard of it. `hearing`: of the
        sound that should be in it.

        Raises what `poll` raises, and av.FFmpegError when the file does not decode.
        """
        from producer.checks.hearing import fingerprint, heard
        from producer.checks.media import inspected
        from producer.checks.playing import play

        known = hearing.result()
        if known.fingerprint != fingerprint(video):
            known = heard(video)
        if self._preview and self._preview.shown(video):
            played = play(video)
        else:
            if self._preview:
                self._audience = self._invited()
            played = play(video, self._audience.viewers, poll=poll)
        poll(1.0)
        return inspected(played, self._audience.eye, known.ear), *self._audience.tell(known)

    def __enter__(self) -> Measuring:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    def _invited(self) -> Audience:
        audience = self._invite()
        self._open.callback(audience.close)
        return audience


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
