"""The embedded server: one to a folder, adopted when its starter died, and never a reason for the studio to stop."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator

import psutil
import pytest
import redis

from config.errors import StudioError
from config.folders import DataFolder
from producer.queue.connection import connect
from producer.queue.valkey import EmbeddedValkey
from tests.support.waiting import gone, until

STARTER = """
    import sys, time
    from pathlib import Path
    from config.folders import DataFolder
    from producer.queue import valkey

    if "let it live" in sys.argv:
        valkey.die_with_parent = lambda: None  # as where the kernel tells no process of its parent's death
    valkey.EmbeddedValkey(DataFolder(Path(sys.argv[1]))).start()
    print("started", flush=True)
    time.sleep(600)
"""


@pytest.fixture
def orphan(studio_folder: DataFolder, request: pytest.FixtureRequest) -> Iterator[psutil.Process]:
    """A server whose starter was killed, and which lives on unless the test says otherwise."""
    fate = getattr(request, "param", "let it live")
    starter = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(STARTER), str(studio_folder.root), fate], stdout=subprocess.PIPE
    )
    assert starter.stdout
    starter.stdout.readline()
    (server,) = psutil.Process(starter.pid).children()
    starter.kill()
    starter.communicate()
    yield server
    if server.is_running():
        server.kill()


def pid(server: EmbeddedValkey) -> int:
    return int(connect(server.url).info("server")["process_id"])  # type: ignore[index]


def test_it_answers_on_a_private_socket(valkey: EmbeddedValkey) -> None:
    assert valkey.answers()
    assert valkey.socket.stat().st_mode & 0o777 == 0o700
    assert len(str(valkey.socket)) < 100


def test_it_stops_and_leaves_nothing_running(valkey: EmbeddedValkey) -> None:
    process = psutil.Process(pid(valkey))
    valkey.stop()
    assert not valkey.answers()
    assert not process.is_running()
    valkey.stop()
    valkey.start()
    assert valkey.answers()


def test_a_second_start_uses_the_same_server(valkey: EmbeddedValkey, studio_folder: DataFolder) -> None:
    before = pid(valkey)
    again = EmbeddedValkey(studio_folder)
    again.start()
    assert pid(again) == before


def test_a_server_whose_starter_was_killed_is_adopted_and_stopped_like_ones_own(
    studio_folder: DataFolder, orphan: psutil.Process
) -> None:
    valkey = EmbeddedValkey(studio_folder)
    valkey.start()
    assert pid(valkey) == orphan.pid
    valkey.stop()
    until(lambda: gone(orphan))
    valkey.start()
    assert valkey.answers()
    valkey.stop()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's death")
@pytest.mark.parametrize("orphan", ["ends with it"], indirect=True)
def test_a_server_whose_starter_was_killed_ends_too(orphan: psutil.Process) -> None:
    until(lambda: gone(orphan))


def test_two_servers_never_share_a_folder(
    studio_folder: DataFolder, orphan: psutil.Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An orphan that does not answer, because it still reads its log or hangs, keeps its folder and its socket."""
    monkeypatch.setattr("producer.queue.valkey.START_S", 0.5)
    orphan.send_signal(signal.SIGSTOP)
    valkey = EmbeddedValkey(studio_folder)
    with pytest.raises(StudioError, match="Another Valkey") as caught:
        valkey.start()
    assert caught.value.cure
    orphan.send_signal(signal.SIGCONT)
    until(valkey.answers)
    assert pid(valkey) == orphan.pid


def test_a_killed_one_is_started_again_with_what_it_remembered(
    valkey: EmbeddedValkey, studio_folder: DataFolder
) -> None:
    connect(valkey.url).set("note", "hello")
    until(lambda: b"hello" in b"".join(path.read_bytes() for path in studio_folder.redis.rglob("*.aof")))
    psutil.Process(pid(valkey)).kill()
    until(lambda: not valkey.answers())
    valkey.ensure()
    assert connect(valkey.url).get("note") == b"hello"
    before = pid(valkey)
    valkey.ensure()
    assert pid(valkey) == before, "one that answers is left alone"


def test_a_busy_one_is_given_time_and_a_hung_one_is_replaced(
    valkey: EmbeddedValkey, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = psutil.Process(pid(valkey))
    before.send_signal(signal.SIGSTOP)
    valkey.ensure()
    before.send_signal(signal.SIGCONT)
    until(valkey.answers)
    assert pid(valkey) == before.pid
    monkeypatch.setattr("producer.queue.valkey.START_S", 5.0)
    monkeypatch.setattr(valkey, "_answered", -100.0)
    before.send_signal(signal.SIGSTOP)
    valkey.ensure()
    assert pid(valkey) != before.pid
    assert not before.is_running()


@pytest.mark.parametrize("damage", [b"This is a shopping list.", b""], ids=["garbage", "emptied manifest"])
def test_a_damaged_folder_is_moved_aside(studio_folder: DataFolder, damage: bytes) -> None:
    valkey = EmbeddedValkey(studio_folder)
    valkey.start()
    connect(valkey.url).set("note", "hello")
    valkey.stop()
    for path in studio_folder.redis.rglob("*.manifest" if not damage else "*.aof"):
        path.write_bytes(damage)
    valkey.start()
    assert connect(valkey.url).get("note") in (None, b"hello")
    if damage:
        assert list(studio_folder.root.glob("redis.damaged-*"))
    valkey.stop()


def test_a_client_rides_out_a_short_outage(valkey: EmbeddedValkey) -> None:
    client = connect(valkey.url)
    client.set("note", "hello")
    process = psutil.Process(pid(valkey))
    process.kill()
    until(lambda: gone(process))
    valkey.ensure()
    assert client.ping()


def test_a_killed_one_is_started_again_though_its_process_seems_to_live(
    valkey: EmbeddedValkey, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process of several threads is not over when its socket is: what is asked is whether anyone listens."""
    process = psutil.Process(pid(valkey))
    process.kill()
    until(lambda: not valkey.answers())
    assert valkey._process is not None
    monkeypatch.setattr(valkey._process, "poll", lambda: None)
    valkey.ensure()
    assert valkey.answers()


def test_no_server_at_all_is_told_after_a_while(studio_folder: DataFolder) -> None:
    client = redis.Redis.from_url(EmbeddedValkey(studio_folder).url)
    with pytest.raises(redis.ConnectionError):
        client.ping()
    assert not EmbeddedValkey(studio_folder).answers()
