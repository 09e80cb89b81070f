"""Opens SQLite: the one connection that writes, and read-only ones for everybody else.

`pysqlite3` carries its own SQLite, because builds before 3.51.3 can corrupt a WAL that is reset while
it is read (https://sqlite.org/releaselog/3_51_3.html). sqlite-utils works with whichever connection it is given.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pysqlite3 as sqlite3
from sqlite_utils import Database

from config.errors import StudioError
from storage.schema import MIGRATIONS

DatabaseError = sqlite3.DatabaseError
JOURNAL_BYTES = 64 << 20
"""To this size the write-ahead log is cut after one large transaction, instead of staying as large for ever."""
SPARE = 0.2
"""Share of the file that may be empty pages: they are filled again soon."""
STEP_PAGES = 1000
"""Given back at once; the writer has others to serve too."""


def open_for_writing(path: Path) -> Database:
    """The writer's connection: WAL, full sync, foreign keys, newest schema. Raises StudioError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(str(path), timeout=30)
        connection.execute(
            "PRAGMA auto_vacuum=INCREMENTAL"
        )  # of a new file; an older one becomes so by `check --repair`
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute(f"PRAGMA journal_size_limit={JOURNAL_BYTES}")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        database = Database(connection)
        _refuse_newer(database, path)
        MIGRATIONS.apply(database)
    except (sqlite3.DatabaseError, OSError) as error:
        raise storage_error(error, path) from error
    return database


def give_back_space(db: Database) -> bool:
    """Make the file shorter by a few empty pages, if it has more than it may. A command. Returns whether there are more."""
    pages, empty = (db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count"))
    if int(empty) <= SPARE * int(pages) or db.execute("PRAGMA auto_vacuum").fetchone()[0] != INCREMENTAL:
        return False
    db.execute(f"PRAGMA incremental_vacuum({STEP_PAGES})").fetchall()
    return bool(db.execute("PRAGMA freelist_count").fetchone()[0] < empty)


INCREMENTAL = 2
"""As `PRAGMA auto_vacuum` tells it."""


def compact(path: Path) -> None:
    """Write the database anew without its empty pages. Only while no studio runs; takes twice its room. Raises StudioError."""
    try:
        connection = sqlite3.connect(str(path), timeout=30, isolation_level=None)
        try:
            connection.execute("PRAGMA journal_mode=DELETE")
            connection.execute(f"PRAGMA auto_vacuum={INCREMENTAL}")
            connection.execute("VACUUM")
        finally:
            connection.close()
    except sqlite3.DatabaseError as error:
        raise storage_error(error, path) from error


def open_for_reading(path: Path) -> Database:
    """A read-only connection; it sees every commit made before each of its statements."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=30, check_same_thread=False)
    connection.execute("PRAGMA query_only=ON")
    return Database(connection)


@contextmanager
def reading(path: Path) -> Iterator[Database]:
    """A read-only connection for one question, one page or one thread."""
    database = open_for_reading(path)
    try:
        yield database
    finally:
        database.conn.close()


def storage_error(error: Exception, path: Path) -> StudioError:
    """What a person should read when SQLite, or the disk below it, gives up."""
    text = str(error)
    if "locked" in text:
        return StudioError(f"Another program holds {path}.", "Close it and try again.")
    if "full" in text:
        return StudioError(f"The disk that holds {path.parent} is full.", "Free some space; work goes on by itself.")
    if isinstance(error, OSError) or "readonly" in text or "unable to open" in text:
        return StudioError(
            f"{path} cannot be written.", "Check the folder's owner and permissions, or choose another with --data."
        )
    if "malformed" in text or "not a database" in text:
        return damaged(path)
    if "disk I/O error" in text:
        return StudioError(
            f"The disk that holds {path} gave up on it.", "Check the disk; work goes on when it answers."
        )
    return StudioError(f"SQLite refused: {text}.", f"Look at {path}.")


def damaged(path: Path) -> StudioError:
    """The one fault that does not heal by itself."""
    return StudioError(
        f"{path} is damaged.",
        "Stop the studio and bring back your last backup: python run.py restore BACKUP --replace",
    )


def _refuse_newer(database: Database, path: Path) -> None:
    known = {migration.name for migration in MIGRATIONS.pending(database)} | {
        m.name for m in MIGRATIONS.applied(database)
    }
    ours = {migration.name for migration in MIGRATIONS._migrations}
    if not known <= ours:
        raise StudioError(
            f"{path} was written by a newer Dailies.", "Install that version, or use another data folder."
        )
