#!/usr/bin/env python3
"""Dailies, from the command line.

    python run.py up       the whole studio: queue, control process, workers
    python run.py make     one clip
    python run.py --help   everything else

Every command says in a few lines which parts it puts together; nothing is imported before it is needed.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from config.folders import data_folder
from config.house import House
from web.cli import bench, engines, people, presenters, safety, shows, topics, training
from web.cli.plainly import told_plainly


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--data", type=click.Path(path_type=Path), help="The studio's data folder (or DAILIES_DATA).")
@click.pass_context
def main(context: click.Context, data: Path | None) -> None:
    """Dailies: short presenter videos, made at home, watched by a person before they leave."""
    context.obj = House(data_folder(data))


@main.command()
@click.pass_obj
@told_plainly
def up(house: House) -> None:
    """Run the whole studio until Ctrl-C."""
    from web.terminal.up import run_studio

    run_studio(house)


@main.command()
@click.pass_obj
@told_plainly
def control(house: House) -> None:
    """Run the control process: desk, API, planner, autopilot. (`up` does this for you.)"""
    from web.control import run_control

    run_control(house)


@main.command()
@click.option("--lanes", default="gpu,cpu", show_default=True, help="Which lanes' work to take.")
@click.option("--name", default="worker", show_default=True, help="How it is called.")
@click.option("--redis", default="", help="On another machine: the studio's Redis, as rediss://host:6379/0.")
@click.option("--store", default="", help="On another machine: the studio's artifact store, as s3://bucket/prefix.")
@click.option("--stages", default="", help="Only this work, as speech,video. Reading sources is called scrape.")
@click.option(
    "--grace", type=click.FloatRange(0), help="Seconds to finish the job in hand when asked to stop; grace_s."
)
@click.option("--alive", is_flag=True, help="Only ask whether a worker of this machine is at work, for health checks.")
@click.pass_obj
@told_plainly
def worker(
    house: House, lanes: str, name: str, redis: str, store: str, stages: str, grace: float | None, alive: bool
) -> None:
    """Run one worker. (`up` does this for you.)

    On another machine it needs the studio's Redis and its artifact store, and nothing else; how to log in there stands
    in the environment or in settings: docs/workers.md.
    """
    from config.addresses import has_password
    from producer.queue.serve import need_worker_here, serve_worker
    from producer.queue.tasks import read_tasks
    from storage.open_store import open_store
    from web.errands import errands_of

    house = House(house.folder, redis=redis, store=store)
    tasks = read_tasks(lanes, stages, elsewhere=bool(redis or store))
    if has_password(redis):
        click.echo(
            "A password on the command line can be read by everybody on this machine: put it into DAILIES_REDIS__PASSWORD.",
            err=True,
        )
    if alive:
        need_worker_here(house)
        return
    house.need_redis("A worker")
    artifacts = open_store(house)
    errands = errands_of(house, artifacts) if tasks.scrapes else {}
    serve_worker(house, name, tasks, artifacts, errands, grace)


@main.command()
@click.argument("topic", default="")
@click.option("--script", type=click.File(encoding="utf-8"), help="Speak this file's words (- reads standard input).")
@click.option(
    "--recording", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Your own voice, saying the script; without --script it is written down (with Whisper, where installed).",
)  # fmt: skip
@click.option("--show", default="", help="Use this show's settings.")
@click.option("--presenter", default="", help="Who speaks (see `presenters list`); left out, the show's own.")
@click.option("--language", default="", help="en, es, zh…; left out, it is recognised.")
@click.option("--format", "formats", multiple=True, help="16:9, 9:16, 1:1 or 4:5; may be given several times.")
@click.option("--length", "length_s", type=click.IntRange(15, 90), help="Wanted length in seconds.")
@click.option(
    "--captions", type=click.Choice(["words", "lines", "big", "none"]),
    help="Burned in: a pill on the spoken word, plain lines, a few large words, or none. Files are made with all.",
)  # fmt: skip
@click.option(
    "--encoder", type=click.Choice(["x264", "svt-av1", "nvenc", "vaapi"]),
    help="What makes the video; left out, as the studio is set.",
)  # fmt: skip
@click.option("--train", type=click.Choice(["sd15", "sdxl"]), help="Learn the presenter's face first (see `train`).")
@click.option("--guidance", default="", help="What a language model should heed when it writes the script.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--draft", type=click.Path(path_type=Path), help="Copy the unreviewed video here, marked as a draft.")
@click.pass_obj
@told_plainly
def make(
    house: House,
    topic: str,
    script: Any,
    recording: Path | None,
    as_json: bool,
    draft: Path | None,
    train: str | None,
    **wanted: Any,
) -> None:
    """Make one clip about TOPIC, from your own words with --script, or in your own voice with --recording."""
    from rich.console import Console

    from storage.open_store import open_store
    from web.local_client import LocalClient
    from web.terminal.inline import make_without_studio
    from web.terminal.make import conclude, follow, undamaged

    order = {**wanted, **({"script": script.read()} if script else {"topic": topic})}
    if train:
        order["train"] = {"engine": train}
    if recording is not None:
        from producer.engines.line.ears import Ears
        from web.recording import take_recording

        folder = house.folder.make()
        words, language = order.get("script", ""), order["language"]
        taken = take_recording(recording, words, language, open_store(house), Ears(folder.weights))
        heard = {"recording": taken.recording.model_dump(), "script": taken.script, "language": taken.language}
        order = {**order, **heard}
    client, progress = LocalClient(house.folder.make().socket), Console(stderr=True)
    if client.answers():
        clip_id = client.call("make", **order)["clip"]
        report = undamaged(open_store(house), lambda: follow(client.call, clip_id, progress), client.call)
    else:
        report = make_without_studio(house, order, progress)
    sys.exit(conclude(open_store(house), report, Console(), as_json=as_json, draft=draft))


for command in (
    engines.pull_command,
    engines.doctor,
    engines.voices,
    engines.gallery,
    engines.evaluate_engines,
    safety.backup,
    safety.restore,
    safety.fill_store,
    safety.check,
    safety.verify,
    topics.scrape,
    topics.autopilot,
    shows.show,
    presenters.presenters,
    training.train,
    people.user,
    people.token,
    bench.bench,
):
    main.add_command(command)


if __name__ == "__main__":
    main()
