"""Pictures enlarged by arithmetic alone (Lanczos resampling), and sharpened a little. What always works."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from producer.engines.base import Context, EngineInfo, Licence, Problem
from producer.engines.requests import UpscaleRequest
from producer.engines.upscale.enlarging import enlarged
from storage.documents import Upscaled

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Pixels = npt.NDArray[np.uint8]

SHARPENED, RADIUS = 0.35, 0.6
"""How much of what a soft mask takes away is added again, and the mask's radius in pixels of the small picture."""


class Lanczos:
    info = EngineInfo(
        id="lanczos",
        stage="upscale",
        version="1",
        title="Lanczos enlargement",
        code_licence=Licence("Apache-2.0"),
    )

    def check(self) -> list[Problem]:
        if find_spec("cv2") is None:
            return [
                Problem("The package opencv-python-headless is not installed.", "pip install opencv-python-headless")
            ]
        return []

    def load(self, device: str = "cpu") -> None:
        """Nothing to make resident."""

    def unload(self) -> None:
        """Nothing to free."""

    def run(self, request: UpscaleRequest, context: Context) -> Upscaled:
        """Raises BadInput when it is no picture."""
        return enlarged(request, context, _larger)


def _larger(picture: Pixels, times: float) -> Pixels:
    import cv2
    import numpy as np

    size = round(picture.shape[1] * times), round(picture.shape[0] * times)
    large = cv2.resize(picture, size, interpolation=cv2.INTER_LANCZOS4)
    soft = cv2.GaussianBlur(large, (0, 0), RADIUS * times)
    return np.asarray(cv2.addWeighted(large, 1 + SHARPENED, soft, -SHARPENED, 0), np.uint8)
