"""Crash reports: what a process left behind that ended by a fault or was killed. They stay in the data folder, are few and
small, and hold no secret; nothing is sent anywhere.

    crashes/20261127T231500-worker-gpu.json     who, when, which release, how it ended, the end of its log and traceback
"""

from __future__ import annotations

import faulthandler
import json
import platform
import signal
import sys
import threading
import traceback
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from types import TracebackType

from loguru import logger

from config.logs import redacted

KEPT = 20
TAIL_CHARS = 8000


def watch_for_crashes(process: str, data: Path) -> None:
    """From now on an exception that nobody catches, in any thread, leaves a report; a fault in C leaves its traceback where
    `report_death` finds it."""

    def note(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None, where: str) -> None:
        if issubclass(kind, Exception):
            text = "".join(traceback.format_exception(kind, error, trace))
            logger.error("{} ended by a fault: {}", where, text)
            report(data, process, f"{kind.__name__} in {where}", text)

    def in_thread(args: threading.ExceptHookArgs) -> None:
        name = args.thread.name if args.thread else "a thread"
        note(args.exc_type, args.exc_value, args.exc_traceback, f"thread {name}")

    def in_main(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        note(kind, error, trace, "the main thread")
        sys.__excepthook__(kind, error, trace)

    sys.excepthook, threading.excepthook = in_main, in_thread
    fault = _fault(data, process)
    fault.parent.mkdir(parents=True, exist_ok=True)
    faulthandler.enable(fault.open("w"), all_threads=False)


def report_death(data: Path, process: str, code: int) -> Path | None:
    """After a process ended with `code` (negative: by that signal): how, and what its log said last. Nothing after 0."""
    if code == 0:
        return None
    how = f"killed by {_signal(-code)}" if code < 0 else f"ended with {code}"
    fault, log = _tail(_fault(data, process)), _tail(data / "logs" / f"{process}.log")
    _fault(data, process).unlink(missing_ok=True)
    return report(data, process, how, f"{fault}\n{log}".strip())


def report(data: Path, process: str, how: str, detail: str) -> Path | None:
    """Write a report and forget the oldest. Returns where it is; None on a disk that takes none: that must stop nothing."""
    moment = datetime.now(UTC)
    facts = {
        "at": moment.isoformat(timespec="seconds"), "process": process, "how": redacted(how), "release": version("dailies"),
        "python": platform.python_version(), "system": platform.platform(), "detail": redacted(detail[-2 * TAIL_CHARS :])[-TAIL_CHARS:],
    }  # fmt: skip
    path = data / "crashes" / f"{moment:%Y%m%dT%H%M%S%f}-{process}.json"
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(json.dumps(facts, ensure_ascii=False, indent=1), "utf-8")
        for old in sorted(path.parent.glob("*.json"))[:-KEPT]:
            old.unlink(missing_ok=True)
    except OSError as error:
        logger.warning("A crash report could not be written: {}", error)
        return None
    return path


def told(data: Path) -> str:
    """All reports in one line, the newest named; "" when there are none."""
    reports = sorted((data / "crashes").glob("*.json"))
    if not reports:
        return ""
    try:
        newest = json.loads(reports[-1].read_text("utf-8"))
        return (
            f"{len(reports)}; the newest of {newest['at'][:16].replace('T', ' ')}: {newest['process']}, {newest['how']}"
        )
    except (OSError, ValueError, KeyError):
        return f"{len(reports)}; the newest cannot be read"


def _fault(data: Path, process: str) -> Path:
    return data / "logs" / f"{process}.fault"


def _tail(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace")[-TAIL_CHARS // 2 :]
    except OSError:
        return ""


def _signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
