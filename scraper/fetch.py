"""The guarded client: the only way out of the process for scraping.

Every hop of a redirect passes the same checks (`scraper.guard`); size, time, redirects and unpacking are bounded.
"""

from __future__ import annotations

import functools
import hashlib
import ssl
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from pathlib import Path

import httpcore
import httpx

from config.errors import SourceError
from scraper.guard import Reach, is_file
from scraper.keys import Keys
from scraper.network import Deadline, GuardedBackend, Lookup, resolve
from scraper.unpack import CODINGS, unpack
from scraper.urls import absolute, checked_url, shown
from storage.topics import FetchPolicy, SourceState

REDIRECTS = 5
PERMANENT = (301, 308)
TEMPORARY = (302, 303, 307)
QUIET_S = 10
"""Longest silence of a server, in seconds."""
FEEDS = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
PICTURES = "image/jpeg, image/png, image/webp, image/*;q=0.5"
HOP_HEADERS = ("host", "connection", "accept-encoding", "content-length", "transfer-encoding")
"""Headers that belong to a connection: ours, whatever a program wants."""
RETRY_AFTER_LIMIT = 7 * 24 * 3600


@dataclass(frozen=True)
class Answer:
    """What came back. `url` is where it came from in the end; `moved_to` its new address if it moved for good."""

    url: str
    body: bytes
    content_type: str = ""
    state: SourceState = field(default_factory=SourceState)
    unchanged: bool = False
    moved_to: str = ""


@dataclass(frozen=True)
class Reply:
    """One answer as it came, whatever its status. Names of headers are lower-case; the body is unpacked."""

    status: int
    headers: dict[str, str]
    body: bytes


class Client:
    """Fetches on behalf of one source, which decides how far it may reach. `keys` is what it may show at a service."""

    def __init__(
        self,
        source_url: str,
        policy: FetchPolicy,
        lookup: Lookup = resolve,
        network: httpcore.NetworkBackend | None = None,
        keys: Keys | None = None,
    ) -> None:
        self.keys = keys or Keys()
        self.agent = user_agent()
        self._policy = policy
        self._reach = Reach.of(source_url, policy)
        self._lookup = lookup
        self._network = network or httpcore.SyncBackend()

    def get(
        self,
        url: str,
        state: SourceState | None = None,
        accept: str = FEEDS,
        max_bytes: int | None = None,
        deadline: Deadline | None = None,
        more: Mapping[str, str] | None = None,
    ) -> Answer:
        """The body behind `url`, or `unchanged` when it is still as in `state`. Raises SourceError or Blocked.

        `more` are headers that only the host of `url` itself is shown: a redirect to another one goes without them.
        """
        state = state or SourceState()
        limit = max_bytes or self._policy.max_bytes
        if is_file(url):
            return self._read_file(url, state, limit)
        deadline = deadline or self.deadline()
        here, moved_to, moved_for_good = checked_url(url), "", True
        first = here
        for _ in range(REDIRECTS + 1):
            own = (more or {}) if (here.scheme, here.netloc) == (first.scheme, first.netloc) else {}
            reply = self._ask(here, {**_headers(state, accept), **own}, state, limit, deadline)
            if isinstance(reply, Answer):
                return Answer(str(here), reply.body, reply.content_type, reply.state, reply.unchanged, moved_to)
            here = checked_url(absolute(reply.location, str(here)))
            moved_for_good = moved_for_good and reply.permanent
            moved_to = str(here) if moved_for_good else moved_to
        raise SourceError(f"{shown(url)} redirects more than {REDIRECTS} times.", "Check the address in a browser.")

    def deadline(self) -> Deadline:
        """The time that one whole fetch may take, from now."""
        return Deadline(self._policy.timeout_s)

    def exchange(self, method: str, url: str, headers: Mapping[str, str], body: bytes, deadline: Deadline) -> Reply:
        """One question in a program's own words, one answer, no redirect followed. Raises SourceError or Blocked."""
        own = {name: value for name, value in headers.items() if name.lower() not in HOP_HEADERS}
        with self._asked(checked_url(url), method, own, body, deadline) as response:
            answered = _header_values(response)
            unpacked = unpack(response.iter_stream(), answered.get("content-encoding", ""), self._policy.max_bytes)
            return Reply(response.status, answered, unpacked)

    def files(self, url: str, endings: Collection[str], most: int) -> list[Path]:
        """The files with these endings in a folder, the youngest first, at most so many. Raises SourceError or Blocked."""
        folder = self._reach.local_file(url)
        try:
            found = [f for f in folder.iterdir() if f.suffix.lower() in endings and f.is_file() and f.name[0] != "."]
            return sorted(found, key=lambda file: (-file.stat().st_mtime, file.name))[:most]
        except OSError as e:
            raise SourceError(f"{folder} cannot be read: {e.strerror}.", "Check the path and who may read it.") from e

    def _ask(
        self, url: httpx.URL, headers: Mapping[str, str], state: SourceState, limit: int, deadline: Deadline
    ) -> Answer | _Redirect:
        """One hop."""
        with self._asked(url, "GET", headers, b"", deadline) as response:
            return _read(response, url, state, limit)

    @contextmanager
    def _asked(
        self, url: httpx.URL, method: str, headers: Mapping[str, str], body: bytes, deadline: Deadline
    ) -> Iterator[httpcore.Response]:
        """A request on its way, through the guard. What breaks while it is read is a SourceError too."""
        fixed = {"Host": url.netloc.decode("ascii"), "Accept-Encoding": ", ".join(CODINGS), "Connection": "close"}
        sent = [(name, value.encode("latin-1", "replace")) for name, value in {**headers, **fixed}.items() if value]
        backend = GuardedBackend(self._reach, deadline, self._lookup, self._network)
        timeouts = {"connect": QUIET_S, "read": QUIET_S, "write": QUIET_S, "pool": QUIET_S}
        try:
            with (
                httpcore.ConnectionPool(ssl_context=_tls(), network_backend=backend) as pool,
                pool.stream(
                    method,
                    httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                    headers=sent,
                    content=body or None,
                    extensions={"timeout": timeouts},
                ) as response,
            ):
                yield response
        except httpcore.TimeoutException as e:
            raise SourceError(f"{shown(str(url))} took too long to answer.", "It is tried again later.") from e
        except (httpcore.NetworkError, httpcore.ProtocolError) as e:
            raise _broken_off(shown(str(url)), e) from e

    def _read_file(self, url: str, state: SourceState, limit: int) -> Answer:
        path = self._reach.local_file(url)
        if not path.is_file():
            raise SourceError(f"There is no file {path}.", "Check the path.")
        try:
            with path.open("rb") as file:
                body = unpack(iter(lambda: file.read(1 << 16), b""), "", limit)
        except OSError as e:
            raise SourceError(f"{path} cannot be read: {e.strerror}.", "Check who may read it.") from e
        now = SourceState(etag=hashlib.sha256(body).hexdigest())
        unchanged = now.etag == state.etag
        return Answer(url, b"" if unchanged else body, state=now, unchanged=unchanged)


@dataclass(frozen=True)
class _Redirect:
    location: str
    permanent: bool


def _read(response: httpcore.Response, url: httpx.URL, state: SourceState, limit: int) -> Answer | _Redirect:
    headers = _header_values(response)
    status = response.status
    if status in PERMANENT + TEMPORARY and headers.get("location"):
        return _Redirect(headers["location"], status in PERMANENT)
    if status == 304 and state != SourceState():
        return Answer(str(url), b"", state=state, unchanged=True)
    if status != 200:
        raise _status_error(status, url, headers)
    body = unpack(response.iter_stream(), headers.get("content-encoding", ""), limit)
    new_state = SourceState(etag=headers.get("etag", ""), last_modified=headers.get("last-modified", ""))
    return Answer(str(url), body, headers.get("content-type", ""), new_state)


def _header_values(response: httpcore.Response) -> dict[str, str]:
    return {k.decode("latin-1").lower(): v.decode("latin-1") for k, v in response.headers}


def _headers(state: SourceState, accept: str) -> dict[str, str]:
    return {
        "User-Agent": user_agent(),
        "Accept": accept,
        "If-None-Match": state.etag,
        "If-Modified-Since": state.last_modified,
    }


def _status_error(status: int, url: httpx.URL, headers: dict[str, str]) -> SourceError:
    where = shown(str(url))
    if status in (404, 410):
        return SourceError(f"There is nothing at {where} ({status}).", "Check the address, or remove the source.")
    if status in (401, 403):
        return SourceError(f"{where} lets nobody in ({status}).", "It may need a login, or not want to be read.")
    if status in (429, 503):
        pause = retry_after(headers.get("retry-after", ""))
        return SourceError(f"{where} asks to be left alone for now ({status}).", "It is tried again later.", pause)
    return SourceError(f"{where} answered with status {status}.", "It is tried again later.")


def _broken_off(where: str, error: Exception) -> SourceError:
    reason = error.args[0] if error.args else None  # httpcore wraps what went wrong below it
    if isinstance(reason, ssl.SSLCertVerificationError):
        cure = "Nothing is read from it until it can."
        return SourceError(f"{where} cannot prove who it is: {reason.verify_message.rstrip('.')}.", cure)
    return SourceError(f"{where} broke off: {str(error) or type(error).__name__}.", "It is tried again later.")


def retry_after(value: str) -> int:
    """Seconds, from RFC 9110's two notations; 0 when there is none or it makes no sense."""
    if value.strip().isascii() and value.strip().isdigit():
        return min(int(value.strip()[:9]), RETRY_AFTER_LIMIT)
    try:
        when = parsedate_to_datetime(value)
    except ValueError:
        return 0
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0, min(int((when - datetime.now(UTC)).total_seconds()), RETRY_AFTER_LIMIT))


@functools.cache
def user_agent() -> str:
    """Who we are, truthfully."""
    return f"Dailies/{version('dailies')} (+local studio)"


@functools.cache
def _tls() -> ssl.SSLContext:
    return httpcore.default_ssl_context()
