"""Scenes set in motion by a workflow of the user's in ComfyUI. Slots: image; prompt, avoid, seed, width, height where it has
them. What it saves is a video."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from config.errors import BadInput
from producer.engines.base import Context
from producer.engines.comfy.backend import WORKED, ComfyBackend
from producer.engines.motion.diffusion import STEADY, UNQUIET
from producer.engines.requests import MotionRequest, size_of
from producer.engines.scene.words import AVOIDED, painted_size
from storage.documents import Motion

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Pixels = npt.NDArray[np.uint8]

PIXELS, MULTIPLE = 1024 * 576, 32
MOST_FRAMES = 257
"""More of a film is not looked at: it is a loop of a few seconds."""


class ComfyMotion(ComfyBackend):
    stage, engine_id, title = "motion", "comfyui-motion", "ComfyUI"
    code = "GPL-3.0-only AND GPL-2.0-or-later"
    needed = ("image",)
    endings = (".mp4", ".webm", ".mkv", ".mov", ".gif")

    def run(self, request: MotionRequest, context: Context) -> Motion:
        """Raises BadInput when what was made is no film."""
        import cv2

        from producer.render.inputs import read_scene
        from producer.render.loops.film import write_loop
        from producer.render.loops.weave import without_a_seam

        options, wished = request.options, request.options.movement
        shape = size_of(options.format, options.resolution)
        width, height = painted_size(shape, PIXELS, MULTIPLE)
        words = ", ".join(part for part in (wished.words, request.scene.prompt, STEADY) if part)
        context.stop_if_cancelled()
        picture = read_scene(context.artifacts.fetch(request.scene.image), (width, height))
        png = cv2.imencode(".png", cv2.cvtColor(picture, cv2.COLOR_RGBA2BGR))[1].tobytes()
        with self.talking() as comfy:
            name = comfy.upload(png, f"dailies-{request.scene.image.sha256[:16]}-{width}x{height}.png")
            _, data = self.made(
                comfy, context, image=name, prompt=words, avoid=f"{UNQUIET}, {AVOIDED}", seed=request.seed, width=width,
                height=height,
            )  # fmt: skip
        path = context.workdir / "made"
        path.write_bytes(data)
        frames, fps = _frames(path)
        context.stop_if_cancelled()
        context.progress(WORKED, "closing the loop")
        woven = without_a_seam(frames, fps, options.fps, context.stop_if_cancelled)
        file = context.workdir / "loop.mp4"
        write_loop(file, woven, options.fps, shape, context.stop_if_cancelled)
        loop = context.artifacts.put(file, "video/mp4")
        context.progress(1.0, "in motion")
        return Motion(loop=loop, frames=len(woven), fps=options.fps, seed=request.seed)


def _frames(path: Path) -> tuple[list[Pixels], int]:
    """RGB frames, and how many a second. Raises BadInput."""
    import av
    import numpy as np

    try:
        with av.open(str(path)) as film:
            rate = film.streams.video[0].average_rate
            frames = [
                np.asarray(frame.to_ndarray(format="rgb24"), np.uint8)
                for _, frame in zip(range(MOST_FRAMES), film.decode(video=0), strict=False)
            ]
    except (av.FFmpegError, IndexError) as error:
        raise BadInput("What ComfyUI made is no film.", "Look at what the workflow saves.") from error
    if not frames:
        raise BadInput("What ComfyUI made holds no pictures.", "Look at what the workflow saves.")
    return frames, max(1, round(float(rate or 8)))
