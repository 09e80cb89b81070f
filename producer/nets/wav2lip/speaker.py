"""The network on a device, from numpy to numpy: half precision where the device computes in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import numpy.typing as npt
import torch

from config.errors import OutOfMemory
from producer.nets.wav2lip.network import Network, Seen, Tensors

Floats = npt.NDArray[np.float32]
Pixels = npt.NDArray[np.uint8]

GPU_BATCH, CPU_BATCH = 64, 4
"""Frames at once. On a CPU more are hardly faster, and it must hear within half a second that it is to stop."""


class Speaker:
    """`device`: cpu, cuda:0 …, or auto. Raises OutOfMemory, then and later, where a GPU is too small."""

    def __init__(self, tensors: Tensors, device: str = "auto") -> None:
        if device == "auto":
            device = "cuda" if torch.cuda.is_available() else "cpu"
        self._device = torch.device(device)
        self.precision = torch.float16 if self._device.type == "cuda" else _cpu_precision()
        self.batch = GPU_BATCH if self._device.type == "cuda" else CPU_BATCH
        with self._computing():
            network = Network(tensors).eval().to(self._device, self.precision, memory_format=torch.channels_last)
        network.colour.float()  # colours have more steps than such numbers
        self._network = network

    @property
    def device(self) -> str:
        return str(self._device)

    @property
    def peak_mb(self) -> int:
        """The most GPU memory that was in use at once; 0 on a CPU."""
        return round(torch.cuda.max_memory_allocated(self._device) / 1e6) if self._device.type == "cuda" else 0

    def see(self, face: Floats) -> Seen:
        """Of one face, as `Still.face` gives it."""
        with self._computing():
            seen: Seen = self._network.see(self._ready(face[None]))
            return seen

    def pictures(self, heard: Floats, seen: Seen) -> Pixels:
        """BGR faces (n, 96, 96, 3) that say what n frames hear (n, 1, 80, 16)."""
        with self._computing():
            made = self._network(self._ready(heard), seen)
            return np.asarray((255 * made).round_().to(torch.uint8).permute(0, 2, 3, 1).contiguous().cpu().numpy())

    def close(self) -> None:
        """Give the device's memory back."""
        del self._network
        torch.cuda.empty_cache()

    def _ready(self, values: Floats) -> torch.Tensor:
        return torch.from_numpy(values).to(self._device, self.precision, memory_format=torch.channels_last)

    @contextmanager
    def _computing(self) -> Iterator[None]:
        try:
            with torch.inference_mode():
                yield
        except torch.OutOfMemoryError as error:
            raise OutOfMemory(
                f"Wav2Lip does not fit into the memory of {self._device}.", "Free some, or use another engine."
            ) from error


def _cpu_precision() -> torch.dtype:
    """bfloat16 where the processor has instructions for it (about twice as fast there); elsewhere it would be slower."""
    native = torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported()
    return torch.bfloat16 if native else torch.float32
