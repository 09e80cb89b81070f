"""RRDBNet: residual blocks of densely connected layers, then twice as large, twice (Wang et al., “ESRGAN”, 2018, and
“Real-ESRGAN”, 2021). Names are the published checkpoints', whose numbers it takes as they are."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import nn
from torch.nn import functional

SLOPE, RESIDUE = 0.2, 0.2
"""Of the leaky rectifiers, and what a block adds of itself to what it was given (both papers)."""


@dataclass(frozen=True)
class Shape:
    """What tells published networks apart. `times`: 4 or 2, how much larger a picture becomes."""

    times: int
    features: int
    blocks: int
    growth: int

    @property
    def folded(self) -> int:
        """Two by two pixels enter as one where a picture becomes only twice as large."""
        return 4 // self.times


class DenseBlock(nn.Module):
    """Five layers, each of which sees all that came before it."""

    def __init__(self, features: int, growth: int) -> None:
        super().__init__()
        for number in range(1, 6):
            made = features if number == 5 else growth
            setattr(self, f"conv{number}", nn.Conv2d(features + (number - 1) * growth, made, 3, padding=1))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        seen = x
        for number in range(1, 5):
            seen = torch.cat((seen, functional.leaky_relu(getattr(self, f"conv{number}")(seen), SLOPE)), 1)
        return x + RESIDUE * self.conv5(seen)


class Block(nn.Module):
    """Three dense blocks, one after the other."""

    def __init__(self, features: int, growth: int) -> None:
        super().__init__()
        self.rdb1, self.rdb2, self.rdb3 = (DenseBlock(features, growth) for _ in range(3))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x + RESIDUE * self.rdb3(self.rdb2(self.rdb1(x)))


class RRDBNet(nn.Module):
    """RGB 0..1 (1, 3, height, width), sides multiples of `shape.folded`, to `shape.times` as many pixels a side."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        wide, self.folded = shape.features, shape.folded
        self.conv_first = nn.Conv2d(3 * shape.folded**2, wide, 3, padding=1)
        self.body = nn.Sequential(*(Block(wide, shape.growth) for _ in range(shape.blocks)))
        for name in ("conv_body", "conv_up1", "conv_up2", "conv_hr"):
            setattr(self, name, nn.Conv2d(wide, wide, 3, padding=1))
        self.conv_last = nn.Conv2d(wide, 3, 3, padding=1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.conv_first(functional.pixel_unshuffle(x, self.folded))
        x = x + self.conv_body(self.body(x))
        for larger in (self.conv_up1, self.conv_up2):
            x = functional.leaky_relu(larger(functional.interpolate(x, scale_factor=2, mode="nearest")), SLOPE)
        return self.conv_last(functional.leaky_relu(self.conv_hr(x), SLOPE))
