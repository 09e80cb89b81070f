"""Is everything there, and is it what its hash says? Reads all of it, changes nothing; `mend` is what changes.

A damaged file that an engine made is forgotten, with whatever recorded it, and made again. One that a person brought
(a portrait, a picture, a recording) exists only once: it can come back from a backup, and from nowhere else.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from config.errors import StudioError
from storage.artifacts import StageRecord, is_sound
from storage.canonical import tagged_hash
from storage.database import DatabaseError, damaged, reading, storage_error
from storage.references import mentioned, needed

SPARE_S = 24 * 3600.0
"""A file that nobody asks for is left alone for a day: an upload whose form is still open, a result on its way."""


@dataclass(frozen=True)
class Findings:
    """What is wrong with a studio's store. All empty: nothing."""

    files: int
    """How many were read."""
    missing: tuple[str, ...] = ()
    """sha256 of files that a document names and that are not there."""
    spoiled: tuple[str, ...] = ()
    """sha256 of files whose bytes are others than that."""
    results: tuple[str, ...] = ()
    """Keys of stored results that cannot be read, or are not what was hashed."""
    records: tuple[str, ...] = ()
    """Keys of work whose document in the database is not what was hashed."""
    orphans: tuple[Path, ...] = ()
    """Files that nobody asks for any more; no damage."""

    @property
    def damage(self) -> bool:
        return bool(self.missing or self.spoiled or self.results or self.records)


def inspect(database: Path, artifacts: Path) -> Findings:
    """Look at everything. Raises StudioError when the database itself is damaged: see `require_sound`."""
    require_sound(database)
    try:
        with reading(database) as db:
            wanted, known, records = needed(db), mentioned(db), tuple(_wrong_records(db))
    except DatabaseError as error:
        raise storage_error(error, database) from error
    blobs = {path.name: path for path in _files(artifacts / "blobs")}
    results = {path.stem: path for path in _files(artifacts / "keys")}
    spoiled = tuple(sorted(name for name, path in blobs.items() if not is_sound(path, name)))
    unasked = [path for name, path in (blobs | results).items() if name not in known]
    return Findings(
        files=len(blobs) + len(results),
        missing=tuple(sorted(wanted - blobs.keys())),
        spoiled=spoiled,
        results=tuple(sorted(key for key, path in results.items() if not _intact(path))),
        records=records,
        orphans=tuple(path for path in unasked if time.time() - path.stat().st_mtime > SPARE_S),
    )


def require_sound(database: Path, *, thorough: bool = True) -> None:
    """Raises StudioError, naming the way back, when the database is missing or damaged. `thorough`: its indexes too."""
    if not database.is_file():
        raise StudioError(f"There is no studio in {database.parent}.", "Name its folder with --data.")
    try:
        with reading(database) as db:
            found = db.execute(f"PRAGMA {'integrity_check' if thorough else 'quick_check'}(1)").fetchone()[0]
            astray = db.execute("PRAGMA foreign_key_check").fetchone() if thorough else None
    except DatabaseError as error:
        raise storage_error(error, database) from error
    if found != "ok" or astray:
        raise damaged(database)


def _wrong_records(db: Database) -> Iterator[str]:
    rows = db.execute("SELECT key, document, content_hash FROM work WHERE state = 'done' AND content_hash <> ''")
    for key, text, content_hash in rows:
        fields = json.loads(text)
        if tagged_hash(fields.pop("tag", ""), fields) != content_hash:
            yield key


def _intact(path: Path) -> bool:
    try:
        return StageRecord.model_validate(json.loads(path.read_text("utf-8"))).intact
    except ValueError:
        return False


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.glob("*/*") if path.is_file())
