"""The event stream: what workers report, carried by Redis, read exactly once into SQLite.

Redis is disposable. Its key `epoch` names the stream in use, `events:<epoch>`; when Redis is wiped the key is gone,
whoever writes next begins a new epoch, and the reader starts it from 0. The reader keeps its position in SQLite,
in the same transaction as the effects, so there is no consumer group and nothing to acknowledge.
"""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Callable, Mapping
from functools import partial

import redis
from loguru import logger
from sqlite_utils import Database

from storage.events import Event
from storage.ids import new_id
from storage.work import apply_events, begin_epoch
from storage.writer import Writer

KEEP = 20_000
"""Events kept in Redis; all but the newest few were read long ago."""
BATCH = 500

APPEND = """
local epoch = redis.call('GET', 'epoch')
if not epoch then epoch = ARGV[1]; redis.call('SET', 'epoch', epoch) end
return redis.call('XADD', 'events:' .. epoch, 'MAXLEN', '~', ARGV[3], '*', 'event', ARGV[2])
"""


def publish(connection: redis.Redis, event: Event) -> None:
    """Append an event to the stream in use, beginning an epoch when there is none."""
    connection.eval(APPEND, 0, new_id(), event.model_dump_json(exclude_defaults=True), KEEP)


def position(db: Database) -> tuple[str, str]:
    """(epoch, last id) of what SQLite has taken in."""
    row = db.execute("SELECT value FROM facts WHERE name = 'stream'").fetchone()
    fact = json.loads(row[0]) if row else {"epoch": "", "last_id": "0-0"}
    return fact["epoch"], fact["last_id"]


class StreamReader:
    """A thread that moves events from Redis into SQLite. `on_events` hears every event after it took effect."""

    def __init__(
        self, connect: Callable[[], redis.Redis], writer: Writer, on_events: Callable[[list[Event]], None]
    ) -> None:
        self._connect, self._writer, self._on_events = connect, writer, on_events
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._work, name="stream-reader", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._thread.join()

    def _work(self) -> None:
        while not self._stop.is_set():
            try:
                with contextlib.closing(self._connect()) as connection:
                    self._follow(connection)
            except redis.RedisError as error:
                logger.warning("The event stream is out of reach: {}", error)
                self._stop.wait(0.3)
            except Exception:  # noqa: BLE001 - a full disk must not end the reader: it goes on when there is room
                logger.exception("Events could not be stored")
                self._stop.wait(1.0)

    def _follow(self, connection: redis.Redis) -> None:
        epoch, last_id = self._writer.do(position)
        while not self._stop.is_set():
            current = _text(connection.get("epoch"))
            if current != epoch:
                if not current:
                    self._stop.wait(0.1)
                    continue
                epoch, last_id = current, "0-0"
                self._writer.do(partial(begin_epoch, epoch=epoch))
            last_id = self._take(connection, epoch, last_id)

    def _take(self, connection: redis.Redis, epoch: str, last_id: str) -> str:
        """Read one batch and make it take effect; returns the new position."""
        answer = connection.xread({f"events:{epoch}": last_id}, count=BATCH, block=200)
        if not answer:
            return last_id
        streams = answer.values() if isinstance(answer, dict) else [entries for _, entries in answer]
        entries = [entry for chunk in streams for entry in _flat(chunk)]
        last_id = _text(entries[-1][0])
        events = [event for _, fields in entries if (event := _read(fields)) is not None]
        self._writer.do(partial(apply_events, epoch=epoch, last_id=last_id, events=events))
        self._on_events(events)
        return last_id


def _read(fields: Mapping[bytes, bytes]) -> Event | None:
    """The event in a stream entry; None for what no worker of this release sends, which must not hold up the rest."""
    try:
        return Event.model_validate_json(fields[b"event"])
    except (KeyError, ValueError) as error:
        logger.error("An entry of the event stream cannot be read: {}", error)
        return None


def _flat(chunk: list) -> list:  # type: ignore[type-arg]
    """redis-py nests a stream's entries once more under RESP3."""
    return chunk[0] if chunk and isinstance(chunk[0], list) else chunk


def _text(value: object) -> str:
    return value.decode() if isinstance(value, bytes) else str(value or "")
