"""Where a network works, and how it is stopped in the middle of that."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch

from config.errors import OutOfMemory

LOOK_S = 0.2
"""How often, in seconds, somebody is asked whether to go on."""


@dataclass(frozen=True)
class Device:
    """`name`: cpu, cuda:0 …"""

    name: str
    on_gpu: bool

    @classmethod
    def named(cls, wanted: str) -> Device:
        """`wanted`: cpu, cuda:0 …, or auto: the GPU where there is one."""
        on_gpu = wanted.startswith("cuda") or (wanted == "auto" and torch.cuda.is_available())
        return cls((wanted if wanted.startswith("cuda") else "cuda") if on_gpu else "cpu", on_gpu)

    def empty(self) -> None:
        """Give unused memory back."""
        if self.on_gpu:
            torch.cuda.empty_cache()

    @contextmanager
    def computing(self, title: str) -> Iterator[None]:
        """Raises OutOfMemory where a GPU is too small for what is called `title`."""
        try:
            yield
        except torch.OutOfMemoryError as error:
            raise OutOfMemory(
                f"{title} does not fit into the memory of {self.name}.", "Free some, or use a smaller model."
            ) from error


@contextmanager
def interruptible(stop_if_wanted: Callable[[], None]) -> Iterator[None]:
    """Whatever network works meanwhile is left within a layer, once `stop_if_wanted` raises: a step of a large one may take
    many seconds, and so may decoding."""
    looked = time.monotonic()

    def look(*_: Any) -> None:
        nonlocal looked
        if time.monotonic() - looked >= LOOK_S:
            looked = time.monotonic()
            stop_if_wanted()

    hook = torch.nn.modules.module.register_module_forward_pre_hook(look)
    try:
        yield
    finally:
        hook.remove()
