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

    from storage.open_store import open_store
    from web.local_client import LocalClient
    from web.terminal.inline import make_without_studio
    from web.terminal.make import conclude, follow, undamaged

    order = {**wanted, **({"script": script.read()} if script else {"topic": topic})}
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
    from storage.open_store import bucket_of
    from web.terminal.safety import tell_backup

    sys.exit(tell_backup(back_up(house.folder, folder.absolute(), bucket_of(house)), click.echo))


@main.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="BACKUP")
@click.option("--replace", is_flag=True, help="Put aside the studio that is there; it is not deleted.")
@click.pass_obj
@told_plainly
def restore(house: House, folder: Path, replace: bool) -> None:
    """Bring back the backup in BACKUP. What it lacks is made again; everybody has to log in again."""
    from storage.open_store import bucket_of
    from storage.restore import restore as bring_back
    from storage.stock import fill
    from web.terminal.safety import tell_restore

    code = tell_restore(bring_back(house.folder, folder.absolute(), replace=replace), click.echo)
    if store := bucket_of(house):
        click.echo(
            f"{fill(store, house.folder.artifacts)} files were handed to the studio's bucket, which lacked them."
        )
    sys.exit(code)


@main.command("fill-store")
@click.pass_obj
@told_plainly
def fill_store(house: House) -> None:
    """Hand what lies in the data folder to the bucket that [store] names, when a studio moves there. Copies only what it lacks."""
    from storage.open_store import bucket_of
    from storage.stock import fill

    if (store := bucket_of(house)) is None:
        raise UsageError("The settings name no bucket.", "Set url in [store], as s3://bucket/prefix.")
    click.echo(
        f"{fill(store, house.folder.artifacts)} files handed over; those of the data folder are left as they are."
    )


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
    from storage.backup import is_backup
    from storage.open_store import bucket_of
    from web.terminal.safety import check_studio

    if source and not repair:
        raise UsageError("A backup is only read to repair from it.", "Add --repair.")
    bucket = None if is_backup(house.folder.root) else bucket_of(house)  # a backup brings its files along
    sys.exit(check_studio(house.folder, click.echo, repair=repair, backup=source, as_json=as_json, bucket=bucket))


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
    from storage.open_store import open_store
    from web.terminal.shows import show_from

    values = show_from(path, open_store(house))
    version = ask(house, "put-show", **values)["version"]
    click.echo(f"{values['show']['slug']} is in force, version {version}.")


@show.command("export")
@click.argument("slug")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.pass_obj
@told_plainly
def show_export(house: House, slug: str, folder: Path) -> None:
    """Write a show to FOLDER/show.toml, with the files that it names beside it."""
    from storage.open_store import open_store
    from web.terminal.shows import export_show

    store = open_store(house)
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
@click.option("--persona", default="", help="How they talk, for a language model to follow.")
@click.option("--language", "languages", multiple=True, help="A language that they speak; may be given several times.")
@click.pass_obj
@told_plainly
def presenters_add(house: House, short: str, **wanted: Any) -> None:
    """Add a presenter, or change one. A portrait is looked at first; one that cannot speak is refused, with the reason."""
    from rich.console import Console

    from storage.open_store import open_store
    from web.terminal.presenters import look_with, presenter_of

    folder, console = house.folder.make(), Console()
    artifacts = open_store(house)
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


@presenters.command("versions")
@click.argument("short", metavar="NAME")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
@told_plainly
def presenters_versions(house: House, short: str, as_json: bool) -> None:
    """Every version of a presenter with what changed in it, and every consent with whether it holds."""
    from rich.console import Console

    from web.terminal.consent import list_versions

    found = ask(house, "presenter-versions", slug=short)
    click.echo(json.dumps(found, ensure_ascii=False)) if as_json else list_versions(found, Console())


@presenters.command("consent")
@click.argument("short", metavar="NAME")
@click.option("--statement", default="", help="What they agreed to, in their words or yours.")
@click.option("--who", default="", help="Who agreed; left out, the presenter's name.")
@click.option(
    "--scope", type=click.Choice(["face", "voice", "both"]), default="both", show_default=True, help="What may be used."
)
@click.option("--show", "shows", multiple=True, help="Only in this show (short name); may be given several times.")
@click.option("--given", default="", metavar="DAY", help="When they agreed, such as 2026-05-03.")
@click.option("--until", default="", metavar="DAY", help="The last day on which it holds; left out, until taken back.")
@click.option(
    "--document", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The signed paper (PDF, PNG, JPEG, WebP) or a recorded statement.",
)  # fmt: skip
@click.option("--take-back", is_flag=True, help="Instead: they took back everything that they agreed to.")
@click.option("--why", default="", help="With --take-back: how they said so.")
@click.pass_obj
@told_plainly
def presenters_consent(house: House, short: str, take_back: bool, why: str, **wanted: Any) -> None:
    """Write down what the person behind a presenter agreed to, or that they took it back."""
    from storage.artifacts import FolderStore
    from web.terminal.consent import consent_of

    if take_back:
        ended = ask(house, "revoke-consents", slug=short, why=why)["revoked"]
        click.echo(
            f"Consents that ended: {ended}. What is being made with {short} stops; no clip of theirs is exported."
        )
        return
    consent = consent_of(**wanted, artifacts=FolderStore(house.folder.make().artifacts))
    ask(house, "add-consent", slug=short, consent=consent.model_dump(mode="json"))
    click.echo("It is written down." + (f" It holds until {consent.expires_on}." if consent.expires_on else ""))


@presenters.command("forget")
@click.argument("short", metavar="NAME")
@click.option("--yes", is_flag=True, help="Do not ask first.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
@told_plainly
def presenters_forget(house: House, short: str, yes: bool, as_json: bool) -> None:
    """Delete every file of a person's face and voice, what was made of them too, and look whether they are gone."""
    from rich.console import Console

    from web.terminal.consent import show_forgotten

    if not yes:
        click.confirm(f"Delete every picture, recording and trained part of {short}? There is no way back.", abort=True)
    told = ask(house, "forget-presenter", slug=short)
    click.echo(json.dumps(told, ensure_ascii=False)) if as_json else show_forgotten(told, Console())
    sys.exit(1 if told["left"] else 0)


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


@main.command("evaluate")
@click.argument("suite", default="all", type=click.Choice(["all", "short", "switch", "long", "hard"]))
@click.option(
    "--engine",
    "engines",
    multiple=True,
    help="A voice engine; may be given several times. Left out, all that are ready.",
)
@click.option(
    "--repeat", "repeats", default=1, show_default=True, type=click.IntRange(1, 100), help="How often each is made."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a run, instead of a table.")
@click.pass_obj
@told_plainly
def evaluate_engines(house: House, suite: str, engines: tuple[str, ...], repeats: int, as_json: bool) -> None:
    """How well and how fast engines do on scripts that are always the same: SUITE is short, switch, long, hard or all."""
    from loguru import logger

    from producer.engines.registry import Registry
    from producer.evaluate.records import as_markdown, keep
    from producer.evaluate.running import evaluate
    from producer.evaluate.suites import suite as suite_of

    logger.disable("producer")
    folder = house.folder.make()
    registry = Registry(weights=folder.weights)
    runs = []
    for run in evaluate(suite_of(suite), engines, repeats, registry, folder.weights, folder.samples):
        keep(run, folder.evaluations)
        runs.append(run)
        if as_json:
            click.echo(run.model_dump_json())
        else:
            click.echo(f"{run.scenario}, {run.engine}: {run.error or f'{run.total_ms:g} ms'}", err=True)
    if not as_json:
        click.echo(as_markdown(runs))


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


@bench.command("studio")
@click.option("--clips", default=100_000, show_default=True, type=click.IntRange(200), help="Clips in the archive.")
@click.option("--scaling/--no-scaling", default=True, show_default=True, help="Also with 1, 2 and 4 workers.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@told_plainly
def bench_studio(clips: int, scaling: bool, as_json: bool) -> None:
    """Events a second, from fact to page, and what is asked of a large archive, on stub engines."""
    from loguru import logger

    from web.bench.desk import measure

    for part in ("producer", "storage", "web"):
        logger.disable(part)
    show_figures("studio", measure(clips, with_scaling=scaling), as_json=as_json)


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
@click.option(
    "--all", "everything", is_flag=True,
    help="Also upright 1080p at 30 fps, three formats of one clip, and clips of 15, 60 and 300 s: takes a quarter of an "
    "hour, and no other option but --runs.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@told_plainly
def bench_render(
    seconds: int, runs: int, formats: tuple[str, ...], resolution: str, fps: str, encoder: Any, everything: bool,
    as_json: bool,
) -> None:  # fmt: skip
    """What a clip costs from its brief to its files, on the default engines."""
    from loguru import logger

    from producer.bench_render import measure, measure_all
    from producer.plan.freeze import finisher
    from storage.orders import BriefOptions

    logger.disable("producer")
    if everything:
        show_figures("render", measure_all(runs), as_json=as_json)
        return
    wanted = {"formats": formats, "resolution": int(resolution), "fps": int(fps)}
    options = BriefOptions.model_validate({**wanted, "preferred": {"finish": (finisher(encoder),)}})
    figures = measure(seconds, runs, options)
    show_figures("render", figures, as_json=as_json)


@bench.command("quality")
@click.option(
    "--clips", default=44, show_default=True, type=click.IntRange(1, 500), help="Good clips, each broken in every way."
)
@click.option("--lips/--no-lips", default=True, show_default=True, help="Also what only the face networks can see.")
@click.option("--keep", type=click.Path(path_type=Path), help="Keep the clips in this folder, and take them from it.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
@told_plainly
def bench_quality(house: House, clips: int, lips: bool, keep: Path | None, as_json: bool) -> None:
    """How many planted faults each check finds, how many good clips it fails, and what checking costs."""
    import tempfile

    from loguru import logger

    from producer.bench_quality import as_rows, calibrate, cost

    logger.disable("producer")
    with tempfile.TemporaryDirectory(prefix="dailies-bench-") as folder:
        say = functools.partial(click.echo, err=True)
        rows = as_rows(calibrate(clips, keep or Path(folder), house.folder.weights, lips=lips, say=say))
    figures = {"cost": cost(20), "checks": rows}
    if as_json:
        click.echo(json.dumps({"bench": "quality", "figures": figures}))
        return
    click.echo(f"{'check':<30}{'good':>6}{'false alarms':>14}{'planted':>9}{'recall':>9}{'precision':>11}")
    for check, row in rows.items():
        click.echo(
            f"{check:<30}{row['good']:>6}{row['false_alarms']:>14.1%}{row['planted']:>9}{row['recall']:>9.1%}{row['precision']:>11.1%}"
        )
    for name, value in figures["cost"].items():
        click.echo(f"{name:<32} {value:>12}")


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
    from storage.open_store import open_store
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
                open_store(house),
                address=house.address,
                every_minutes=own.every_minutes if own.enabled else 0,
            )
            return commands.call(command, **arguments)
        finally:
            writer.stop()


if __name__ == "__main__":
    main()
