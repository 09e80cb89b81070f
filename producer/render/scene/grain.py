"""Film grain: noise so faint that it is not seen, but smooth gradients survive the encoder without bands."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]

STRENGTH = 1.5
"""Standard deviation, in 8-bit steps."""


def grain(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    """Opaque RGBA with noise of two sizes: the finer alone would be smoothed away."""
    height, width = pixels.shape[:2]
    fine = rng.standard_normal((height, width), np.float32)
    coarse = cv2.resize(rng.standard_normal((height // 2, width // 2), np.float32), (width, height))
    noise = (0.6 * fine + coarse) * (STRENGTH / 1.2)
    noisy = pixels[..., :3] + noise[..., None]
    grained = np.full(pixels.shape, 255, np.uint8)
    grained[..., :3] = np.clip(np.rint(noisy, out=noisy), 0, 255, out=noisy)
    return grained
