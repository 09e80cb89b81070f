"""Reading the published checkpoint, or a safetensors file of the same tensors. Whatever else it is, is refused.

    {"state_dict": {"module.face_encoder_blocks.0.0.conv_block.0.weight": …, 351 more}, …}

Only numbers are read from a pickle: what would run code is not run.
"""

from __future__ import annotations

import pickle
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch

from config.errors import Unavailable
from producer.nets import safetensors
from producer.nets.wav2lip.layers import COUNTER, shapes

PARALLEL = "module."
"""What each name begins with where a network was trained on several GPUs, as the published one was."""


def read_checkpoint(path: Path) -> dict[str, torch.Tensor]:
    """The 352 tensors by name, float32 and finite. Raises Unavailable, with the reason."""
    try:
        return _checked(_unwrapped(_read(path)))
    except ValueError as reason:
        raise Unavailable(
            f"{path.name} is no Wav2Lip checkpoint: {reason}.", f"Put the published one at {path}."
        ) from reason


def _read(path: Path) -> Any:
    if path.suffix == ".safetensors":
        return safetensors.read(path)
    try:
        return torch.load(path, map_location="cpu", weights_only=True, mmap=zipfile.is_zipfile(path))
    except pickle.UnpicklingError as error:
        if "unsupported" in str(error).lower():
            raise ValueError("it holds more than numbers, and that could run as a program") from error
        raise ValueError("it cannot be read; it may be cut off") from error
    except Exception as error:
        raise ValueError("it cannot be read; it may be cut off") from error


def _unwrapped(content: Any) -> dict[str, torch.Tensor]:
    if isinstance(content, Mapping) and isinstance(content.get("state_dict"), Mapping):
        content = content["state_dict"]
    if not isinstance(content, Mapping) or not all(isinstance(tensor, torch.Tensor) for tensor in content.values()):
        raise ValueError("it holds no state_dict")
    return {str(name).removeprefix(PARALLEL): tensor for name, tensor in content.items()}


def _checked(tensors: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    wanted = shapes()
    if missing := [name for name in wanted if name not in tensors]:
        raise ValueError(f"{len(missing)} of {len(wanted)} tensors are missing, {missing[0]} first")
    if foreign := [name for name in tensors if name not in wanted]:
        raise ValueError(f"it holds {len(foreign)} tensors of another network, {foreign[0]} first")
    for name, shape in wanted.items():
        tensor = tensors[name]
        if tuple(tensor.shape) != shape:
            raise ValueError(f"{name} is {tuple(tensor.shape)}, not {shape}")
        if name.endswith(COUNTER):
            continue
        if not tensor.is_floating_point() or not bool(torch.isfinite(tensor).all()):
            raise ValueError(f"{name} holds what are no numbers")
    return {name: tensors[name].float() for name in wanted}
