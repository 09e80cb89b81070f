"""`run.py train`: through a running studio, or in this very process, with a bar and the time that is left."""

from __future__ import annotations

import json
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from config.errors import StudioError
from config.house import House
from config.logs import start_logging
from producer.engines.registry import Registry
from producer.engines.servers import model_servers
from producer.gpu import budget
from producer.inline import inline_events
from producer.machine import nvidia_gpus
from producer.ready import publish_capabilities
from producer.residency import residency_here
from producer.stage import StageHandler
from producer.work import Performer
from storage.database import reading
from storage.events import Event
from storage.open_store import open_store
from storage.training import order_training, trainings
from storage.work import TRAIN, record_all_lost
from storage.writer import Writer
from web.local_client import LocalClient, Reply
from web.training import TrainingWish, prepared_pictures, training_order, training_work

POLL_S = 0.5
Tell = Callable[[float, str], None]


def train_presenter(
    house: House, slug: str, prepared: Path | None, wanted: dict[str, Any], console: Console
) -> Reply:  # fmt: skip
    """The training when it has ended, as `StudioCommands.trainings` tells of it."""
    client = LocalClient(house.folder.make().socket)
    if prepared is not None:
        token, pictures = prepared_pictures(prepared, open_store(house))
        wanted = {**wanted, "token": wanted.get("token") or token, "pictures": pictures}
    wish = TrainingWish.model_validate(wanted)
    with _bar(slug, console) as tell, _asked_to_stop() as stopped:
        if client.answers():
            return _followed(client, slug, wish, tell, stopped)
        return _inline(house, slug, wish, tell, stopped)


def conclude(found: Reply, slug: str, console: Console, *, as_json: bool) -> int:
    """Say what came of it. Returns the exit code: 0 it is learnt, 1 it is not."""
    if as_json:
        console.print_json(json.dumps(found))
        return 0 if found["state"] == "done" else 1
    say = partial(console.print, markup=False, highlight=False, soft_wrap=True)
    learnt, error = found["learnt"], found["error"] or {}
    if found["state"] == "done" and learnt:
        say(
            f"{slug} is learnt: {learnt['lora']['sha256'][:12]}, {learnt['lora']['size'] / 1e6:.1f} MB, for {learnt['engine']}."
        )
        say(f"Best after step {learnt['chosen']} of {learnt['steps']}, by {learnt['chosen_by']}.")
        say(f"Their scenes are painted with it from now on: run.py make --presenter {slug} TOPIC")
        return 0
    if found["state"] == "cancelled":
        say("It is stopped. The same command goes on from there.")
    else:
        say(f"It failed: {error.get('message', found['state'])} {error.get('cure', '')}".strip())
    return 1


def _inline(house: House, slug: str, wish: TrainingWish, tell: Tell, stopped: Callable[[], bool]) -> Reply:
    folder, settings = house.folder, house.settings
    start_logging("train", folder.logs, settings.log.level, style=settings.log.style, terminal="CRITICAL")
    with folder.lock(), folder.lock("control"):
        writer = Writer(folder.database).start()
        try:
            writer.do(record_all_lost)  # the locks say so: whatever was under way has no worker
            registry = Registry(weights=folder.weights, servers=model_servers(settings))
            allowed = budget(settings.workers.memory_mb, nvidia_gpus())
            able = {one.engine: one for one in publish_capabilities(registry, settings.production.licences, allowed)}
            with reading(folder.database) as db:
                order = training_work(slug, training_order(db, slug, wish), able, wish.preset)

            def watch(event: Event) -> None:
                if event.type == "progressed":
                    tell(event.fraction, event.message)

            residency = residency_here(registry.create, settings.workers.memory_mb, folder.root)
            stages = StageHandler(residency, open_store(house), folder.root / "work" / "train")
            performer = Performer({TRAIN: stages}, inline_events(writer, watch), "inline")
            for due in writer.do(partial(order_training, order=order)):
                performer.perform(due, stopped)
            with reading(folder.database) as db:
                return next(row.model_dump(mode="json") for row in trainings(db, slug) if row.key == order.key)
        finally:
            writer.stop()


def _followed(client: LocalClient, slug: str, wish: TrainingWish, tell: Tell, stopped: Callable[[], bool]) -> Reply:
    key, asked = client.call("train", slug=slug, **wish.model_dump(mode="json"))["key"], False
    while True:
        rows = client.call("trainings", slug=slug)["trainings"]
        found: Reply | None = next((row for row in rows if row["key"] == key), None)
        if found is None:
            raise StudioError(f"The training of {slug} vanished.", "Look at the studio's log.")
        if found["state"] not in ("queued", "running"):
            return found
        tell(found["fraction"], found["message"] or found["state"])
        if stopped() and not asked:
            asked = True
            client.call("stop-training", slug=slug)
        time.sleep(POLL_S)


@contextmanager
def _asked_to_stop() -> Iterator[Callable[[], bool]]:
    """Ctrl-C asks once; a second one ends the program as always."""
    asked = threading.Event()

    def hear(_number: int, _frame: object) -> None:
        asked.set()
        signal.signal(signal.SIGINT, before)

    before = signal.signal(signal.SIGINT, hear)
    try:
        yield asked.is_set
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _bar(slug: str, console: Console) -> Iterator[Tell]:
    columns = (TextColumn("{task.description:<52.52}"), BarColumn(28), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task, said = bar.add_task(slug, total=1.0), [-1]

        def tell(fraction: float, words: str) -> None:
            bar.update(task, completed=fraction, description=words)
            if not console.is_terminal and int(10 * fraction) > said[0]:
                said[0] = int(10 * fraction)
                console.print(f"{100 * fraction:.0f} %: {words}", markup=False, soft_wrap=True)

        yield tell
