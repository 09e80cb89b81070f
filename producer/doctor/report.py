"""Everything together: the machine, the software, every engine's state, and what the planner would make of it."""

from __future__ import annotations

from config.errors import StudioError
from config.house import House
from producer.doctor import software
from producer.doctor.software import Part
from producer.engines.registry import Registry
from producer.engines.servers import model_servers
from producer.gpu import budget
from producer.machine import Machine, look_around
from producer.plan.freeze import Capability, Waiting, engine_order, freeze_plan
from producer.plan.presets import PRESETS, lacks, preset_of
from producer.ready import publish_capabilities
from storage.documents import Frozen
from storage.orders import Brief, BriefOptions, PresenterSpec, ShowSpec, TopicCopy


class Choice(Frozen):
    """What a stage would be made with now."""

    stage: str
    engine: str
    reason: str


class Missing(Frozen):
    stage: str
    reason: str
    cure: str = ""


class Reach(Frozen):
    """One preset: whether this machine reaches it, and what it misses."""

    id: str
    title: str
    reached: bool
    missing: tuple[Missing, ...] = ()


class Report(Frozen):
    """What `run.py doctor --json` prints."""

    machine: Machine
    software: tuple[Part, ...]
    engines: tuple[Capability, ...]
    variant: str = ""
    preset: str = ""
    choices: tuple[Choice, ...] = ()
    presets: tuple[Reach, ...] = ()
    waiting: str = ""
    """Why no clip could be made now; "" = one could."""


def examine(house: House) -> Report:
    """Looks at everything; starts, loads and changes nothing."""
    settings, servers = house.settings, model_servers(house.settings)
    machine = look_around(house.folder.root)
    registry = Registry(weights=house.folder.weights, servers=servers)
    room = budget(settings.workers.memory_mb, list(machine.gpus))
    capabilities = publish_capabilities(registry, settings.production.licences, budget_mb=room)
    stubs = settings.production.engines == "stub"
    shown = tuple(c for c in capabilities if c.engine.startswith("stub-") == stubs)
    parts = (
        software.torch_build(),
        software.encoder(),
        software.ffmpeg(),
        software.queue_server(house.folder, house.redis_url),
        *software.artifact_store(house),
        software.ollama(servers["ollama"]),
        *software.crashes(house.folder.root),
    )
    return judged(machine, parts, shown, settings.production.engines)


def judged(machine: Machine, parts: tuple[Part, ...], engines: tuple[Capability, ...], order: str) -> Report:
    """The report, with what the planner would choose for a usual clip: English, spoken by the drawn presenter."""
    found = {capability.engine: capability for capability in engines}
    facts = {"machine": machine, "software": parts, "engines": engines}
    plan = freeze_plan(USUAL, found, engine_order(order))
    if isinstance(plan, Waiting):
        return Report(**facts, waiting=str(plan))
    reaches = []
    for preset in PRESETS:
        missing = lacks(preset, plan, found)
        told = tuple(Missing(stage=lack.stage, reason=lack.reason, cure=lack.cure) for lack in missing)
        reaches.append(Reach(id=preset.id, title=preset.title, reached=not missing, missing=told))
    chosen = {stage: plan.engine_for(stage) for stage in plan.engines}
    return Report(
        **facts,
        variant=plan.variant,
        preset=preset_of(plan, found).id,
        choices=tuple(Choice(stage=s, engine=c.engine, reason=c.reason) for s, c in chosen.items()),
        presets=tuple(reaches),
    )


USUAL = Brief(
    topic=TopicCopy(title="A usual topic"),
    show=ShowSpec(slug="usual", name="Usual"),
    presenter=PresenterSpec(slug="mara", name="Mara", look={"name": "mara"}),
    options=BriefOptions(),
)


def healthy(report: Report) -> None:
    """Raises StudioError when no clip could be made on this machine now."""
    if report.waiting:
        raise StudioError("No clip can be made here now.", report.waiting)
    broken = next((part for part in report.software if part.state == "missing"), None)
    if broken is not None:
        raise StudioError(f"{broken.name}: {broken.detail}.", broken.cure)
