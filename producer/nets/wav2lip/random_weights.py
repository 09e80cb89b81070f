"""Random weights in the published format: they make mush, at the cost and on the paths of trained ones."""

from __future__ import annotations

import math
from pathlib import Path

import torch

from producer.nets.wav2lip.checkpoint import PARALLEL
from producer.nets.wav2lip.layers import COUNTER, shapes


def random_tensors(seed: int = 0) -> dict[str, torch.Tensor]:
    """All 352, of a size that lets signals through."""
    source = torch.Generator().manual_seed(seed)
    return {name: _tensor(name, shape, source) for name, shape in shapes().items()}


def save_random(path: Path, seed: int = 0) -> None:
    """As `torch.save` writes what the authors' script hands it."""
    state = {f"{PARALLEL}{name}": tensor for name, tensor in random_tensors(seed).items()}
    torch.save({"state_dict": state, "global_step": 0, "global_epoch": 0}, path)


def _tensor(name: str, shape: tuple[int, ...], source: torch.Generator) -> torch.Tensor:
    if name.endswith(COUNTER):
        return torch.tensor(1)
    if len(shape) == 4:
        return torch.randn(shape, generator=source) * math.sqrt(2 / math.prod(shape[1:]))
    if name.endswith(("running_var", "conv_block.1.weight")):
        return torch.rand(shape, generator=source) + 0.5
    return 0.1 * torch.randn(shape, generator=source)
