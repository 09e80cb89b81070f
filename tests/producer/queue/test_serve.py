"""A worker process goes on through outages, with its weights warm, until it is asked to stop."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import redis
from rq.exceptions import StopRequested

from config.folders import DataFolder
from config.house import House
from producer.queue import serve
from producer.queue.tasks import Tasks
from producer.residency import Residency
from storage.artifacts import FolderStore

Live = Callable[..., list[Any]]


@pytest.fixture
def live(studio_folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> Live:
    """Runs a worker process whose connections to the queue end like this, one after the other.
    Returns the handlers that each was given, and "evicted" where the weights were."""
    told: list[Any] = []
    monkeypatch.setenv("REDIS_URL", "unix:///nowhere")
    for done_for_real in ("start_logging", "watch_for_crashes", "refuse_other", "go_first", "greet"):
        monkeypatch.setattr(serve, done_for_real, lambda *_, **__: None)
    monkeypatch.setattr(serve, "PAUSE_S", 0.0)
    monkeypatch.setattr(Residency, "evict_all", lambda _self: told.append("evicted"))

    def run(*endings: bool | Exception) -> list[Any]:
        left = iter(endings)

        class Connection:
            def __init__(self, _name: str, _queues: list[str], _server: Any, handlers: Any, **_: Any) -> None:
                told.append(handlers["stage"])

            def serve(self) -> bool:
                ending = next(left)
                if isinstance(ending, Exception):
                    raise ending
                return ending

        monkeypatch.setattr(serve, "StageWorker", Connection)
        serve.serve_worker(
            House(studio_folder), "test", Tasks(("gpu", "cpu")), FolderStore(studio_folder.artifacts), {}
        )
        return told

    return run


def test_it_ends_when_it_is_asked_to(live: Live) -> None:
    *connections, last = live(True)
    assert (len(connections), last) == (1, "evicted")


@pytest.mark.parametrize("outage", [False, redis.ConnectionError("gone"), redis.TimeoutError("silent")])
def test_it_goes_on_after_an_outage_with_the_same_weights(live: Live, outage: bool | Exception) -> None:
    *connections, last = live(outage, outage, True)
    assert (len(connections), len(set(connections)), last) == (3, 1, "evicted")


def test_it_can_be_asked_to_stop_during_an_outage(live: Live) -> None:
    *connections, last = live(redis.ConnectionError("gone"), StopRequested())
    assert (len(connections), last) == (2, "evicted")


def test_it_can_be_asked_to_stop_while_it_pauses_after_an_outage(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(seconds: float) -> None:
        if seconds:
            raise StopRequested

    monkeypatch.setattr(serve, "PAUSE_S", 1.0)
    monkeypatch.setattr(serve.time, "sleep", interrupted)
    *connections, last = live(redis.ConnectionError("gone"), True)
    assert (len(connections), last) == (1, "evicted")


def test_it_removes_what_a_killed_predecessor_left(live: Live, studio_folder: DataFolder) -> None:
    scraps = studio_folder.root / "work" / "test" / "abc"
    scraps.mkdir(parents=True)
    others = studio_folder.root / "work" / "another" / "abc"
    others.mkdir(parents=True)
    live(True)
    assert (scraps.exists(), others.exists()) == (False, True)
