"""The event stream: whatever happens to Redis, the reader or the disk, each event takes effect once."""

from __future__ import annotations

import shutil
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
import redis
from sqlite_utils import Database

from config.errors import StudioError
from config.folders import DataFolder
from producer.queue.connection import connect
from producer.queue.valkey import EmbeddedValkey
from storage.canonical import sha256_text
from storage.database import reading
from storage.events import Event, EventType
from storage.stream import StreamReader, position, publish
from storage.work import WorkOrder, record_queued
from storage.writer import Command, T, Writer
from tests.support.briefs import make_script
from tests.support.waiting import until

KEYS = [sha256_text(f"work {number}") for number in range(40)]
RESULT = make_script("Done.")


def event(type: EventType, key: str = KEYS[0]) -> Event:
    facts = {"document": RESULT.to_json(), "content_hash": RESULT.content_hash} if type == "finished" else {}
    return Event(kind="stage", key=key, attempt=1, type=type, worker="w", at="2026-01-01T00:00:00.000Z", **facts)


class Reading:
    """A writer and a stream reader on a folder, with all work queued; keeps what the reader told."""

    def __init__(self, folder: DataFolder, url: str, writer: Writer | None = None) -> None:
        self.path = folder.database
        self.heard: list[Event] = []
        self.writer = (writer or Writer(self.path)).start()
        orders = [WorkOrder(key=key, kind="stage", queue="cpu.x", payload={}) for key in KEYS]
        self.writer.do(partial(record_queued, orders=orders))
        self.reader = StreamReader(lambda: redis.Redis.from_url(url), self.writer, self.heard.extend)
        self.reader.start()

    def stop(self) -> None:
        self.reader.stop()
        self.writer.stop()

    def count(self, state: str) -> int:
        with reading(self.path) as db:
            return int(db.execute("SELECT count(*) FROM work WHERE state = ?", [state]).fetchone()[0])

    def finishes(self) -> list[int]:
        with reading(self.path) as db:
            return [row[0] for row in db.execute("SELECT finishes FROM work").fetchall()]

    def epoch(self) -> str:
        with reading(self.path) as db:
            return position(db)[0]


@pytest.fixture
def studio(studio_folder: DataFolder, valkey: EmbeddedValkey) -> Iterator[Reading]:
    studio = Reading(studio_folder, valkey.url)
    yield studio
    studio.stop()


def test_events_take_effect_in_order_and_are_told_afterwards(studio: Reading, queue_server: redis.Redis) -> None:
    sent = [event("started"), event("progressed"), event("finished")]
    for one in sent:
        publish(queue_server, one)
    until(lambda: studio.heard == sent)
    assert studio.count("done") == 1


def test_an_event_heard_twice_counts_once(studio: Reading, queue_server: redis.Redis) -> None:
    """redis-py repeats a command whose answer was lost with the connection."""
    for key in KEYS:
        for _ in range(2):
            publish(queue_server, event("finished", key))
    publish(queue_server, event("progressed"))
    until(lambda: event("progressed") in studio.heard)
    assert studio.finishes() == [1] * len(KEYS)


def test_a_wiped_redis_begins_a_new_epoch_that_is_read_from_its_start(
    studio: Reading, queue_server: redis.Redis
) -> None:
    publish(queue_server, event("finished", KEYS[0]))
    until(lambda: studio.count("done") == 1)
    before = studio.epoch()
    queue_server.flushall()
    for key in KEYS[1:5]:
        publish(queue_server, event("finished", key))
    until(lambda: studio.count("done") == 5)
    assert studio.epoch() != before


def test_a_server_whose_folder_was_deleted_is_followed_again(
    studio: Reading, studio_folder: DataFolder, valkey: EmbeddedValkey, queue_server: redis.Redis
) -> None:
    publish(queue_server, event("finished", KEYS[0]))
    until(lambda: studio.count("done") == 1)
    kill(valkey)
    shutil.rmtree(studio_folder.redis)
    valkey.ensure()
    publish(queue_server, event("finished", KEYS[1]))
    until(lambda: studio.count("done") == 2)


def test_what_cannot_be_read_is_passed_over(studio: Reading, queue_server: redis.Redis) -> None:
    """A worker of a newer release, or somebody else's hand, must not hold up the events behind it."""
    publish(queue_server, event("started"))
    stream = f"events:{queue_server.get('epoch').decode()}"  # type: ignore[union-attr]
    for fields in ({"event": "{"}, {"event": b"\xff"}, {"event": '{"type": "danced"}'}, {"note": "hello"}):
        queue_server.xadd(stream, fields)  # type: ignore[arg-type]
    publish(queue_server, event("finished"))
    until(lambda: studio.count("done") == 1)


def test_events_that_could_not_be_stored_are_read_again(
    studio_folder: DataFolder, valkey: EmbeddedValkey, queue_server: redis.Redis
) -> None:
    """The disk is full for a while."""
    writer = Grudging(studio_folder.database)
    studio = Reading(studio_folder, valkey.url, writer)
    writer.refusals = 2
    for key in KEYS[:3]:
        publish(queue_server, event("finished", key))
    until(lambda: studio.count("done") == 3)
    assert writer.refusals == 0
    studio.stop()


class Grudging(Writer):
    """Refuses so many batches of events, in the middle of their transaction."""

    refusals = 0

    def do(self, command: Command[T]) -> T:
        def refuse(db: Database) -> T:
            command(db)
            self.refusals -= 1
            raise StudioError("The disk is full.")

        return super().do(refuse if self.refusals and "events" in getattr(command, "keywords", {}) else command)


def test_a_reader_killed_at_any_moment_goes_on_where_its_last_transaction_ended(
    studio_folder: DataFolder, valkey: EmbeddedValkey, queue_server: redis.Redis
) -> None:
    code = """
        import sys
        from pathlib import Path
        import redis
        from storage.stream import StreamReader
        from storage.writer import Writer

        reader = StreamReader(lambda: redis.Redis.from_url(sys.argv[2]), Writer(Path(sys.argv[1])).start(), print)
        reader.start()
        print("ready", flush=True)
        reader._thread.join()
    """
    studio = Reading(studio_folder, valkey.url)
    studio.stop()
    keys = iter(KEYS)
    for sent in (5, 20, 40):
        reader = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(code), str(studio.path), valkey.url], stdout=subprocess.PIPE
        )
        assert reader.stdout
        reader.stdout.readline()
        for key in keys:
            publish(queue_server, event("finished", key))
            if key == KEYS[sent - 1]:
                break
        reader.kill()
        reader.communicate()
    again = Reading(studio_folder, valkey.url)
    publish(queue_server, event("finished", KEYS[-1]))
    until(lambda: again.count("done") == len(KEYS))
    assert again.finishes() == [1] * len(KEYS)
    again.stop()


def test_an_outage_is_waited_for(studio: Reading, valkey: EmbeddedValkey) -> None:
    kill(valkey)
    valkey.ensure()
    publish(connect(valkey.url), event("finished"))
    until(lambda: studio.count("done") == 1)


def test_redis_keeps_only_the_newest_events(queue_server: redis.Redis, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.stream.KEEP", 100)
    for _ in range(600):
        publish(queue_server, event("progressed"))
    (stream,) = queue_server.scan_iter("events:*")
    assert queue_server.xlen(stream) < 600


def kill(valkey: EmbeddedValkey) -> None:
    process = valkey._process
    assert process
    process.kill()
    process.wait()


def test_nothing_was_read_from_a_studio_that_never_ran(tmp_path: Path) -> None:
    writer = Writer(tmp_path / "studio.db").start()
    assert writer.do(position) == ("", "0-0")
    writer.stop()
