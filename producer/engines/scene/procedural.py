"""Scenes drawn from a seed: a backdrop and a palette that suit the topic's words."""

from __future__ import annotations

from importlib.util import find_spec

from producer.engines.base import Context, EngineInfo, Licence, Problem
from producer.engines.requests import SceneRequest, size_of
from storage.documents import Scene

NEEDED = {"skia": "skia-python", "cv2": "opencv-python-headless"}
QUALITY = 95
"""JPEG quality, without chroma subsampling: the picture is encoded once more afterwards."""


class Procedural:
    info = EngineInfo(
        id="procedural",
        stage="scene",
        version="2",
        title="Drawn scenes",
        code_licence=Licence("Apache-2.0"),
    )

    def check(self) -> list[Problem]:
        missing = [package for module, package in NEEDED.items() if find_spec(module) is None]
        return [Problem(f"The package {package} is not installed.", f"pip install {package}") for package in missing]

    def load(self, device: str = "cpu") -> None:
        """Nothing to make resident."""

    def unload(self) -> None:
        """Nothing to free."""

    def run(self, request: SceneRequest, context: Context) -> Scene:
        import cv2

        from producer.render.layout import layout_for
        from producer.render.scene.backdrops import paint, pick
        from producer.render.scene.choose import seed_of
        from producer.render.scene.palettes import PALETTES

        options = request.options
        words = " ".join(
            (options.title, options.description, *options.keywords, *options.keywords)
        )  # keywords weigh more
        backdrop, palette = pick(words, request.seed, options.backdrop)
        context.progress(0.1, f"painting {backdrop} in {palette}")
        layout = layout_for(options.format, options.resolution, mirrored=options.mirrored)
        size = size_of(options.format, options.resolution)
        pixels = paint(backdrop, PALETTES[palette], size, layout.face, seed_of(request.seed, words))
        context.stop_if_cancelled()
        flags = [
            cv2.IMWRITE_JPEG_QUALITY,
            QUALITY,
            cv2.IMWRITE_JPEG_SAMPLING_FACTOR,
            cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444,
        ]
        _, data = cv2.imencode(".jpg", cv2.cvtColor(pixels, cv2.COLOR_RGBA2BGR), flags)
        image = context.artifacts.put_bytes(data.tobytes(), "image/jpeg")
        context.progress(1.0, "painted")
        return Scene(
            image=image,
            width=size[0],
            height=size[1],
            prompt=options.description,
            seed=request.seed,
            backdrop=backdrop,
            colours=PALETTES[palette].colours,
        )
