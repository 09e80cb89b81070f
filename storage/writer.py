"""The one writer: a thread that owns the only writing connection and runs commands one after another.

A command is a function `(db) -> result`. It runs in its own transaction: all of it happens, or nothing.

    clip_id = writer.do(partial(create_clip, brief=brief, author="ana"))
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

from loguru import logger
from sqlite_utils import Database

from config.errors import StudioError
from storage.database import DatabaseError, open_for_writing, storage_error

T = TypeVar("T")
Command = Callable[[Database], T]


class Writer:
    """Serialises every change. `on_commit` callbacks run on the writer's thread after each commit: keep them short."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.on_commit: list[Callable[[], None]] = []
        self._commands: queue.SimpleQueue[tuple[Command[Any], Future[Any]] | None] = queue.SimpleQueue()
        self._opened: Future[None] = Future()
        self._thread = threading.Thread(target=self._work, name="writer", daemon=True)
        self._stopping = threading.Lock()
        self._stopped = False

    def start(self) -> Writer:
        """Open (and migrate) the database. Raises StudioError."""
        self._thread.start()
        self._opened.result()
        return self

    def submit(self, command: Command[T]) -> Future[T]:
        """Queue a command; its result, or its exception, comes through the future."""
        future: Future[T] = Future()
        with self._stopping:  # so that no command comes after the last one
            if self._stopped:
                future.set_exception(StudioError("The studio is stopping.", "Try again when it is back."))
            else:
                self._commands.put((command, future))
        return future

    def do(self, command: Command[T]) -> T:
        """Run a command and wait for it. Raises what it raises; SQLite's own errors become StudioError."""
        return self.submit(command).result()

    def stop(self) -> None:
        """Finish what was submitted, then close."""
        with self._stopping:
            self._stopped = True
            self._commands.put(None)
        if self._thread.is_alive():
            self._thread.join()

    def _work(self) -> None:
        try:
            database = open_for_writing(self.path)
        except Exception as error:  # noqa: BLE001 - handed to the caller of start()
            self._opened.set_exception(error)
            return
        self._opened.set_result(None)
        while (item := self._commands.get()) is not None:
            command, future = item
            if not future.set_running_or_notify_cancel():  # whoever asked does not wait for it any more
                continue
            try:
                with database.atomic():
                    result = command(database)
            except DatabaseError as error:
                future.set_exception(storage_error(error, self.path))
            except Exception as error:  # noqa: BLE001 - handed to the submitter
                future.set_exception(error)
            else:
                future.set_result(result)
                self._tell()
        database.conn.close()

    def _tell(self) -> None:
        for callback in self.on_commit:
            try:
                callback()
            except Exception:  # noqa: BLE001 - a listener's fault must not end the one writer
                logger.exception("A listener failed after a commit")
