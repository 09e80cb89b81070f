"""Is everything there, and is it what its hash says? Reads all of it, changes nothing; `mend` is what changes.

A damaged file that an engine made is forgotten, with whatever recorded it, and made again. One that a person brought
(a portrait, a picture, a recording) exists only once: it can come back from a backup, and from nowhere else.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

from sqlite_utils import Database

from config.errors import StudioError
from storage.canonical import tagged_hash
from storage.database import DatabaseError, damaged, reading, storage_error
from storage.references import mentioned, needed
from storage.stock import FolderStock, Stock

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
    orphans: tuple[PurePath, ...] = ()
    """Files that nobody asks for any more; no damage."""

    @property
    def damage(self) -> bool:
        return bool(self.missing or self.spoiled or self.results or self.records)


def inspect(database: Path, artifacts: Path | Stock) -> Findings:
    """Look at everything; `artifacts`: a store's folder, or a store that can say what it holds. Raises StudioError when the database itself is damaged: see `require_sound`."""
    require_sound(database)
    try:
        with reading(database) as db:
            wanted, known, records = needed(db), mentioned(db), tuple(_wrong_records(db))
    except DatabaseError as error:
        raise storage_error(error, database) from error
    stock = FolderStock(artifacts) if isinstance(artifacts, Path) else artifacts
    held = list(stock.held())
    blobs, results = ({one.name for one in held if one.kind == kind} for kind in ("blob", "result"))
    unasked = [one for one in held if one.name not in known]
    return Findings(
        files=len(held),
        missing=tuple(sorted(wanted - blobs)),
        spoiled=tuple(name for name in sorted(blobs) if not stock.sound(name)),
        results=tuple(key for key in sorted(results) if not stock.intact(key)),
        records=records,
        orphans=tuple(one.place for one in unasked if one.age_s > SPARE_S),
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
