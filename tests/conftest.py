"""What many tests need: a data folder of their own, and a real embedded server for the queue."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from hypothesis import settings

from config.folders import DataFolder
from producer.queue.connection import connect
from producer.queue.valkey import EmbeddedValkey

settings.register_profile("dailies", deadline=None, derandomize=True)
settings.load_profile("dailies")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Of two processes that share the tests, one has all of the desk's, in their order: they share a studio. The rest goes
    by file."""
    for item in items:
        file = item.nodeid.partition("::")[0]
        item.add_marker(pytest.mark.xdist_group("desk" if file.startswith("tests/web/") else file))


@pytest.fixture
def studio_folder(tmp_path: Path) -> Iterator[DataFolder]:
    """An empty data folder; its runtime folder goes when the test does."""
    folder = DataFolder(tmp_path / "data").make()
    yield folder
    shutil.rmtree(folder.runtime, ignore_errors=True)


@pytest.fixture
def valkey(studio_folder: DataFolder) -> Iterator[EmbeddedValkey]:
    """A running embedded server on that folder."""
    server = EmbeddedValkey(studio_folder)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def queue_server(valkey: EmbeddedValkey) -> Iterator[redis.Redis]:
    """A client of that server."""
    client = connect(valkey.url)
    yield client
    client.close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte, where this user may mount one."""
    disk = tmp_path / "small-disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk], capture_output=True)
    if mounted.returncode != 0:
        pytest.skip("this user may not mount a small disk")
    yield disk
    subprocess.run(["umount", "--lazy", disk], check=True)
