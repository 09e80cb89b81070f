"""Reading a published checkpoint, or a safetensors file of the same tensors. Whatever else it is, is refused.

    {"params_ema": {"conv_first.weight": …, "body.0.rdb1.conv1.weight": …, …}}

Only numbers are read from a pickle: what would run code is not run.
"""

from __future__ import annotations

import pickle
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch

from config.errors import Unavailable
from producer.nets import safetensors
from producer.nets.esrgan.network import RRDBNet, Shape

WRAPPED = ("params_ema", "params")
"""What the tensors lie under; the running average is what its authors paint with."""
TIMES = {3: 4, 12: 2}
"""Channels that the first layer takes → how much larger a picture becomes."""


def read_network(path: Path) -> tuple[RRDBNet, Shape]:
    """The network with the file's numbers. Raises Unavailable, with the reason."""
    try:
        tensors = _unwrapped(_read(path))
        shape = _shape_of(tensors)
        with torch.device("meta"):
            network = RRDBNet(shape)
        _check(tensors, network)
    except ValueError as reason:
        raise Unavailable(
            f"{path.name} is no Real-ESRGAN checkpoint: {reason}.", "Fetch it again: run.py pull realesrgan"
        ) from reason
    network.load_state_dict({name: tensor.float() for name, tensor in tensors.items()}, assign=True)
    return network.eval().requires_grad_(False), shape


def _read(path: Path) -> Any:
    if path.suffix == ".safetensors":
        return safetensors.read(path)
    try:
        return torch.load(path, map_location="cpu", weights_only=True)
    except pickle.UnpicklingError as error:
        if "unsupported" in str(error).lower():
            raise ValueError("it holds more than numbers, and that could run as a program") from error
        raise ValueError("it cannot be read; it may be cut off") from error
    except Exception as error:
        raise ValueError("it cannot be read; it may be cut off") from error


def _unwrapped(content: Any) -> dict[str, torch.Tensor]:
    for name in WRAPPED:
        if isinstance(content, Mapping) and isinstance(content.get(name), Mapping):
            content = content[name]
    if not isinstance(content, Mapping) or not all(isinstance(tensor, torch.Tensor) for tensor in content.values()):
        raise ValueError("it holds no tensors under params_ema or params")
    return {str(name): tensor for name, tensor in content.items()}


def _shape_of(tensors: Mapping[str, torch.Tensor]) -> Shape:
    first, dense = tensors.get("conv_first.weight"), tensors.get("body.0.rdb1.conv1.weight")
    if first is None or dense is None or first.ndim != 4 or dense.ndim != 4 or first.shape[1] not in TIMES:
        raise ValueError("it holds another network's tensors")
    numbers = [int(found[1]) for name in tensors if (found := re.match(r"body\.(\d+)\.", name))]
    return Shape(TIMES[first.shape[1]], first.shape[0], max(numbers) + 1, dense.shape[0])


def _check(tensors: Mapping[str, torch.Tensor], network: RRDBNet) -> None:
    wanted = {name: tuple(tensor.shape) for name, tensor in network.state_dict().items()}
    if missing := [name for name in wanted if name not in tensors]:
        raise ValueError(f"{len(missing)} of {len(wanted)} tensors are missing, {missing[0]} first")
    if foreign := [name for name in tensors if name not in wanted]:
        raise ValueError(f"it holds {len(foreign)} tensors of another network, {foreign[0]} first")
    for name, shape in wanted.items():
        if tuple(tensors[name].shape) != shape:
            raise ValueError(f"{name} is {tuple(tensors[name].shape)}, not {shape}")
        if not tensors[name].is_floating_point() or not bool(torch.isfinite(tensors[name]).all()):
            raise ValueError(f"{name} holds what are no numbers")
