"""Scenes painted by a workflow of the user's in ComfyUI. Slots: prompt; avoid, seed, width, height where it has them."""

from __future__ import annotations

from producer.engines.base import Context
from producer.engines.comfy.backend import ComfyBackend
from producer.engines.requests import SceneRequest, size_of
from producer.engines.scene.words import asked_for, avoided, painted_size
from storage.documents import Scene

PIXELS, MULTIPLE = 1024 * 1024, 64
"""What most models of the day are at their best with."""


class ComfyScene(ComfyBackend):
    stage, engine_id, title = "scene", "comfyui", "ComfyUI"
    needed = ("prompt",)
    endings = (".png", ".jpg", ".jpeg", ".webp")

    def run(self, request: SceneRequest, context: Context) -> Scene:
        """Raises BadInput when what was made is no picture."""
        import cv2
        import numpy as np

        from producer.render.cards.picture import fill
        from producer.render.inputs import read_picture
        from producer.render.scene.matching import palette_of

        options = request.options
        shape = size_of(options.format, options.resolution)
        width, height = painted_size(shape, PIXELS, MULTIPLE)
        prompt = asked_for(options)
        context.stop_if_cancelled()
        with self.talking() as comfy:
            _, data = self.made(
                comfy, context, prompt=prompt, avoid=avoided(options), seed=request.seed, width=width, height=height
            )
        path = context.workdir / "made"
        path.write_bytes(data)
        pixels = read_picture(path)
        rgba = pixels if options.as_painted else fill(pixels, shape)
        _, encoded = cv2.imencode(".png", cv2.cvtColor(np.asarray(rgba, np.uint8), cv2.COLOR_RGBA2BGR))
        image = context.artifacts.put_bytes(encoded.tobytes(), "image/png")
        context.progress(1.0, "painted")
        return Scene(
            image=image, width=rgba.shape[1], height=rgba.shape[0], prompt=prompt, seed=request.seed,
            colours=palette_of(rgba).colours,
        )  # fmt: skip
