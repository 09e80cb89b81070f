"""Which engines are loaded on this worker: small ones stay, heavy ones make room for each other.

    wanted ─▶ lease of the GPU ─▶ evict, least recently used first, until it fits ─▶ load at its profile ─▶ measure

All that fills a device counts, whoever's memory it is: networks in this process, a model in Ollama (its `unload` asks the
server to let go, and waits), a program of its own. What an engine was seen to take replaces what it says of itself.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from loguru import logger

from producer.engines.base import Engine
from producer.gpu import Gauge, GpuLease, budget, free_mb, lease_here, no_gauge
from producer.machine import nvidia_gpus
from producer.measured import FILE, Measured
from producer.plan.freeze import ONE_WAY

LOOKS = 3
"""After how many runs of a loaded engine what it takes is looked at: by then it has taken what it will."""


@dataclass
class _Resident:
    """A loaded engine, what it is taken to need, and what was free before it came (None = nobody can tell)."""

    engine: Engine
    profile: str
    needs_mb: int
    free_before_mb: int | None
    load_s: float
    looks_left: int = LOOKS


class Residency:
    """Loads engines on demand and evicts the least recently used ones beyond a device memory budget in MB.

    `device` is handed to each: cpu, cuda:0 …, or auto. `lease` is held as long as a heavy engine is loaded; `gauge` says
    how much of the device is free; `measured` remembers what engines took.
    """

    def __init__(
        self, create: Callable[[str], Engine], budget_mb: int, device: str = "auto", *,
        lease: GpuLease | None = None, gauge: Gauge = no_gauge, measured: Measured | None = None,
    ) -> None:  # fmt: skip
        self._create, self._budget_mb, self._device = create, budget_mb, device
        self._lease, self._gauge, self._measured = lease, gauge, measured or Measured()
        self._loaded: dict[str, _Resident] = {}
        self._newest: _Resident | None = None
        self.swaps = 0
        """How often a heavy engine had to be loaded."""

    @property
    def resident(self) -> list[str]:
        """Loaded engines, least recently used first."""
        return list(self._loaded)

    def load(self, engine_id: str, profile: str = ONE_WAY, cancelled: Callable[[], bool] = lambda: False) -> Engine:
        """The engine, loaded at a profile. Raises Unavailable, OutOfMemory, or Cancelled while it waits for the GPU."""
        known = self._loaded.pop(engine_id, None)
        if known is not None and known.profile == profile:
            self._loaded[engine_id] = known
            return known.engine
        if known is not None:
            known.engine.unload()
        engine = self._create(engine_id)
        if profile != ONE_WAY:
            engine.profile = profile  # type: ignore[attr-defined]  # engines with profiles have it
        heavy = engine.info.memory_mb > 0
        needs = self._measured.memory_mb(engine_id, profile) or engine.info.memory_mb if heavy else 0
        if heavy:
            self._make_room(needs)
            if self._lease is not None:
                self._lease.take(cancelled)
        logger.debug("Loading {} ({})", engine_id, profile)
        free, started = self._gauge() if heavy else None, time.monotonic()
        try:
            engine.load(self._device)
        except BaseException:
            self._leave_if_empty()
            raise
        self.swaps += heavy
        one = _Resident(engine, profile, needs, free, round(time.monotonic() - started, 2))
        self._loaded[engine_id] = one
        if heavy:
            self._newest = one
        return engine

    def measure(self, engine: Engine) -> None:
        """Look what it took while it ran; told after each run. Only of the one that came last can that be known: what is
        free has since then changed by what it took."""
        one = self._newest
        if one is None or one.engine is not engine or one.looks_left == 0:
            return
        one.looks_left -= 1
        free = self._gauge()
        if free is not None and one.free_before_mb is not None and one.free_before_mb > free:
            one.needs_mb = one.free_before_mb - free
            self._measured.note(engine.info.id, one.profile, one.needs_mb, one.load_s)

    def evict_all(self) -> None:
        self._newest = None
        for engine_id in self.resident:
            self._loaded.pop(engine_id).engine.unload()
        self._leave_if_empty()

    def _make_room(self, wanted_mb: int) -> None:
        """Until it fits into the budget, and into what others leave of the card."""
        for engine_id in self.resident:
            if self._has_room(wanted_mb):
                return
            if self._loaded[engine_id].needs_mb:
                logger.debug("Evicting {}", engine_id)
                self._loaded.pop(engine_id).engine.unload()

    def _has_room(self, wanted_mb: int) -> bool:
        if sum(one.needs_mb for one in self._loaded.values()) + wanted_mb > self._budget_mb:
            return False
        free = self._gauge()
        return free is None or free >= wanted_mb

    def _leave_if_empty(self) -> None:
        if self._lease is not None and not any(one.needs_mb for one in self._loaded.values()):
            self._lease.leave()


def residency_here(create: Callable[[str], Engine], allowed_mb: int, data: Path) -> Residency:
    """The residency of a process that works on this machine, for the studio in that data folder."""
    return Residency(
        create, budget(allowed_mb, nvidia_gpus()), lease=lease_here(), gauge=free_mb, measured=Measured(data / FILE)
    )
