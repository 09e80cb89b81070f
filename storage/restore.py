"""Brings a backup back. What it takes the place of is put aside, never deleted.

Everything is copied, checked and brought up to date in a folder of its own first; then the parts change places, the database
last. While that folder is there, no studio starts: a restore that was interrupted is simply run again.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from config.errors import StudioError, UsageError
from config.folders import DataFolder
from storage.artifacts import FolderStore, fsync_folder, hash_file
from storage.backup import SETTINGS, copy_bundle, copy_credentials, read_manifest
from storage.clock import now
from storage.database import reading
from storage.exports import all_exports
from storage.inspection import inspect
from storage.mending import Mended, mend
from storage.references import needed
from storage.writer import Writer

PARTS = ("artifacts", "exports", "credentials", SETTINGS, "studio.db")
"""In the order in which they take their places."""
REPLACED = ("studio.db", "studio.db-wal", "studio.db-shm", "redis", "artifacts", "exports", "credentials", SETTINGS)
"""In the order in which they leave them. The queue goes too: it speaks of work that the backup does not know."""


@dataclass(frozen=True)
class RestoreReport:
    files: int
    mended: Mended
    aside: Path | None
    """Where what was there before lies now."""


def restore(folder: DataFolder, backup: Path, *, replace: bool = False) -> RestoreReport:
    """Make the data folder what the backup holds. Raises UsageError when it holds a studio and `replace` is not set, or when
    `backup` is none; StudioError when a studio runs, the backup's database is damaged, or the disk is full."""
    manifest = read_manifest(backup)
    source = DataFolder(backup)
    if not source.database.is_file() or hash_file(source.database)[0] not in manifest["database"]:
        raise StudioError(f"The backup in {backup} is damaged.", "Take another one.")
    if not replace and (folder.database.exists() or folder.restoring.exists() or _holds_files(folder)):
        raise UsageError(
            f"{folder.root} holds a studio already.",
            "Name an empty folder with --data, or add --replace: what is there is put aside, not deleted.",
        )
    try:
        folder.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        with folder.lock(), folder.lock("control"):
            files = _prepare(source, DataFolder(folder.restoring))
            mended = _settle_in(DataFolder(folder.restoring))
            aside = _change_places(folder)
    except OSError as error:
        raise StudioError(
            f"{folder.root} cannot be written: {error.strerror}.", "Free some space, then run the restore again."
        ) from error
    return RestoreReport(files, mended, aside)


def _prepare(source: DataFolder, fresh: DataFolder) -> int:
    """Copy everything beside its place. Returns the number of files."""
    shutil.rmtree(fresh.root, ignore_errors=True)
    fresh.root.mkdir(mode=0o700)
    fresh.exports.mkdir()
    shutil.copyfile(source.database, fresh.database)
    with reading(source.database) as db:
        wanted, exports = needed(db), all_exports(db)
    store, stored = FolderStore(fresh.artifacts), source.artifacts / "blobs"
    files = sum(store.adopt(stored / sha256[:2] / sha256, sha256) for sha256 in sorted(wanted))
    for record in exports:
        copy_bundle(record, source.exports, fresh.exports)
    copy_credentials(source, fresh)
    if (settings := source.root / SETTINGS).is_file():
        shutil.copyfile(settings, fresh.root / SETTINGS)
        (fresh.root / SETTINGS).chmod(0o600)
    return files


def _change_places(folder: DataFolder) -> Path | None:
    aside = folder.root / f"replaced-{now().replace(':', '-')}"
    for name in REPLACED:
        if (folder.root / name).exists():
            aside.mkdir(mode=0o700, exist_ok=True)
            (folder.root / name).rename(aside / name)
    for name in PARTS:
        if (folder.restoring / name).exists():
            (folder.restoring / name).rename(folder.root / name)
    fsync_folder(folder.root)
    shutil.rmtree(folder.restoring)
    return aside if aside.exists() else None


def _settle_in(folder: DataFolder) -> Mended:
    """Bring the schema up to date, log everybody out, and forget what the backup did not have, so that it is made again."""
    with _writing(folder) as writer:
        writer.do(_log_everybody_out)
        return mend(inspect(folder.database, folder.artifacts), writer, FolderStore(folder.artifacts))


def _log_everybody_out(db: Database) -> None:
    """A session that was closed since the backup must not be open again."""
    db.execute("DELETE FROM sessions")
    db.execute("DELETE FROM login_links")


@contextmanager
def _writing(folder: DataFolder) -> Iterator[Writer]:
    writer = Writer(folder.database).start()
    try:
        yield writer
    finally:
        writer.stop()


def _holds_files(folder: DataFolder) -> bool:
    return any(path.is_file() for part in (folder.artifacts, folder.exports) for path in part.rglob("*"))
