"""The one writer: commands in order, each whole or not at all, and every trouble told to whoever asked."""

from __future__ import annotations

import resource
import shutil
import signal
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pysqlite3 as sqlite3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from config.errors import Refused, StudioError
from storage.database import open_for_writing, reading
from storage.work import set_fact
from storage.writer import Writer


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "studio.db"


@pytest.fixture
def writer(path: Path) -> Iterator[Writer]:
    writer = Writer(path).start()
    yield writer
    writer.stop()


def remember(db: Database, name: str, value: str = "") -> str:
    set_fact(db, name, value)
    return name


def facts(path: Path) -> list[str]:
    with reading(path) as db:
        return [row[0] for row in db.execute("SELECT name FROM facts ORDER BY rowid").fetchall()]


class TestCommands:
    @settings(max_examples=40)
    @given(commands=st.lists(st.sampled_from(["good", "refused", "broken", "wrong"]), max_size=12))
    def test_happen_whole_or_not_at_all_and_in_order(
        self, tmp_path_factory: pytest.TempPathFactory, commands: list[str]
    ) -> None:
        def command(db: Database, number: int, fate: str) -> int:
            remember(db, f"{number}.begun")
            if fate == "refused":
                raise Refused("A rule says no.")
            if fate == "broken":
                raise ZeroDivisionError
            if fate == "wrong":
                db.execute("INSERT INTO no_such_table VALUES (1)")
            remember(db, f"{number}.ended")
            return number

        path = tmp_path_factory.mktemp("data") / "studio.db"
        writer = Writer(path).start()
        futures = [writer.submit(partial(command, number=n, fate=fate)) for n, fate in enumerate(commands)]
        writer.stop()
        raised = {"refused": Refused, "broken": ZeroDivisionError, "wrong": StudioError}
        for number, (fate, future) in enumerate(zip(commands, futures, strict=True)):
            if fate == "good":
                assert future.result() == number
            else:
                assert type(future.exception()) is raised[fate]
        good = [number for number, fate in enumerate(commands) if fate == "good"]
        assert facts(path) == [f"{number}.{part}" for number in good for part in ("begun", "ended")]

    def test_from_many_threads_never_run_at_the_same_time(self, writer: Writer) -> None:
        writer.do(partial(remember, name="count", value="0"))

        def count(db: Database) -> None:
            (value,) = db.execute("SELECT value FROM facts WHERE name = 'count'").fetchone()
            set_fact(db, "count", str(int(value) + 1))

        threads = [threading.Thread(target=lambda: [writer.do(count) for _ in range(20)]) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert writer.do(lambda db: db.execute("SELECT value FROM facts").fetchone()) == ("160",)

    def test_that_nobody_waits_for_any_more_are_dropped(self, writer: Writer, path: Path) -> None:
        """A web request that is given up cancels its future; the writer must live on."""
        held, free = threading.Event(), threading.Event()

        def hold(_db: Database) -> None:
            held.set()
            free.wait()

        first = writer.submit(hold)
        held.wait()
        given_up = writer.submit(partial(remember, name="given up"))
        assert given_up.cancel()
        assert not first.cancel(), "what runs already runs to its end"
        free.set()
        assert writer.do(partial(remember, name="next")) == "next"
        assert facts(path) == ["next"]

    def test_are_seen_by_readers_once_they_are_committed_and_not_before(self, writer: Writer, path: Path) -> None:
        seen_inside = writer.do(lambda db: (remember(db, "new"), facts(path))[1])
        assert seen_inside == []
        assert facts(path) == ["new"]

    def test_cannot_come_from_a_reader(self, writer: Writer, path: Path) -> None:
        with reading(path) as db, pytest.raises(sqlite3.OperationalError, match="readonly"):
            remember(db, "smuggled")


class TestAfterEachCommit:
    def test_callbacks_run_and_only_then(self, writer: Writer, path: Path) -> None:
        heard: list[list[str]] = []
        writer.on_commit.append(lambda: heard.append(facts(path)))
        writer.do(partial(remember, name="one"))
        with pytest.raises(Refused):
            writer.do(_refuse)
        writer.do(partial(remember, name="two"))
        writer.stop()
        assert heard == [["one"], ["one", "two"]]

    def test_a_callback_that_fails_stops_nothing(self, writer: Writer) -> None:
        heard: list[str] = []
        writer.on_commit += [lambda: [].pop(), lambda: heard.append("commit")]
        writer.do(partial(remember, name="one"))
        writer.do(partial(remember, name="two"))
        writer.stop()
        assert heard == ["commit", "commit"]


class TestStopping:
    def test_finishes_what_was_submitted_and_takes_no_more(self, writer: Writer, path: Path) -> None:
        futures = [writer.submit(partial(remember, name=str(number))) for number in range(50)]
        writer.stop()
        assert all(future.done() for future in futures)
        assert len(facts(path)) == 50
        with pytest.raises(StudioError, match="stopping"):
            writer.do(partial(remember, name="late"))
        writer.stop()

    def test_by_kill_9_leaves_every_transaction_whole(self, path: Path) -> None:
        code = """
            import sys
            from functools import partial
            from pathlib import Path
            from storage.work import set_fact
            from storage.writer import Writer

            def both(db, number):
                set_fact(db, f"{number}.a", "x" * 20_000)
                set_fact(db, f"{number}.b", "x" * 20_000)

            writer = Writer(Path(sys.argv[1])).start()
            for number in range(10_000):
                writer.do(partial(both, number=number))
                print(number, flush=True)
        """
        with subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(code), str(path)], stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout
            for _ in range(10):
                process.stdout.readline()
            process.send_signal(signal.SIGKILL)
            told = 10 + len(process.stdout.read().split())
        names = set(facts(path))
        assert {name[:-2] for name in names if name.endswith(".a")} == {
            name[:-2] for name in names if name.endswith(".b")
        }
        assert len(names) >= 2 * told, "what was told to be done is done"
        assert Database(str(path)).execute("PRAGMA integrity_check").fetchone() == ("ok",)


class TestTrouble:
    """Whatever SQLite refuses reaches the submitter in a person's words, and the next command works again."""

    @pytest.mark.parametrize(
        ("breaks", "mends", "message", "cure"),
        [
            ("PRAGMA max_page_count = 1", "PRAGMA max_page_count = 4294967294", "full", "space"),
            ("PRAGMA query_only = ON", "PRAGMA query_only = OFF", "cannot be written", "permissions"),
        ],
    )
    def test_with_the_disk(self, writer: Writer, path: Path, breaks: str, mends: str, message: str, cure: str) -> None:
        writer.do(partial(remember, name="before"))
        writer.do(lambda db: db.execute(breaks))
        self.expect(writer, message, cure)
        writer.do(lambda db: db.execute(mends))
        writer.do(partial(remember, name="after"))
        assert facts(path) == ["before", "after"]

    def test_with_somebody_who_holds_the_database(self, writer: Writer, path: Path) -> None:
        writer.do(lambda db: db.execute("PRAGMA busy_timeout = 20"))
        other = sqlite3.connect(str(path))
        other.execute("BEGIN IMMEDIATE")
        self.expect(writer, "Another program", "Close it")
        other.rollback()
        other.close()
        writer.do(partial(remember, name="after"))
        assert facts(path) == ["after"]

    def test_with_a_disk_that_is_really_full(self, small_disk: Path) -> None:
        path = small_disk / "studio.db"
        writer = Writer(path).start()
        writer.do(partial(remember, name="before"))
        stuffing = small_disk / "stuffing"
        stuffing.write_bytes(bytes(shutil.disk_usage(small_disk).free))
        self.expect(writer, "full", "space")
        stuffing.unlink()
        writer.do(partial(remember, name="after"))
        writer.stop()
        assert facts(path) == ["before", "after"]

    def test_with_a_disk_that_answers_with_errors(self, writer: Writer, path: Path) -> None:
        """A write that the system refuses, other than for want of space (EFBIG), is an I/O error to SQLite."""
        writer.do(partial(remember, name="before"))
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
        try:
            self.expect(writer, "gave up", "Check the disk")
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        writer.do(partial(remember, name="after"))
        assert facts(path) == ["before", "after"]

    def expect(self, writer: Writer, message: str, cure: str) -> None:
        with pytest.raises(StudioError, match=message) as caught:
            writer.do(partial(remember, name="lost", value="x" * 100_000))
        assert cure in caught.value.cure


class TestOpening:
    def test_twice_keeps_what_is_there(self, path: Path) -> None:
        for name in ("first", "second"):
            writer = Writer(path).start()
            writer.do(partial(remember, name=name))
            writer.stop()
        assert facts(path) == ["first", "second"]

    def test_is_durable_and_keeps_its_references(self, writer: Writer) -> None:
        def settings(db: Database) -> list[object]:
            return [
                db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous", "foreign_keys")
            ]

        assert writer.do(settings) == ["wal", 2, 1]

    def test_uses_a_sqlite_without_the_wal_reset_bug(self) -> None:
        assert tuple(map(int, sqlite3.sqlite_version.split("."))) >= (3, 51, 3)

    def test_refuses_what_a_newer_release_wrote(self, path: Path) -> None:
        db = open_for_writing(path)
        db["_sqlite_migrations"].insert(
            {"migration_set": "dailies", "name": "0999_from_the_future", "applied_at": "2031-01-01"}
        )
        db.conn.close()
        with pytest.raises(StudioError, match="newer Dailies") as caught:
            Writer(path).start()
        assert caught.value.cure

    @pytest.mark.parametrize(
        ("spoil", "message"),
        [
            (lambda path: path.write_bytes(b"This is a shopping list. " * 100), "damaged"),
            (lambda path: path.mkdir(), "cannot be written"),
            (lambda path: path.symlink_to("/dev/full/studio.db"), "cannot be written"),
        ],
        ids=["another file", "a folder", "an impossible place"],
    )
    def test_says_what_is_wrong_with_the_file(self, path: Path, spoil: Callable[[Path], object], message: str) -> None:
        spoil(path)
        with pytest.raises(StudioError, match=message) as caught:
            Writer(path).start()
        assert caught.value.cure

    def test_says_when_there_can_be_no_such_folder(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("I am no folder")
        with pytest.raises(StudioError, match="cannot be written") as caught:
            Writer(tmp_path / "file" / "studio.db").start()
        assert caught.value.cure


def _refuse(_db: Database) -> None:
    raise Refused("A rule says no.")
