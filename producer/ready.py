"""What this process can do: every registered engine, checked without loading it."""

from __future__ import annotations

from collections.abc import Collection

from producer.engines.base import EngineInfo, LicenceClass, Problem
from producer.engines.registry import Registry
from producer.plan.freeze import Capability, Order

ALLOW = "Read that licence; to allow its class, add it to licences in the [production] of dailies.toml."
ROOM = "If the GPU has more, set memory_mb in the [workers] of dailies.toml."
FREE: tuple[LicenceClass, ...] = ("osi", "use-limited")
"""Licences that let everybody publish what was made."""


def publish_capabilities(
    registry: Registry, licences: Collection[LicenceClass] = FREE, budget_mb: int | None = None
) -> tuple[Capability, ...]:
    """One capability per engine. `budget_mb`: what engines may fill of a device; None = nobody knows. Only profiles that fit
    are offered. One that cannot even be imported or checked is listed with that as its problem; so is
    one whose code or weights are under a licence of a class that is not allowed."""
    return tuple(_capability(registry, engine_id, licences, budget_mb) for engine_id in registry.ids())


def gpu_worker_lanes(registry: Registry, order: Order) -> str:
    """The lanes of the GPU worker: where no preferred engine needs a GPU, it helps on the CPU lane instead of idling."""
    preferred = {engine for engines in order.values() for engine in engines}
    ready = [c for c in publish_capabilities(registry) if c.engine in preferred and not c.problem]
    return "gpu" if any(c.lane == "gpu" for c in ready) else "gpu,cpu"


def _capability(
    registry: Registry, engine_id: str, licences: Collection[LicenceClass], budget_mb: int | None
) -> Capability:
    try:
        engine = registry.create(engine_id)
        problems = engine.check()
    except Exception as error:  # noqa: BLE001 - somebody else's broken engine must not keep ours from working
        return Capability(
            engine=engine_id, stage="?", version="0", problem=f"{engine_id} is broken: {type(error).__name__}: {error}",
            cure="Install it again, or remove its package.",
        )  # fmt: skip
    for licence in filter(None, (engine.info.code_licence, engine.info.weights_licence)):
        unknown = bool(problems) and licence.kind == "unclear"  # of a model that is not there yet
        if licence.kind not in licences and not unknown:
            problems = [Problem(f"{engine.info.title} is under a licence of the class {licence.kind}.", ALLOW)]
    info = engine.info
    fitting = tuple(profile.id for profile in info.profiles if budget_mb is None or profile.memory_mb <= budget_mb)
    if info.profiles and not fitting and not problems:
        least = min(profile.memory_mb for profile in info.profiles)
        problems = [Problem(f"{info.title} needs {least} MB of device memory; {budget_mb} MB are allowed.", ROOM)]
    first = problems[0] if problems else None
    return capability_of(info, first.message if first else "", first.cure if first else "", fitting)


def capability_of(info: EngineInfo, problem: str = "", cure: str = "", profiles: tuple[str, ...] = ()) -> Capability:
    return Capability(
        engine=info.id, stage=info.stage, version=info.version, weights=info.weights, lane=info.lane,
        languages=info.languages, presenters=info.presenters, needs=info.needs, profiles=profiles, problem=problem,
        cure=cure,
    )  # fmt: skip
