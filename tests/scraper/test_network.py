"""No wait is longer than what is left of the time, in whatever phase of a connection."""

from __future__ import annotations

import ssl
from collections.abc import Iterable

import httpcore
import pytest

from config.errors import SourceError
from scraper.guard import Reach
from scraper.network import Deadline, GuardedBackend
from tests.support.small_web import PUBLIC


class Clock:
    """Time that passes when told."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Recorder(httpcore.NetworkBackend, httpcore.NetworkStream):
    """A network that only notes how long it was allowed to wait. The first addresses may be unreachable."""

    def __init__(self, unreachable: int = 0) -> None:
        self.waits: list[float | None] = []
        self.unreachable = unreachable

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        self.waits.append(timeout)
        if len(self.waits) <= self.unreachable:
            raise httpcore.ConnectError
        return self

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        self.waits.append(timeout)
        return b""

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.waits.append(timeout)

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        self.waits.append(timeout)
        return self


def backend(network: Recorder, clock: Clock, addresses: list[str]) -> GuardedBackend:
    return GuardedBackend(Reach(), Deadline(10, clock), lambda _host, _port: addresses, network)


def test_every_phase_waits_no_longer_than_what_is_left() -> None:
    clock, network = Clock(), Recorder()
    stream = backend(network, clock, [PUBLIC]).connect_tcp("news.example", 443, timeout=30)
    clock.now += 4
    stream = stream.start_tls(ssl.create_default_context(), "news.example", timeout=30)
    clock.now += 3
    stream.write(b"GET /", timeout=30)
    clock.now += 2
    stream.read(100, timeout=30)
    stream.read(100, timeout=0.5)
    stream.read(100)
    assert network.waits == [10, 6, 3, 1, 0.5, 1]


def test_when_the_time_is_up_nothing_waits_at_all() -> None:
    clock, network = Clock(), Recorder()
    stream = backend(network, clock, [PUBLIC]).connect_tcp("news.example", 443)
    clock.now += 10
    with pytest.raises(SourceError, match="not complete after 10 seconds"):
        stream.read(100, timeout=30)
    assert len(network.waits) == 1


def test_the_next_address_is_tried_when_one_is_out_of_reach() -> None:
    network = Recorder(unreachable=1)
    backend(network, Clock(), [PUBLIC, "93.184.216.35"]).connect_tcp("news.example", 80)
    assert len(network.waits) == 2
    with pytest.raises(SourceError, match=r"“news\.example” could not be reached"):
        backend(Recorder(unreachable=2), Clock(), [PUBLIC, "93.184.216.35"]).connect_tcp("news.example", 80)
