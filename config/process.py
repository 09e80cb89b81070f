"""What this process has used of the machine, and what happens to it when its parent dies."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from pathlib import Path
from resource import RUSAGE_SELF, getpagesize, getrusage


def peak_mb() -> float:
    """The most memory that was resident at once, in MB, so far or since `forget_peak`."""
    if sys.platform == "linux":
        status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
        return int(status["VmHWM"].split()[0]) * 1024 / 1e6
    return getrusage(RUSAGE_SELF).ru_maxrss / 1e6  # macOS counts in bytes (getrusage(2))


def resident_mb() -> float:
    """The memory that is resident now, in MB. Elsewhere than on Linux: the peak."""
    if sys.platform == "linux":
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        return pages * getpagesize() / 1e6
    return peak_mb()


def die_with_parent() -> None:
    """For `preexec_fn`. Linux: the new process is asked to stop when its parent dies, however it died (prctl(2),
    PR_SET_PDEATHSIG = 1)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def forget_peak() -> None:
    """Linux counts the peak anew from here (proc(5), clear_refs). Elsewhere it stays the process's so far."""
    if sys.platform == "linux":
        Path("/proc/self/clear_refs").write_text("5")


def process_space() -> str:
    """Where process numbers mean the same as here: this start of this machine, in this container. Empty where nobody can tell.
    (Linux: proc(5), `boot_id`; pid_namespaces(7). Containers may share a host's name and not its process numbers.)"""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        return f"{boot}/{Path('/proc/self/ns/pid').stat().st_ino}"
    except OSError:
        return ""


def is_alive(pid: int) -> bool:
    """Whether a process with this number is there."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # it lives, and is somebody else's
        return True
    return True
