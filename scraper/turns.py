"""Manners towards a host that several sources share: one question at a time, a pause between two, and none at all once
it asked to be left alone."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable
from threading import Lock
from urllib.parse import urlsplit

from scraper.reading import Reading
from storage.orders import SourceSpec
from storage.topics import SourceReport, SourceState


class Turns:
    """Takes turns at each host, during one scrape."""

    def __init__(self, pause_s: float, sleep: Callable[[float], None] = time.sleep) -> None:
        self._pause_s, self._sleep = pause_s, sleep
        self._locks = defaultdict[str, Lock](Lock)
        self._asked = set[str]()
        self._unwanted = dict[str, SourceReport]()

    def read(self, source: SourceSpec, state: SourceState, read: Callable[[], Reading]) -> Reading:
        """What `read` gives, when it is this source's turn; or, for a host that wants no more questions, that it does."""
        host = urlsplit(source.url).netloc
        with self._locks[host]:
            if host and (told := self._unwanted.get(host)):
                return Reading(told.model_copy(update={"url": source.url, "kind": source.kind, "name": source.name, "state": state, "duration_s": 0}))  # fmt: skip
            if host in self._asked:
                self._sleep(self._pause_s)
            reading = read()
            if host:
                self._asked.add(host)
                if reading.report.retry_after_s:
                    self._unwanted[host] = reading.report
            return reading
