"""What this machine is made of, found without importing anything heavy."""

from __future__ import annotations

from pathlib import Path

GPU_DEVICES = ("/dev/nvidiactl", "/dev/kfd", "/dev/dxg")
"""What the drivers of NVIDIA and AMD create, and the one of Windows' Linux."""


def has_gpu() -> bool:
    """Whether a GPU that computes has a driver here."""
    return any(Path(device).exists() for device in GPU_DEVICES)
