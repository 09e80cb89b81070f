"""An artifact store in memory, for tests that make much and keep nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from config.errors import Corrupt
from storage.artifacts import StageRecord
from storage.documents import ArtifactRef


class MemoryStore:
    """An `ArtifactStore` that forgets; `folder` is where fetched files appear."""

    id = ""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.blobs: dict[str, bytes] = {}
        self.results: dict[str, StageRecord] = {}

    def put(self, path: Path, media_type: str) -> ArtifactRef:
        return self.put_bytes(path.read_bytes(), media_type)

    def put_bytes(self, data: bytes, media_type: str) -> ArtifactRef:
        sha256 = hashlib.sha256(data).hexdigest()
        self.blobs[sha256] = data
        return ArtifactRef(sha256=sha256, media_type=media_type, size=len(data))

    def fetch(self, ref: ArtifactRef) -> Path:
        if ref.sha256 not in self.blobs:
            raise Corrupt(ref.sha256)
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / ref.sha256
        path.write_bytes(self.blobs[ref.sha256])
        return path

    def copy(self, sha256: str, target: Path) -> bool:
        if sha256 in self.blobs:
            target.write_bytes(self.blobs[sha256])
        return sha256 in self.blobs

    def reachable(self) -> bool:
        return True

    def holds(self, sha256: str) -> bool:
        return sha256 in self.blobs

    def commit(self, key: str, record: StageRecord) -> StageRecord:
        return self.results.setdefault(key, record)

    def result(self, key: str) -> StageRecord | None:
        return self.results.get(key)

    def all_results(self) -> Iterator[tuple[str, StageRecord]]:
        yield from list(self.results.items())

    def discard(self, sha256: str) -> None:
        self.blobs.pop(sha256, None)

    def discard_result(self, key: str) -> None:
        self.results.pop(key, None)
