"""The tracks of a presenter who speaks a request's speech, whoever is going to draw them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from producer.engines.base import Context
from producer.engines.requests import VideoRequest

if TYPE_CHECKING:
    from producer.render.presenter.tracks import Track


def moves_of(request: VideoRequest, context: Context) -> dict[str, Track]:
    """The arrays of `producer.render.presenter.tracks`, and `voice` (n,): how loud each frame is, 0 … about 1.

    Raises BadInput for sound that is not mono 16-bit WAV.
    """
    import numpy as np

    from producer.render.presenter.articulation import RATE
    from producer.render.presenter.motion import Spoken, perform
    from producer.render.presenter.prosody import loudness_of, sentences

    speech, fps = request.speech, request.options.fps
    loudness = loudness_of(context.artifacts.fetch(speech.audio), speech.duration_s)
    spoken = Spoken(speech.phonemes, sentences(request.script, speech), speech.duration_s, loudness)
    tracks = perform(spoken, fps, request.seed)
    time = (np.arange(len(tracks["mouth"])) - float(tracks["lead"][0]) + 0.5) / fps
    voice = np.interp(time, np.arange(len(loudness)) / RATE, loudness, left=0, right=0)
    return {**tracks, "voice": np.asarray(voice, np.float32)}
