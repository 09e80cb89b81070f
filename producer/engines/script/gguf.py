"""What a GGUF file says of itself: its name, its licence, its size. Read from its first bytes alone.

The layout is that of llama.cpp's docs/gguf.md: a magic word, a version, two counts, then keys with typed values. Only keys
that begin with `general.` are read; they come first, before the vocabulary.
"""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from config.errors import Unavailable
from producer.engines.base import Licence
from producer.engines.script.models import UNKNOWN, licence_of

MAGIC = b"GGUF"
OLDEST, LARGEST_TEXT, MOST_KEYS = 2, 1 << 16, 64
HEAD = 1 << 20
NUMBERS = {0: "<B", 1: "<b", 2: "<H", 3: "<h", 4: "<I", 5: "<i", 6: "<f", 7: "<?", 10: "<Q", 11: "<q", 12: "<d"}
TEXT = 8


@dataclass(frozen=True)
class Card:
    """`fingerprint`: of the first megabyte, which holds all that the model is but its numbers, and of the size."""

    name: str
    licence: Licence
    fingerprint: str
    size_mb: int


def read_card(path: Path) -> Card:
    """Raises Unavailable for a file that is missing, cannot be read, or is no GGUF file."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            told = _general(file)
            file.seek(0)
            digest = hashlib.sha256(file.read(HEAD) + str(size).encode()).hexdigest()
    except OSError as error:
        raise Unavailable(f"{path} cannot be read ({error.strerror}).", "Put a GGUF file there.") from error
    except (struct.error, UnicodeDecodeError, ValueError) as error:
        raise Unavailable(f"{path.name} is no whole GGUF file.", "Fetch it again.") from error
    licence = licence_of(told["general.license"]) if told.get("general.license") else UNKNOWN
    return Card(told.get("general.name") or path.stem, licence, digest[:12], round(size / 1e6))


def _general(file: BinaryIO) -> dict[str, str]:
    """The texts under `general.`, as far as they come before anything else. Raises ValueError or struct.error."""
    magic, version, _tensors, keys = struct.unpack("<4sIQQ", file.read(24))
    if magic != MAGIC or version < OLDEST:
        raise ValueError(magic)
    told: dict[str, str] = {}
    for _ in range(min(keys, MOST_KEYS)):
        key = _text(file)
        (kind,) = struct.unpack("<I", file.read(4))
        if kind == TEXT:
            value = _text(file)
            if key.startswith("general."):
                told[key] = value
        elif kind in NUMBERS:
            file.seek(struct.calcsize(NUMBERS[kind]), 1)
        else:  # a list: of tags, or already of the vocabulary
            break
    return told


def _text(file: BinaryIO) -> str:
    (length,) = struct.unpack("<Q", file.read(8))
    if length > LARGEST_TEXT:
        raise ValueError(length)
    data = file.read(length)
    if len(data) < length:
        raise ValueError(length)
    return data.decode("utf-8")
