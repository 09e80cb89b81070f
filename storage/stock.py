"""What a store holds, all of it, for whoever looks it over: a folder that is only read, or a bucket."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Literal, Protocol

from storage.artifacts import ArtifactStore, FolderStore, StageRecord, is_sound


@dataclass(frozen=True)
class Held:
    """One thing in a store. `name`: its sha256, or the key of a result; `age_s`: since it was put there."""

    kind: Literal["blob", "result"]
    name: str
    place: PurePath
    age_s: float


class Stock(Protocol):
    def held(self) -> Iterator[Held]: ...

    def sound(self, sha256: str) -> bool:
        """Whether a blob is what its hash says. Reads all of it."""

    def intact(self, key: str) -> bool:
        """Whether a result can be read, and is what was hashed."""


class FolderStock:
    """A store's folder, in which nothing is made or swept: a backup may lie on a disk that cannot be written."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def held(self) -> Iterator[Held]:
        for path in self._files("blobs"):
            yield Held("blob", path.name, path, time.time() - path.stat().st_mtime)
        for path in self._files("keys"):
            yield Held("result", path.stem, path, time.time() - path.stat().st_mtime)

    def sound(self, sha256: str) -> bool:
        return is_sound(self._root / "blobs" / sha256[:2] / sha256, sha256)

    def intact(self, key: str) -> bool:
        return is_intact((self._root / "keys" / key[:2] / f"{key}.json").read_bytes())

    def _files(self, folder: str) -> Iterator[Path]:
        return (path for path in (self._root / folder).glob("*/*") if path.is_file())


def is_intact(data: bytes) -> bool:
    try:
        return StageRecord.model_validate(json.loads(data)).intact
    except ValueError:
        return False


def bring(sha256: str, source: ArtifactStore, target: FolderStore) -> bool:
    """Copy a file from any store into a folder. Returns whether the folder has it now, as its hash says."""
    if isinstance(source, FolderStore):
        return target.adopt(source.blob(sha256), sha256)
    with target.temporary() as tmp:
        if not source.copy(sha256, tmp):
            return False
        target.publish(tmp, target.blob(sha256))
    return True


def fill(store: ArtifactStore, artifacts: Path) -> int:
    """Hand the sound files of a folder to a store that lacks them. Returns how many that were. Raises StudioError."""
    here, handed = FolderStock(artifacts), 0
    for one in here.held():
        if one.kind == "blob" and not store.holds(one.name) and here.sound(one.name):
            store.put(artifacts / "blobs" / one.name[:2] / one.name, "application/octet-stream")
            handed += 1
    return handed
