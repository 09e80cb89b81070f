"""Files of a store elsewhere that lie here too: as many as fit, the last used stay, and each is checked when it is read.

Several processes may share one folder. When a file was last used is kept as its access time, set by hand, so that it does
not matter how the disk is mounted.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable
from pathlib import Path

from storage.artifacts import FolderStore, is_sound

SPARE_S = 1800.0
"""A file that was handed out so lately may still be in somebody's hands: it is not dropped, whatever the limit."""


class Cache:
    """Blobs by hash in a folder of at most `limit` bytes."""

    def __init__(
        self, root: Path, limit: int, spare_s: float = SPARE_S, clock: Callable[[], float] = time.time
    ) -> None:
        self._folder = FolderStore(root)
        self._limit, self._spare_s, self._clock = limit, spare_s, clock

    def get(self, sha256: str) -> Path | None:
        """Where it lies, its bytes just checked; a damaged one is dropped."""
        path = self._folder.blob(sha256)
        if not path.is_file():
            return None
        if not is_sound(path, sha256):
            self.drop(sha256)
            return None
        self._touch(path)
        return path

    def add(self, sha256: str, fill: Callable[[Path], bool]) -> Path | None:
        """Have a new file written, by `fill` under a temporary name. None when it says that there is none."""
        with self._folder.temporary() as tmp:
            if not fill(tmp) or not is_sound(tmp, sha256):
                return None
            target = self._folder.blob(sha256)
            self._folder.publish(tmp, target)
        self._touch(target)
        self._trim()
        return target

    def scratch(self) -> contextlib.AbstractContextManager[Path]:
        """A name for a file on the same disk that is only looked at."""
        return self._folder.temporary()

    def drop(self, sha256: str) -> None:
        self._folder.discard(sha256)

    def _touch(self, path: Path) -> None:
        with contextlib.suppress(FileNotFoundError):
            os.utime(path, (self._clock(), path.stat().st_mtime))

    def _trim(self) -> None:
        """Drop what was used longest ago until the rest fits."""
        files = []
        for path in (self._folder.root / "blobs").glob("*/*"):
            with contextlib.suppress(FileNotFoundError):  # another process trims too
                facts = path.stat()
                files.append((facts.st_atime, facts.st_size, path))
        total, in_use_since = sum(size for _, size, _ in files), self._clock() - self._spare_s
        for used, size, path in sorted(files):
            if total <= self._limit or used > in_use_since:
                return
            self.drop(path.name)
            total -= size
