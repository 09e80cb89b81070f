"""Which engines are loaded on this worker: small ones stay, heavy ones make room for each other."""

from __future__ import annotations

from collections.abc import Callable

from loguru import logger

from producer.engines.base import Engine


class Residency:
    """Loads engines on demand and evicts the least recently used ones beyond a device memory budget in MB.

    `device` is handed to each: cpu, cuda:0 …, or auto.
    """

    def __init__(self, create: Callable[[str], Engine], budget_mb: int, device: str = "auto") -> None:
        self._create, self._budget_mb, self._device = create, budget_mb, device
        self._loaded: dict[str, Engine] = {}
        self.swaps = 0
        """How often a heavy engine had to be loaded."""

    @property
    def resident(self) -> list[str]:
        """Loaded engines, least recently used first."""
        return list(self._loaded)

    def load(self, engine_id: str) -> Engine:
        """The engine, loaded. Raises Unavailable or OutOfMemory."""
        if engine_id in self._loaded:
            self._loaded[engine_id] = self._loaded.pop(engine_id)
            return self._loaded[engine_id]
        engine = self._create(engine_id)
        self._make_room(engine.info.memory_mb)
        logger.debug("Loading {}", engine_id)
        engine.load(self._device)
        self.swaps += engine.info.memory_mb > 0
        self._loaded[engine_id] = engine
        return engine

    def evict_all(self) -> None:
        for engine_id in self.resident:
            self._loaded.pop(engine_id).unload()

    def _make_room(self, wanted_mb: int) -> None:
        for engine_id in self.resident:
            heavy = sum(engine.info.memory_mb for engine in self._loaded.values())
            if wanted_mb == 0 or heavy + wanted_mb <= self._budget_mb:
                return
            if self._loaded[engine_id].info.memory_mb:
                logger.debug("Evicting {}", engine_id)
                self._loaded.pop(engine_id).unload()
