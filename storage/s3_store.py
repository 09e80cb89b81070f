"""An artifact store in a bucket, for studios whose workers run on other machines.

    PREFIX/store.json          what this is: {"format": 1, "id": …}; whoever comes first writes it
    PREFIX/blobs/ab/abcdef…    the bytes whose sha256 is abcdef…
    PREFIX/keys/ab/abcdef….json   what the stage with key abcdef… produced

Laid out as a folder's is, and the same holds: immutable, created only if absent, so that of two attempts the first wins.
What was fetched or made here stays in a cache of bounded size, and is checked against its hash each time it is read.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Literal

from config.errors import Corrupt, StoreUnreachable, StudioError
from storage.artifacts import CHUNK, StageRecord, hash_file, is_sound
from storage.cache import Cache
from storage.canonical import canonical_json
from storage.documents import ArtifactRef
from storage.ids import new_id
from storage.s3 import S3, unreachable
from storage.stock import Held, is_intact

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse

FORMAT = 1
MARKER = "store.json"
ABSENT = {"If-None-Match": "*"}
EXISTS = 412
LOOK_S = 5.0
"""How often a store that did not answer is asked whether it does now."""
TRIES = 3
"""Downloads of a file whose bytes were others than its hash says, before the fault is the store's."""


class S3Store:
    """An `ArtifactStore` in a bucket. `open` before use. All calls raise StoreUnreachable while the bucket does not answer."""

    def __init__(self, s3: S3, cache: Cache) -> None:
        self._s3, self._cache = s3, cache
        self.id = ""
        """By which the control process and its workers know that they mean the same store."""
        self._asked, self._answers = 0.0, True
        self._lock = threading.Lock()

    def open(self) -> S3Store:
        """Make sure that it is a store of ours, on a server that keeps the first of two writers. Raises StudioError."""
        fresh = json.dumps({"format": FORMAT, "id": new_id()}).encode()
        self._create(MARKER, fresh, "application/json")
        if self._create(MARKER, fresh, "application/json"):
            raise StudioError(
                "The store's server overwrites what is there (it ignores If-None-Match).", "Use one that knows it."
            )
        found = json.loads(self._read(MARKER) or b"{}")
        if found.get("format") != FORMAT:
            raise StudioError(
                f"The store was laid out by another release (format {found.get('format')}, here {FORMAT}).",
                "Install the release of the studio that uses it.",
            )
        self.id = str(found["id"])
        return self

    def put(self, path: Path, media_type: str) -> ArtifactRef:
        digest, size = hash_file(path)
        ref = ArtifactRef(sha256=digest, media_type=media_type, size=size)
        if not self.holds(digest):
            with path.open("rb") as file:
                self._create(_blob(digest), file, media_type, digest, size)
        self._cache.add(digest, lambda tmp: bool(shutil.copyfile(path, tmp)))
        return ref

    def put_bytes(self, data: bytes, media_type: str) -> ArtifactRef:
        digest = hashlib.sha256(data).hexdigest()
        if not self.holds(digest):
            self._create(_blob(digest), data, media_type, digest, len(data))
        self._cache.add(digest, lambda tmp: bool(tmp.write_bytes(data)) or True)
        return ArtifactRef(sha256=digest, media_type=media_type, size=len(data))

    def fetch(self, ref: ArtifactRef) -> Path:
        path = self._cache.get(ref.sha256) or self._cache.add(ref.sha256, lambda tmp: self.copy(ref.sha256, tmp))
        if path is None:
            raise Corrupt(ref.sha256)
        return path

    def holds(self, sha256: str) -> bool:
        with self._ask("HEAD", _blob(sha256), expected=(200, 404)) as answer:
            return answer.status == 200

    def copy(self, sha256: str, target: Path) -> bool:
        for _ in range(TRIES):
            if not self._download(_blob(sha256), target):
                return False
            if is_sound(target, sha256):
                return True
        target.unlink()
        return False

    def commit(self, key: str, record: StageRecord) -> StageRecord:
        text = canonical_json(record.model_dump(mode="json")).encode()
        for _ in range(TRIES):
            if self._create(_key(key), text, "application/json"):
                return record
            if (before := self.result(key)) is not None:
                return before
        raise StudioError(f"The result {key[:12]} vanished while it was stored.", "Look at the store's server.")

    def result(self, key: str) -> StageRecord | None:
        data = self._read(_key(key))
        if data is None:
            return None
        try:
            record = StageRecord.model_validate(json.loads(data))
        except ValueError:
            record = None
        if record is None or not record.intact:  # damaged: as good as absent, and must not block its successor
            self.discard_result(key)
            return None
        return record

    def discard(self, sha256: str) -> None:
        self._remove(_blob(sha256))
        self._cache.drop(sha256)

    def discard_result(self, key: str) -> None:
        self._remove(_key(key))

    def reachable(self) -> bool:
        """Asks the server only while it was last seen not to answer, and then now and again."""
        with self._lock:
            if self._answers or time.monotonic() - self._asked < LOOK_S:
                return self._answers
            self._asked = time.monotonic()
        with contextlib.suppress(StoreUnreachable), self._ask("HEAD", MARKER, patience_s=0.0):
            pass
        return self._answers

    def adopt(self, path: Path, sha256: str) -> bool:
        """Take another store's file, in place of ours if there is one. Returns whether it was what its hash says."""
        if not is_sound(path, sha256):
            return False
        with path.open("rb") as file:
            told = {"Content-Type": "application/octet-stream"}
            with self._ask("PUT", _blob(sha256), body=file, size=path.stat().st_size, sha256=sha256, headers=told):
                pass
        self._cache.drop(sha256)
        return True

    # ── what it holds ────────────────────────────────────────────────────────────────────────────

    def held(self) -> Iterator[Held]:
        kinds: tuple[tuple[Literal["blob", "result"], str], ...] = (("blob", "blobs/"), ("result", "keys/"))
        for kind, folder in kinds:
            for place, age_s in self._s3.names(folder):
                yield Held(kind, place.stem, place, age_s)

    def all_results(self) -> Iterator[tuple[str, StageRecord]]:
        for place, _ in self._s3.names("keys/"):
            if (record := self.result(place.stem)) is not None:
                yield place.stem, record

    def sound(self, sha256: str) -> bool:
        with self._cache.scratch() as tmp:
            return self.copy(sha256, tmp)

    def intact(self, key: str) -> bool:
        return is_intact(self._read(_key(key)) or b"")

    # ── the wire ─────────────────────────────────────────────────────────────────────────────────

    def _create(self, name: str, body: bytes | IO[bytes], media_type: str, sha256: str = "", size: int = -1) -> bool:
        """Write an object if there is none. Returns whether it was written: also False when a first try of ours was heard,
        and only its answer was lost."""
        if isinstance(body, bytes):
            sha256, size = hashlib.sha256(body).hexdigest(), len(body)
        headers = {**ABSENT, "Content-Type": media_type}
        with self._ask(
            "PUT", name, body=body, size=size, sha256=sha256, headers=headers, expected=(200, EXISTS)
        ) as answer:  # fmt: skip
            return answer.status != EXISTS

    def _read(self, name: str) -> bytes | None:
        """The whole of a small object; None when there is none."""
        into = io.BytesIO()
        return into.getvalue() if self._transfer(name, into) else None

    def _download(self, name: str, target: Path) -> bool:
        with target.open("wb") as file:
            there = self._transfer(name, file)
        if not there:
            target.unlink()
        return there

    def _transfer(self, name: str, into: IO[bytes]) -> bool:
        """Read an object from its start again when the connection breaks in the middle."""
        import urllib3

        for left in reversed(range(TRIES)):
            into.seek(0)
            into.truncate()
            with self._ask("GET", name, expected=(200, 404)) as answer:
                if answer.status == 404:
                    return False
                try:
                    for chunk in answer.stream(CHUNK):
                        into.write(chunk)
                    return True
                except urllib3.exceptions.HTTPError as error:
                    answer.close()
                    if not left:
                        self._answers = False
                        raise unreachable(self._s3.place, type(error).__name__) from error
        raise AssertionError("unreachable")

    def _remove(self, name: str) -> None:
        with self._ask("DELETE", name, expected=(200, 204, 404)):
            pass

    @contextlib.contextmanager
    def _ask(self, method: str, name: str, **told: Any) -> Iterator[BaseHTTPResponse]:
        """As S3.ask, and remembers whether the server answers."""
        try:
            with self._s3.ask(method, name, **told) as answer:
                self._answers = True
                yield answer
        except StoreUnreachable:
            self._answers = False
            raise


def _blob(sha256: str) -> str:
    return f"blobs/{sha256[:2]}/{sha256}"


def _key(key: str) -> str:
    return f"keys/{key[:2]}/{key}.json"
