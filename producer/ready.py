"""What this process can do: every registered engine, checked without loading it."""

from __future__ import annotations

from producer.engines.base import EngineInfo
from producer.engines.registry import Registry
from producer.plan.freeze import Capability, Order


def publish_capabilities(registry: Registry) -> tuple[Capability, ...]:
    """One capability per engine. One that cannot even be imported or checked is listed with that as its problem."""
    return tuple(_capability(registry, engine_id) for engine_id in registry.ids())


def gpu_worker_lanes(registry: Registry, order: Order) -> str:
    """The lanes of the GPU worker: where no preferred engine needs a GPU, it helps on the CPU lane instead of idling."""
    preferred = {engine for engines in order.values() for engine in engines}
    ready = [c for c in publish_capabilities(registry) if c.engine in preferred and not c.problem]
    return "gpu" if any(c.lane == "gpu" for c in ready) else "gpu,cpu"


def _capability(registry: Registry, engine_id: str) -> Capability:
    try:
        engine = registry.create(engine_id)
        problems = engine.check()
    except Exception as error:  # noqa: BLE001 - somebody else's broken engine must not keep ours from working
        return Capability(
            engine=engine_id, stage="?", version="0", problem=f"{engine_id} is broken: {type(error).__name__}: {error}",
            cure="Install it again, or remove its package.",
        )  # fmt: skip
    first = problems[0] if problems else None
    return capability_of(engine.info, first.message if first else "", first.cure if first else "")


def capability_of(info: EngineInfo, problem: str = "", cure: str = "") -> Capability:
    return Capability(
        engine=info.id, stage=info.stage, version=info.version, weights=info.weights, lane=info.lane,
        languages=info.languages, presenters=info.presenters, problem=problem, cure=cure,
    )  # fmt: skip
