"""The poster shows open eyes, once everything has come in."""

import numpy as np
import pytest

from producer.render.poster import PATIENCE_S, POSTER_S, poster_frame
from producer.render.presenter.stills import still
from producer.render.timeline import plan

TIMES = plan(6.0, 25)
USUAL = TIMES.body + round(POSTER_S * 25)


def tracks_with(blink: slice, fps: int = 25) -> dict[str, np.ndarray]:
    """Six seconds of speech without a lead, lids down in some frames of it."""
    tracks = {name: np.repeat(track, 6 * fps, axis=0) for name, track in still().items() if name != "lead"}
    tracks["lids"][blink] = 1.0
    return {**tracks, "lead": np.zeros(1, np.float32)}


def test_without_tracks_and_with_open_eyes_it_is_the_usual_frame() -> None:
    assert poster_frame(TIMES, {}, 25) == USUAL
    assert poster_frame(TIMES, tracks_with(slice(0, 0)), 25) == USUAL


@pytest.mark.parametrize("fps", [25, 30])
def test_a_blink_is_waited_for(fps: int) -> None:
    at = round((USUAL - TIMES.speech_start) * fps / 25)
    chosen = poster_frame(TIMES, tracks_with(slice(at - 3, at + 4), fps), fps)
    assert USUAL < chosen <= USUAL + 5


def test_eyes_that_stay_closed_are_shown_closed() -> None:
    assert poster_frame(TIMES, tracks_with(slice(None)), 25) == USUAL


def test_it_never_shows_the_outro() -> None:
    short = plan(0.4, 25)
    assert short.body <= poster_frame(short, {}, 25) < short.outro
    assert PATIENCE_S < POSTER_S
