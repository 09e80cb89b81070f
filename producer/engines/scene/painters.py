"""The models that paint scenes through diffusers: one row each. To add one, add a row and its line in `registry.py`.

Steps and guidance are what the authors of each model name on its model card; the classes' own defaults (50 steps) suit
few of them. Memory is what half precision takes at the size given here, by the models' cards and by their sizes on disk;
what a machine really measures replaces it (see `residency.py`).
"""

from __future__ import annotations

from dataclasses import dataclass

from producer.engines.base import Licence
from producer.engines.models.row import Model, profiles


@dataclass(frozen=True, kw_only=True)
class Painter(Model):
    """One model. `pixels` is the area that it was trained at; sides are multiples of `multiple`."""

    pixels: int
    multiple: int
    steps: int
    guidance: float
    heeds_avoid: bool = True
    """Whether it takes a negative prompt, and guidance enough to follow it."""
    led: bool = False
    """Whether pictures can lead it, through a ControlNet and an IP-Adapter."""


SD15 = Painter(
    id="sd15", title="Stable Diffusion 1.5", pipeline="StableDiffusionPipeline",
    repository="stable-diffusion-v1-5/stable-diffusion-v1-5", licence=Licence("CreativeML-Open-RAIL-M", "use-limited"),
    pixels=512 * 768, multiple=64, steps=28, guidance=7.5, led=True, profiles=profiles(4000, 3200, 2200),
)  # fmt: skip
SDXL = Painter(
    id="sdxl", title="Stable Diffusion XL", pipeline="StableDiffusionXLPipeline",
    repository="stabilityai/stable-diffusion-xl-base-1.0", licence=Licence("CreativeML-OpenRAIL-PP-M", "use-limited"),
    pixels=1024 * 1024, multiple=64, steps=30, guidance=6.0, led=True, profiles=profiles(10000, 8200, 5600),
)  # fmt: skip
SDXL_TURBO = Painter(
    id="sdxl-turbo", title="SDXL Turbo", pipeline="StableDiffusionXLPipeline", repository="stabilityai/sdxl-turbo",
    licence=Licence("Stability AI Community License", "unclear"), pixels=512 * 768, multiple=64, steps=4, guidance=0.0,
    profiles=profiles(8200, 7600, 5000), heeds_avoid=False,
)  # fmt: skip
Z_IMAGE_TURBO = Painter(
    id="z-image-turbo", title="Z-Image-Turbo", pipeline="ZImagePipeline", repository="Tongyi-MAI/Z-Image-Turbo",
    licence=Licence("Apache-2.0"), pixels=1024 * 1024, multiple=16, steps=9, guidance=0.0,
    profiles=profiles(21000, 20500, 13000), precision="bfloat16", variant="", heeds_avoid=False,
)  # fmt: skip
FLUX2_KLEIN = Painter(
    id="flux2-klein", title="FLUX.2 klein 4B", pipeline="Flux2KleinPipeline",
    repository="black-forest-labs/FLUX.2-klein-4B", licence=Licence("Apache-2.0"), pixels=1024 * 1024, multiple=16,
    steps=4, guidance=1.0, profiles=profiles(17000, 16500, 9500), precision="bfloat16", variant="", heeds_avoid=False,
)  # fmt: skip

PAINTERS: dict[str, Painter] = {row.id: row for row in (SD15, SDXL, SDXL_TURBO, Z_IMAGE_TURBO, FLUX2_KLEIN)}
