"""Whether something fits on the disk, asked before it is fetched."""

from __future__ import annotations

import shutil
from pathlib import Path

from config.errors import StudioError

SPARE = 500_000_000
"""Bytes that are left free: a full disk stops more than a pull."""


def need_room(folder: Path, size: int, name: str) -> None:
    """Before anything is fetched. Raises StudioError when `size` bytes, and some to live on, do not fit there."""
    there = next(path for path in (folder, *folder.parents) if path.exists())
    free = shutil.disk_usage(there).free
    if size > 0 and free < size + SPARE:
        raise StudioError(
            f"{name} takes {size / 1e9:.1f} GB, and {there} has {free / 1e9:.1f} GB free.",
            "Make room, or give another --data folder.",
        )
