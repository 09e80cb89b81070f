"""The artifact store: immutable files addressed by content, and stage results addressed by stage key.

    blobs/ab/abcdef…          the bytes whose sha256 is abcdef…
    keys/ab/abcdef….json      what the stage with key abcdef… produced
    tmp/                      half-written files, named after who writes them; never read, swept when that one is dead

Write to a temporary name, fsync, hash, then create *only if absent* with `link`: of two attempts the
first wins, and no reader ever sees half a file.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

from config.errors import Corrupt, StudioError
from config.process import is_alive
from storage.canonical import canonical_json, tagged_hash
from storage.documents import ArtifactRef, Document, Frozen
from storage.ids import new_id
from storage.upcast import read_document

CHUNK = 1 << 20


class StageRecord(Frozen):
    """What one stage produced, and who made it."""

    document: dict[str, Any]
    content_hash: str
    engine: str
    engine_version: str
    seconds: float

    @classmethod
    def of(cls, document: Document, engine: str, engine_version: str, seconds: float) -> StageRecord:
        return cls(
            document=document.to_json(),
            content_hash=document.content_hash,
            engine=engine,
            engine_version=engine_version,
            seconds=round(seconds, 3),
        )

    def read(self) -> Document:
        return read_document(self.document)

    @property
    def intact(self) -> bool:
        """Whether the document is still the one that was hashed."""
        fields = dict(self.document)
        return tagged_hash(fields.pop("tag", ""), fields) == self.content_hash


class ArtifactStore(Protocol):
    """Where files and stage results live. Every implementation passes `tests/storage/test_artifacts.py`."""

    id: str
    """By which the control process and its workers know that they mean the same store; "" = a folder."""

    def put(self, path: Path, media_type: str) -> ArtifactRef:
        """Take a finished file (it is moved or copied) and return its reference. Raises StudioError on a full disk."""

    def put_bytes(self, data: bytes, media_type: str) -> ArtifactRef: ...

    def fetch(self, ref: ArtifactRef) -> Path:
        """A local, read-only path whose bytes were just checked. Raises Corrupt."""

    def holds(self, sha256: str) -> bool:
        """Whether a blob is there, unchecked."""

    def commit(self, key: str, record: StageRecord) -> StageRecord:
        """Store a stage result if none is there; return the one that won."""

    def result(self, key: str) -> StageRecord | None: ...

    def all_results(self) -> Iterator[tuple[str, StageRecord]]:
        """Every stage result by its key, in no order. Slow: all of them are read."""

    def discard(self, sha256: str) -> None:
        """Forget a damaged blob, so that it can be made again."""

    def discard_result(self, key: str) -> None: ...

    def copy(self, sha256: str, target: Path) -> bool:
        """Write a blob to a new file. Returns whether it was there and is what its hash says; if not, there is none."""

    def reachable(self) -> bool:
        """Whether it makes sense to begin work now: False while the store does not answer."""


class FolderStore:
    """An `ArtifactStore` in a local folder. Whatever the disk refuses is raised as StudioError."""

    id = ""

    def __init__(self, root: Path) -> None:
        self.root = root
        try:
            for name in ("blobs", "keys", "tmp"):
                (root / name).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _refused(error, root) from error
        self._sweep()

    def put(self, path: Path, media_type: str) -> ArtifactRef:
        digest, size = hash_file(path)
        target = self.blob(digest)
        if not target.exists():
            with self.temporary() as tmp:
                shutil.copyfile(path, tmp)
                self.publish(tmp, target)
        return ArtifactRef(sha256=digest, media_type=media_type, size=size)

    def put_bytes(self, data: bytes, media_type: str) -> ArtifactRef:
        digest = hashlib.sha256(data).hexdigest()
        target = self.blob(digest)
        if not target.exists():
            with self.temporary() as tmp:
                tmp.write_bytes(data)
                self.publish(tmp, target)
        return ArtifactRef(sha256=digest, media_type=media_type, size=len(data))

    def fetch(self, ref: ArtifactRef) -> Path:
        if not self.sound(ref.sha256):
            raise Corrupt(ref.sha256)
        return self.blob(ref.sha256)

    def holds(self, sha256: str) -> bool:
        return self.blob(sha256).is_file()

    def sound(self, sha256: str) -> bool:
        """Whether a blob is there and is what its hash says."""
        return is_sound(self.blob(sha256), sha256)

    def commit(self, key: str, record: StageRecord) -> StageRecord:
        if (before := self.result(key)) is not None:
            return before
        with self.temporary() as tmp:
            tmp.write_text(canonical_json(record.model_dump(mode="json")), "utf-8")
            self.publish(tmp, self._key(key))
        won = self.result(key)
        if won is None:
            raise StudioError(f"The result {key[:12]} vanished while it was stored.", "Check the data folder's disk.")
        return won

    def result(self, key: str) -> StageRecord | None:
        try:
            record = StageRecord.model_validate(json.loads(self._key(key).read_text("utf-8")))
        except FileNotFoundError:
            return None
        except ValueError:
            record = None
        if record is None or not record.intact:  # damaged: as good as absent, and must not block its successor
            self.discard_result(key)
            return None
        return record

    def all_results(self) -> Iterator[tuple[str, StageRecord]]:
        for path in (self.root / "keys").glob("??/*.json"):
            if (record := self.result(path.stem)) is not None:
                yield path.stem, record

    def adopt(self, path: Path, sha256: str) -> bool:
        """Take a copy of another store's file, in place of ours if there is one. Returns whether it was what its hash
        says; if not, nothing changes. Raises StudioError on a full disk."""
        if not is_sound(path, sha256):
            return False
        with self.temporary() as tmp:
            shutil.copyfile(path, tmp)
            if not is_sound(tmp, sha256):
                return False
            _settle(tmp)
            target = self.blob(sha256)
            target.parent.mkdir(parents=True, exist_ok=True)
            tmp.replace(target)
            fsync_folder(target.parent)
        return True

    def copy(self, sha256: str, target: Path) -> bool:
        if not self.holds(sha256):
            return False
        shutil.copyfile(self.blob(sha256), target)
        if not is_sound(target, sha256):
            target.unlink()
            return False
        return True

    def reachable(self) -> bool:
        return True

    def discard(self, sha256: str) -> None:
        self._remove(self.blob(sha256))

    def discard_result(self, key: str) -> None:
        self._remove(self._key(key))

    def _remove(self, path: Path) -> None:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise _refused(error, self.root) from error

    def blob(self, digest: str) -> Path:
        """Where a file lies, or would lie; unchecked."""
        return self.root / "blobs" / digest[:2] / digest

    def _key(self, key: str) -> Path:
        return self.root / "keys" / key[:2] / f"{key}.json"

    @contextlib.contextmanager
    def temporary(self) -> Iterator[Path]:
        """A name for a file that is being made; what still has it in the end is removed. Raises StudioError for the disk."""
        tmp = self.root / "tmp" / f"{socket.gethostname()}.{os.getpid()}.{new_id()}"
        try:
            yield tmp
        except OSError as error:
            raise _refused(error, self.root) from error
        finally:
            tmp.unlink(missing_ok=True)

    def _sweep(self) -> None:
        """Remove what processes of this computer left half-written when they were killed."""
        for path in (self.root / "tmp").iterdir():
            host, _, writer = path.name.rpartition(".")[0].rpartition(".")
            if host == socket.gethostname() and writer.isdigit() and not is_alive(int(writer)):
                path.unlink(missing_ok=True)

    def publish(self, tmp: Path, target: Path) -> None:
        """Give a finished file its name, unless another one has it."""
        _settle(tmp)
        target.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsError):
            os.link(tmp, target)
            fsync_folder(target.parent)


def blobs_of(document: Any) -> dict[str, int]:
    """sha256 → bytes of every file that a document (as JSON) refers to."""
    found: dict[str, int] = {}
    if isinstance(document, dict):
        if "sha256" in document and "media_type" in document:
            found[document["sha256"]] = int(document.get("size", 0))
        document = list(document.values())
    for value in document if isinstance(document, list) else ():
        found |= blobs_of(value)
    return found


def _refused(error: OSError, root: Path) -> StudioError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return StudioError(f"The disk that holds {root} is full.", "Free some space and try again.")
    return StudioError(f"{root} cannot be written: {error.strerror}.", "Check its disk, its owner and its permissions.")


def is_sound(path: Path, sha256: str) -> bool:
    """Whether a file is there, can be read, and is what its hash says."""
    try:
        return path.is_file() and hash_file(path)[0] == sha256
    except OSError as error:
        if error.errno == errno.EIO:  # the disk itself gave up on these bytes
            return False
        raise


def hash_file(path: Path) -> tuple[str, int]:
    """(sha256, size in bytes)."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return digest.hexdigest(), size


def _settle(path: Path) -> None:
    """On the disk for good, and never to be written again."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
    path.chmod(0o444)


def fsync_folder(folder: Path) -> None:
    """Make the names in a folder last, as fsync does a file's bytes."""
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
