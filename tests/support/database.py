"""The studio's schema in memory, for tests of commands and queries that do not care for the disk."""

from __future__ import annotations

import pysqlite3 as sqlite3
from sqlite_utils import Database

from storage.schema import MIGRATIONS


def memory_database() -> Database:
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    connection.execute("PRAGMA foreign_keys=ON")
    database = Database(connection)
    MIGRATIONS.apply(database)
    return database
