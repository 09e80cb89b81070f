"""One GPU: who may fill it, and how much of it is free."""

from __future__ import annotations

import fcntl
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

from config.errors import Cancelled, Unavailable
from producer.machine import Gpu, has_gpu, nvidia_gpus

Gauge = Callable[[], int | None]
"""Device memory that nobody uses now, in MB; None where nothing can tell."""
PATIENCE_S, LOOK_S = 60.0, 0.2
RESERVE = 0.06
"""Of a card, the share that its driver and the desktop need."""


def no_gauge() -> int | None:
    """Where there is no device."""
    return None


def free_mb() -> int | None:
    """What is free of the first GPU, whoever fills the rest. Asks torch where it computes there already (that is quick),
    else NVIDIA's own tool."""
    torch = sys.modules.get("torch")
    if torch is not None and torch.cuda.is_initialized():
        return int(torch.cuda.mem_get_info()[0] / 1e6)
    return next((round(gpu.free_mib * 1.048576) for gpu in nvidia_gpus()), None) if has_gpu() else None


def budget(allowed_mb: int, gpus: list[Gpu]) -> int:
    """What engines may fill: as the settings say, but no more than the first card has to give."""
    return min([allowed_mb, *(int(gpu.memory_mib * 1.048576 * (1 - RESERVE)) for gpu in gpus[:1])])


class GpuLease:
    """Held by whoever fills a GPU. The system takes it back from a process that dies.

    All studios of one user share it, for they share the card.
    """

    def __init__(self, path: Path, patience_s: float = PATIENCE_S) -> None:
        self._path, self._patience_s = path, patience_s
        self._file: IO[bytes] | None = None

    @property
    def held(self) -> bool:
        return self._file is not None

    def take(self, cancelled: Callable[[], bool] = lambda: False) -> None:
        """Wait for it. Raises Unavailable when somebody holds it for too long, or Cancelled."""
        if self._file is not None:
            return
        file = open(os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600), "r+b")  # noqa: PTH123, SIM115
        until = time.monotonic() + self._patience_s
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if cancelled() or time.monotonic() >= until:
                    holder = self._path.read_text().strip()
                    file.close()
                    if cancelled():
                        raise Cancelled from None
                    raise Unavailable(
                        f"Another studio (process {holder or 'unknown'}) fills the GPU.", "Let it end, or stop it."
                    ) from None
                time.sleep(LOOK_S)
        file.truncate(0)
        file.write(str(os.getpid()).encode())
        file.flush()
        self._file = file

    def leave(self) -> None:
        if self._file is not None:
            self._file.close()
        self._file = None


def lease_here() -> GpuLease | None:
    """The lease of the first GPU that this process sees; None on a machine without any."""
    if not has_gpu():
        return None
    number = os.environ.get("CUDA_VISIBLE_DEVICES", "0").split(",")[0].strip() or "none"
    name = "".join(letter for letter in number if letter.isalnum() or letter == "-")
    base = Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir())
    return GpuLease(base / f"dailies-{os.getuid()}-gpu-{name}.lock")
