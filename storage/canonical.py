"""One way to turn a value into bytes, so that equal things have equal hashes on every machine.

Canonical JSON: sorted keys, no spaces, UTF-8, no NaN. Structures are tagged with their type
before hashing, so that two kinds of thing never collide by having the same fields.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any


def canonical_json(value: Any) -> str:
    """`value` (JSON types only) as canonical text. Raises ValueError on NaN or infinity."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def sha256_text(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def tagged_hash(tag: str, value: Any) -> str:
    """Hex sha256 of a type-tagged value."""
    return sha256_text(canonical_json([tag, value]))
