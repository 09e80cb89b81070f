"""Commands that measure: figures go to docs/benchmarks.md."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

import click

from config.house import House
from web.cli.plainly import told_plainly


@click.group()
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
        say = partial(click.echo, err=True)
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
