"""The models that set a picture in motion through diffusers: one row each. To add one, add a row and its line in
`registry.py`; where diffusers wants other arguments, a function in `producer/nets/diffusion/mover.py` too.

Sizes, frames, steps and guidance are what the authors of each model name on its model card. Memory is reckoned from the
sizes of its parts; what a machine really measures replaces it (see `residency.py`).
"""

from __future__ import annotations

from dataclasses import dataclass

from producer.engines.base import Licence
from producer.engines.models.row import Model, profiles


@dataclass(frozen=True, kw_only=True)
class Mover(Model):
    """One model. `pixels` is the area that it was trained at; sides are multiples of `multiple`."""

    loader: str
    """The class of diffusers that sets pictures in motion with it."""
    pixels: int
    multiple: int
    frames: int
    fps: int
    steps: int
    guidance: float
    reads: bool = True
    """Whether it follows words; else only the picture."""
    full_precision: tuple[str, ...] = ()
    """Parts that half precision would spoil."""


SVD = Mover(
    id="svd", title="Stable Video Diffusion XT", pipeline="StableVideoDiffusionPipeline",
    loader="StableVideoDiffusionPipeline", repository="stabilityai/stable-video-diffusion-img2vid-xt",
    licence=Licence("Stability AI Community License", "unclear"), pixels=1024 * 576, multiple=64, frames=25, fps=7,
    steps=25, guidance=3.0, reads=False, profiles=profiles(15000, 9500, 7500),
)  # fmt: skip
LTX = Mover(
    id="ltx", title="LTX-Video 2B", pipeline="LTXPipeline", loader="LTXImageToVideoPipeline",
    repository="Lightricks/LTX-Video", licence=Licence("LTX-Video-Open-Weights-License-0.X", "use-limited"),
    pixels=704 * 512, multiple=32, frames=97, fps=25, steps=40, guidance=3.0, profiles=profiles(17500, 16500, 10500),
    precision="bfloat16", variant="", more_files=("*/*.model",), packages=("sentencepiece",),
)  # fmt: skip
WAN = Mover(
    id="wan", title="Wan 2.2 TI2V 5B", pipeline="WanPipeline", loader="WanImageToVideoPipeline",
    repository="Wan-AI/Wan2.2-TI2V-5B-Diffusers", licence=Licence("Apache-2.0"), pixels=1280 * 704, multiple=32,
    frames=81, fps=24, steps=40, guidance=5.0, profiles=profiles(31000, 27000, 14000), precision="bfloat16", variant="",
    more_files=("*/*.model",), packages=("sentencepiece", "ftfy"), full_precision=("vae",),
)  # fmt: skip

MOVERS: dict[str, Mover] = {row.id: row for row in (SVD, LTX, WAN)}
