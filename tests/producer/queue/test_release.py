"""A worker of another release than the studio's takes nothing, and says why."""

from __future__ import annotations

import os
import subprocess
from importlib.metadata import version

import pytest
import redis

from config.folders import DataFolder
from config.house import House
from producer.queue.leases import read_leases
from producer.queue.release import KEY, announce, is_other
from producer.queue.valkey import EmbeddedValkey
from tests.support.waiting import until


def worker(folder: DataFolder, valkey: EmbeddedValkey) -> subprocess.Popen[str]:
    environment = {**os.environ, "REDIS_URL": valkey.url}
    return subprocess.Popen(House(folder).command("worker"), env=environment, stderr=subprocess.PIPE, text=True)


def test_it_is_refused_when_it_comes(
    studio_folder: DataFolder, valkey: EmbeddedValkey, queue_server: redis.Redis
) -> None:
    queue_server.set(KEY, "9.9.9")
    process = worker(studio_folder, valkey)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "The studio runs Dailies 9.9.9" in told
    assert "Install the same release" in told


@pytest.mark.proof
def test_it_leaves_when_the_studio_is_upgraded(
    studio_folder: DataFolder, valkey: EmbeddedValkey, queue_server: redis.Redis
) -> None:
    announce(queue_server)
    process = worker(studio_folder, valkey)
    until(lambda: read_leases(queue_server), "the worker's card", 60)
    queue_server.set(KEY, "9.9.9")
    _, told = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "9.9.9" in told
    assert read_leases(queue_server) == []


def test_one_of_the_same_release_is_welcome(queue_server: redis.Redis) -> None:
    assert not is_other(queue_server), "nobody has said yet"
    announce(queue_server)
    assert queue_server.get(KEY) == version("dailies").encode()
    assert not is_other(queue_server)
