"""A pipeline of diffusers on a device: from a picture to a few seconds in which it moves, until somebody says stop."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from PIL import Image

from producer.engines.models.row import FULL
from producer.engines.motion.movers import Mover
from producer.nets.device import Device, interruptible
from producer.nets.diffusion.loading import place, quietly, read

Pixels = npt.NDArray[np.uint8]

USUAL_AMOUNT = 0.5
LIVELIEST = 254
"""Stable Video Diffusion's buckets of motion go from 1 to 255; 127 is what its authors use."""
DECODED, DECODED_SMALL = 8, 2
"""How many frames are decoded at a time: each takes about half a gigabyte at 1024 × 576."""


@dataclass(frozen=True)
class Shot:
    """What is asked for. `picture`: RGB, of the size that the shot is to have. `amount`: 0 hardly moves, 1 moves much."""

    picture: Pixels
    words: str
    avoided: str
    frames: int
    steps: int
    seed: int
    amount: float = USUAL_AMOUNT


class MoverPipeline:
    """`device`: cpu, cuda:0 …, or auto. Raises Unavailable for a folder that is not the mover's model, and OutOfMemory,
    then and later, where a GPU is too small."""

    def __init__(self, folder: Path, mover: Mover, profile: str = FULL, device: str = "auto") -> None:
        self._mover, self._profile, self._device = mover, profile, Device.named(device)
        with self._device.computing(mover.title):
            pipe = read(folder, mover, self._device, mover.loader, full_precision=mover.full_precision)
            self._pipe = place(pipe, profile, self._device)

    def film(
        self, shot: Shot, on_step: Callable[[float], None], stop_if_wanted: Callable[[], None]
    ) -> npt.NDArray[np.uint8]:
        """RGB (frames, height, width, 3).

        `on_step` is told the fraction that is done after each step; what `stop_if_wanted` raises ends the work at once.
        """

        def step_ended(_pipe: Any, number: int, _time: Any, tensors: dict[str, Any]) -> dict[str, Any]:
            on_step((number + 1) / shot.steps)
            return tensors

        height, width = shot.picture.shape[:2]
        with quietly(), self._device.computing(self._mover.title), interruptible(stop_if_wanted):
            made = self._pipe(
                image=Image.fromarray(shot.picture), width=width, height=height, num_frames=shot.frames,
                num_inference_steps=shot.steps, generator=torch.Generator("cpu").manual_seed(shot.seed),
                output_type="np", callback_on_step_end=step_ended,
                **ARGUMENTS[self._mover.loader](self._mover, shot, small=self._profile != FULL),
            )  # fmt: skip
        return np.asarray(np.rint(np.clip(made.frames[0], 0, 1) * 255), np.uint8)

    def close(self) -> None:
        """Give the device's memory back."""
        del self._pipe
        self._device.empty()


def _svd(mover: Mover, shot: Shot, *, small: bool) -> dict[str, Any]:
    return {
        "fps": mover.fps, "motion_bucket_id": 1 + round(LIVELIEST * shot.amount), "max_guidance_scale": mover.guidance,
        "decode_chunk_size": DECODED_SMALL if small else DECODED,
    }  # fmt: skip


def _ltx(mover: Mover, shot: Shot, *, small: bool) -> dict[str, Any]:
    return {
        "prompt": shot.words, "negative_prompt": shot.avoided, "frame_rate": mover.fps, "guidance_scale": mover.guidance,
    }  # fmt: skip


def _wan(mover: Mover, shot: Shot, *, small: bool) -> dict[str, Any]:
    return {"prompt": shot.words, "negative_prompt": shot.avoided, "guidance_scale": mover.guidance}


ARGUMENTS: Mapping[str, Callable[..., dict[str, Any]]] = {
    "StableVideoDiffusionPipeline": _svd,
    "LTXImageToVideoPipeline": _ltx,
    "WanImageToVideoPipeline": _wan,
}
"""By the class of diffusers, what only it is asked."""
