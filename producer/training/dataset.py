"""A prepared set of pictures, as a folder: squares of a person, and what is seen on each.

manifest.json      {"token": "ana", "images": [{"file": "001.png", "caption": "ana, smiling", "sha256": "…"}, …]}
001.png 002.png …
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from config.errors import BadInput
from producer.training.course import FEWEST
from storage.artifacts import hash_file

MANIFEST = "manifest.json"
MOST = 60
LARGEST = 50_000_000
"""Bytes of one picture."""


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True)

    file: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$")
    caption: str = Field(default="", max_length=300)
    sha256: str = Field(default="", pattern=r"^([0-9a-f]{64})?$")


class _Manifest(BaseModel):
    model_config = ConfigDict(frozen=True)

    token: str = Field(default="", max_length=60)
    images: tuple[_Entry, ...]


@dataclass(frozen=True)
class Prepared:
    """`token`: the word by which captions call the person. `pictures`: file and caption."""

    token: str
    pictures: tuple[tuple[Path, str], ...]


def read_prepared(folder: Path) -> Prepared:
    """Raises BadInput, with the reason, for a folder that is not whole or holds too few pictures."""
    try:
        text = (folder / MANIFEST).read_text("utf-8")
        manifest = _Manifest.model_validate_json(text)
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{folder} holds no {MANIFEST} that can be read.", "Prepare the pictures first.") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "it"
        raise BadInput(f"The {MANIFEST} in {folder} makes no sense: {where}: {first['msg']}.", "Prepare the pictures again.") from error  # fmt: skip
    need_pictures(len(manifest.images))
    return Prepared(manifest.token, tuple((_whole(folder, entry), entry.caption) for entry in manifest.images))


def need_pictures(count: int) -> None:
    """Raises BadInput for too few or too many."""
    if count < FEWEST:
        raise BadInput(
            f"There are {count} pictures, and a face is learnt from {FEWEST} or more.", "Twenty to sixty are best."
        )
    if count > MOST:
        raise BadInput(f"There are {count} pictures.", f"Leave the best {MOST}.")


def _whole(folder: Path, entry: _Entry) -> Path:
    path = folder / entry.file
    if not path.is_file() or path.is_symlink():
        raise BadInput(f"{path.name} is missing from {folder}.", "Prepare the pictures again.")
    if path.stat().st_size > LARGEST:
        raise BadInput(f"{path.name} is too large.", f"At most {LARGEST // 1_000_000} MB are read.")
    if entry.sha256 and hash_file(path)[0] != entry.sha256:
        raise BadInput(f"{path.name} is not the picture that was prepared.", "Prepare the pictures again.")
    return path
