"""The network on a device: a picture goes through it in tiles, so that none is too large for the memory."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch.nn import functional

from producer.nets.device import Device, interruptible
from producer.nets.esrgan.checkpoint import read_network

Pixels = npt.NDArray[np.uint8]

TITLE = "Real-ESRGAN"
MARGIN = 12
"""Pixels that a tile sees of its neighbours, so that no seam is seen: what lies further away hardly counts."""


class Enlarger:
    """`device`: cpu, cuda:0 …, or auto. `tile`: the side of what goes through the network at once, in pixels.

    Raises Unavailable for a file that is no such network, and OutOfMemory where a GPU is too small.
    """

    def __init__(self, path: Path, tile: int, device: str = "auto") -> None:
        self._tile, self._device = tile, Device.named(device)
        network, shape = read_network(path)
        self.times, self._folded = shape.times, shape.folded
        self._precision = torch.float16 if self._device.on_gpu else torch.float32
        with self._device.computing(TITLE):
            self._network = network.to(self._device.name, self._precision)

    def enlarge(self, picture: Pixels, told: Callable[[float], None], stop_if_wanted: Callable[[], None]) -> Pixels:
        """RGB (height, width, 3) to `times` as many pixels a side. `told`: the fraction that is done after each tile."""
        height, width = picture.shape[:2]
        times, count = self.times, math.ceil(height / self._tile) * math.ceil(width / self._tile)
        made: Pixels = np.empty((height * times, width * times, 3), np.uint8)
        with self._device.computing(TITLE), interruptible(stop_if_wanted), torch.inference_mode():
            for number, (top, left) in enumerate(self._corners(height, width)):
                bottom, right = min(top + self._tile, height), min(left + self._tile, width)
                above, before = min(top, MARGIN), min(left, MARGIN)
                seen = picture[top - above : bottom + MARGIN, left - before : right + MARGIN]
                large = self._through(seen)[above * times :, before * times :]
                made[top * times : bottom * times, left * times : right * times] = large[
                    : (bottom - top) * times, : (right - left) * times
                ]
                stop_if_wanted()
                told((number + 1) / count)
        return made

    def close(self) -> None:
        """Give the device's memory back."""
        del self._network
        self._device.empty()

    def _corners(self, height: int, width: int) -> Iterator[tuple[int, int]]:
        return ((top, left) for top in range(0, height, self._tile) for left in range(0, width, self._tile))

    def _through(self, picture: Pixels) -> Pixels:
        height, width = picture.shape[:2]
        light = torch.from_numpy(np.ascontiguousarray(picture.transpose(2, 0, 1))).to(self._device.name)
        light = light.to(self._precision)[None] / 255
        light = functional.pad(light, (0, -width % self._folded, 0, -height % self._folded), mode="replicate")
        large = self._network(light)[0, :, : height * self.times, : width * self.times]
        rounded = (large.float().clamp(0, 1) * 255).round().to(torch.uint8)
        return np.asarray(rounded.permute(1, 2, 0).cpu().numpy(), np.uint8)
