"""A presenter's prepared data set: what a trainer reads, and why the rest was left out.

<data>/datasets/<short name>/001.png …  voice-01.wav …  manifest.json (a `Dataset` as JSON)
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import ClassVar

from pydantic import Field

from storage.artifacts import hash_file
from storage.documents import Document, Frozen
from storage.searching import Gone

FOLDER, MANIFEST = "datasets", "manifest.json"


class PreparedImage(Frozen):
    file: str
    caption: str
    sha256: str
    source: str = Field(description="the file it was cut from, as its sender called it; shown, never used as a path")
    view: str = Field(description="front, half or profile")
    close: bool = Field(description="whether the head fills more than half of the square's height")


class PreparedSound(Frozen):
    file: str
    sha256: str
    source: str
    seconds: float
    transcript: str = Field(default="", description="what is said; empty where no recogniser is installed")
    snr_db: float = Field(description="voice over what sounds between the words")
    loudness_lufs: float = Field(description="of the recording as it came; the prepared file has one loudness")


class LeftOut(Frozen):
    """One file that is not in the set. `code`: for programs."""

    source: str
    code: str
    message: str
    cure: str


class Dataset(Document):
    """Everything about one preparation. Squares are `side` pixels wide; `token` is the word that stands for the person."""

    tag: ClassVar[str] = "dataset/1"

    presenter: str
    token: str
    side: int
    images: tuple[PreparedImage, ...] = ()
    sounds: tuple[PreparedSound, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    readiness: int = Field(default=0, ge=0, le=100)
    advice: tuple[str, ...] = ()


def dataset_folder(root: Path, slug: str) -> Path:
    return root / FOLDER / slug


def delete_dataset(root: Path, slug: str) -> list[Gone]:
    """Delete what was prepared of a presenter. Returns every file that was there."""
    gone = []
    for folder in (dataset_folder(root, slug), *(root / FOLDER).glob(f".{slug}.*")):
        for path in sorted(folder.glob("*")):
            sha256, size = hash_file(path)
            gone.append(Gone(sha256=sha256, size=size, what="data set"))
        if folder.exists():
            shutil.rmtree(folder)
    return gone
