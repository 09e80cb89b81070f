"""What engines were seen to take on this machine: device memory, and the time to load. Kept in the data folder."""

from __future__ import annotations

import json
import os
from pathlib import Path

from loguru import logger
from pydantic import TypeAdapter, ValidationError

from storage.documents import Frozen

FILE = "measured.json"


class Measurement(Frozen):
    """Of one engine at one profile, when it ran last."""

    engine: str
    profile: str
    memory_mb: int
    load_s: float


_ALL = TypeAdapter(tuple[Measurement, ...])


class Measured:
    """The measurements of one machine. `path`: where they are kept; None = in memory only."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._known = {(one.engine, one.profile): one for one in read_measured(path)} if path else {}

    def memory_mb(self, engine: str, profile: str) -> int | None:
        found = self._known.get((engine, profile))
        return found.memory_mb if found else None

    def note(self, engine: str, profile: str, memory_mb: int, load_s: float) -> None:
        """Remember; what was remembered before is forgotten. A file that cannot be written costs only the memory of it."""
        self._known[engine, profile] = Measurement(engine=engine, profile=profile, memory_mb=memory_mb, load_s=load_s)
        if self._path is None:
            return
        half = self._path.with_name(f".{self._path.name}.{os.getpid()}")
        try:
            half.write_bytes(_ALL.dump_json(tuple(self._known.values()), indent=2))
            half.replace(self._path)
        except OSError as error:
            logger.warning("What {} takes cannot be remembered: {}", engine, error)


def read_measured(path: Path) -> tuple[Measurement, ...]:
    """Empty where nothing was measured yet, or the file is damaged: it is then measured again."""
    try:
        return _ALL.validate_python(json.loads(path.read_text("utf-8")), strict=False)
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, ValidationError):
        return ()
