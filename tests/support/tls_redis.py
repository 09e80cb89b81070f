"""Debian's redis-server behind TLS, with the users of `deploy/redis/users.acl.example` and a certificate made on the spot."""

from __future__ import annotations

import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
import redis
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from config.addresses import complete
from config.house import PROGRAM
from tests.support.waiting import until

USERS = PROGRAM.parent / "deploy" / "redis" / "users.acl.example"
STUDIO, WORKER = "a password: with/signs", "another & one"


@dataclass(frozen=True)
class TlsRedis:
    """A running server. `studio`, `worker`: its address as each of them has it."""

    host: str
    port: int
    ca: Path

    @property
    def bare(self) -> str:
        return f"rediss://{self.host}:{self.port}/0"

    @property
    def studio(self) -> str:
        return complete(self.bare, "studio", STUDIO, str(self.ca))

    @property
    def worker(self) -> str:
        return complete(self.bare, "worker", WORKER, str(self.ca))


def redis_program() -> str:
    """Debian's redis-tools has the server too, under the name of another tool: it is told apart by how it is called."""
    found = shutil.which("redis-server") or shutil.which("redis-check-rdb")
    if found is None:
        pytest.skip("redis-server is not installed (Debian: apt-get install redis-tools)")
    return found


@contextmanager
def tls_redis(folder: Path, host: str = "127.0.0.1", prefix: tuple[str, ...] = ()) -> Iterator[TlsRedis]:
    """`prefix`: a command that runs it somewhere else, such as in a network namespace."""
    folder.mkdir(exist_ok=True)
    make_certificates(folder, host)
    users = folder / "users.acl"
    text = (
        USERS.read_text()
        .replace(">CHANGE-ME-STUDIO", "#" + _hash(STUDIO))
        .replace(">CHANGE-ME-WORKER", "#" + _hash(WORKER))
    )
    users.write_text("\n".join(line for line in text.splitlines() if line.startswith("user ")))
    port = free_port()
    options = {
        "port": "0", "tls-port": str(port), "bind": host, "tls-cert-file": "server.pem", "tls-key-file": "server.key",
        "tls-ca-cert-file": "ca.pem", "tls-auth-clients": "no", "aclfile": str(users), "save": "", "appendonly": "no",
        "dir": str(folder),
    }  # fmt: skip
    arguments = [part for name, value in options.items() for part in (f"--{name}", value)]
    command = ["redis-server", *arguments]
    program = redis_program()
    if prefix:
        command, program = [*prefix, "bash", "-c", 'exec -a redis-server "$0" "$@"', program, *arguments], prefix[0]
    server = subprocess.Popen(command, executable=program, cwd=folder, stdout=subprocess.DEVNULL)
    there = TlsRedis(host, port, folder / "ca.pem")
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


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def make_certificates(folder: Path, host: str) -> None:
    """ca.pem, and server.pem with server.key for an address that it vouches for."""
    authority, own = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    names = [x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]) for name in ("Test authority", "redis")]
    now = datetime.now(UTC)

    def certificate(subject: x509.Name, key: ec.EllipticCurvePrivateKey, ca: bool) -> bytes:
        builder = (
            x509.CertificateBuilder().subject_name(subject).issuer_name(names[0]).public_key(key.public_key())
            .serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(hours=1))
            .not_valid_after(now + timedelta(days=1))
            .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
            .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(host))]), critical=False)
        )  # fmt: skip
        return builder.sign(authority, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)

    (folder / "ca.pem").write_bytes(certificate(names[0], authority, True))
    (folder / "server.pem").write_bytes(certificate(names[1], own, False))
    (folder / "server.key").write_bytes(
        own.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )  # fmt: skip


def _hash(password: str) -> str:
    import hashlib

    return hashlib.sha256(password.encode()).hexdigest()
