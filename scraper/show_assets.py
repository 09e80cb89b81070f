"""The files that a show brings: named in its TOML file by a path beside it, kept in the artifact store.

[brand]
logo = "logo.png"      typeface = "house.ttf"      end_picture = "goodbye.jpg"
[painting]
guide = { kind = "canny", picture = "studio.png" }      reference = { picture = "host.jpg" }
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from config.errors import UsageError
from storage.artifacts import ArtifactStore

PICTURES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".webp": "image/webp"}
MUSIC = {
    ".wav": "audio/wav", ".mp3": "audio/mpeg", ".flac": "audio/flac", ".ogg": "audio/ogg", ".m4a": "audio/mp4",
}  # fmt: skip
TYPEFACES = {".ttf": "font/ttf", ".otf": "font/otf", ".woff": "font/woff"}
KINDS: Mapping[tuple[str, ...], Mapping[str, str]] = {
    ("music_file",): MUSIC,
    ("brand", "logo"): {".png": "image/png"},
    ("brand", "typeface"): TYPEFACES,
    ("brand", "end_picture"): PICTURES,
    ("painting", "guide", "picture"): PICTURES,
    ("painting", "reference", "picture"): PICTURES,
}
"""Where a show may name a file, and which endings that may have: ending → media type."""
LARGEST_BYTES = 64 << 20


def with_assets(values: Mapping[str, Any], show: Path, store: ArtifactStore) -> dict[str, Any]:
    """The show's values with a reference in place of each path; the files are in the store then.

    Raises UsageError that names the key and what would be right.
    """
    given = dict(values)
    for key, kinds in KINDS.items():
        table = given
        for name in key[:-1]:
            if isinstance(table.get(name), dict):
                table[name] = table = dict(table[name])
        if isinstance(table.get(key[-1]), str) and (len(key) == 1 or table is not given):
            table[key[-1]] = _kept(table[key[-1]], ".".join(key), kinds, show, store)
    return given


def _kept(name: str, key: str, kinds: Mapping[str, str], show: Path, store: ArtifactStore) -> dict[str, Any]:
    path = show.parent / name
    media_type = kinds.get(path.suffix.lower())
    if media_type is None:
        known = ", ".join(ending.removeprefix(".").upper() for ending in kinds)
        drawing = " An SVG drawing would look different everywhere." if path.suffix.lower() == ".svg" else ""
        raise UsageError(
            f"{show}: “{key}” cannot be {name!r}.{drawing}", f"Choose a file of one of these kinds: {known}."
        )
    if not path.is_file():
        raise UsageError(f"{show}: “{key}” names {name!r}, which is not there.", "Put the file beside the show's.")
    if path.stat().st_size > LARGEST_BYTES:
        raise UsageError(f"{show}: {name!r} is larger than 64 MB.", "Make it smaller.")
    return store.put(path, media_type).model_dump()
