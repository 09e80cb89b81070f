"""A pipeline of Stable Diffusion that is led by pictures too: a ControlNet beside its network, an IP-Adapter inside it.

Both are taken away again when a picture does without them, so that it comes out as if they had never been there.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from diffusers import ControlNetModel, StableDiffusionControlNetPipeline, StableDiffusionXLControlNetPipeline
from PIL import Image
from transformers import CLIPVisionModelWithProjection

from config.errors import Unavailable
from producer.engines.models.folder import variant_of
from producer.nets.device import Device
from producer.nets.diffusion.loading import move, quietly, short, shrink

Pixels = npt.NDArray[np.uint8]
GUIDED = {
    "StableDiffusionPipeline": StableDiffusionControlNetPipeline,
    "StableDiffusionXLPipeline": StableDiffusionXLControlNetPipeline,
}
SETTINGS = ("requires_safety_checker", "force_zeros_for_empty_prompt")
"""What such a pipeline knows beside its parts."""


@dataclass(frozen=True)
class Guide:
    """A map of the size that is painted, RGB; how much it leads, and for which part of the steps."""

    folder: Path
    map: Pixels
    weight: float
    until: float


@dataclass(frozen=True)
class Reference:
    """A picture, RGB of any size, of what is to be painted again; and how much it counts."""

    file: Path
    picture: Pixels
    weight: float


class Guides:
    """Gives a pipeline what a picture is to be led by."""

    def __init__(self, pipe: Any, profile: str, device: Device) -> None:
        self._pipe, self._profile, self._device = pipe, profile, device
        self._nets: dict[Path, Any] = {}
        self._adapter: Path | None = None

    def lead(self, guide: Guide | None, reference: Reference | None) -> tuple[Any, dict[str, Any]]:
        """The pipeline that paints, and what it is asked beside the rest. Raises Unavailable for what does not fit it."""
        asked: dict[str, Any] = {}
        self._refer(reference)
        if reference is not None:
            self._pipe.set_ip_adapter_scale(reference.weight)
            asked["ip_adapter_image"] = Image.fromarray(reference.picture)
        if guide is None:
            return self._pipe, asked
        asked |= {
            "image": Image.fromarray(guide.map), "controlnet_conditioning_scale": guide.weight,
            "control_guidance_end": guide.until,
        }  # fmt: skip
        return self._guided(guide.folder), asked

    def _guided(self, folder: Path) -> Any:
        pipe = self._pipe
        try:
            if folder not in self._nets:
                variant = variant_of(tuple(folder.glob("*.safetensors")))
                with quietly():
                    self._nets[folder] = ControlNetModel.from_pretrained(
                        str(folder), dtype=pipe.dtype, variant=variant, use_safetensors=True, local_files_only=True
                    )
            settings = {name: pipe.config[name] for name in SETTINGS if name in pipe.config}
            with quietly():
                made = GUIDED[type(pipe).__name__](**pipe.components, controlnet=self._nets[folder], **settings)
        except torch.OutOfMemoryError:
            raise
        except Exception as error:  # diffusers has no errors of its own for a wrong folder: anything may come
            raise Unavailable(
                f"The ControlNet in {folder} cannot be read ({short(error)}).", "Put another one there."
            ) from error
        made.set_progress_bar_config(disable=True)
        return move(made, self._profile, self._device)

    def _refer(self, reference: Reference | None) -> None:
        """An IP-Adapter in the network, or none."""
        wanted = reference.file if reference else None
        if wanted == self._adapter:
            return
        if self._adapter is not None:
            self._forget()
        if wanted is None:
            return
        self._pipe.disable_attention_slicing()  # diffusers cannot put an adapter beside slices (loaders/ip_adapter.py)
        try:
            with quietly():
                encoder = CLIPVisionModelWithProjection.from_pretrained(
                    str(wanted.parent / "image_encoder"), dtype=self._pipe.dtype, use_safetensors=True,
                    local_files_only=True,
                )  # fmt: skip
                self._pipe.register_modules(image_encoder=encoder)
                self._adapter = wanted
                self._pipe.load_ip_adapter(
                    str(wanted.parent), subfolder="", weight_name=wanted.name, local_files_only=True,
                )  # fmt: skip
        except torch.OutOfMemoryError:
            raise
        except Exception as error:  # as above
            self._forget()
            raise Unavailable(
                f"The IP-Adapter in {wanted.parent} does not fit ({short(error)}).", "Put the one of this model there."
            ) from error
        move(self._pipe, self._profile, self._device)

    def _forget(self) -> None:
        self._pipe.unload_ip_adapter()
        self._adapter = None
        shrink(self._pipe, self._profile)
        move(self._pipe, self._profile, self._device)
