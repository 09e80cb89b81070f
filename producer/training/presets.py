"""What fits into a card: how a LoRA is trained with 8, 12, 16 or 24 GB of device memory. Pure.

A preset is a profile of a training engine, so that the largest one that fits is taken, and the next smaller one after that
ran out of memory. More memory never means a smaller picture, a lower rank or a smaller batch.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from producer.engines.base import Profile


@dataclass(frozen=True, kw_only=True)
class Preset:
    """`pixels`: the side of the squares that are learnt, `rank`: of the LoRA, `batch`: pictures a step."""

    id: str
    memory_mb: int
    pixels: int
    rank: int
    batch: int = 1
    gradient_checkpointing: bool = True
    """Activations are computed twice instead of kept: about a third slower, and far less memory."""
    rate: float = 1e-4
    """The highest learning rate; what diffusers' examples and kohya's scripts begin with for a LoRA."""
    eight_bit: bool = True
    """The optimiser's moments in 8 bits, where bitsandbytes is installed."""

    @property
    def as_profile(self) -> Profile:
        return Profile(self.id, self.memory_mb)


SD15 = (
    Preset(id="24gb", memory_mb=22_000, pixels=512, rank=32, batch=4, gradient_checkpointing=False, eight_bit=False),
    Preset(id="16gb", memory_mb=14_500, pixels=512, rank=32, batch=2, gradient_checkpointing=False, eight_bit=False),
    Preset(id="12gb", memory_mb=10_500, pixels=512, rank=16, batch=2, eight_bit=False),
    Preset(id="8gb", memory_mb=7_000, pixels=512, rank=16),
)
SDXL = (
    Preset(id="24gb", memory_mb=22_000, pixels=1024, rank=32, batch=2, eight_bit=False),
    Preset(id="16gb", memory_mb=14_500, pixels=1024, rank=16),
    Preset(id="12gb", memory_mb=10_500, pixels=1024, rank=8),
    Preset(id="8gb", memory_mb=7_000, pixels=768, rank=4),
)
"""Largest first. The memory is what the card must give, not yet what was measured: what a machine really takes replaces it
(`producer/measured.py`)."""

PRESETS: Mapping[str, tuple[Preset, ...]] = {"sd15": SD15, "sdxl": SDXL}
"""By the engine that paints with what is learnt."""


def preset(engine: str, name: str) -> Preset:
    """Raises KeyError for an engine that learns nothing, StopIteration for a name that it does not have."""
    return next(one for one in PRESETS[engine] if one.id == name)
