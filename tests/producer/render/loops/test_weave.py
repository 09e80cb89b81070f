"""A few seconds of film as a loop: no seam, and another pace."""

from __future__ import annotations

import numpy as np
import pytest

from producer.render.loops.weave import closed, in_between, without_a_seam


def quietly() -> None:
    """Nobody wants it to stop."""


def sliding(count: int, step: float) -> np.ndarray:
    """A bright disc that goes to the right, `step` pixels a frame."""
    rows, columns = np.mgrid[:64, :128]
    frames = []
    for number in range(count):
        far = np.hypot(rows - 32, columns - 24 - step * number)
        frames.append(np.repeat((40 + 180 / (1 + np.exp(far - 12)))[..., None], 3, axis=2))
    return np.array(frames).astype(np.uint8)


def centre(frame: np.ndarray) -> float:
    """Where the disc is, in pixels from the left."""
    light = frame[..., 0].astype(float) - 40
    return float((light.clip(0) * np.arange(frame.shape[1])).sum() / light.clip(0).sum())


def steps(loop: list[np.ndarray]) -> list[float]:
    """How much each frame differs from the one before it, the first from the last."""
    return [float(np.abs(loop[n].astype(int) - loop[n - 1]).mean()) for n in range(len(loop))]


def test_the_last_frame_leads_to_the_first() -> None:
    film = sliding(16, 2.0)
    open_, shut = steps(list(film)), steps(closed(film))
    assert open_[0] > 5 * max(open_[1:]), "a film that begins again jumps"
    assert max(shut) < open_[0] / 3, "a loop goes on"
    assert len(closed(film)) == 12


@pytest.mark.parametrize("count", [1, 2])
def test_too_little_film_is_kept_as_it_is(count: int) -> None:
    assert len(without_a_seam(sliding(count, 1), 7, 7, quietly)) == count


def test_what_moves_is_in_between_between_two_frames() -> None:
    """Halfway, not twice and half as bright, as in a dissolve."""
    film = list(sliding(2, 12.0))
    middle = in_between(film, 1, 2, quietly)[1]
    assert centre(middle) == pytest.approx((centre(film[0]) + centre(film[1])) / 2, abs=1.0)
    assert middle.max() >= 0.97 * film[0].max()


@pytest.mark.parametrize(("fps", "wanted", "frames"), [(7, 25, 43), (24, 25, 12), (25, 25, 12), (50, 25, 6)])
def test_it_lasts_as_long_at_another_pace(fps: int, wanted: int, frames: int) -> None:
    loop = without_a_seam(sliding(16, 1.0), fps, wanted, quietly)
    assert len(loop) == frames
    assert max(steps(loop)) < 8, "from frame to frame it hardly changes"


def test_the_same_film_makes_the_same_loop() -> None:
    first, second = (without_a_seam(sliding(8, 1.5), 7, 25, quietly) for _ in range(2))
    assert all(np.array_equal(one, other) for one, other in zip(first, second, strict=True))


def test_it_is_left_when_somebody_wants_it() -> None:
    asked = iter([None, None])

    def stop() -> None:
        if next(asked, "stop") == "stop":
            raise InterruptedError

    with pytest.raises(InterruptedError):
        without_a_seam(sliding(16, 1.0), 7, 25, stop)
