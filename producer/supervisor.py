"""Keeps the studio's processes alive: starts them, restarts the dead with back-off, kills the hung, stops them all."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from loguru import logger

from config.process import die_with_parent
from producer.outside.processes import marked
from producer.queue.leases import Lease
from producer.queue.tasks import allowed_s

BACKOFF_S = (0.0, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
"""How long to wait before the first, second… restart in a row."""
HEALTHY_S = 30.0
"""A process that lived for so long starts over with no back-off."""
ALARM_AFTER = 5
"""Restarts in a row that are worth an alarm."""
GRACE_S = 3.0
"""What a process has to end by itself when asked to stop."""
SILENCE_S = 30.0
"""A worker whose card was there and is gone for so long hangs, though its process lives."""
LATE_S = 10.0
"""What a worker has to interrupt its own job at the deadline, and to say so on its card, before it counts as hung."""


STUDIO = "DAILIES_STUDIO"
"""By this name in its environment a child is known as one of the studio whose data folder it says."""
RESTARTS = "DAILIES_RESTARTS"
"""By this name in its environment a child learns how often it had to be started again."""


def restarts() -> int:
    """How often this process had to be started again by its supervisor."""
    return int(os.environ.get(RESTARTS, "0"))


@dataclass
class Child:
    """One supervised process."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    restarts: int = 0
    """In a row."""
    starts: int = 0
    """In all."""
    due: float = 0.0
    log: str = ""
    """By this name it logs."""
    seen: float | None = None
    """When this life's card was last seen."""

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None


@dataclass
class Supervisor:
    """Owns the studio's child processes. `check` is to be called a few times a second."""

    environment: Mapping[str, str]
    children: list[Child] = field(default_factory=list)
    clock: Callable[[], float] = time.monotonic
    on_death: Callable[[str, int], object] = lambda _log, _code: None
    """Hears, before a restart, by which name the dead one logged and with what it ended."""

    def add(self, name: str, command: Sequence[str], log: str = "") -> None:
        self.children.append(Child(name, command, log=log))

    def check(self) -> None:
        """Start whoever is not running, unless it has to wait."""
        for child in self.children:
            if child.alive or self.clock() < child.due:
                continue
            if child.process is not None and child.due == 0.0:
                self._plan_restart(child)
                continue
            self._start(child)

    def kill_hung(self, leases: Sequence[Lease], deadline_s: float, silence_s: float = SILENCE_S) -> None:
        """Kill workers whose job runs for longer than any job may, or whose card is gone: only SIGKILL ends a call that
        hangs in C, and one that holds Python's lock keeps the worker from telling anything."""
        children = {child.process.pid: child for child in self.children if child.process is not None}
        ours = {lease.pid for lease in leases if lease.host == socket.gethostname()}
        for pid, child in children.items():
            if pid in ours:
                child.seen = self.clock()
            elif child.alive and child.seen is not None and self.clock() - child.seen > silence_s:
                logger.error("{} has fallen silent and is killed", child.name)
                child.seen = None
                self._kill(child)
        for lease in leases:
            hung = lease.doing is not None and lease.doing.seconds > allowed_s(lease.doing.engine, deadline_s) + LATE_S
            if hung and lease.host == socket.gethostname() and lease.pid in children:
                logger.error("{} hangs in its work and is killed", lease.name)
                self._kill(children[lease.pid])

    def excuse_silence(self) -> None:
        """Nobody could be heard: Redis was out of reach."""
        for child in self.children:
            child.seen = None

    def stop(self) -> None:
        """Ask all to stop, the last started first; kill who does not within the grace, and what they started."""
        running = [(c, c.process) for c in reversed(self.children) if c.process is not None and c.alive]
        for _, process in running:
            process.terminate()
        deadline = self.clock() + GRACE_S
        for child, process in running:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(deadline - self.clock(), 0.05))
            self._kill(child)

    def _plan_restart(self, child: Child) -> None:
        assert child.process is not None
        self._kill(child)
        if self.clock() - child.started > HEALTHY_S:
            child.restarts = 0
        child.restarts += 1
        wait = BACKOFF_S[min(child.restarts, len(BACKOFF_S)) - 1]
        child.due = self.clock() + wait
        level = "ERROR" if child.restarts >= ALARM_AFTER else "WARNING"
        code = child.process.returncode
        self.on_death(child.log, code)
        logger.log(level, "{} ended with {} and is started again (try {})", child.name, code, child.restarts)

    def _start(self, child: Child) -> None:
        environment = {**self.environment, RESTARTS: str(child.starts)}
        child.process = subprocess.Popen(
            list(child.command), env=environment, start_new_session=True, preexec_fn=die_with_parent
        )
        child.starts += 1
        child.started, child.due, child.seen = self.clock(), 0.0, None

    def _kill(self, child: Child) -> None:
        """End a child, and what it started in its process group even if it is dead itself."""
        assert child.process is not None
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.process.pid, signal.SIGKILL)
        child.process.wait()


def end_left_over(studio: str) -> int:
    """Kill what an earlier supervisor of this studio left when it was killed itself: a child that hangs in C does not hear
    that it should stop. Only for who holds the studio's lock. Returns how many there were."""
    left = marked(studio, STUDIO)
    for pid in left:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    if left:
        logger.warning("{} processes of an earlier start were still there and are killed", len(left))
    return len(left)
