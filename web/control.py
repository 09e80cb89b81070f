"""The control process: everything that decides and shows, put together, started and stopped in reading order."""

from __future__ import annotations

import signal
from functools import partial

import uvicorn

from config.crashes import watch_for_crashes
from config.house import House
from config.logs import start_logging
from producer.clip import Stepper
from producer.control import Control
from producer.dispatcher import Dispatcher
from producer.doctor.report import examine
from producer.engines.registry import Registry
from producer.engines.servers import model_servers
from producer.memory import LARGE, SPARE, give_back_memory
from producer.plan.freeze import engine_order
from producer.queue.connection import connect, greet
from review.bucket import Bucket
from review.carrier import Carrier
from scraper.autopilot import Autopilot, fetch_policy, limits_of
from storage.events import Event
from storage.open_store import open_store
from storage.stream import StreamReader
from storage.writer import Writer
from web.app import create_app
from web.commands import StudioCommands
from web.example import load_example_show
from web.facts import engine_facts
from web.housekeeping import Housekeeping
from web.local import LocalServer
from web.meters import Meters
from web.production import DeskProduction
from web.studio import Studio
from web.webhooks.messenger import Messenger

PATIENCE_S = 10.0
"""Somebody sits before the desk and waits while the artifact store does not answer."""


def run_control(house: House) -> None:
    """Serve until SIGTERM or Ctrl-C. Raises StudioError when another control process holds the folder."""
    folder, settings, redis_url = house.folder.make(), house.settings, house.need_redis("The control process")
    give_back_memory(LARGE // 4, SPARE // 8, heaps=1)  # two dozen threads, of which one runs at a time
    start_logging("control", folder.logs, settings.log.level, style=settings.log.style)
    greet(redis_url)
    watch_for_crashes("control", folder.root)
    with folder.lock("control"):
        folder.make_runtime()
        writer = Writer(folder.database).start()
        dispatcher = Dispatcher(connect(redis_url), settings.workers.deadline_s, settings.workers.lease_s)
        stepper = Stepper(
            engine_order(settings.production.engines, settings.production.encoder), settings.production.attempts
        )
        artifacts = open_store(house, min(PATIENCE_S, settings.store.patience_s))
        brain = Control(
            writer, folder.database, dispatcher, stepper, on_finished=lambda _event: autopilot.collect(), store=artifacts.id
        )  # fmt: skip
        autopilot = Autopilot(
            writer,
            folder.database,
            fetch_policy(settings.scraper),
            limits_of(settings),
            dispatcher.enqueue,
            brain.wake,
        )
        meters = Meters(folder.database)

        def hear(events: list[Event]) -> None:
            brain.hear(events)
            meters.hear(events)

        reader = StreamReader(lambda: connect(redis_url), writer, hear)
        production = DeskProduction(writer, brain, stepper, dispatcher, autopilot, partial(examine, house))
        commands = StudioCommands(
            writer,
            folder.database,
            artifacts,
            address=house.address,
            wake=brain.wake,
            scrape=autopilot.scrape,
            progress=brain.progress,
            every_minutes=settings.autopilot.every_minutes if settings.autopilot.enabled else 0,
            production=production,
        )
        local = LocalServer(folder.socket, commands)
        studio = Studio(
            settings,
            folder,
            writer,
            artifacts,
            production,
        )
        studio.signer()  # made on first start; one that cannot be used is told now, not at the first export
        messenger = Messenger(writer, settings.webhooks)
        facts = engine_facts(Registry(weights=folder.weights, servers=model_servers(settings)))
        app = create_app(studio, facts, meters)
        desk = uvicorn.Server(
            uvicorn.Config(app, settings.web.host, settings.web.port, log_level="warning", timeout_graceful_shutdown=1)
        )

        housekeeping = Housekeeping(writer, artifacts, settings.trash.keep_days, settings.webhooks.keep_days)
        carriers = [Carrier(writer, folder.database, folder.exports, Bucket(settings.s3)) for _ in studio.targets]
        brain.start()
        housekeeping.start()
        reader.start()
        messenger.start()
        for carrier in carriers:
            carrier.start()
        for show in load_example_show(writer, artifacts):
            autopilot.scrape(show.slug)
        autopilot.collect()
        if settings.autopilot.enabled:
            autopilot.start()
        local.start()
        for number in (signal.SIGINT, signal.SIGTERM):  # uvicorn raises what it caught once more when it is done
            signal.signal(number, lambda *_: None)
        try:
            desk.run()
        finally:
            local.stop()
            housekeeping.stop()
            for carrier in carriers:
                carrier.stop()
            autopilot.stop()
            messenger.stop()
            reader.stop()
            brain.stop()
            writer.stop()
