"""A year of a studio that makes, rejects, discards and exports every day: what it keeps is what is still wanted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
import time_machine
from loguru import logger
from sqlite_utils import Database

from config.folders import DataFolder
from storage.artifacts import FolderStore
from storage.clock import stamp
from storage.database import SPARE, compact, give_back_space, reading
from storage.decisions import record_decision
from storage.inspection import inspect
from storage.queries import list_clips
from storage.trash import discard_clip
from storage.work import forget_old_events, set_fact
from storage.writer import Writer
from web.bench.archive import make_one
from web.housekeeping import Housekeeping

BEGAN = datetime(2020, 1, 1, tzinfo=UTC)
KEEP_DAYS = 30
EVERY_DAYS = 6
"""A day in so many is played; the others pass."""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[DataFolder]:
    logger.disable("producer")
    yield DataFolder(tmp_path / "data").make()
    logger.enable("producer")


@pytest.mark.parametrize("months", [3, pytest.param(12, marks=pytest.mark.proof)])
def test_months_of_work_keep_what_is_wanted_and_no_more(
    folder: DataFolder, months: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.work.EVENTS_REMEMBERED", 100)
    writer = Writer(folder.database).start()
    housekeeping = Housekeeping(writer, FolderStore(folder.artifacts), KEEP_DAYS, KEEP_DAYS)
    sizes: list[int] = []
    with time_machine.travel(BEGAN, tick=True) as clock:
        for day in range(0, 30 * months, EVERY_DAYS):
            clock.move_to(BEGAN + timedelta(days=day))
            clip = make_one(writer, folder, day)
            writer.do(partial(record_decision, clip_id=clip, revision=1, kind="reject", user="ana"))
            writer.do(partial(discard_clip, clip_id=clip, user="ana"))
            writer.do(partial(date_messages, moment=stamp(datetime.now(UTC))))
            clock.shift(timedelta(hours=1))  # or what is kept for so many days would be over or not, by milliseconds
            housekeeping.tidy()
            sizes.append(sum(path.stat().st_size for path in folder.artifacts.rglob("*") if path.is_file()))
        with reading(folder.database) as db:
            seen, messages, oldest = (
                db.execute(sql).fetchone()[0]
                for sql in (
                    "SELECT count(*) FROM events_seen",
                    "SELECT count(*) FROM webhook_messages",
                    "SELECT min(at) FROM webhook_messages",
                )
            )
            assert list_clips(db) == []
    days_kept = KEEP_DAYS // EVERY_DAYS + 1
    plateau = sizes[days_kept]
    assert max(sizes[days_kept:]) <= 1.2 * plateau, "after a month the trash gives back what is put into it"
    assert seen <= 100
    assert messages <= 2 * (days_kept + 1), "settled and decided"
    assert oldest >= stamp(BEGAN + timedelta(days=30 * months - EVERY_DAYS - KEEP_DAYS))
    writer.stop()
    findings = inspect(folder.database, folder.artifacts)
    assert not findings.damage
    print(
        f"{months} months: {len(sizes)} days played, files at the end {sizes[-1] / 1e3:.0f} kB, most {max(sizes) / 1e3:.0f} kB"
    )


def date_messages(db: Database, moment: str) -> None:
    """Triggers take the time from SQLite, which asks the computer and not the clock that is set here."""
    db.execute("UPDATE webhook_messages SET at = ? WHERE at > ?", [moment, moment])


class TestSpace:
    def fill(self, writer: Writer, rows: int = 400) -> None:
        writer.do(lambda db: [set_fact(db, f"big {n}", "x" * 20_000) for n in range(rows)])

    def test_that_was_freed_is_given_back_in_steps_by_the_running_studio(self, folder: DataFolder) -> None:
        writer = Writer(folder.database).start()
        self.fill(writer)
        assert writer.do(give_back_space) is False, "nothing is empty yet"
        writer.do(lambda db: db.execute("DELETE FROM facts WHERE name LIKE 'big %'"))
        steps = 1
        while writer.do(give_back_space):
            steps += 1
        assert steps > 1
        pages, empty = (
            writer.do(lambda db, name=name: db.execute(f"PRAGMA {name}").fetchone()[0])
            for name in ("page_count", "freelist_count")
        )
        assert empty <= SPARE * pages
        writer.stop()

    def test_of_an_older_file_is_given_back_by_a_repair(self, folder: DataFolder) -> None:
        import sqlite3

        with sqlite3.connect(folder.database) as old:  # as earlier releases made it
            old.execute("CREATE TABLE of_old (x)")
        old.close()
        writer = Writer(folder.database).start()
        self.fill(writer)
        writer.do(lambda db: db.execute("DELETE FROM facts WHERE name LIKE 'big %'"))
        assert writer.do(give_back_space) is False
        writer.stop()
        before = folder.database.stat().st_size
        compact(folder.database)
        assert folder.database.stat().st_size < before / 4
        writer = Writer(folder.database).start()
        assert writer.do(lambda db: db.execute("PRAGMA auto_vacuum").fetchone()) == (2,)
        writer.stop()


def test_old_event_ids_are_forgotten_and_the_newest_kept(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.work.EVENTS_REMEMBERED", 10)
    writer = Writer(folder.database).start()
    writer.do(
        lambda db: [db.execute("INSERT INTO events_seen (epoch, id) VALUES ('e', ?)", [str(n)]) for n in range(25)]
    )
    assert writer.do(forget_old_events) == 15
    assert writer.do(forget_old_events) == 0
    with reading(folder.database) as db:
        assert [row[0] for row in db.execute("SELECT id FROM events_seen ORDER BY number").fetchall()] == [
            str(n) for n in range(15, 25)
        ]
    writer.stop()
