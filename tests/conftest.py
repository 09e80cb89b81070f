"""What many tests need: a data folder of their own, and a real embedded server for the queue."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from hypothesis import settings
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

from config.folders import DataFolder
from producer.queue.connection import connect
from producer.queue.valkey import EmbeddedValkey

settings.register_profile("dailies", deadline=None, derandomize=True)
settings.load_profile("dailies")


class DeskTogether(LoadFileScheduling):
    """Of two processes that share the tests, each takes whole files; one has all of the desk's, in their order: they share
    a studio. (xdist's own groups, `--dist loadgroup`, do nothing under pytest 9.2: it no longer has `Item._nodeid`.)"""

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        return "desk" if file.startswith("tests/web/") else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> DeskTogether:
    """How xdist shares the tests out (`make test` runs two at a time)."""
    return DeskTogether(config, log)


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
