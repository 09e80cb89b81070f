"""Why a program failed, read from how it ended and the last lines that it printed. Pure."""

from __future__ import annotations

import re
import signal
from collections.abc import Sequence
from dataclasses import dataclass

from config.errors import BadInput, EngineError, OutOfMemory, Unavailable

DEVICE_FULL = re.compile(
    r"CUDA out of memory|torch\.(cuda\.)?OutOfMemoryError|CUDA error: out of memory|CUBLAS_STATUS_ALLOC_FAILED"
    r"|HIP out of memory|NCCL.*out of memory|MPS backend out of memory"
)
"""What torch says when the device is full, in its versions 1.12 to 2.13."""
NO_FACE = re.compile(r"Can't get the coeffs of the input|can not detect the landmark from source image", re.IGNORECASE)
"""SadTalker: printed before it exits with 0 and no film; raised as a string, which is a TypeError."""
NO_DRIVER = re.compile(
    r"Found no NVIDIA driver|no CUDA-capable device|Torch not compiled with CUDA|No CUDA GPUs are available"
    r"|no kernel image is available for execution"
)
NO_MODULE = re.compile(r"ModuleNotFoundError: No module named '([^']+)'")
SHOWN = 12
"""Lines of the log that an error carries."""


@dataclass(frozen=True)
class Ending:
    """How a program ended. `code`: its exit code, negative for a signal."""

    name: str
    code: int
    tail: Sequence[str]


def verdict(ending: Ending, cure: str) -> EngineError | None:
    """The error that an ending stands for; None when the program ended well, or says so.

    `cure`: the command that sets the program up anew. What names its reason comes before bare codes.
    """
    if ending.code == 0:
        return None
    text, name = "\n".join(ending.tail), ending.name
    if (told := _told(name, text)) is not None:
        return told
    if NO_DRIVER.search(text):
        return Unavailable(f"{name} cannot use this machine's GPU.{shown(ending.tail)}", "Look at: run.py doctor")
    if missing := NO_MODULE.search(text):
        return Unavailable(f"{name} lacks the package {missing[1]}.", cure)
    if ending.code == -signal.SIGKILL:
        return OutOfMemory(
            f"{name} was killed from outside, as Linux does when memory is full.{shown(ending.tail)}",
            "Close other programs, or choose a smaller variant.",
        )
    how = f"by signal {-ending.code}" if ending.code < 0 else f"with code {ending.code}"
    return EngineError(f"{name} ended {how}.{shown(ending.tail)}", "Its last lines say why.")


def empty_handed(name: str, tail: Sequence[str]) -> EngineError:
    """The error of a program that says it went well and made no film."""
    told = _told(name, "\n".join(tail))
    return told or EngineError(f"{name} ended well and made no film.{shown(tail)}", "Its last lines may say why.")


def _told(name: str, text: str) -> EngineError | None:
    if DEVICE_FULL.search(text):
        return OutOfMemory(f"{name} ran out of the GPU's memory.", "Free some of it, or choose a smaller variant.")
    if NO_FACE.search(text):
        return BadInput(f"{name} found no face in this portrait.", "Choose a portrait that shows one from the front.")
    return None


def shown(tail: Sequence[str]) -> str:
    """The last lines as an error shows them; "" when there are none."""
    return "".join(f"\n  | {line[-300:]}" for line in tail[-SHOWN:])
