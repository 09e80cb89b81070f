"""One consistent folder that holds everything which cannot be made again, taken while the studio runs.

    BACKUP/  studio.db      as it was at one moment
             artifacts/     every file that this database names, by hash
             exports/       the released bundles
             credentials/   what exports are signed with
             dailies.toml   your settings
             backup.json    which database is the whole one

It is laid out like a data folder, so that `--data BACKUP check` looks it over. The snapshot comes first and the files after
it: files never change, so whatever it names is still there. A file that an earlier backup brought is not copied again.
The new database takes its name last: a backup that is interrupted leaves the one before it whole. Left out are weights,
logs and samples (they can be fetched again), the queue (it is refilled) and stored results (the database has them too).
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pysqlite3 as sqlite3

from config.errors import StudioError, UsageError
from config.folders import DataFolder
from storage.artifacts import ArtifactStore, FolderStore, fsync_folder, hash_file, is_sound
from storage.clock import now
from storage.database import DatabaseError, damaged, reading, storage_error
from storage.exports import ExportRecord, all_exports
from storage.inspection import require_sound
from storage.references import mentioned, needed
from storage.stock import bring

MANIFEST = "backup.json"
SETTINGS = "dailies.toml"


@dataclass(frozen=True)
class BackupReport:
    """What a backup holds, in files, and what it could not have."""

    files: int
    copied: int
    exports: int
    missing: tuple[str, ...]
    """sha256 of files that are damaged or gone in the studio, and that no earlier backup had."""


def back_up(folder: DataFolder, target: Path, store: ArtifactStore | None = None) -> BackupReport:
    """Bring TARGET up to date; `store`: where the studio's artifacts lie, if not in its folder. Raises UsageError for a folder that is something else, StudioError when the database is
    damaged (the backup stays as it was) or the disk is full."""
    if not folder.database.is_file():
        raise StudioError(f"There is no studio in {folder.root}.", "Name its folder with --data.")
    _refuse_strange(folder.root, target)
    backup = DataFolder(target)
    try:
        target.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _alone(backup):
            return _bring_up_to_date(folder, backup, store)
    except OSError as error:
        raise StudioError(
            f"The backup cannot be written to {target}: {error.strerror}.", "Free some space, or name another folder."
        ) from error


def _bring_up_to_date(folder: DataFolder, backup: DataFolder, store: ArtifactStore | None) -> BackupReport:
    snapshot = backup.root / "studio.db.new"
    take_snapshot(folder.database, snapshot)
    with reading(snapshot) as db:
        wanted, known, exports = needed(db), mentioned(db), all_exports(db)
    ours, theirs = FolderStore(backup.artifacts), store or FolderStore(folder.artifacts)
    fresh = [sha256 for sha256 in sorted(wanted) if not ours.holds(sha256)]
    copied = sum(bring(sha256, theirs, ours) for sha256 in fresh)
    bundles = sum(copy_bundle(record, folder.exports, backup.exports) for record in exports)
    if (settings := folder.root / SETTINGS).is_file():
        _replace(backup.root / SETTINGS, settings.read_bytes())
    copy_credentials(folder, backup)
    _publish(snapshot, backup)
    for path in (backup.artifacts / "blobs").glob("*/*"):
        if path.name not in known:
            path.unlink()
    missing = tuple(sha256 for sha256 in sorted(wanted) if not ours.holds(sha256))
    return BackupReport(len(wanted) - len(missing), copied, bundles, missing)


def take_snapshot(database: Path, target: Path) -> None:
    """Copy a database that may be in use, by SQLite's own means, in one step of one transaction. Raises StudioError."""
    target.unlink(missing_ok=True)
    try:
        with (
            contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=30)) as source,
            contextlib.closing(sqlite3.connect(str(target))) as copy,
        ):
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, that needs no other beside it
    except DatabaseError as error:
        target.unlink(missing_ok=True)
        raise storage_error(error, database) from error
    try:
        require_sound(target)
    except StudioError as error:
        target.unlink(missing_ok=True)
        raise damaged(database) from error
    _flush(target)


def is_backup(folder: Path) -> bool:
    return (folder / MANIFEST).is_file()


def read_manifest(backup: Path) -> dict[str, Any]:
    """Raises UsageError when the folder is no backup, or one whose first run was never finished."""
    try:
        manifest: dict[str, Any] = json.loads((backup / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{backup} holds no whole backup.", "Make one with: python run.py backup DIR") from error
    return manifest


def copy_bundle(record: ExportRecord, source: Path, target: Path) -> bool:
    """Copy a released folder unless it is there. Returns whether it is there now, and is what its record says."""
    files = {file["name"]: file["sha256"] for file in record.bundle["files"]}

    def intact(folder: Path) -> bool:
        return (folder / "clip.json").is_file() and all(is_sound(folder / name, files[name]) for name in files)

    if intact(target / record.folder):
        return True
    if not intact(source / record.folder):
        return False
    hidden = target / f".{record.id}"
    shutil.rmtree(hidden, ignore_errors=True)
    shutil.copytree(source / record.folder, hidden)
    for path in hidden.iterdir():
        _flush(path)
    shutil.rmtree(target / record.folder, ignore_errors=True)
    hidden.rename(target / record.folder)
    return intact(target / record.folder)


def copy_credentials(source: DataFolder, target: DataFolder) -> None:
    """For their owner alone: one of them is a private key."""
    if source.credentials.is_dir():
        target.credentials.mkdir(mode=0o700, exist_ok=True)
        for path in source.credentials.iterdir():
            _replace(target.credentials / path.name, path.read_bytes())


def _publish(snapshot: Path, backup: DataFolder) -> None:
    """Between the two names the manifest vouches for both databases, so that either of them is a whole backup."""
    fresh = hash_file(snapshot)[0]
    before = [hash_file(backup.database)[0]] if backup.database.is_file() else []
    for databases in ([*before, fresh], [fresh]):
        manifest = {"database": databases, "made_at": now(), "made_by": f"Dailies {version('dailies')}"}
        _replace(backup.root / MANIFEST, json.dumps(manifest, indent=2).encode())
        if snapshot.exists():
            snapshot.replace(backup.database)
            fsync_folder(backup.root)


def _refuse_strange(root: Path, target: Path) -> None:
    root, target = root.resolve(), target.resolve()
    if target.is_relative_to(root):
        raise UsageError("A backup inside the data folder would be lost with it.", "Name a folder on another disk.")
    if root.is_relative_to(target):
        raise UsageError(f"{target} holds the data folder itself.", "Name a folder of its own for the backup.")
    ours = {MANIFEST, "backup.lock", "studio.db.new", "artifacts", "exports", "credentials", SETTINGS}
    names = {path.name for path in target.iterdir()} if target.is_dir() else set()
    if target.exists() and (not target.is_dir() or (MANIFEST not in names and not names <= ours)):
        raise UsageError(f"{target} holds something else.", "Name an empty folder, or one that holds a backup.")


@contextlib.contextmanager
def _alone(backup: DataFolder) -> Iterator[None]:
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(backup.lock("backup"))
        except StudioError as error:
            raise StudioError(f"A backup to {backup.root} is under way.", "Wait until it is done.") from error
        for path in (backup.artifacts, backup.exports):
            path.mkdir(exist_ok=True)
        yield


def _replace(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, for its owner alone: settings may hold keys."""
    fresh = path.with_name(f".{path.name}.new")
    fresh.touch(mode=0o600)
    fresh.write_bytes(data)
    _flush(fresh)
    fresh.replace(path)
    fsync_folder(path.parent)


def _flush(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
