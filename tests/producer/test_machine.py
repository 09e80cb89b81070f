"""What a machine is made of, as its own tools and files tell it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from producer.machine import Gpu, amd_gpus, look_around, nvidia_gpus


@pytest.fixture
def tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a stand-in for nvidia-smi goes: a real program that prints what the real one does."""
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    return tmp_path / "nvidia-smi"


def prints(tool: Path, text: str, code: int = 0) -> None:
    tool.write_text(f"#!/bin/sh\ncat <<'EOF'\n{text}\nEOF\nexit {code}\n")
    tool.chmod(0o755)


def test_nvidia_cards_are_told_by_their_tool(tool: Path) -> None:
    prints(
        tool, "NVIDIA GeForce RTX 4070, 12282, 11021, 580.95.05\nNVIDIA H100 80GB HBM3, MIG, 81559, 80000, 580.95.05"
    )
    assert nvidia_gpus() == [
        Gpu(name="NVIDIA GeForce RTX 4070", memory_mib=12282, free_mib=11021, driver="580.95.05"),
        Gpu(name="NVIDIA H100 80GB HBM3, MIG", memory_mib=81559, free_mib=80000, driver="580.95.05"),
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [("No devices were found", 6), ("NVIDIA-SMI has failed because it couldn't communicate", 9), ("", 0)],
)
def test_a_tool_without_a_card_tells_none(tool: Path, text: str, code: int) -> None:
    prints(tool, text, code)
    assert nvidia_gpus() == []


def test_amd_cards_are_told_by_their_drivers_files(tmp_path: Path) -> None:
    device = tmp_path / "card1" / "device"
    device.mkdir(parents=True)
    (device / "mem_info_vram_total").write_text(f"{16 << 30}\n")
    (device / "mem_info_vram_used").write_text(f"{1 << 30}\n")
    (device / "product_name").write_text("Radeon RX 7800 XT\n")
    (gpu,) = amd_gpus(tmp_path)
    assert (gpu.name, gpu.memory_mib, gpu.free_mib) == ("Radeon RX 7800 XT", 16384, 15360)


def test_everything_else_is_found_on_any_linux(tmp_path: Path) -> None:
    machine = look_around(tmp_path / "not" / "there" / "yet")
    assert machine.cores >= 1
    assert machine.memory_mb > machine.free_memory_mb > 0
    assert machine.free_disk_mb > 0
    assert machine.processor
    assert not (tmp_path / "not").exists(), "to look changes nothing"
