"""Upgrades: what any earlier release left on a disk opens with this one, with everything that was in it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage.consents import add_consent, consents
from storage.database import open_for_writing, reading
from storage.inspection import require_sound
from storage.queries import clip_detail, list_clips
from storage.schema import MIGRATIONS
from tests.support.database import memory_database
from tests.support.schema_sample import SAMPLES, dump, newest

SHAPE = "SELECT type, name, tbl_name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name"
RELEASED = sorted(SAMPLES.glob("*.sql"))


def load(sample: Path, folder: Path) -> Path:
    database = folder / "studio.db"
    with closing(sqlite3.connect(database)) as connection:
        connection.executescript(sample.read_text("utf-8"))
    return database


@pytest.mark.parametrize("sample", RELEASED, ids=lambda path: path.stem)
class TestASchemaOfAnEarlierRelease:
    def test_becomes_what_a_new_one_is(self, sample: Path, tmp_path: Path) -> None:
        database = load(sample, tmp_path)
        db, fresh = open_for_writing(database), memory_database()
        assert db.execute(SHAPE).fetchall() == fresh.execute(SHAPE).fetchall()
        for table in fresh.table_names():
            columns = {(column.name, column.type, column.notnull, column.is_pk) for column in db[table].columns}
            assert columns == {(c.name, c.type, c.notnull, c.is_pk) for c in fresh[table].columns}, table
        db.conn.close()
        require_sound(database)

    def test_keeps_every_row(self, sample: Path, tmp_path: Path) -> None:
        database = load(sample, tmp_path)
        with reading(database) as db:
            before = {name: db[name].count for name in db.table_names() if name != "_sqlite_migrations"}
        open_for_writing(database).conn.close()
        with reading(database) as db:
            assert {name: db[name].count for name in before} == before

    def test_is_still_understood(self, sample: Path, tmp_path: Path) -> None:
        database = load(sample, tmp_path)
        open_for_writing(database).conn.close()
        with reading(database) as db:
            (row,) = list_clips(db)
            assert (row.production, row.review) == ("ready", "approved")
            detail = clip_detail(db, row.id)
            assert detail.script is not None
            assert set(detail.cuts) == {"16:9"}

    def test_is_upgraded_once(self, sample: Path, tmp_path: Path) -> None:
        database = load(sample, tmp_path)
        open_for_writing(database).conn.close()
        once = dump(database)
        open_for_writing(database).conn.close()
        assert dump(database) == once


def test_topics_that_were_clips_before_there_was_a_ledger_are_in_it(tmp_path: Path) -> None:
    database = load(SAMPLES / "0001_the_spine.sql", tmp_path)
    db = open_for_writing(database)
    assert db.execute("SELECT canonical_url, fingerprint FROM ledger").fetchall() == [
        ("https://example.org/coffee", "00ff")
    ]
    db.conn.close()


def test_what_people_agreed_to_before_there_were_records_is_on_record(tmp_path: Path) -> None:
    """With presenters as with clips whose presenter is gone, each once."""
    database = load(SAMPLES / "0007_where_exports_go.sql", tmp_path)
    with closing(sqlite3.connect(database)) as connection, connection:
        agreed = '{"recorded_at":"2026-05-03T10:00:00.000Z","statement":"Ana agreed."}'
        document = f'{{"consent":{agreed},"name":"Ana","slug":"ana","tag":"presenter/1"}}'
        for version in (1, 2):
            connection.execute(
                "INSERT INTO presenters VALUES ('ana', ?, ?, ?)", [version, document, f"2026-05-0{version}"]
            )
        connection.execute(
            "UPDATE briefs SET document = json_set(document, '$.presenter', json(?))", [document.replace("ana", "bea")]
        )
    db = open_for_writing(database)
    (ana,), (bea,) = consents(db, "ana"), consents(db, "bea")
    assert (ana.consent.statement, ana.at, ana.revoked_at) == ("Ana agreed.", "2026-05-01", None)
    assert bea.consent == ana.consent
    assert add_consent(db, "ana", ana.consent, "bo") == ana.id
    db.conn.close()


def test_every_migration_has_its_sample() -> None:
    names = {migration.name for migration in MIGRATIONS.applied(memory_database())}
    assert {path.stem for path in RELEASED} <= names
    assert newest() in {path.stem for path in RELEASED}, "Write it: python -m tests.support.schema_sample"
