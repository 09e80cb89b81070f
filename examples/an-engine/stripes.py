"""Scenes in stripes: an engine of your own, whole. `pip install` this folder, then prefer `stripes` in a show."""

import io
import random

from PIL import Image, ImageDraw

from producer.engines.base import Context, EngineInfo, Licence, Problem
from producer.engines.requests import SceneRequest, size_of
from storage.documents import Scene


class Stripes:
    # Another version makes scenes anew; an engine with weights also names their licence and fingerprint.
    info = EngineInfo(id="stripes", stage="scene", version="1", title="Stripes", code_licence=Licence("Apache-2.0"))

    def check(self) -> list[Problem]:
        return []  # Problem("what is missing", "the command that helps"), found without heavy imports

    def load(self, device: str = "cpu") -> None:
        """Weights, and heavy imports. Raises Unavailable or OutOfMemory."""

    def unload(self) -> None: ...

    def run(self, request: SceneRequest, context: Context) -> Scene:
        width, height = size_of(request.options.format, request.options.resolution)
        lots = random.Random(request.seed)  # noqa: S311 - an equal request makes an equal scene
        picture = Image.new("RGB", (width, height))
        for left in range(0, width, 8):
            context.stop_if_cancelled()
            context.progress(left / width, "painting stripes")
            colour = (lots.randrange(90), lots.randrange(90), lots.randrange(60, 160))
            ImageDraw.Draw(picture).rectangle((left, 0, left + 7, height), fill=colour)
        file = io.BytesIO()
        picture.save(file, "PNG")
        image = context.artifacts.put_bytes(file.getvalue(), "image/png")
        return Scene(image=image, width=width, height=height, seed=request.seed)
