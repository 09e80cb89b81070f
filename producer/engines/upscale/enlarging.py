"""What all engines share that enlarge a picture: what is large enough is left alone, and none grows beyond what is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from producer.engines.base import Context
from producer.engines.requests import UpscaleRequest
from storage.documents import Upscaled

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Pixels = npt.NDArray[np.uint8]


def enlarged(request: UpscaleRequest, context: Context, enlarge: Callable[[Pixels, float], Pixels]) -> Upscaled:
    """The picture so large that it covers what is wanted. `enlarge` is given RGB and how many times larger it is to be, and
    may give back more than that. Raises BadInput when it is no picture."""
    import cv2
    import numpy as np

    from producer.render.inputs import read_picture

    options = request.options
    context.stop_if_cancelled()
    picture = read_picture(context.artifacts.fetch(options.image))[..., :3].copy()
    height, width = picture.shape[:2]
    times = max(options.width / width, options.height / height)
    if times <= 1:
        context.progress(1.0, "large enough")
        return Upscaled(image=options.image, width=width, height=height)
    large = enlarge(picture, times)
    size = round(width * times), round(height * times)
    if (large.shape[1], large.shape[0]) != size:
        larger = large.shape[1] < size[0]
        large = np.asarray(
            cv2.resize(large, size, interpolation=cv2.INTER_LANCZOS4 if larger else cv2.INTER_AREA), np.uint8
        )
    _, data = cv2.imencode(".png", cv2.cvtColor(large, cv2.COLOR_RGB2BGR))
    image = context.artifacts.put_bytes(data.tobytes(), "image/png")
    context.progress(1.0, "enlarged")
    return Upscaled(image=image, width=size[0], height=size[1], times=round(times, 3))
