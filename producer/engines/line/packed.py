"""A large dictionary that is rarely asked, in a few bytes for each entry."""

from __future__ import annotations

import json
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from typing import Any


class Packed:
    """What a dictionary of strings and JSON values knows, in an eighth of its memory: all keys in one row of bytes, in
    order, and all values in another. Asking takes some microseconds."""

    def __init__(self, entries: Mapping[str, Any]) -> None:
        keys = sorted(entries)
        self._keys, self._key_ends = _row(key.encode() for key in keys)
        self._values, self._value_ends = _row(json.dumps(entries[key], ensure_ascii=False).encode() for key in keys)

    def __len__(self) -> int:
        return len(self._key_ends) - 1

    def get(self, key: str, default: Any = None) -> Any:
        """A fresh copy of the value."""
        place = bisect_left(range(len(self)), key, key=self._key)
        if place == len(self) or self._key(place) != key:
            return default
        return json.loads(self._values[self._value_ends[place] : self._value_ends[place + 1]])

    def _key(self, place: int) -> str:
        return self._keys[self._key_ends[place] : self._key_ends[place + 1]].decode()


def _row(pieces: Iterable[bytes]) -> tuple[bytes, array[int]]:
    """The pieces as one, and where each begins; the last place is where all end."""
    row, ends = bytearray(), array("I", [0])
    for piece in pieces:
        row += piece
        ends.append(len(row))
    return bytes(row), ends
