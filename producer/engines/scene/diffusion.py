"""Scenes painted from words, by models that the user has fetched in diffusers' folder format.

    scene description ─▶ prompt ─▶ pipeline (model, LoRAs, seed) ─▶ picture ─▶ cropped to the format ─▶ Scene

One class for all models; what tells them apart is a row of `painters.py`. Licences that limit uses (the RAIL family)
bind whoever shows the picture, which the clip's page says. Where a model comes with its own safety checker it is
heeded: what it flags is painted again from another seed, and after that not by this model.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from config.errors import BadInput, Unavailable
from producer.engines.base import Context, EngineInfo, Licence, Problem
from producer.engines.requests import SceneOptions, SceneRequest, size_of
from producer.engines.scene.folder import Unfit, examine, fingerprint_of, loras_of
from producer.engines.scene.painters import FLUX2_KLEIN, FULL, SD15, SDXL, SDXL_TURBO, Z_IMAGE_TURBO, Painter, fetching
from producer.engines.scene.words import asked_for, avoided, painted_size
from producer.machine import has_gpu
from storage.documents import Scene

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from producer.nets.diffusion.pipeline import Picture, Pipeline

    Pixels = npt.NDArray[np.uint8]

PACKAGES = ("torch", "diffusers", "transformers", "accelerate", "peft", "safetensors")
INSTALL = 'pip install "dailies[diffusers]"'
FOR_A_PROCESSOR_MB = 1_000
"""Models up to this size are painted with on a machine without a GPU too; larger ones would take many minutes."""
SEEDS = 2
"""How often a picture is painted that the model's own safety checker flags."""
PAINTED = 0.95


@dataclass
class Diffusion:
    """Paints with one model. `profile` is set before `load`; `weights_folder` by the registry."""

    painter: Painter
    weights_folder: Path | None = None
    profile: str = FULL
    _pipeline: Pipeline | None = None

    @property
    def info(self) -> EngineInfo:
        memory = {profile.id: profile.memory_mb for profile in self.painter.profiles}
        return EngineInfo(
            id=self.painter.id,
            stage="scene",
            version="1",
            title=self.painter.title,
            code_licence=Licence("Apache-2.0"),
            weights_licence=self.painter.licence,
            lane="gpu",
            memory_mb=memory[self.profile],
            profiles=self.painter.profiles,
            weights=self._fingerprint(),
            cures=(INSTALL, self._fetching()),
        )

    def check(self) -> list[Problem]:
        problems = []
        folder = self._folder()
        if folder is None:
            problems.append(Problem(f"The weights of {self.painter.title} are not here.", self._fetching()))
        else:
            try:
                size_mb = sum(file.stat().st_size for file in examine(folder, self.painter.pipeline)) / 1e6
            except (Unfit, OSError) as reason:
                told = f"The folder {folder.name} is no {self.painter.title}: {reason}."
                problems.append(Problem(told, f"Fetch it again: {self._fetching()}"))
            else:
                if size_mb > FOR_A_PROCESSOR_MB and not has_gpu():
                    told = f"{self.painter.title} paints on a GPU, and none is here."
                    problems.append(Problem(told, "Run a worker on a machine that has one."))
        if missing := [name for name in PACKAGES if find_spec(name) is None]:
            problems.append(Problem(f"{self.painter.title} needs {', '.join(missing)}.", INSTALL))
        return problems

    def load(self, device: str = "cpu") -> None:
        for problem in self.check():
            raise Unavailable(problem.message, problem.cure)
        from producer.nets.diffusion.pipeline import Pipeline

        folder = self._folder()
        assert folder is not None  # else the check had found it missing
        self._pipeline = Pipeline(folder, self.painter, self.profile, device)

    def unload(self) -> None:
        if self._pipeline is not None:
            self._pipeline.close()
        self._pipeline = None

    def run(self, request: SceneRequest, context: Context) -> Scene:
        """Raises BadInput for a LoRA that is not here or not this model's."""
        import cv2
        import numpy as np

        from producer.render.cards.picture import fill
        from producer.render.scene.matching import palette_of

        if self._pipeline is None:
            raise Unavailable(f"{self.painter.title} is not loaded.", "Load it first.")
        context.stop_if_cancelled()
        options, shape = request.options, size_of(request.options.format, request.options.resolution)
        asked = self._asked(options, shape, request.seed)
        pixels, asked = self._painted(asked, context)
        rgba = fill(np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2RGBA), np.uint8), shape)
        palette = palette_of(rgba)
        _, data = cv2.imencode(".png", cv2.cvtColor(rgba, cv2.COLOR_RGBA2BGR))
        image = context.artifacts.put_bytes(data.tobytes(), "image/png")
        context.progress(1.0, "painted")
        return Scene(
            image=image, width=shape[0], height=shape[1], prompt=asked.prompt, seed=asked.seed, colours=palette.colours
        )

    def _asked(self, options: SceneOptions, shape: tuple[int, int], seed: int) -> Picture:
        from producer.nets.diffusion.pipeline import Picture

        row, wished = self.painter, options.painting
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
            seed=seed, loras={use.name: (there[use.name], use.weight) for use in wished.loras},
        )  # fmt: skip

    def _painted(self, asked: Picture, context: Context) -> tuple[Pixels, Picture]:
        assert self._pipeline is not None
        for number in range(SEEDS):
            tried = replace(asked, seed=asked.seed + number)

            def told(fraction: float, first: bool = number == 0) -> None:
                context.stop_if_cancelled()
                context.progress(PAINTED * fraction if first else PAINTED, "painting")

            pixels, flagged = self._pipeline.paint(tried, told)
            context.stop_if_cancelled()
            if not flagged:
                return pixels, tried
            context.log("the model's safety checker would not show the picture")
        raise Unavailable(
            f"The safety checker of {self.painter.title} would not show what it painted.", "Describe another scene."
        )

    def _folder(self) -> Path | None:
        folder = self.weights_folder
        return folder if folder and folder.is_dir() else None

    def _fetching(self) -> str:
        return fetching(self.painter, self.weights_folder or Path("weights") / self.painter.id)

    def _fingerprint(self) -> str:
        """Of the model and of every LoRA beside it: either changes what is painted."""
        folder = self._folder()
        try:
            files = examine(folder, self.painter.pipeline) if folder else ()
        except (Unfit, OSError):
            files = ()
        if not files or folder is None:
            return "not here"
        loras = tuple(loras_of(folder).values())
        base = fingerprint_of(files)
        return hashlib.sha256(f"{base} {fingerprint_of(loras)}".encode()).hexdigest()[:16] if loras else base


sd15 = partial(Diffusion, SD15)
sdxl = partial(Diffusion, SDXL)
sdxl_turbo = partial(Diffusion, SDXL_TURBO)
z_image_turbo = partial(Diffusion, Z_IMAGE_TURBO)
flux2_klein = partial(Diffusion, FLUX2_KLEIN)
"""What the registry creates."""
