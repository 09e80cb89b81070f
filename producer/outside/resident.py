"""A program of somebody else's that stays: it loads its network once and then does one piece of work after another.

It speaks the small protocol of `answer.py` through its pipes. It is watched like any other (`runner.py`), ends with its worker,
and is asked to stop before it is ended: who answers within a moment keeps its network in memory.
"""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from config.errors import BadInput, Cancelled, EngineError, OutOfMemory, Unavailable
from producer.outside import launch
from producer.outside.lines import Lines
from producer.outside.processes import end_all, marked, resident_mb
from producer.outside.runner import MEMORY_EVERY_S, POLL_S, Program, environment_of, small_enough, within
from producer.outside.verdicts import Ending, shown, verdict

GRACE_S = 0.6
"""How long it may take to stop by itself."""
LONGEST_ANSWER = 1 << 20

Cancel = Callable[[], bool]
Log = Callable[[str], None]


def never() -> bool:
    return False


class Resident:
    """One running program. Started by `start`, which returns what it says of itself; gone after `close`, or when it failed.

    `program.limits` hold for each piece of work, the memory always. Not for several threads.
    """

    def __init__(self, program: Program) -> None:
        self._program, self._mark, self._number = program, uuid.uuid4().hex, 0
        self._process: subprocess.Popen[bytes] | None = None
        self._lines, self._rest = Lines(), b""

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self, seconds: float, cancelled: Cancel = never, log: Log = lambda _line: None) -> dict[str, Any]:
        """Waits until its network is loaded, `seconds` at most. Raises what `ask` raises."""
        self.close()
        self._lines, self._rest, program = Lines(), b"", self._program
        program.room.mkdir(parents=True, exist_ok=True)
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-I", launch.__file__, str(os.getpid()), *program.command],
                cwd=program.room, env=environment_of(program, self._mark), stdin=subprocess.PIPE,
                stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
            )  # fmt: skip
        except OSError as error:
            raise Unavailable(f"{program.name} cannot be started: {error.strerror or error}.", program.cure) from error
        with self._ended_on():
            for facts in self._told(cancelled, log, time.monotonic() + seconds):
                if isinstance(facts.get("ready"), dict):
                    return dict(facts["ready"])
        raise self._gone()

    def ask(self, order: Mapping[str, Any], cancelled: Cancel = never, log: Log = lambda _line: None) -> dict[str, Any]:
        """What it answers to an order. Raises Cancelled, OutOfMemory, BadInput, Unavailable, or EngineError with the last
        lines of its log; after all but Cancelled and BadInput it is gone."""
        self._number += 1
        number = self._number
        with self._ended_on(spared=(Cancelled, BadInput)):
            self._say({**order, "id": number})
            for facts in self._told(cancelled, log, 0.0, number):
                if facts.get("id") != number or "alive" in facts:
                    continue
                if facts.get("stopped"):
                    raise Cancelled
                if "failed" in facts:
                    raise self._failure(str(facts["failed"]), str(facts.get("why", "")))
                if isinstance(facts.get("done"), dict):
                    return dict(facts["done"])
        raise self._gone()

    def close(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        end_all(process.pid, self._mark)
        process.wait()
        for pipe in (process.stdin, process.stdout, process.stderr):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()

    def _say(self, facts: Mapping[str, Any]) -> None:
        if not self.running or self._process is None or self._process.stdin is None:
            raise self._gone()
        try:
            self._process.stdin.write(json.dumps(facts).encode() + b"\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            raise self._gone() from None

    def _told(self, cancelled: Cancel, log: Log, deadline: float, number: int = 0) -> Iterator[dict[str, Any]]:
        """What it says, until it is gone. `deadline` 0 = by the limits. Raises when it has to go."""
        process = self._process
        assert process is not None
        assert process.stdout is not None
        assert process.stderr is not None
        limits, name = self._program.limits, self._program.name
        began = heard_at = looked_at = time.monotonic()
        asked_at = 0.0
        with selectors.DefaultSelector() as selector:
            for pipe in (process.stdout, process.stderr):
                os.set_blocking(pipe.fileno(), False)
                selector.register(pipe, selectors.EVENT_READ)
            while selector.get_map():
                ready = selector.select(POLL_S)
                now = time.monotonic()
                if not asked_at and cancelled():
                    if not number:
                        raise Cancelled
                    self._say({"stop": number})
                    asked_at = now
                if asked_at and now - asked_at > GRACE_S:
                    self.close()
                    raise Cancelled
                if deadline and now > deadline:
                    raise EngineError(f"{name} was not ready in time.{shown(self._lines.tail)}", self._program.cure)
                within(limits, 0.0 if deadline else now - began, now - heard_at, name, self._lines)
                if limits.memory_mb and now - looked_at >= MEMORY_EVERY_S:
                    looked_at = now
                    small_enough(limits.memory_mb, resident_mb(marked(self._mark)), name, self._lines)
                for key, _ in ready:
                    data = os.read(key.fd, 1 << 16)
                    if not data:
                        selector.unregister(key.fileobj)
                        continue
                    heard_at = now
                    if key.fileobj is process.stderr:
                        for line in self._lines.feed(data):
                            log(line)
                    else:
                        yield from self._facts(data)
                if process.poll() is not None and not ready:
                    return

    def _facts(self, data: bytes) -> Iterator[dict[str, Any]]:
        *whole, self._rest = (self._rest + data).split(b"\n")
        if len(self._rest) > LONGEST_ANSWER:
            raise EngineError(f"{self._program.name} answers without an end.", self._program.cure)
        for line in whole:
            try:
                facts = json.loads(line)
            except ValueError:
                facts = None
            if not isinstance(facts, dict):
                said = f"{self._program.name} gave an answer that is none.{shown(self._lines.tail)}"
                raise EngineError(said, self._program.cure)
            yield facts

    def _failure(self, kind: str, why: str) -> EngineError:
        name = self._program.name
        if kind == "memory":
            return OutOfMemory(f"{name} ran out of the GPU's memory.", "Free some of it.")
        if kind == "input":
            return BadInput(f"{name} cannot say this: {why}", "Write it otherwise.")
        return EngineError(f"{name} failed: {why}{shown(self._lines.tail)}", "Its last lines say why.")

    def _gone(self) -> EngineError:
        """Why it is no more."""
        process, name = self._process, self._program.name
        code = process.wait() if process is not None else 0
        self.close()
        for _line in self._lines.close():
            pass
        told = verdict(Ending(name, code, self._lines.tail), self._program.cure)
        return told or EngineError(f"{name} ended while it was needed.{shown(self._lines.tail)}", self._program.cure)

    @contextlib.contextmanager
    def _ended_on(self, spared: tuple[type[Exception], ...] = ()) -> Iterator[None]:
        """Ends the program when anything goes wrong but what is spared."""
        try:
            yield
        except spared:
            raise
        except BaseException:
            self.close()
            raise
