"""What this machine is made of, found without importing anything heavy."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from pathlib import Path

from storage.documents import Frozen

GPU_DEVICES = ("/dev/nvidiactl", "/dev/kfd", "/dev/dxg")
"""What the drivers of NVIDIA and AMD create, and the one of Windows' Linux."""
NVIDIA = ["nvidia-smi", "--query-gpu=name,memory.total,memory.free,driver_version", "--format=csv,noheader,nounits"]
AMD_CARDS = Path("/sys/class/drm")
PATIENCE_S = 10


class Gpu(Frozen):
    """One graphics card that computes. `free_mib` is what nobody uses at this moment."""

    name: str
    memory_mib: int
    free_mib: int
    driver: str


class Machine(Frozen):
    """What everything runs on. `free_disk_mb` is where the data folder is."""

    system: str
    python: str
    processor: str
    cores: int
    memory_mb: int
    free_memory_mb: int
    free_disk_mb: int
    gpus: tuple[Gpu, ...] = ()


def has_gpu() -> bool:
    """Whether a GPU that computes has a driver here."""
    return any(Path(device).exists() for device in GPU_DEVICES)


def look_around(data: Path) -> Machine:
    """The machine as it is now."""
    total, free = _memory()
    here = next(folder for folder in (data, *data.parents) if folder.exists())
    return Machine(
        system=f"{platform.system()} {platform.release()}",
        python=platform.python_version(),
        processor=_processor(),
        cores=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
        memory_mb=total,
        free_memory_mb=free,
        free_disk_mb=shutil.disk_usage(here).free // 1_000_000,
        gpus=(*nvidia_gpus(), *amd_gpus()),
    )


def nvidia_gpus() -> list[Gpu]:
    """What NVIDIA's own tool says; none when there is no tool, no card, or no driver that answers."""
    try:
        told = subprocess.run(NVIDIA, capture_output=True, text=True, timeout=PATIENCE_S, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return []
    rows = [[cell.strip() for cell in line.rsplit(",", 3)] for line in told.splitlines() if line.count(",") >= 3]
    return [
        Gpu(name=name, memory_mib=_number(total), free_mib=_number(free), driver=driver)
        for name, total, free, driver in rows
    ]


def amd_gpus(cards: Path = AMD_CARDS) -> list[Gpu]:
    """What the amdgpu driver writes into its files."""
    found = []
    for total in sorted(cards.glob("card*/device/mem_info_vram_total")):
        device = total.parent
        memory, used = _number(total.read_text()), _number(_read(device / "mem_info_vram_used"))
        name = _read(device / "product_name") or "AMD GPU"
        version = _read(Path("/sys/module/amdgpu/version")) or "amdgpu"
        found.append(Gpu(name=name, memory_mib=memory >> 20, free_mib=(memory - used) >> 20, driver=version))
    return found


def _memory() -> tuple[int, int]:
    """Total and available, in MB; 0 where the system does not say."""
    told = dict(line.split(":", 1) for line in _read(Path("/proc/meminfo")).splitlines() if ":" in line)
    return tuple(_number(told.get(key, "0").split()[0]) * 1024 // 1_000_000 for key in ("MemTotal", "MemAvailable"))  # type: ignore[return-value]


def _processor() -> str:
    for line in _read(Path("/proc/cpuinfo")).splitlines():
        if line.startswith(("model name", "Model")):
            return " ".join(line.split(":", 1)[1].split())
    return platform.processor() or platform.machine()


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace").strip()
    except OSError:
        return ""


def _number(text: str) -> int:
    return int(text) if text.strip().isdigit() else 0
