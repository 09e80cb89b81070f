"""Scenes painted from words, by models that the user has fetched in diffusers' folder format.

    scene description ─▶ prompt ─▶ pipeline (model, LoRAs, seed) ─▶ picture ─▶ cropped to the format ─▶ Scene

One class for all models; what tells them apart is a row of `painters.py`. Licences that limit uses (the RAIL family)
bind whoever shows the picture, which the clip's page says. Where a model comes with its own safety checker it is
heeded: what it flags is painted again from another seed, and after that not by this model.
"""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from config.errors import BadInput, Unavailable
from producer.engines.base import Context, Stage
from producer.engines.models.engine import ModelEngine
from producer.engines.models.folder import fingerprint_of, loras_of
from producer.engines.requests import SceneOptions, SceneRequest, size_of
from producer.engines.scene.guides import guides_of
from producer.engines.scene.painters import FLUX2_KLEIN, SD15, SDXL, SDXL_TURBO, Z_IMAGE_TURBO, Painter
from producer.engines.scene.words import asked_for, avoided, painted_size
from storage.documents import Scene
from storage.orders import Painting

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from producer.nets.diffusion.pipeline import Picture, Pipeline

    Pixels = npt.NDArray[np.uint8]

SEEDS = 2
"""How often a picture is painted that the model's own safety checker flags."""
PAINTED = 0.95


class Diffusion(ModelEngine[Painter, "Pipeline"]):
    """Paints with one model."""

    stage: ClassVar[Stage] = "scene"

    def run(self, request: SceneRequest, context: Context) -> Scene:
        """Raises BadInput for a LoRA that is not here or not this model's."""
        import cv2
        import numpy as np

        from producer.render.cards.picture import fill
        from producer.render.scene.matching import palette_of

        self.ready()
        context.stop_if_cancelled()
        options, shape = request.options, size_of(request.options.format, request.options.resolution)
        asked = self._led(self._asked(options, shape, request.seed, context), options.painting, context)
        pixels, asked = self._painted(asked, context)
        if options.as_painted:
            shape = pixels.shape[1], pixels.shape[0]
        rgba = fill(np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2RGBA), np.uint8), shape)
        palette = palette_of(rgba)
        _, data = cv2.imencode(".png", cv2.cvtColor(rgba, cv2.COLOR_RGBA2BGR))
        image = context.artifacts.put_bytes(data.tobytes(), "image/png")
        context.progress(1.0, "painted")
        return Scene(
            image=image, width=shape[0], height=shape[1], prompt=asked.prompt, seed=asked.seed, colours=palette.colours,
            trained=tuple(part.file.sha256 for part in options.trained),
        )  # fmt: skip

    def _asked(self, options: SceneOptions, shape: tuple[int, int], seed: int, context: Context) -> Picture:
        from producer.nets.diffusion.pipeline import Picture

        row, wished = self.model, options.painting
        width, height = painted_size(shape, row.pixels, row.multiple)
        there = loras_of(self.weights_folder) if self.weights_folder else {}
        for use in wished.loras:
            if use.name not in there:
                raise BadInput(
                    f"{row.title} has no LoRA “{use.name}”.",
                    f"Put {use.name}.safetensors into {self.weights_folder}/loras, or take it out of the show.",
                )
        return Picture(
            prompt=asked_for(options), avoided=avoided(options), width=width, height=height,
            steps=row.steps if wished.steps is None else wished.steps,
            guidance=row.guidance if wished.guidance is None else wished.guidance,
            seed=seed, loras={use.name: (there[use.name], use.weight) for use in wished.loras} | _trained(options, context),
        )  # fmt: skip

    def _led(self, asked: Picture, wished: Painting, context: Context) -> Picture:
        """With the pictures that lead it. Raises Unavailable where it cannot be led so: the next engine may."""
        from producer.engines.scene.guides import adapter, controlnet, drawn_for
        from producer.nets.diffusion.guided import Guide, Reference
        from producer.render.inputs import read_picture, read_scene

        guide, reference, folder, title = wished.guide, wished.reference, self._folder(), self.model.title
        if guide is None and reference is None:
            return asked
        if not self.model.led or folder is None:
            raise Unavailable(f"{title} is not led by pictures.", "Prefer sd15 or sdxl, or take them out of the show.")
        if guide is not None:
            picture = read_scene(context.artifacts.fetch(guide.picture), (asked.width, asked.height))[..., :3].copy()
            lines, net = drawn_for(guide.kind, picture), controlnet(folder, title, guide.kind)
            asked = replace(asked, guide=Guide(net, lines, guide.weight, guide.until))
        if reference is not None:
            seen = read_picture(context.artifacts.fetch(reference.picture))[..., :3].copy()
            asked = replace(asked, reference=Reference(adapter(folder, title), seen, reference.weight))
        return asked

    def _painted(self, asked: Picture, context: Context) -> tuple[Pixels, Picture]:
        for number in range(SEEDS):
            tried = replace(asked, seed=asked.seed + number)

            def told(fraction: float, first: bool = number == 0) -> None:
                context.stop_if_cancelled()
                context.progress(PAINTED * fraction if first else PAINTED, "painting")

            pixels, flagged = self.ready().paint(tried, told)
            context.stop_if_cancelled()
            if not flagged:
                return pixels, tried
            context.log("the model's safety checker would not show the picture")
        raise Unavailable(
            f"The safety checker of {self.model.title} would not show what it painted.", "Describe another scene."
        )

    def fingerprint(self) -> str:
        """Of the model and of all that lies beside it to change what is painted."""
        base, folder = super().fingerprint(), self._folder()
        more = (*loras_of(folder).values(), *guides_of(folder)) if folder else ()
        if base == "not here" or not more:
            return base
        return hashlib.sha256(f"{base} {fingerprint_of(more)}".encode()).hexdigest()[:16]

    def _open(self, folder: Path, device: str) -> Pipeline:
        from producer.nets.diffusion.pipeline import Pipeline

        return Pipeline(folder, self.model, self.profile, device)


def _trained(options: SceneOptions, context: Context) -> dict[str, tuple[Path, float]]:
    """The presenter's own LoRAs, named after what is in them. diffusers takes a file for pickled that is not called so."""
    found = {}
    for part in options.trained:
        name = f"trained-{part.file.sha256[:16]}"
        path = context.workdir / f"{name}.safetensors"
        shutil.copyfile(context.artifacts.fetch(part.file), path)
        found[name] = (path, part.weight)
    return found


sd15 = partial(Diffusion, SD15)
sdxl = partial(Diffusion, SDXL)
sdxl_turbo = partial(Diffusion, SDXL_TURBO)
z_image_turbo = partial(Diffusion, Z_IMAGE_TURBO)
flux2_klein = partial(Diffusion, FLUX2_KLEIN)
"""What the registry creates."""
