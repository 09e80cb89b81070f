"""Requests to a server that speaks S3, signed by the `minio` package, sent by urllib3.

Every byte is covered by a hash that the signature names (AWS Signature Version 4), so that an upload which was damaged on
its way is refused. What passes by itself (no answer, 429, 5xx, a connection that breaks) is tried again with growing
pauses for as long as `patience_s`; then it is told as StoreUnreachable. `If-None-Match: *` (S3 since 2024, MinIO, Garage,
Ceph) makes the first of two writers win: a server that does not know it is refused by `S3Store.open`.
"""

from __future__ import annotations

import random
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING, Any, cast
from urllib.parse import quote, urlsplit

from config.errors import StoreUnreachable, StudioError, UsageError

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse, PoolManager

CONNECT_S, READ_S = 5.0, 30.0
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.2, 10.0
PASSING = frozenset({409, 429, 500, 502, 503, 504})
"""Answers after which the same request may well succeed. 409: two conditional writes at the same moment."""
EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
"""sha256 of no bytes."""
CODE = re.compile(r"<Code>([A-Za-z0-9]{1,60})</Code>")
CURE = "Look at [store] in the settings."


@dataclass(frozen=True)
class Place:
    """Where a store is, and who we are there. `address`: the server, with its scheme; `ca`: a PEM file that vouches for it."""

    address: str
    bucket: str
    prefix: str = ""
    region: str = ""
    access_key: str = ""
    secret_key: str = field(default="", repr=False)
    ca: str = ""

    def path(self, name: str) -> str:
        """An object's address on the server, as it is signed."""
        return quote("/" + "/".join(part for part in (self.bucket, self.prefix.strip("/"), name) if part))


def read_address(address: str) -> tuple[str, str]:
    """(bucket, prefix) of `s3://bucket/prefix`. Raises UsageError."""
    parts = urlsplit(address)
    if parts.scheme != "s3" or not re.fullmatch(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", parts.netloc):
        raise UsageError(f"“{address}” is no address of a bucket.", "Write it as s3://bucket/prefix.")
    return parts.netloc, parts.path.strip("/")


class S3:
    """Sends requests about one bucket. May be used by many threads."""

    def __init__(self, place: Place, patience_s: float = 60.0, pause: Callable[[float], object] = time.sleep) -> None:
        self.place = place
        self._patience_s, self._pause = patience_s, pause
        self._pool: PoolManager | None = None
        self._lock = threading.Lock()

    @contextmanager
    def ask(
        self, method: str, name: str, *, body: bytes | IO[bytes] = b"", size: int = 0, sha256: str = EMPTY,
        headers: dict[str, str] | None = None, expected: tuple[int, ...] = (200, 204), patience_s: float | None = None,
    ) -> Iterator[BaseHTTPResponse]:  # fmt: skip
        """The answer to one request; a success's body is unread. `expected`: the answers that are no fault.

        Raises StoreUnreachable when none comes within the patience, StudioError when the server refuses.
        """
        patience = self._patience_s if patience_s is None else patience_s
        answer = self._until_answered(method, name, body, size, sha256, headers or {}, patience)
        try:
            if answer.status >= 300:
                said = answer.read(8192).decode("utf-8", "replace")
                if (
                    answer.status not in expected or _code(said) == "NoSuchBucket"
                ):  # no object is no fault, no bucket is
                    raise refused(answer.status, said)
            yield answer
        finally:
            answer.drain_conn()
            answer.release_conn()

    def names(self, folder: str) -> Iterator[tuple[PurePosixPath, float]]:
        """(name without the prefix, age in seconds) of every object whose name begins so."""
        import urllib3
        from minio import Minio
        from minio.error import S3Error

        place, parts = self.place, urlsplit(self.place.address)
        start = "/".join(part for part in (place.prefix.strip("/"), folder) if part)
        client = Minio(
            parts.netloc, place.access_key, place.secret_key, secure=parts.scheme == "https",
            region=place.region or "us-east-1", http_client=self.pool,
        )  # fmt: skip
        try:
            for one in client.list_objects(place.bucket, start, recursive=True):
                age = datetime.now(UTC) - one.last_modified if one.last_modified else timedelta(0)
                yield PurePosixPath(folder, str(one.object_name).removeprefix(start)), age.total_seconds()
        except urllib3.exceptions.HTTPError as error:
            raise unreachable(place, type(error).__name__) from error
        except S3Error as error:
            raise refused(error.response.status, f"<Code>{error.code}</Code>") from error

    def _until_answered(
        self, method: str, name: str, body: bytes | IO[bytes], size: int, sha256: str, headers: dict[str, str],
        patience_s: float,
    ) -> BaseHTTPResponse:  # fmt: skip
        import urllib3

        deadline, pause = time.monotonic() + patience_s, FIRST_PAUSE_S
        while True:
            try:
                answer = self._send(method, name, body, size, sha256, headers)
                if answer.status not in PASSING:
                    return answer
                said = _code(answer.read(8192).decode("utf-8", "replace")) or f"it answered {answer.status}"
                answer.release_conn()
            except urllib3.exceptions.HTTPError as error:
                said = type(error).__name__
            if time.monotonic() + pause > deadline:
                raise unreachable(self.place, said)
            self._pause(pause * random.uniform(0.5, 1.0))  # noqa: S311 - so that workers do not all come back at once
            pause = min(2 * pause, LONGEST_PAUSE_S)

    def _send(
        self, method: str, name: str, body: bytes | IO[bytes], size: int, sha256: str, headers: dict[str, str]
    ) -> BaseHTTPResponse:
        pool = self.pool
        from minio.credentials.credentials import Credentials
        from minio.signer import sign_v4_s3

        moment, url = datetime.now(UTC), self.place.address.rstrip("/") + self.place.path(name)
        told: dict[str, Any] = {
            **headers, "Host": urlsplit(url).netloc, "x-amz-content-sha256": sha256,
            "x-amz-date": moment.strftime("%Y%m%dT%H%M%SZ"), **({"Content-Length": str(size)} if method == "PUT" else {}),
        }  # fmt: skip
        signed = sign_v4_s3(
            method=method, url=urlsplit(url), region=self.place.region or "us-east-1", headers=told,
            credentials=Credentials(self.place.access_key, self.place.secret_key), content_sha256=sha256, date=moment,
        )  # fmt: skip
        if not isinstance(body, bytes):
            body.seek(0)
        answer: BaseHTTPResponse = pool.request(
            method,
            url,
            body=body if method == "PUT" else None,
            headers=cast("dict[str, str]", signed),
            preload_content=False,
            redirect=False,
        )
        return answer

    @property
    def pool(self) -> PoolManager:
        with self._lock:
            if self._pool is None:
                self._pool = _pool(self.place)
            return self._pool


def _pool(place: Place) -> PoolManager:
    try:
        import minio  # noqa: F401 - signs; its absence is told here, once
        import urllib3
    except ImportError as error:
        raise StudioError("The client for S3 is not installed.", "Install it with: pip install minio") from error
    if not place.access_key or not place.secret_key:
        raise UsageError(
            "The store's keys are missing.", "Set DAILIES_STORE__ACCESS_KEY and DAILIES_STORE__SECRET_KEY."
        )
    return urllib3.PoolManager(
        timeout=urllib3.Timeout(connect=CONNECT_S, read=READ_S), retries=False, maxsize=8, ca_certs=place.ca or None
    )


def unreachable(place: Place, said: str) -> StoreUnreachable:
    return StoreUnreachable(
        f"The artifact store at {place.address} does not answer ({said}).", "Work goes on by itself when it does."
    )


def refused(status: int, body: str) -> StudioError:
    """What a server said that no second try would change; never a key."""
    said = _code(body) or f"answer {status}"
    return StudioError(f"The artifact store refused: {said}.", CURE)


def _code(body: str) -> str:
    found = CODE.search(body)
    return found[1] if found else ""
