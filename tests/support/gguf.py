"""Heads of GGUF files, as llama.cpp's docs/gguf.md lays them out."""

from __future__ import annotations

import struct
from collections.abc import Mapping


def gguf(values: Mapping[str, str | int], version: int = 3, keys: int | None = None) -> bytes:
    """No tensors; texts are texts, and numbers 32-bit ones. `keys`: how many it says it has; None = as many as there are."""
    head = struct.pack("<4sIQQ", b"GGUF", version, 0, len(values) if keys is None else keys)
    return head + b"".join(_text(key) + _value(value) for key, value in values.items())


def _value(value: str | int) -> bytes:
    return struct.pack("<I", 8) + _text(value) if isinstance(value, str) else struct.pack("<II", 4, value)


def _text(text: str) -> bytes:
    return struct.pack("<Q", len(text.encode())) + text.encode()
