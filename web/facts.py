"""What the desk and the exports say of each engine."""

from __future__ import annotations

from config.errors import DailiesError
from producer.engines.base import EngineInfo
from producer.engines.registry import Registry
from review.licences import CLASSES, EngineFacts


def engine_facts(registry: Registry) -> dict[str, EngineFacts]:
    """Facts of every engine that can be imported here."""
    facts = {}
    for engine_id in registry.ids():
        try:
            engine = registry.create(engine_id)
            engine.check()  # a server says only now which model it runs, and under which licence
            facts[engine_id] = facts_of_info(engine.info)
        except (ImportError, OSError, DailiesError):  # listed as a problem in the capabilities; nothing to say here
            continue
    return facts


def facts_of_info(info: EngineInfo) -> EngineFacts:
    licences = [licence for licence in (info.code_licence, info.weights_licence) if licence]
    return EngineFacts(
        id=info.id,
        title=info.title,
        version=info.version,
        code_licence=info.code_licence.name,
        weights_licence=info.weights_licence.name if info.weights_licence else "",
        licence_class=max((licence.kind for licence in licences), key=CLASSES.index),
        heeds=info.heeds,
    )
