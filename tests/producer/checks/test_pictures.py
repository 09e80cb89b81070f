"""What is seen of a film as its frames go by: a picture that boils is told from one that gives way to another."""

from __future__ import annotations

import numpy as np
import pytest

from producer.checks.pictures import PictureWatch
from producer.quality.planted_pictures import boiling
from storage.documents import Sighting
from storage.quality import QualityRules

WIDTH, HEIGHT = 1280, 720
BOUND = QualityRules().warp_error


def texture(seed: int, middle: float) -> np.ndarray:
    """Something like shelves of books: fine, and light or dark."""
    import cv2

    rng = np.random.default_rng(seed)
    blobs = rng.normal(middle, 30, (HEIGHT // 12, WIDTH // 12)).astype(np.float32)
    return np.clip(cv2.resize(blobs, (WIDTH, HEIGHT)), 0, 255)


def warp_error(frames: list[np.ndarray], fps: int) -> Sighting:
    watch = PictureWatch()
    for n, frame in enumerate(frames):
        watch.see(n / fps, frame.astype(np.uint8), False)
    return next(seen for seen in watch.sightings() if seen.name == "warp error")


@pytest.mark.parametrize("fps", [25, 30])
def test_a_fade_from_one_picture_to_the_next_is_no_error(fps: int) -> None:
    before, after = texture(1, 40), texture(2, 190)
    shares = [0.0] * fps + list(np.linspace(0, 1, round(0.4 * fps))) + [1.0] * fps
    assert warp_error([before * (1 - share) + after * share for share in shares], fps).value < BOUND / 2


def test_a_picture_that_boils_is_one_and_it_is_said_where() -> None:
    frames = [texture(3, 110).astype(np.uint8)] * 80
    boiling(frames, 30, np.random.default_rng(4))
    seen = warp_error(frames, 25)
    assert seen.value > BOUND
    assert 1.0 < seen.where[0].start < seen.where[0].end < 2.3
