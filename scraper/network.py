"""Connections that the guard allows, and that end when their time is up."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterable

import httpcore

from config.errors import Blocked, SourceError
from scraper.guard import DEFAULT_PORTS, Reach, host_key, is_public

Lookup = Callable[[str, int], list[str]]


def resolve(host: str, port: int) -> list[str]:
    """All addresses of a name. Raises SourceError when there is none."""
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as e:
        raise SourceError(f"No address is known for “{host}”.", "Check the spelling and the network.") from e
    return list(dict.fromkeys(str(answer[4][0]) for answer in answers))


class Deadline:
    """A moment after which nothing may wait any longer, however slowly the other side drips."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.seconds = seconds
        self._clock = clock
        self._end = clock() + seconds

    def left(self, wanted: float | None = None) -> float:
        """Seconds to wait at most. Raises SourceError when the time is up."""
        left = self._end - self._clock()
        if left <= 0:
            raise SourceError(
                f"The answer was not complete after {self.seconds:g} seconds.", "It is tried again later."
            )
        return left if wanted is None else min(left, wanted)


class GuardedBackend(httpcore.NetworkBackend):
    """Connects httpcore to checked addresses only, and ends every wait at the deadline."""

    def __init__(self, reach: Reach, deadline: Deadline, lookup: Lookup, network: httpcore.NetworkBackend) -> None:
        self._reach = reach
        self._deadline = deadline
        self._lookup = lookup
        self._network = network

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        failure: Exception | None = None
        for address in self._checked_addresses(host, port):
            try:
                wait = self._deadline.left(timeout)
                stream = self._network.connect_tcp(address, port, wait, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as e:
                failure = e
            else:
                return _DeadlineStream(stream, self._deadline)
        raise SourceError(f"“{host}” could not be reached.", "It is tried again later.") from failure

    def _checked_addresses(self, host: str, port: int) -> list[str]:
        """One private address in the answer is enough to refuse all of it."""
        if self._reach.allows(host, port):
            return self._lookup(host, port)
        cure = f"If it is meant, an admin can allow {host_key(host, port)}."
        if port not in DEFAULT_PORTS.values():
            raise Blocked(f"Port {port} of “{host}” is not one that feeds are read from.", cure)
        addresses = self._lookup(host, port)
        if not addresses or not all(is_public(a) for a in addresses):
            raise Blocked(f"“{host}” is not on the public internet.", cure)
        return addresses


class _DeadlineStream(httpcore.NetworkStream):
    """A connection whose every wait ends at the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left(timeout))

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        wait = self._deadline.left(timeout)
        return _DeadlineStream(self._stream.start_tls(ssl_context, server_hostname, wait), self._deadline)

    def close(self) -> None:
        self._stream.close()

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)
