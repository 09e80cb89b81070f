#!/usr/bin/env python3
"""Dailies, from the command line.

    python run.py up       the whole studio: queue, control process, workers
    python run.py make     one clip
    python run.py --help   everything else

Every command says in a few lines which parts it puts together; nothing is imported before it is needed.
"""

from __future__ import annotations

import functools
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from config.errors import DailiesError, StudioError, UsageError
from config.folders import data_folder
from config.house import House


def told_plainly(command: Callable[..., Any]) -> Callable[..., Any]:
    """Errors meant for people become one line and an exit code; others keep their traceback."""

    @functools.wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except DailiesError as error:
            click.secho(str(error), fg="red", err=True)
            sys.exit(2 if isinstance(error, UsageError) else 1)

    return wrapped


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
@click.pass_obj
@told_plainly
def worker(house: House, lanes: str, name: str) -> None:
    """Run one worker. (`up` does this for you.)"""
    from producer.queue.serve import serve_worker
    from scraper.autopilot import QUEUE, READ
    from scraper.keys import keys_of
    from storage.artifacts import FolderStore
    from web.errands import helpers_of, scrape_handler

    artifacts, taken = FolderStore(house.folder.make().artifacts), tuple(lanes.split(","))
    queues = (QUEUE,) if "cpu" in taken else ()
    scraping = scrape_handler(artifacts, keys_of(house.settings), helpers_of(house))
    serve_worker(house, name, taken, artifacts, {"scrape": scraping, READ: scraping}, queues)


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
@click.option("--guidance", default="", help="What a language model should heed when it writes the script.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--draft", type=click.Path(path_type=Path), help="Copy the unreviewed video here, marked as a draft.")
@click.pass_obj
@told_plainly
def make(
    house: House, topic: str, script: Any, recording: Path | None, as_json: bool, draft: Path | None, **wanted: Any
) -> None:
    """Make one clip about TOPIC, from your own words with --script, or in your own voice with --recording."""
    from rich.console import Console

    from storage.artifacts import FolderStore
    from web.local_client import LocalClient
    from web.terminal.inline import make_without_studio
    from web.terminal.make import conclude, follow, undamaged

    order = {**wanted, **({"script": script.read()} if script else {"topic": topic})}
    if recording is not None:
        from producer.engines.line.ears import Ears
        from web.recording import take_recording

        folder = house.folder.make()
        words, language = order.get("script", ""), order["language"]
        taken = take_recording(recording, words, language, FolderStore(folder.artifacts), Ears(folder.weights))
        heard = {"recording": taken.recording.model_dump(), "script": taken.script, "language": taken.language}
        order = {**order, **heard}
    client, progress = LocalClient(house.folder.make().socket), Console(stderr=True)
    if client.answers():
        clip_id = client.call("make", **order)["clip"]
        artifacts = FolderStore(house.folder.artifacts)
        report = undamaged(artifacts, lambda: follow(client.call, clip_id, progress), client.call)
    else:
        report = make_without_studio(house, order, progress)
    sys.exit(conclude(house.folder, report, Console(), as_json=as_json, draft=draft))


@main.command()
@click.option("--show", default="the-morning-desk", show_default=True, help="Which show's sources to read.")
@click.option("--dry-run", is_flag=True, help="Only say what would be chosen, and why: nothing is recorded or ordered.")
@click.option("--json", "as_json", is_flag=True, help="Print the run's report as one JSON object.")
@click.pass_obj
@told_plainly
def scrape(house: House, show: str, dry_run: bool, as_json: bool) -> None:
    """Look for topics now, and order clips from the best. Says what became of each topic, and why."""
    from rich.console import Console

    from web.local_client import LocalClient
    from web.terminal import scrape as terminal

    client = LocalClient(house.folder.socket)
    if dry_run:
        report = terminal.dry_run(house, show)
    elif client.answers():
        report = terminal.follow_scrape(client, client.call("scrape", show=show)["scrape"])
    else:
        raise StudioError("No studio is running on this data folder.", "Start it with: python run.py up")
    terminal.show_run(report, Console(), as_json=as_json)


@main.group()
def autopilot() -> None:
    """The studio that works by itself: when each show is next, and pausing all of it."""


@autopilot.command("status")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
@told_plainly
def autopilot_status(house: House, as_json: bool) -> None:
    """Each show's next run, its last one, and how its sources do."""
    from rich.console import Console

    from web.terminal.autopilot import show_status

    told = ask(house, "autopilot")
    click.echo(json.dumps(told, ensure_ascii=False)) if as_json else show_status(told, Console())


@autopilot.command("pause")
@click.pass_obj
@told_plainly
def autopilot_pause(house: House) -> None:
    """Read no show by itself until `autopilot resume`. What is being made goes on."""
    ask(house, "pause-autopilot")
    click.echo("The autopilot is paused.")


@autopilot.command("resume")
@click.option("--show", default="", help="With --source: ask this paused source of the show again.")
@click.option("--source", "url", default="", help="Its address.")
@click.pass_obj
@told_plainly
def autopilot_resume(house: House, show: str, url: str) -> None:
    """Go on by itself; or ask a source again that was paused because it failed for long."""
    if bool(show) != bool(url):
        raise UsageError("A source is named by its show and its address.", "Give both --show and --source.")
    ask(house, "resume-source", show=show, url=url) if url else ask(house, "resume-autopilot")
    click.echo(f"{url} is asked again at the next run." if url else "The autopilot goes on.")


@main.command("pull")
@click.argument("engines", nargs=-1)
@click.option("--list", "listing", is_flag=True, help="Show what can be fetched, and what is here.")
@click.option(
    "--from",
    "beside",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="A folder to look into first: weight files; code/ and wheels/ for an engine with an environment of its own.",
)
@click.option("--accept-licence", "accept", is_flag=True, help="Say beforehand that you accept what is shown.")
@click.pass_obj
@told_plainly
def pull_command(house: House, engines: tuple[str, ...], listing: bool, beside: Path | None, accept: bool) -> None:
    """Fetch the weights of ENGINES, and make the environments of those that have one of their own: pinned, checked,
    and only what is missing."""
    from rich.console import Console

    from web.terminal.pull import list_weights, pull_all

    folder = house.folder.make()
    if listing or not engines:
        list_weights(folder, Console())
    else:
        pull_all(engines, folder, Console(), beside.absolute() if beside else None, accept)


@main.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.pass_obj
@told_plainly
def backup(house: House, folder: Path) -> None:
    """Bring the backup in DIR up to date: database, files, exports and settings. The studio may run meanwhile."""
    from storage.backup import back_up
    from web.terminal.safety import tell_backup

    sys.exit(tell_backup(back_up(house.folder, folder.absolute()), click.echo))


@main.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="BACKUP")
@click.option("--replace", is_flag=True, help="Put aside the studio that is there; it is not deleted.")
@click.pass_obj
@told_plainly
def restore(house: House, folder: Path, replace: bool) -> None:
    """Bring back the backup in BACKUP. What it lacks is made again; everybody has to log in again."""
    from storage.restore import restore as bring_back
    from web.terminal.safety import tell_restore

    sys.exit(tell_restore(bring_back(house.folder, folder.absolute(), replace=replace), click.echo))


@main.command()
@click.option(
    "--repair", is_flag=True, help="Forget what is damaged, so that it is made again; drop what nobody asks for."
)
@click.option(
    "--from", "source", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="BACKUP",
    help="With --repair: bring damaged files back from this backup first.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
@told_plainly
def check(house: House, repair: bool, source: Path | None, as_json: bool) -> None:
    """Read every stored file and the whole database, and say what is damaged or missing. Ends with 1 if anything is."""
    from web.terminal.safety import check_studio

    if source and not repair:
        raise UsageError("A backup is only read to repair from it.", "Add --repair.")
    sys.exit(check_studio(house.folder, click.echo, repair=repair, backup=source, as_json=as_json))


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
@told_plainly
def doctor(house: House, as_json: bool) -> None:
    """Look at this machine: what it has, what each engine lacks and how to get it, and how a clip would be made now."""
    from rich.console import Console

    from producer.doctor.report import examine, healthy
    from web.terminal.doctor import show_report

    report = examine(house)
    show_report(report, Console(), as_json=as_json)
    healthy(report)


@main.command()
@click.option("--language", default="", help="Only voices that speak it: en, es, zh…")
@click.option("--voice", "only", default="", help="Only this one, as ENGINE/VOICE.")
@click.option("--say", "folder", type=click.Path(path_type=Path), help="Write a sample of each into this folder.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
@told_plainly
def voices(house: House, language: str, only: str, folder: Path | None, as_json: bool) -> None:
    """List the voices that a presenter may have, and hear them."""
    from rich.console import Console

    from producer.engines.registry import Registry
    from web.terminal.voices import chosen_voices, save_samples, show_voices

    registry = Registry(weights=house.folder.weights)
    chosen = chosen_voices(registry, language, only)
    show_voices(chosen, Console(), as_json=as_json)
    if folder is not None:
        save_samples(registry, chosen, folder, Console(stderr=as_json))


@main.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--only", multiple=True, metavar="SECTION", help="Only this section of it; may be given several times.")
@told_plainly
def gallery(folder: Path, only: tuple[str, ...]) -> None:
    """Draw everything that the studio can draw into DIR, and show it on one page.

    Looks, expressions, backdrops, cards, captions in every script, layouts, and a short clip in each format. What hangs
    in DIR already stays, but for the sections that are made.
    """
    from rich.console import Console

    from web.terminal.gallery import make_gallery

    click.echo(make_gallery(folder, only, Console(stderr=True)))


@main.group()
def show() -> None:
    """Recurring programmes: sources, calendar, style. Each can live in a folder of its own, in git."""


@show.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
@told_plainly
def show_list(house: House, as_json: bool) -> None:
    """Every show, with its languages, sources and calendar."""
    from rich.console import Console

    from web.terminal.shows import list_shows

    told = ask(house, "shows")
    click.echo(json.dumps(told, ensure_ascii=False)) if as_json else list_shows(told, Console())


@show.command("import")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.pass_obj
@told_plainly
def show_import(house: House, path: Path) -> None:
    """Add a show from its TOML file (or its folder), or change it to what the file says."""
    from storage.artifacts import FolderStore
    from web.terminal.shows import show_from

    values = show_from(path, FolderStore(house.folder.make().artifacts))
    version = ask(house, "put-show", **values)["version"]
    click.echo(f"{values['show']['slug']} is in force, version {version}.")


@show.command("export")
@click.argument("slug")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.pass_obj
@told_plainly
def show_export(house: House, slug: str, folder: Path) -> None:
    """Write a show to FOLDER/show.toml, with the files that it names beside it."""
    from storage.artifacts import FolderStore
    from web.terminal.shows import export_show

    store = FolderStore(house.folder.make().artifacts)
    click.echo(export_show(slug, ask(house, "shows"), ask(house, "presenters")["presenters"], folder, store))


@show.command("feed")
@click.argument("slug")
@click.option("--close", is_flag=True, help="Have the address stop working instead.")
@click.pass_obj
@told_plainly
def show_feed(house: House, slug: str, close: bool) -> None:
    """Print an address that podcast and video apps can follow a show's exports at. The one before stops working."""
    told = ask(house, "close-feed" if close else "feed", show=slug)
    click.echo("The feed is closed." if close else told["address"])


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
@told_plainly
def verify(house: House, file: Path, as_json: bool) -> None:
    """Read and check the Content Credentials of a video: who signed what, and whether it was changed since.

    Exit codes: 0 valid, from a signer you trust; 3 valid, from somebody else; 1 changed or not to be relied on; 4 none.
    """
    from rich.console import Console

    from web.terminal.verify import show_verdict, verify_here

    sys.exit(show_verdict(verify_here(house, file), Console(), as_json=as_json))


@main.group()
def presenters() -> None:
    """Who speaks: drawn, or made from a portrait."""


@presenters.command("add")
@click.argument("short", metavar="NAME")
@click.option(
    "--portrait", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A picture of the one who speaks."
)
@click.option(
    "--sample", "samples", multiple=True, type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A recording of their own voice, for XTTS to learn; may be given several times.",
)  # fmt: skip
@click.option("--consent", default="", help="When and to what that person agreed; needed with --portrait and --sample.")
@click.option("--framed", is_flag=True, help="Take a portrait that cannot speak too: it is shown still, in a frame.")
@click.option("--look", default="", help="A drawn look instead of a portrait: mara, theo, noor…")
@click.option("--name", default="", help="As it is shown; left out, made of NAME.")
@click.option("--role", default="", help="What is shown under the name.")
@click.option(
    "--voice", "voices", multiple=True, metavar="LANGUAGE=VOICE", help="Such as es=ef_dora; may be given several times."
)
@click.pass_obj
@told_plainly
def presenters_add(house: House, short: str, **wanted: Any) -> None:
    """Add a presenter, or change one. A portrait is looked at first; one that cannot speak is refused, with the reason."""
    from rich.console import Console

    from storage.artifacts import FolderStore
    from web.terminal.presenters import look_with, presenter_of

    folder, console = house.folder.make(), Console()
    artifacts = FolderStore(folder.artifacts)
    spec = presenter_of(short, **wanted, look_at=look_with(folder), artifacts=artifacts, console=console)
    ask(house, "put-presenter", **spec.model_dump(mode="json"))
    click.echo(f"Make a clip with: run.py make --presenter {short} TOPIC")


@presenters.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
@told_plainly
def presenters_list(house: House, as_json: bool) -> None:
    """Everybody who may speak: look or portrait, voices, consent."""
    from rich.console import Console

    from web.terminal.presenters import list_presenters

    found = ask(house, "presenters")
    click.echo(json.dumps(found, ensure_ascii=False)) if as_json else list_presenters(found["presenters"], Console())


@presenters.command("remove")
@click.argument("short", metavar="NAME")
@click.pass_obj
@told_plainly
def presenters_remove(house: House, short: str) -> None:
    """Forget a presenter, and the portrait unless a clip shows it: clips keep what they were ordered with."""
    clips = ask(house, "remove-presenter", slug=short)["clips"]
    click.echo(f"{short} is removed." + (f" Clips that still show them: {clips}." if clips else ""))


@main.group()
def user() -> None:
    """Accounts of the desk."""


@user.command("reset")
@click.argument("name", default="admin")
@click.pass_obj
@told_plainly
def user_reset(house: House, name: str) -> None:
    """Print a new one-time login link."""
    click.echo(ask(house, "login-link", user=name)["link"])


@main.group()
def token() -> None:
    """Keys for the REST API."""


@token.command("create")
@click.argument("name")
@click.option(
    "--scope", "scopes", multiple=True, default=("read", "produce", "export"), show_default=True,
    help="What it may do: read, produce, review, export, admin; may be given several times.",
)  # fmt: skip
@click.option("--user", "owner", default="admin", show_default=True, help="Whose token: it may do no more than they.")
@click.pass_obj
@told_plainly
def token_create(house: House, name: str, scopes: tuple[str, ...], owner: str) -> None:
    """Make an API token and print it, this once."""
    click.echo(ask(house, "token", name=name, scopes=list(scopes), user=owner)["token"])


@main.group()
def bench() -> None:
    """Measure, and print a table or JSON."""


@bench.command("queue")
@click.option("--clips", default=100, show_default=True, help="How many clips are made at once.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@told_plainly
def bench_queue(clips: int, as_json: bool) -> None:
    """Overhead per stage and model swaps, on stub engines."""
    from producer.bench_queue import measure

    show_figures("queue", measure(clips), as_json=as_json)


@bench.command("render")
@click.option(
    "--seconds", default=30, show_default=True, type=click.IntRange(8, 600), help="About how long the clip is."
)
@click.option("--runs", default=5, show_default=True, type=click.IntRange(1), help="Clips, after one that warms up.")
@click.option(
    "--format", "formats", multiple=True, default=("16:9",), show_default=True, help="May be given several times."
)
@click.option(
    "--resolution",
    default="720",
    show_default=True,
    type=click.Choice(["576", "720", "1080"]),
    help="Pixels of the shorter side.",
)
@click.option("--fps", default="25", show_default=True, type=click.Choice(["25", "30"]), help="Frames per second.")
@click.option(
    "--encoder", default="x264", show_default=True, type=click.Choice(["x264", "svt-av1", "nvenc", "vaapi"]),
    help="What makes the video.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@told_plainly
def bench_render(
    seconds: int, runs: int, formats: tuple[str, ...], resolution: str, fps: str, encoder: Any, as_json: bool
) -> None:
    """What a clip costs from its brief to its files, on the default engines."""
    from loguru import logger

    from producer.bench_render import measure
    from producer.plan.freeze import finisher
    from storage.orders import BriefOptions

    logger.disable("producer")
    wanted = {"formats": formats, "resolution": int(resolution), "fps": int(fps)}
    options = BriefOptions.model_validate({**wanted, "preferred": {"finish": (finisher(encoder),)}})
    figures = measure(seconds, runs, options)
    show_figures("render", figures, as_json=as_json)


@bench.command("wav2lip")
@click.option("--seconds", default=10.0, show_default=True, type=click.FloatRange(1, 600), help="How long is spoken.")
@click.option("--runs", default=3, show_default=True, type=click.IntRange(1), help="Performances, after a short one.")
@click.option("--device", default="auto", show_default=True, help="cpu, cuda, or auto: the GPU where there is one.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
@told_plainly
def bench_wav2lip(house: House, seconds: float, runs: int, device: str, as_json: bool) -> None:
    """What a portrait that Wav2Lip makes speak costs, and how much of that is the network's, on random weights."""
    from producer.bench_wav2lip import measure

    show_figures("wav2lip", measure(seconds, runs, house.folder.weights, device), as_json=as_json)


@bench.command("scrape")
@click.option("--feeds", default=200, show_default=True, type=click.IntRange(1, 2000), help="How many feeds are read.")
@click.option("--items", default=50, show_default=True, type=click.IntRange(1, 200), help="Entries of each.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@told_plainly
def bench_scrape(feeds: int, items: int, as_json: bool) -> None:
    """Entries a second from a local server to ranked topics, and the memory it takes."""
    from scraper.bench import measure

    show_figures("scrape", measure(feeds, items), as_json=as_json)


@bench.command("desk")
@click.option(
    "--clips", default=500, show_default=True, type=click.IntRange(10, 500), help="How many are in the inbox."
)
@click.option("--seconds", default=20.0, show_default=True, type=click.FloatRange(1, 600), help="How long is listened.")
@click.option("--updates", default=5.0, show_default=True, type=click.FloatRange(0.1, 100), help="Reports a second.")
@click.option("--runs", default=3, show_default=True, type=click.IntRange(1), help="How often the inbox is opened.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@told_plainly
def bench_desk(clips: int, seconds: float, updates: float, runs: int, as_json: bool) -> None:
    """A full inbox in a browser: until it is painted, what it hears while clips are made, and the memory it takes."""
    from web.bench_desk import measure

    show_figures("desk", measure(clips, seconds, updates, runs), as_json=as_json)


def show_figures(name: str, figures: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"bench": name, "figures": figures}))
        return
    for figure, value in figures.items():
        click.echo(f"{figure:<32} {value:>12}")


def ask(house: House, command: str, /, **arguments: Any) -> dict[str, Any]:
    """Run a studio command: through the running studio, or directly on its data folder."""
    from storage.artifacts import FolderStore
    from storage.writer import Writer
    from web.commands import StudioCommands
    from web.local_client import LocalClient

    folder = house.folder.make()
    client = LocalClient(folder.socket)
    if client.answers():
        return client.call(command, **arguments)
    with folder.lock():
        writer = Writer(folder.database).start()
        try:
            own = house.settings.autopilot
            commands = StudioCommands(
                writer,
                folder.database,
                FolderStore(folder.artifacts),
                address=house.address,
                every_minutes=own.every_minutes if own.enabled else 0,
            )
            return commands.call(command, **arguments)
        finally:
            writer.stop()


if __name__ == "__main__":
    main()
