"""Scenes set in motion, by models that the user has fetched in diffusers' folder format.

    scene's picture ─▶ frames at the model's size and pace ─▶ a loop without a seam ─▶ the cut's pace and size ─▶ Motion

One class for all models; what tells them apart is a row of `movers.py`. The loop does not depend on what is said, so that
editing a line keeps it; finish plays it as often as the clip is long.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from producer.engines.base import Context, Licence, Stage
from producer.engines.models.engine import ModelEngine
from producer.engines.motion.movers import LTX, SVD, WAN, Mover
from producer.engines.requests import MotionRequest, size_of
from producer.engines.scene.words import AVOIDED, painted_size
from storage.documents import Motion

if TYPE_CHECKING:
    from producer.nets.diffusion.mover import MoverPipeline, Shot

FILMED = 0.85
"""Fraction of the work that is done when the model has made its frames."""
STEADY = "the camera stands still, slow gentle motion, calm, cinematic, seamless"
"""What every backdrop is: somebody speaks in front of it."""
UNQUIET = "camera shake, fast motion, cuts, flicker, morphing"


class MotionDiffusion(ModelEngine[Mover, "MoverPipeline"]):
    """Sets pictures in motion with one model."""

    stage: ClassVar[Stage] = "motion"
    code_licence: ClassVar[Licence] = Licence("Apache-2.0 AND GPL-2.0-or-later")
    """diffusers, and x264, which writes the loop."""

    def run(self, request: MotionRequest, context: Context) -> Motion:
        from producer.render.loops.film import write_loop
        from producer.render.loops.weave import without_a_seam

        options, pipeline = request.options, self.ready()
        shape = size_of(options.format, options.resolution)
        context.stop_if_cancelled()
        frames = pipeline.film(
            self._shot(request, shape, context),
            lambda fraction: context.progress(FILMED * fraction, "setting the scene in motion"),
            context.stop_if_cancelled,
        )
        context.stop_if_cancelled()
        context.progress(FILMED, "closing the loop")
        woven = without_a_seam(frames, self.model.fps, options.fps, context.stop_if_cancelled)
        file = context.workdir / "loop.mp4"
        write_loop(file, woven, options.fps, shape, context.stop_if_cancelled)
        loop = context.artifacts.put(file, "video/mp4")
        context.progress(1.0, "in motion")
        return Motion(loop=loop, frames=len(woven), fps=options.fps, seed=request.seed)

    def _shot(self, request: MotionRequest, shape: tuple[int, int], context: Context) -> Shot:
        from producer.nets.diffusion.mover import USUAL_AMOUNT, Shot
        from producer.render.inputs import read_scene

        row, wished = self.model, request.options.movement
        size = painted_size(shape, row.pixels, row.multiple)
        picture = read_scene(context.artifacts.fetch(request.scene.image), size)
        words = ", ".join(part for part in (wished.words, request.scene.prompt, STEADY) if part)
        return Shot(
            picture=picture[..., :3].copy(), words=words, avoided=f"{UNQUIET}, {AVOIDED}", frames=row.frames,
            steps=wished.steps or row.steps, seed=request.seed,
            amount=USUAL_AMOUNT if wished.amount is None else wished.amount,
        )  # fmt: skip

    def _open(self, folder: Path, device: str) -> MoverPipeline:
        from producer.nets.diffusion.mover import MoverPipeline

        return MoverPipeline(folder, self.model, self.profile, device)


svd = partial(MotionDiffusion, SVD)
ltx = partial(MotionDiffusion, LTX)
wan = partial(MotionDiffusion, WAN)
"""What the registry creates."""
