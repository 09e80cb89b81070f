"""The files of what was released, held against what its record says of them."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from config.errors import StudioError
from storage.exports import ExportRecord


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_whole(folder: Path, file: dict[str, Any]) -> bool:
    """Whether one file of a bundle is what its `clip.json` says."""
    path = folder / str(file["name"])
    return path.is_file() and sha256_of(path) == file["sha256"]


def intact(folder: Path, bundle: dict[str, Any]) -> bool:
    """Whether a released folder still holds exactly what its record says."""
    return (folder / "clip.json").is_file() and all(is_whole(folder, file) for file in bundle["files"])


def names_in(record: ExportRecord) -> tuple[str, ...]:
    """The files of a bundle; `clip.json`, which tells of the others, comes last."""
    return (*(str(file["name"]) for file in record.bundle["files"]), "clip.json")


def bundle_folder(exports: Path, record: ExportRecord) -> Path:
    """Raises StudioError when the released files are no longer what the record says."""
    folder = exports / record.folder
    if folder.resolve().parent != exports.resolve() or not intact(folder, record.bundle):
        raise StudioError(
            "The bundle's files were moved or changed since the export.",
            "Export the clip again from the desk: it is restored.",
        )
    return folder


def is_inside(exports: Path, file: Path) -> bool:
    """Whether a file of a bundle lies where it should, and is no link to somewhere else."""
    return file.is_file() and file.resolve().parent.parent == exports.resolve()
