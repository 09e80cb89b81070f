"""Debian's redis-server behind TLS, with the certificate, the users and the passwords that `deploy/secrets.sh` makes."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import redis

from config.addresses import complete
from config.house import PROGRAM
from tests.support.server import free_port
from tests.support.waiting import until

SECRETS = PROGRAM.parent / "deploy" / "secrets.sh"


@dataclass(frozen=True)
class TlsRedis:
    """A running server. `studio`, `worker`: its address as each of them has it."""

    host: str
    port: int
    folder: Path

    @property
    def ca(self) -> Path:
        return self.folder / "ca.pem"

    def password(self, user: str) -> str:
        return (self.folder / f"redis-{user}").read_text()

    @property
    def bare(self) -> str:
        return f"rediss://{self.host}:{self.port}/0"

    @property
    def studio(self) -> str:
        return complete(self.bare, "studio", self.password("studio"), str(self.ca))

    @property
    def worker(self) -> str:
        return complete(self.bare, "worker", self.password("worker"), str(self.ca))


def redis_program() -> str:
    """Debian's redis-tools has the server too, under the name of another tool: it is told apart by how it is called."""
    found = shutil.which("redis-server") or shutil.which("redis-check-rdb")
    if found is None:
        pytest.skip("redis-server is not installed (Debian: apt-get install redis-tools)")
    return found


@contextmanager
def tls_redis(folder: Path, host: str = "127.0.0.1", prefix: tuple[str, ...] = ()) -> Iterator[TlsRedis]:
    """`prefix`: a command that runs it somewhere else, such as in a network namespace."""
    program = redis_program()
    subprocess.run([SECRETS, host], env={**os.environ, "SECRETS": str(folder)}, check=True, capture_output=True)
    port = free_port()
    options = {
        "port": "0", "tls-port": str(port), "bind": host, "tls-cert-file": "redis.pem", "tls-key-file": "redis.key",
        "tls-ca-cert-file": "ca.pem", "tls-auth-clients": "no", "aclfile": "users.acl", "save": "", "appendonly": "no",
        "dir": str(folder),
    }  # fmt: skip
    arguments = [part for name, value in options.items() for part in (f"--{name}", value)]
    command = ["redis-server", *arguments]
    if prefix:
        command, program = [*prefix, "bash", "-c", 'exec -a redis-server "$0" "$@"', program, *arguments], prefix[0]
    server = subprocess.Popen(command, executable=program, cwd=folder, stdout=subprocess.DEVNULL)
    there = TlsRedis(host, port, folder)
    try:
        if not prefix:
            until(lambda: answers(there.studio), "redis-server to answer")
        yield there
    finally:
        server.terminate()
        server.wait()


def answers(address: str) -> bool:
    try:
        return bool(redis.Redis.from_url(address, socket_timeout=1).ping())
    except redis.ConnectionError:
        return False
