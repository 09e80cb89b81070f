"""Faults of a picture, planted in what the decoder gave: black, torn and frozen frames, flicker, foreign and boiling pictures, a
camera that does not keep still, frames that are late or missing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from producer.quality.specimens import Footage

PixelFault = Callable[[Footage, np.random.Generator], Footage]


def frames(change: Callable[[list[np.ndarray], int, np.random.Generator], None], length: int) -> PixelFault:
    """`change` is given the frames, the first of `length` that it may change, and chance."""

    def plant(shown: Footage, rng: np.random.Generator) -> Footage:
        frames = list(shown.frames)
        change(frames, int(rng.integers(12, len(frames) - length - 12)), rng)
        return replace(shown, frames=tuple(frames))

    return plant


def black(frames: list[np.ndarray], at: int, _rng: np.random.Generator) -> None:
    for n in range(at, at + 3):
        frames[n] = np.full_like(frames[n], 16)


def torn(frames: list[np.ndarray], at: int, rng: np.random.Generator) -> None:
    """A third of the frame is of another moment: so much lighter or darker, everywhere."""
    height = frames[at].shape[0]
    top = int(rng.integers(0, height * 2 // 3))
    frames[at] = frames[at].copy()
    frames[at][top : top + height // 3] += np.uint8(100)


def frozen(frames: list[np.ndarray], at: int, _rng: np.random.Generator) -> None:
    for n in range(at, at + 20):
        frames[n] = frames[at]


def flickering(frames: list[np.ndarray], at: int, rng: np.random.Generator) -> None:
    strength = rng.uniform(0.06, 0.15)
    for n in range(at, at + 12):
        frames[n] = np.clip(frames[n] * (1 + strength * (-1) ** n), 0, 255).astype(np.uint8)


def foreign(frames: list[np.ndarray], at: int, rng: np.random.Generator) -> None:
    """A second of something else: the picture as a negative, turned round."""
    for n in range(at, at + int(rng.integers(8, 18))):
        frames[n] = np.ascontiguousarray(255 - frames[n][::-1, ::-1])


def boiling(frames: list[np.ndarray], at: int, rng: np.random.Generator) -> None:
    """What video models do when they lose the thread: everything is drawn a little otherwise in each frame."""
    import cv2

    strength = rng.uniform(12, 20)
    for n in range(at, at + 22):
        height, width = frames[n].shape
        blobs = rng.normal(0, 1, (height // 16, width // 16)).astype(np.float32)
        frames[n] = np.clip(frames[n] + strength * cv2.resize(blobs, (width, height)), 0, 255).astype(np.uint8)


def shaking(frames: list[np.ndarray], at: int, rng: np.random.Generator) -> None:
    """A camera in the hand of somebody who runs: the whole picture jumps about, 0.6 to 1.5 % of its width each time."""
    for n in range(at, at + 30):
        across, down = (round(rng.choice((-1, 1)) * rng.uniform(0.006, 0.015) * frames[n].shape[1]) for _ in "xy")
        frames[n] = np.roll(frames[n], (down, across), (0, 1))


def panning(frames: list[np.ndarray], at: int, rng: np.random.Generator) -> None:
    """A sweep to the side, 0.2 to 0.5 widths a second."""
    step = float(rng.choice((-1, 1)) * rng.uniform(0.2, 0.5)) * frames[at].shape[1] / 25
    for n in range(at, at + 30):
        frames[n] = np.roll(frames[n], round(step * (n - at)), 1)


def late(shown: Footage, rng: np.random.Generator) -> Footage:
    """One frame is shown three frames' time late."""
    at = int(rng.integers(10, len(shown.times) - 10))
    return replace(shown, times=tuple(t + (0.12 if n >= at else 0) for n, t in enumerate(shown.times)))


def short(shown: Footage, rng: np.random.Generator) -> Footage:
    left = len(shown.frames) - int(rng.integers(3, 20))
    return replace(shown, frames=shown.frames[:left], times=shown.times[:left])


def moved(x: float, y: float) -> PixelFault:
    """The whole picture, moved by shares of its width and height; the edge fills what comes free."""

    def plant(shown: Footage, _rng: np.random.Generator) -> Footage:
        import cv2

        height, width = shown.frames[0].shape
        move = np.array([[1, 0, x * width], [0, 1, y * height]], np.float32)
        moved = (cv2.warpAffine(f, move, (width, height), borderMode=cv2.BORDER_REPLICATE) for f in shown.frames)
        return replace(shown, frames=tuple(np.asarray(frame, np.uint8) for frame in moved))

    return plant
