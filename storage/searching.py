"""Looks through a data folder for bytes that should be gone, under whatever name."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import Field

from storage.artifacts import hash_file
from storage.documents import Frozen

DATABASE = "studio.db"


class Gone(Frozen):
    """One file that was deleted. `what`: portrait, sample, consent …, or the stage that had made it."""

    sha256: str
    size: int = Field(description="bytes")
    what: str


def search(root: Path, gone: Sequence[Gone]) -> tuple[int, list[str]]:
    """Look for these very bytes in every file below the data folder, under whatever name. Returns (files, where found)."""
    looked, found = 0, []
    for path in _files_below(root):
        looked += 1
        if _is_one_of(path, gone):
            found.append(str(path.relative_to(root)))
    return looked, found


def delete_copies(root: Path, gone: Sequence[Gone]) -> None:
    """Copies outside of the store: what was installed beside an engine's weights, or is half received."""
    for path in _files_below(root):
        if _is_one_of(path, gone):
            path.unlink(missing_ok=True)


def _is_one_of(path: Path, gone: Sequence[Gone]) -> bool:
    """Only files of the right size are read."""
    try:
        size = path.stat().st_size
        fitting = {file.sha256 for file in gone if file.size == size}
        return bool(fitting) and hash_file(path)[0] in fitting
    except FileNotFoundError:  # somebody's temporary file
        return False


def _files_below(root: Path) -> Iterator[Path]:
    """Exports have left the house; the database is read by its own means."""
    for folder, names, files in os.walk(root):
        here = Path(folder)
        if here == root:
            names[:] = [name for name in names if name != "exports"]
        yield from (here / name for name in files if not (here == root and name.startswith(DATABASE)))
