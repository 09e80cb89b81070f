"""Writes a sample of the newest schema beside the earlier ones: `python -m tests.support.schema_sample`.

Run it in the commit that adds a migration. A released sample is never written anew: it is what people have on their disks.
"""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from storage.schema import MIGRATIONS
from tests.support.database import memory_database
from tests.support.studio import SmallStudio

SAMPLES = Path(__file__).parent.parent / "storage" / "schemas"


def newest() -> str:
    """The name of the migration that is applied last."""
    return list(MIGRATIONS.applied(memory_database()))[-1].name


def dump(database: Path) -> str:
    """A database as SQL. Its own sqlite3 can; the one with the newer SQLite inside has no such function."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        return "\n".join(connection.iterdump()) + "\n"


def write_sample(target: Path) -> None:
    """A small studio with one approved clip in it, whose documents are those of this release."""
    with tempfile.TemporaryDirectory() as folder:
        small = SmallStudio(Path(folder))
        small.user("ana")
        small.approve(small.ready_clip(0), "ana")
        small.stop()
        target.write_text(dump(small.studio.folder.database), "utf-8")


if __name__ == "__main__":
    SAMPLES.mkdir(exist_ok=True)
    path = SAMPLES / f"{newest()}.sql"
    if path.exists():
        raise SystemExit(f"{path} is released already.")
    write_sample(path)
    print(path)
