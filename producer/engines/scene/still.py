"""A picture of one's own as the scene: cropped to the format, with the palette of ours that goes with it."""

from __future__ import annotations

from importlib.util import find_spec

from config.errors import BadInput
from producer.engines.base import Context, EngineInfo, Licence, Problem
from producer.engines.requests import SceneRequest, size_of
from producer.engines.scene.procedural import NEEDED, QUALITY
from storage.documents import Scene


class Still:
    """The picture is a clip's own (`Brief.picture`): where there is one, no other engine makes a scene."""

    info = EngineInfo(
        id="still",
        stage="scene",
        version="1",
        title="Own picture",
        code_licence=Licence("Apache-2.0"),
        needs="picture",
    )

    def check(self) -> list[Problem]:
        missing = [package for module, package in NEEDED.items() if find_spec(module) is None]
        return [Problem(f"The package {package} is not installed.", f"pip install {package}") for package in missing]

    def load(self, device: str = "cpu") -> None:
        """Nothing to make resident."""

    def unload(self) -> None:
        """Nothing to free."""

    def run(self, request: SceneRequest, context: Context) -> Scene:
        """Raises BadInput for a clip without a picture, or one that cannot be read."""
        import cv2

        from producer.render.inputs import read_scene
        from producer.render.scene.matching import palette_of

        options = request.options
        if options.picture is None:
            raise BadInput("This clip has no picture to show.", "Bring one on the clip's edit page.")
        context.stop_if_cancelled()
        size = size_of(options.format, options.resolution)
        pixels = read_scene(context.artifacts.fetch(options.picture), size)
        _, data = cv2.imencode(".jpg", cv2.cvtColor(pixels, cv2.COLOR_RGBA2BGR), [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
        image = context.artifacts.put_bytes(data.tobytes(), "image/jpeg")
        context.progress(1.0, "cropped")
        return Scene(
            image=image, width=size[0], height=size[1], seed=request.seed, backdrop="own", colours=palette_of(pixels).colours
        )  # fmt: skip
