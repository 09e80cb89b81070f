"""Delivers what is due: one message at a time to each webhook, so that one that hangs holds up nobody else.

A message is on record before it is sent, and its attempt after it was: killed in between, it is sent once more, with the
same `webhook-id`. A receiver that keeps those ids sees each message once.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Sequence
from functools import partial

from loguru import logger

from config.errors import DailiesError
from config.settings import Webhooks
from storage.database import DatabaseError, reading
from storage.webhooks import Attempt, Parcel, due_parcels, record_attempt
from storage.writer import Writer
from web.webhooks.policy import WAITS, judge
from web.webhooks.sending import send

LOOK_S = 1.0
Send = Callable[[Parcel, Webhooks], tuple[Attempt, float]]


class Messenger:
    """A thread that looks every second, and after every commit."""

    def __init__(self, writer: Writer, settings: Webhooks, waits: Sequence[float] = WAITS, send: Send = send) -> None:
        self._writer, self._settings, self._waits, self._send = writer, settings, waits, send
        self._wake, self._stopping = threading.Event(), threading.Event()
        self._busy: set[str] = set()
        """Webhooks that something is on its way to."""
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._work, name="messenger", daemon=True)

    def start(self) -> None:
        self._writer.on_commit.append(self._wake.set)
        self._thread.start()

    def stop(self) -> None:
        """What is on its way is not waited for: it is sent again when the studio is back."""
        self._stopping.set()
        self._wake.set()
        self._thread.join()
        self._writer.on_commit.remove(self._wake.set)

    def _work(self) -> None:
        while not self._stopping.is_set():
            try:
                with reading(self._writer.path) as db:
                    due = due_parcels(db)
                for parcel in due:
                    self._begin(parcel)
            except (DailiesError, DatabaseError, OSError) as error:
                logger.warning("Webhooks wait: {}", error)
            self._wake.wait(LOOK_S)
            self._wake.clear()

    def _begin(self, parcel: Parcel) -> None:
        with self._lock:
            if parcel.webhook_id in self._busy:
                return
            self._busy.add(parcel.webhook_id)
        threading.Thread(target=self._deliver, args=(parcel,), name="delivery", daemon=True).start()

    def _deliver(self, parcel: Parcel) -> None:
        try:
            attempt, wish = self._send(parcel, self._settings)
            if self._stopping.is_set():
                return
            verdict = judge(attempt.status, parcel.tries, wish, random.random(), self._waits)  # noqa: S311
            self._writer.do(partial(record_attempt, number=parcel.number, attempt=attempt, verdict=verdict))
            if verdict.state != "delivered":
                logger.warning("Webhook {}: {} {}", parcel.webhook_id[:8], attempt.status, attempt.said)
        except DailiesError as error:
            logger.warning("A delivery could not be recorded: {}", error)
            self._stopping.wait(LOOK_S)  # the disk is full, say: not over and over at once
        except Exception:  # noqa: BLE001 - whatever it is, it must not take the webhook's turn away for ever
            logger.exception("A delivery failed")
            self._stopping.wait(LOOK_S)
        finally:
            with self._lock:
                self._busy.discard(parcel.webhook_id)
            self._wake.set()
