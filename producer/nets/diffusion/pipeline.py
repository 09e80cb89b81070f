"""A pipeline of diffusers on a device: from words to a picture, at a profile, with LoRAs, until somebody says stop."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from config.errors import BadInput
from producer.engines.models.folder import SPARED, SPARING, Unfit, whole
from producer.engines.models.row import FULL
from producer.engines.scene.painters import Painter
from producer.nets.device import Device
from producer.nets.diffusion.guided import Guide, Guides, Reference
from producer.nets.diffusion.loading import place, quietly, read, short

Pixels = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Picture:
    """What is asked for. `seed` gives the same noise on every device: it is drawn on the CPU."""

    prompt: str
    avoided: str
    width: int
    height: int
    steps: int
    guidance: float
    seed: int
    loras: Mapping[str, tuple[Path, float]]
    """Name → file and weight. Two files never have one name."""
    guide: Guide | None = None
    reference: Reference | None = None


class Pipeline:
    """`device`: cpu, cuda:0 …, or auto. Raises Unavailable for a folder that is not the painter's model, and OutOfMemory,
    then and later, where a GPU is too small."""

    def __init__(self, folder: Path, painter: Painter, profile: str = FULL, device: str = "auto") -> None:
        self._painter, self._device = painter, Device.named(device)
        self._loras: dict[str, Path] = {}
        absent = {part: None for part in SPARED if not (folder / part).is_dir()}
        given = absent if painter.pipeline == SPARING else {}
        with self._device.computing(painter.title):
            self._pipe = place(read(folder, painter, self._device, given=given), profile, self._device)
        self._guides = Guides(self._pipe, profile, self._device)

    def paint(self, picture: Picture, on_step: Callable[[float], None]) -> tuple[Pixels, bool]:
        """RGB (height, width, 3), and whether the model's own safety checker would rather not show it.

        `on_step` is told the fraction that is done after each step; what it raises ends the work.
        """
        self._use(picture.loras)

        def step_ended(_pipe: Any, number: int, _time: Any, tensors: dict[str, Any]) -> dict[str, Any]:
            on_step((number + 1) / picture.steps)
            return tensors

        asked: dict[str, Any] = {"negative_prompt": picture.avoided} if self._painter.heeds_avoid else {}
        with quietly(), self._device.computing(self._painter.title):
            pipe, led = self._guides.lead(picture.guide, picture.reference)
            made = pipe(
                prompt=picture.prompt, width=picture.width, height=picture.height,
                num_inference_steps=picture.steps, guidance_scale=picture.guidance,
                generator=torch.Generator("cpu").manual_seed(picture.seed), callback_on_step_end=step_ended, **asked, **led,
            )  # fmt: skip
        flagged = any(getattr(made, "nsfw_content_detected", None) or ())
        return np.array(made.images[0].convert("RGB"), np.uint8), flagged

    def close(self) -> None:
        """Give the device's memory back."""
        del self._pipe, self._guides
        self._device.empty()

    def _use(self, loras: Mapping[str, tuple[Path, float]]) -> None:
        """Exactly these LoRAs, each at its weight. Raises BadInput for one that is not this model's."""
        for name, (path, _) in loras.items():
            if name in self._loras:
                continue
            try:
                whole(path)
                with quietly():
                    self._pipe.load_lora_weights(str(path.parent), weight_name=path.name, adapter_name=name)
            except Exception as error:  # as above
                reason = str(error) if isinstance(error, Unfit) else short(error)
                raise BadInput(
                    f"The LoRA {name} does not fit {self._painter.title}: {reason}.",
                    "Take it out of the show, or put one that was trained for this model in its place.",
                ) from error
            self._loras[name] = path
        if loras:
            self._pipe.enable_lora()
            self._pipe.set_adapters(list(loras), [weight for _, weight in loras.values()])
        elif self._loras:
            self._pipe.disable_lora()
