"""A model of diffusers' as data: what its folder must hold, where it comes from, under what licence, what it takes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from producer.engines.base import Licence, Profile

Precision = Literal["float16", "bfloat16"]
FULL, TILED, OFFLOAD = "full", "tiled", "offload"
"""full: all on the GPU. tiled: attention in slices and pictures decoded in parts. offload: beside that, only the part
of the model that works is on the GPU."""


@dataclass(frozen=True, kw_only=True)
class Model:
    """One model. Memory is what half precision takes, by the model's card and by its size on disk."""

    id: str
    title: str
    pipeline: str
    """The class of diffusers that its `model_index.json` must name."""
    repository: str
    licence: Licence
    profiles: tuple[Profile, ...]
    precision: Precision = "float16"
    variant: str = "fp16"
    """Which of a repository's files are fetched; "" = it has only one set."""
    more_files: tuple[str, ...] = ()
    """Patterns of other files that it needs."""
    packages: tuple[str, ...] = ()
    """What it needs beside what all need, as modules."""


def profiles(full: int, tiled: int, offload: int) -> tuple[Profile, ...]:
    """Device memory in MB."""
    return Profile(FULL, full), Profile(TILED, tiled), Profile(OFFLOAD, offload)


def fetching(model: Model, folder: Path | str = "") -> str:
    """The command that fetches a model's safetensors, and nothing else of its repository."""
    weights = f"*.{model.variant}.safetensors" if model.variant else "*.safetensors"
    patterns = " ".join(f'"{pattern}"' for pattern in ("*.json", "*.txt", *model.more_files, f"*/{weights}"))
    where = f' --local-dir "{folder}"' if folder else ""
    return f"hf download {model.repository} --include {patterns}{where}"
