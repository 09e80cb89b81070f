"""`run.py make` with no studio running: the same work in this very process."""

from __future__ import annotations

import functools
from typing import Any

from rich.console import Console

from config.house import House
from config.logs import start_logging
from producer.clip import Stepper
from producer.engines.registry import Registry
from producer.engines.servers import model_servers
from producer.gpu import budget
from producer.inline import inline_events, make_inline
from producer.machine import nvidia_gpus
from producer.plan.freeze import engine_order
from producer.ready import publish_capabilities
from producer.residency import residency_here
from producer.stage import StageHandler
from producer.work import Performer
from storage.events import Event
from storage.open_store import open_store
from storage.work import record_all_lost
from storage.writer import Writer
from web.commands import StudioCommands
from web.example import load_example_show
from web.local_client import Reply
from web.terminal.make import follow_inline, undamaged


def make_without_studio(house: House, order: dict[str, Any], console: Console) -> Reply:
    """Order a clip and make it. Returns its report. Raises UsageError for a bad order."""
    folder, settings = house.folder, house.settings
    start_logging("make", folder.logs, settings.log.level, style=settings.log.style, terminal="CRITICAL")
    with folder.lock(), folder.lock("control"):
        writer = Writer(folder.database).start()
        try:
            writer.do(record_all_lost)  # the locks say so: whatever was under way has no worker
            artifacts = open_store(house)
            load_example_show(writer, artifacts)
            progress: dict[str, tuple[float, str]] = {}

            def watch(event: Event) -> None:
                progress[event.key] = (event.fraction, event.message)

            commands = StudioCommands(writer, folder.database, artifacts, progress=progress)
            clip_id = commands.make(**order)["clip"]
            registry = Registry(weights=folder.weights, servers=model_servers(settings))
            residency = residency_here(registry.create, settings.workers.memory_mb, folder.root)
            stages = StageHandler(residency, artifacts, folder.root / "work" / "make")
            work = functools.partial(
                make_inline,
                writer,
                folder.database,
                Stepper(
                    engine_order(settings.production.engines, settings.production.encoder), settings.production.attempts
                ),
                Performer({"stage": stages}, inline_events(writer, watch), "inline"),
                {
                    capability.engine: capability
                    for capability in publish_capabilities(
                        registry, settings.production.licences, budget(settings.workers.memory_mb, nvidia_gpus())
                    )
                },
                clip_id,
            )
            return undamaged(artifacts, lambda: follow_inline(commands.call, clip_id, console, work), commands.call)
        finally:
            writer.stop()
