"""`run.py up`: what the terminal shows from the first start to the first clip that is ready for review."""

from __future__ import annotations

import os
import shutil
import signal
import threading
from functools import partial

import redis
from loguru import logger
from rich.console import Console

from config.crashes import report_death, watch_for_crashes
from config.errors import DailiesError
from config.house import House
from config.logs import start_logging
from producer.engines.registry import Registry
from producer.engines.servers import model_servers
from producer.plan.freeze import engine_order
from producer.queue.connection import connect, greet
from producer.queue.leases import read_leases
from producer.queue.valkey import EmbeddedValkey
from producer.ready import gpu_worker_lanes
from producer.supervisor import STUDIO, Supervisor, end_left_over
from storage.inspection import require_sound
from web.local_client import LocalClient
from web.terminal.progress import ClipProgress

TICK_S = 0.3
SILENT_LEASES = 3
"""After so many leases in which nothing was heard of it, a worker counts as hung."""


def run_studio(house: House) -> None:
    """Start the queue's server, the control process and the workers; keep them alive until Ctrl-C; stop them all."""
    folder, settings = house.folder.make(), house.settings
    start_logging("up", folder.logs, settings.log.level, style=settings.log.style)
    watch_for_crashes("up", folder.root)
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    with folder.lock():
        if folder.database.exists():
            require_sound(folder.database, thorough=False)
        valkey = None if house.redis_url else EmbeddedValkey(folder)
        redis_url = valkey.url if valkey else house.redis_url
        if house.redis_url:
            greet(redis_url)
        server, workers = connect(redis_url), settings.workers
        lanes = gpu_worker_lanes(
            Registry(weights=folder.weights, servers=model_servers(settings)), engine_order(settings.production.engines)
        )
        end_left_over(str(folder.root))
        supervisor = Supervisor({**os.environ, "REDIS_URL": redis_url, STUDIO: str(folder.root)})
        supervisor.on_death = partial(report_death, folder.root)
        supervisor.add("The control process", house.command("control"), "control")
        supervisor.add("The GPU worker", house.command("worker", "--name", "gpu", "--lanes", lanes), "worker-gpu")
        supervisor.add("The CPU worker", house.command("worker", "--name", "cpu", "--lanes", "cpu"), "worker-cpu")
        first = FirstClip(LocalClient(folder.socket), Console())
        try:
            while not stopping.is_set():
                if valkey:
                    valkey.ensure()
                supervisor.check()
                try:
                    supervisor.kill_hung(read_leases(server), workers.deadline_s, SILENT_LEASES * workers.lease_s)
                except redis.RedisError as error:
                    logger.warning("The queue is out of reach: {}", error)
                    supervisor.excuse_silence()
                first.look()
                stopping.wait(TICK_S)
        finally:
            first.close()
            supervisor.stop()
            if valkey:
                valkey.stop()
            shutil.rmtree(folder.runtime, ignore_errors=True)


class FirstClip:
    """Watches a starting studio. `look` is called a few times a second, and does nothing once it has said its last word."""

    def __init__(self, client: LocalClient, console: Console) -> None:
        self._client, self._console = client, console
        self._progress: ClipProgress | None = None
        self._waiting: set[str] = set()
        self._done = False

    def look(self) -> None:
        if self._done:
            return
        try:
            status = self._client.call("status")
        except DailiesError:  # still starting
            return
        if self._progress is None:
            self._console.print(f"The studio is up: {status['address']}", markup=False, soft_wrap=True)
            self._progress = ClipProgress(self._console).__enter__()
        for row in status["clips"]:
            if row["production"] == "waiting" and row["waiting"] not in self._waiting:
                self._waiting.add(row["waiting"])
                self._console.print(f"Waiting: {row['title'][:60]}. {row['waiting']}", markup=False, soft_wrap=True)
            if row["production"] == "making":
                self._progress.show(self._client.call("clip", clip=row["id"]))
        settled = [row for row in status["clips"] if row["production"] in ("ready", "failed")]
        if settled:
            self._conclude(settled[-1])

    def close(self) -> None:
        if self._progress is not None:
            self._progress.__exit__()
            self._progress = None

    def _conclude(self, row: dict[str, object]) -> None:
        self.close()
        self._done = True
        if row["production"] == "ready":
            self._console.print(f"Ready for review: {row['title']}", markup=False, soft_wrap=True)
        else:
            self._console.print(f"The first clip failed: {row['failure']}", markup=False, soft_wrap=True)
        link = self._client.call("login-link")["link"]
        self._console.print("Stop the studio with Ctrl-C.", markup=False)
        self._console.print("Watch it here (this link logs you in once, within the hour):", markup=False)
        self._console.print(f"  {link}", markup=False, soft_wrap=True)
