"""A Redis of one's own behind TLS, where everybody has a name and may do no more than they need."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from redis.exceptions import NoPermissionError

from config.addresses import complete, has_password
from config.errors import StudioError
from config.folders import DataFolder
from producer.queue.connection import connect, greet
from tests.support.briefs import make_brief
from tests.support.bucket import Bucket, bucket
from tests.support.buckets import store_in
from tests.support.production import Production, said_by
from tests.support.tls_redis import TlsRedis, tls_redis


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TlsRedis]:
    with tls_redis(tmp_path_factory.mktemp("redis")) as server:
        yield server


@pytest.fixture(scope="module")
def there() -> Iterator[Bucket]:
    with bucket() as there:
        yield there


def test_each_gets_in_by_name_and_password_and_trusts_the_right_authority(server: TlsRedis) -> None:
    for address in (server.studio, server.worker):
        greet(address)
        assert connect(address).ping()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"password": "wrong"}, "lets nobody in.*invalid username-password"),
        ({"user": "nobody"}, "lets nobody in.*invalid username-password"),
        ({"password": ""}, "lets nobody in.*authenticated"),
        ({"ca": ""}, "certificate"),
    ],
)
def test_who_is_not_let_in_is_told_why_and_never_the_password(
    server: TlsRedis, change: dict[str, str], said: str
) -> None:
    address = complete(
        server.bare, **{"user": "studio", "password": server.password("studio"), "ca": str(server.ca), **change}
    )
    with pytest.raises(StudioError, match=said) as caught:
        greet(address)
    assert caught.value.cure
    assert server.password("studio") not in str(caught.value)


def test_a_worker_may_do_no_more_than_work(server: TlsRedis) -> None:
    client = connect(server.worker)
    for command in (
        ("FLUSHALL",), ("FLUSHDB",), ("CONFIG", "GET", "*"), ("KEYS", "*"), ("ACL", "LIST"), ("SHUTDOWN",),
        ("REPLICAOF", "127.0.0.1", "1"), ("MODULE", "LIST"), ("CLIENT", "LIST"),
        ("GET", "somebody:elses"), ("PUBLISH", "somewhere", "else"), ("MONITOR",), ("SAVE",),
    ):  # fmt: skip
        with pytest.raises(NoPermissionError):
            client.execute_command(*command)


@pytest.mark.proof
def test_a_clip_is_made_over_it(server: TlsRedis, there: Bucket, studio_folder: DataFolder, tmp_path: Path) -> None:
    """The studio and its worker each with their own rights: all that either does is allowed."""
    production = Production(studio_folder, server.studio, artifacts=store_in(there, studio_folder.cache))
    try:
        worker = production.start_worker_elsewhere(tmp_path / "other", there, redis_url=server.bare, DAILIES_REDIS__USER="worker",
            DAILIES_REDIS__PASSWORD_FILE=server.folder / "redis-worker", DAILIES_REDIS__CA=server.ca)  # fmt: skip
        clip = production.order(make_brief())
        production.until(clip, "ready", 120)
        assert {(row["state"], row["finishes"], row["strikes"]) for row in production.work_rows()} == {("done", 1, 0)}
        assert "NOPERM" not in said_by(tmp_path / "other")
        worker.terminate()
        assert worker.wait(60) == 0
    finally:
        production.stop()


@pytest.mark.proof
def test_a_worker_that_is_not_let_in_says_so_and_ends(server: TlsRedis, there: Bucket, tmp_path: Path) -> None:
    from config.house import House

    command = House(DataFolder(tmp_path)).command(
        "worker", "--redis", complete(server.bare, "worker", "wrong", str(server.ca))
    )
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert ended.returncode == 1
    assert "lets nobody in" in ended.stderr
    assert "DAILIES_REDIS__PASSWORD" in ended.stderr
    assert "can be read by everybody on this machine" in ended.stderr


def test_an_address_is_completed_once_and_only_where_it_lacks_something() -> None:
    address = complete("rediss://host:6379/0", "ana", "p@ss/word", "/etc/ca.pem")
    assert address == "rediss://ana:p%40ss%2Fword@host:6379/0?ssl_ca_certs=%2Fetc%2Fca.pem"
    assert complete(address, "bo", "other", "/another.pem") == address
    assert complete("redis://host", "", "secret", "/etc/ca.pem") == "redis://:secret@host"
    assert complete("unix:///run/redis.sock", "ana", "p") == "unix:///run/redis.sock"
    assert complete("", "ana", "p") == ""
    assert has_password(address)
    assert not has_password("rediss://host:6379/0")
