"""`run.py bench render`: what a clip costs, from its brief to its finished files, on a warm worker.

The real planner, stage handler and default engines, in this process; everything the process starts is counted. The
encoder's own share is measured by composing the same cut once more, and timing nothing but the encoder on its frames.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import closing
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from statistics import median
from typing import cast

from config.errors import Unavailable
from config.folders import INSTALLED
from config.process import forget_peak, peak_mb
from producer.alone import work_of
from producer.engines.base import Context
from producer.engines.finish.compositor import Compositor
from producer.engines.finish.measuring import watch_for
from producer.engines.registry import Registry
from producer.engines.requests import FinishRequest, read_request
from producer.engines.script.direct import script_from_text
from producer.memory import give_back_memory
from producer.residency import Residency
from producer.stage import StageHandler
from storage.artifacts import FolderStore
from storage.documents import Attribution, Cut, Format
from storage.orders import Brief, BriefOptions, Pin, PresenterSpec, ShowSpec, TopicCopy

WEIGHTS = INSTALLED / "weights"
THREE: tuple[Format, ...] = ("16:9", "9:16", "1:1")
LENGTHS = (15, 60, 300)
"""Seconds of clips whose cost for each second should be the same."""
WORDS_PER_S = 2.93
"""What the English voice says in a second, pauses included."""
FRAME_S = 5.6
"""What intro, outro and breaths add to the speech."""
TALE = (
    "For the first time in nine years, a night ferry will sail from the old harbour.",
    "It leaves at ten in the evening and arrives at six the next morning.",
    "The council says that 400 people a week will use it.",
    "Tickets cost 35 pounds, breakfast and a bed included.",
    "Could it really be that simple?",
    "Last winter a storm took the roof off the waiting hall, and nobody was hurt!",
    "The crew of twelve comes from three towns along the coast.",
    "“We have waited a long time for this,” said the captain, Maria Lindqvist.",
)


def measure(seconds: int, runs: int, options: BriefOptions) -> dict[str, float]:
    """Medians of `runs` clips of about `seconds`, after one that warms everything up and is not counted.

    The lip-sync check is part of the clips, of their time and memory, but its processor time is counted by itself.
    `non_encoder_ratio` is what drawing, colour conversion, sound and the file cost, over what the encoder costs: all of
    the finish but the encoder, and but playing the finished file to measure it (`measuring_cpu_s_per_s`).
    """
    engines = _warm(seconds, options)
    return _rounded(_figures(_rounds(seconds, options, runs, engines)))


def measure_all(runs: int) -> dict[str, float]:
    """Everything that the project promises of rendering, in one go: `measure` of 30 s in 16:9, then upright 1080p, three
    formats of one clip, and three lengths, each as medians of `runs` clips."""
    wide = BriefOptions(formats=("16:9",), resolution=720, fps=25)
    engines = _warm(30, wide)
    figures = _figures(ones := _rounds(30, wide, runs, engines))

    upright = BriefOptions(formats=("9:16",), resolution=1080, fps=30)
    rounds = _rounds(30, upright, runs, engines, encode=False)
    figures["upright_1080p30_realtime_factor"] = median(r.video_s / r.wall_s for r in rounds)
    figures["upright_1080p30_cpu_s_per_s"] = median(r.worked_cpu_s / r.video_s for r in rounds)
    figures["upright_1080p30_peak_mb"] = _most(rounds)

    rounds = _rounds(30, BriefOptions(formats=THREE, resolution=720, fps=25), runs, engines, encode=False)
    figures["three_formats_cpu_ratio"] = _ratio((r.worked_cpu_s for r in rounds), (r.worked_cpu_s for r in ones))
    figures["three_formats_wall_ratio"] = _ratio((r.wall_s for r in rounds), (r.wall_s for r in ones))
    figures["three_formats_peak_mb"] = _most(rounds)

    costs: list[float] = []
    for seconds in LENGTHS:
        rounds = _rounds(seconds, wide, runs, engines, encode=False)
        costs.append(median(r.worked_cpu_s / r.video_s for r in rounds))
        figures[f"video_s_at_{seconds}_s"] = median(r.video_s for r in rounds)
        figures[f"cpu_s_per_s_at_{seconds}_s"] = costs[-1]
        figures[f"realtime_factor_at_{seconds}_s"] = median(r.video_s / r.wall_s for r in rounds)
        figures[f"peak_mb_at_{seconds}_s"] = _most(rounds)
    figures["spread_over_lengths"] = max(costs) / min(costs) - 1
    return _rounded(figures)


def _warm(seconds: int, options: BriefOptions) -> Residency:
    """The engines, after a clip that is not counted."""
    give_back_memory()
    engines = Residency(Registry(weights=WEIGHTS).create, 0)
    _round(brief_of(seconds, options), engines, encode=False)
    return engines


def _rounds(seconds: int, options: BriefOptions, runs: int, engines: Residency, *, encode: bool = True) -> list[_Round]:
    brief = brief_of(seconds, options)
    return [_round(brief.model_copy(update={"seed": seed}), engines, encode=encode) for seed in range(1, runs + 1)]


def _figures(rounds: list[_Round]) -> dict[str, float]:
    return {
        "clips": len(rounds),
        "video_s": median(r.video_s for r in rounds),
        "wall_s": median(r.wall_s for r in rounds),
        "realtime_factor": median(r.video_s / r.wall_s for r in rounds),
        "cpu_s_per_s": median(r.worked_cpu_s / r.video_s for r in rounds),
        "finish_cpu_s_per_s": median((r.finish_cpu_s - r.lip_sync_cpu_s) / r.video_s for r in rounds),
        "encoder_cpu_s_per_s": median(r.encoder_cpu_s / r.video_s for r in rounds),
        "non_encoder_ratio": median(r.making_cpu_s / r.encoder_cpu_s for r in rounds),
        "measuring_cpu_s_per_s": median(r.measuring_cpu_s / r.video_s for r in rounds),
        "lip_sync_cpu_s_per_s": median(r.lip_sync_cpu_s / r.video_s for r in rounds),
        "peak_mb": _most(rounds),
    }


@dataclass(frozen=True)
class _Round:
    """One clip in one format or several: seconds of video in all of them, of the wall clock and of processor time; the
    most memory that making it took. `encoder_cpu_s` is 0 where the frames were not encoded once more."""

    video_s: float
    wall_s: float
    cpu_s: float
    finish_cpu_s: float
    encoder_cpu_s: float
    measuring_cpu_s: float
    lip_sync_cpu_s: float
    peak_mb: float

    @property
    def worked_cpu_s(self) -> float:
        """All but the lip-sync check."""
        return self.cpu_s - self.lip_sync_cpu_s

    @property
    def making_cpu_s(self) -> float:
        return self.finish_cpu_s - self.encoder_cpu_s - self.measuring_cpu_s - self.lip_sync_cpu_s


def _round(brief: Brief, engines: Residency, *, encode: bool) -> _Round:
    """Make a clip with nothing found already made, then measure its files once more to see what that costs, and, if
    wanted, `encode` its frames once more to see what the encoder alone costs."""
    with tempfile.TemporaryDirectory(prefix="dailies-bench-") as folder:
        store = FolderStore(Path(folder) / "artifacts")
        stages = StageHandler(engines, store, Path(folder) / "work")
        cuts: list[tuple[str, FinishRequest, Path]] = []
        forget_peak()
        finish_s, started, before = 0.0, time.monotonic(), cpu_s()
        for order, work in work_of(brief, stages):
            mark = cpu_s()
            made = work()
            if isinstance(made, Cut):
                request = cast("FinishRequest", read_request(order.payload))
                cuts.append((order.engine, request, store.fetch(made.video)))
                finish_s += cpu_s() - mark
        wall, cpu, peak = time.monotonic() - started, cpu_s() - before, peak_mb()
        context = Context(workdir=Path(folder), artifacts=store)
        encoder_s = sum(_encoding_s(*cut, context) for cut in cuts) if encode else 0.0
        seen = [_apart(engine, request, video, context) for engine, request, video in cuts]
    video_s, measuring_s, lip_sync_s = (sum(values) for values in zip(*seen, strict=True))
    return _Round(video_s, wall, cpu, finish_s, encoder_s, measuring_s, lip_sync_s, peak)


def _encoding_s(engine: str, request: FinishRequest, _video: Path, context: Context) -> float:
    """Processor time that a cut's encoder takes.

    x264 works in one thread, whose time is known; for one that has threads of its own, everything counts that this
    thread did not do, which is a little more: there is a file to write.
    """
    import numpy as np

    from producer.render.encode import Encoder
    from producer.render.sound.aac import Coded, coded
    from producer.render.sound.meter import RATE

    finisher = cast("Compositor", Registry().create(engine))
    composer, timeline = finisher.composer(request, context)
    height, width = composer.frame.shape[:2]
    silence: Future[Sequence[Coded]] = Future()
    silence.set_result(coded(np.zeros((round(timeline.duration_s * RATE), 2), np.float32)))
    before, mine = cpu_s(), time.thread_time()
    with Encoder(context.workdir / "alone.mp4", (width, height), timeline.fps, silence, finisher.encoder) as file:
        for frame in range(timeline.frames):
            file.write(composer.compose(frame))
    others_s = cpu_s() - before - (time.thread_time() - mine)
    return file.encoding_s if finisher.encoder_name == "x264" else others_s


def _apart(engine: str, request: FinishRequest, video: Path, context: Context) -> tuple[float, float, float]:
    """Seconds of video, of processor time that playing it to measure it takes, and that looking at its lips adds to that."""
    from producer.checks.media import inspect
    from producer.checks.onlooker import Onlooker

    composer, timeline = cast("Compositor", Registry().create(engine)).composer(request, context)
    lips = watch_for(request, timeline.offset_s, composer.design.layout, WEIGHTS / "compositor")
    if lips is None:
        raise Unavailable("The lip-sync check's networks are missing.", "deploy/setup.sh run")
    marks = [cpu_s()]
    inspect(video, also=[Onlooker()])
    marks.append(cpu_s())
    with closing(lips):
        inspect(video, also=[lips, Onlooker()])
        lips.checks()
    marks.append(cpu_s())
    measuring_s = marks[1] - marks[0]
    return timeline.duration_s, measuring_s, marks[2] - marks[1] - measuring_s


def cpu_s() -> float:
    """Processor time of this process, its threads, and the processes it waited for."""
    own, children = getrusage(RUSAGE_SELF), getrusage(RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def brief_of(seconds: int, options: BriefOptions) -> Brief:
    """One's own words, all of them said: a script that an engine wrote would never be longer than a minute and a half."""
    source = Attribution(name="Harbour Gazette", url="https://www.gazette.example/ferry", rights="own")
    topic = TopicCopy(title="The night ferry returns", text=_tale(seconds - FRAME_S), source=source)
    script = script_from_text(topic.text, "en", topic.title).model_copy(update={"source": source})
    return Brief(
        topic=topic,
        show=ShowSpec(slug="bench", name="The Morning Desk"),
        presenter=PresenterSpec(slug="mara", name="Mara", role="Host"),
        options=options,
        pins={"script": Pin(document=script.to_json())},
        direct=True,
    )


def _tale(speech_s: float) -> str:
    """As many sentences as fill the time; the last one is cut short."""
    said: list[str] = []
    left = round(speech_s * WORDS_PER_S)
    for sentence in cycle(TALE):
        words = sentence.split()
        if len(words) >= left:
            return " ".join([*said, *words[:left]]).rstrip(",.") + "."
        said.append(sentence)
        left -= len(words)
    raise AssertionError("a cycle never ends")


def _ratio(some: Iterator[float], ones: Iterator[float]) -> float:
    return median(some) / median(ones)


def _most(rounds: list[_Round]) -> int:
    return round(max(r.peak_mb for r in rounds))


def _rounded(figures: dict[str, float]) -> dict[str, float]:
    return {name: round(value, 3) for name, value in figures.items()}
