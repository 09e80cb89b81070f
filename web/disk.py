"""What the data folder's disk is full of."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from config.folders import DataFolder


@dataclass(frozen=True)
class DiskUse:
    """Bytes. `parts`: what of it is ours, by kind."""

    total: int
    free: int
    parts: dict[str, int]


def disk_use(folder: DataFolder) -> DiskUse:
    """Looks at every file: ask for it in a thread."""
    disk = shutil.disk_usage(folder.root)
    parts = {
        "Made files": _bytes(folder.artifacts),
        **({"Cache of the store": _bytes(folder.cache)} if folder.cache.exists() else {}),
        "Exports": _bytes(folder.exports),
        "Weights": _bytes(folder.weights),
        "Database": sum(_bytes(path) for path in folder.root.glob("studio.db*")),
        "Logs and samples": _bytes(folder.logs) + _bytes(folder.samples),
    }
    return DiskUse(disk.total, disk.free, parts)


def _bytes(path: Path) -> int:
    if path.is_file():
        return path.stat().st_size
    return sum(_sizes(path)) if path.is_dir() else 0


def _sizes(folder: Path) -> Iterator[int]:
    for root, _, names in os.walk(folder):
        for name in names:
            try:
                yield (Path(root) / name).lstat().st_size
            except FileNotFoundError:  # swept while we looked
                continue
