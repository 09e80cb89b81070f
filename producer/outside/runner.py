"""Runs somebody else's program for an engine: watched, bounded, and ended in well under a second when asked.

The program gets a room of its own inside of the engine's work folder, which is also its home and its temporary folder,
and an environment with next to nothing in it: no keys, no proxies, no network caches of the user.
"""

from __future__ import annotations

import os
import selectors
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from config.errors import Cancelled, EngineError, OutOfMemory, Unavailable
from producer.engines.base import Context
from producer.outside import launch
from producer.outside.lines import Lines
from producer.outside.processes import MARK, end_all, marked, resident_mb
from producer.outside.verdicts import Ending, shown, verdict

POLL_S = 0.1
"""How often limits are looked at while nothing is printed; `cancelled` is asked as often."""
MEMORY_EVERY_S = 0.5
LOGGED = 2000
"""Lines that reach the log; what comes after them is only remembered for the error."""
INHERITED = ("LD_LIBRARY_PATH", "CUDA_HOME", "CUDA_PATH", "CUDA_VISIBLE_DEVICES", "HIP_VISIBLE_DEVICES", "SYSTEMROOT")
"""What finds the GPU's libraries, where they are not in the usual place."""


@dataclass(frozen=True)
class Limits:
    """In seconds and MB of main memory; 0 = none. `silence_s`: how long nothing may be printed."""

    seconds: float = 0
    silence_s: float = 0
    memory_mb: float = 0


@dataclass(frozen=True)
class Program:
    """A command and what it needs. `name` is for messages, `cure` is the command that sets it up anew."""

    name: str
    command: Sequence[str]
    room: Path
    """Its current folder: private, and everything that it writes without a path of ours goes there."""
    limits: Limits = Limits()
    environment: Mapping[str, str] = field(default_factory=dict)
    cure: str = ""


def run(program: Program, context: Context, heard: Callable[[str], None] = lambda _line: None) -> tuple[str, ...]:
    """Runs it to its end and returns the last lines it printed. `heard` gets each line, for progress.

    Raises Cancelled, OutOfMemory (the device's or main memory), BadInput (it found no face), Unavailable (it cannot
    start, or lacks a package), or EngineError with the last lines of its log.
    """
    mark = uuid.uuid4().hex
    program.room.mkdir(parents=True, exist_ok=True)
    try:
        process = subprocess.Popen(
            [sys.executable, "-I", launch.__file__, str(os.getpid()), *program.command],
            cwd=program.room, env=environment_of(program, mark), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
    except OSError as error:
        raise Unavailable(f"{program.name} cannot be started: {error.strerror or error}.", program.cure) from error
    lines = Lines()
    try:
        for line in _watched(process, program.limits, context, lines, mark, program.name):
            heard(line)
    finally:
        end_all(process.pid, mark)
        process.wait()
        assert process.stdout is not None
        process.stdout.close()
    failed = verdict(Ending(program.name, process.returncode, lines.tail), program.cure)
    if failed is not None:
        raise failed
    return lines.tail


def environment_of(program: Program, mark: str) -> dict[str, str]:
    """The few variables that the program gets."""
    temporary = program.room / "tmp"
    temporary.mkdir(exist_ok=True)
    found = {name: os.environ[name] for name in INHERITED if name in os.environ}
    return {
        **found,
        "PATH": os.pathsep.join([str(Path(program.command[0]).parent), "/usr/local/bin", "/usr/bin", "/bin"]),
        "HOME": str(program.room),
        "TMPDIR": str(temporary),
        "LANG": "C.UTF-8",
        "PYTHONUNBUFFERED": "1",
        "PYTHONNOUSERSITE": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "HF_HUB_OFFLINE": "1",
        "TRANSFORMERS_OFFLINE": "1",
        **program.environment,
        MARK: mark,
    }


def _watched(
    process: subprocess.Popen[bytes], limits: Limits, context: Context, lines: Lines, mark: str, name: str
) -> Iterator[str]:
    """Its lines until it is gone. Raises when it has to go."""
    assert process.stdout is not None
    began = heard_at = looked_at = time.monotonic()
    logged = 0
    with selectors.DefaultSelector() as selector:
        os.set_blocking(process.stdout.fileno(), False)
        selector.register(process.stdout, selectors.EVENT_READ)
        polled = 0.0
        while True:
            now = time.monotonic()
            if now - polled >= POLL_S:
                polled = now
                if context.cancelled():
                    raise Cancelled
                _within(limits, now - began, now - heard_at, name, lines)
            if limits.memory_mb and now - looked_at >= MEMORY_EVERY_S:
                looked_at = now
                _small_enough(limits.memory_mb, resident_mb(marked(mark)), name, lines)
            data = _read(process, selector)
            if data:
                heard_at = time.monotonic()
            elif process.poll() is not None:  # whoever else holds its mouth open is not waited for
                break
            elif data == b"":
                selector.unregister(process.stdout)
            for line in lines.feed(data or b""):
                logged = _log(line, logged, context)
                yield line
        for line in lines.close():
            _log(line, logged, context)
            yield line


def _read(process: subprocess.Popen[bytes], selector: selectors.BaseSelector) -> bytes | None:
    """What it printed; None when it printed nothing for a moment, b"" when it closed its mouth for good."""
    assert process.stdout is not None
    if not selector.get_map():
        time.sleep(POLL_S)
        return None
    if not selector.select(POLL_S):
        return None
    try:
        return os.read(process.stdout.fileno(), 1 << 16)
    except BlockingIOError:
        return None


def _within(limits: Limits, took: float, silent: float, name: str, lines: Lines) -> None:
    if limits.seconds and took > limits.seconds:
        said = f"{name} was not done after {limits.seconds / 60:.0f} minutes and was ended.{shown(lines.tail)}"
        raise EngineError(said, "Try a shorter script, or another engine.")
    if limits.silence_s and silent > limits.silence_s:
        said = f"{name} said nothing for {limits.silence_s:.0f} seconds and was ended.{shown(lines.tail)}"
        raise EngineError(said, "Its last lines say what it was doing.")


def _small_enough(limit_mb: float, has_mb: float, name: str, lines: Lines) -> None:
    if has_mb > limit_mb:
        said = f"{name} took {has_mb / 1000:.1f} GB of memory, more than the {limit_mb / 1000:.1f} GB it may have"
        raise OutOfMemory(
            f"{said}, and was ended.{shown(lines.tail)}", "Choose a smaller variant, or a shorter script."
        )


def _log(line: str, logged: int, context: Context) -> int:
    if logged < LOGGED:
        context.log(line)
    elif logged == LOGGED:
        context.log("… and more, which is not logged.")
    return logged + 1
