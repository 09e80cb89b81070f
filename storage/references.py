"""Which stored files the database speaks of. Looks at every table there is, so that a new one cannot be forgotten."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator

from sqlite_utils import Database

from storage.artifacts import blobs_of

HASH = re.compile(r"\b[0-9a-f]{64}\b")
KEPT_ELSEWHERE = ("exports",)
"""Tables whose files lie in a folder of their own."""


def needed(db: Database) -> set[str]:
    """The sha256 of every file that a document in the database refers to: all of them should be in the store."""
    found: set[str] = set()
    for table, text in _texts(db):
        if table not in KEPT_ELSEWHERE and text.startswith(("{", "[")) and '"media_type"' in text:
            found.update(blobs_of(json.loads(text)))
    return found


def mentioned(db: Database) -> set[str]:
    """Everything in the database that looks like a hash or a key. What is not in here, nobody will ever ask for."""
    return {found for _, text in _texts(db) for found in HASH.findall(text)}


def speaking_of(db: Database, hashes: Collection[str]) -> dict[str, set[str]]:
    """Which tables speak of these files, by file; those of which none does are left out."""
    wanted, found = set(hashes), dict[str, set[str]]()
    for table, text in _texts(db):
        for sha256 in wanted.intersection(HASH.findall(text)):
            found.setdefault(sha256, set()).add(table)
    return found


def _texts(db: Database) -> Iterator[tuple[str, str]]:
    """(table, value) of every text in the database."""
    for table in db.table_names():
        for row in db.execute(f'SELECT * FROM "{table}"'):
            yield from ((table, value) for value in row if isinstance(value, str))
