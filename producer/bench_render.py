"""`run.py bench render`: what a clip costs, from its brief to its finished files, on a warm worker.

The real planner, stage handler and default engines, in this process; everything the process starts is counted. The
encoder's own share is measured by composing the same cut once more, and timing nothing but the encoder on its frames.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import closing
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from typing import TYPE_CHECKING, Any, cast

from config.errors import Unavailable
from config.folders import INSTALLED
from config.process import forget_peak, peak_mb
from producer.alone import work_of
from producer.engines.base import Context
from producer.engines.finish.compositor import Compositor
from producer.engines.finish.measuring import watch_for
from producer.engines.registry import Registry
from producer.engines.requests import FinishRequest, read_request
from producer.memory import give_back_memory
from producer.residency import Residency
from producer.stage import StageHandler
from storage.artifacts import FolderStore
from storage.documents import Attribution, Cut
from storage.orders import Brief, BriefOptions, PresenterSpec, ShowSpec, TopicCopy

if TYPE_CHECKING:
    from producer.render.sound.meter import Sounding

WEIGHTS = INSTALLED / "weights"
WORDS_PER_S = 2.05
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


def measure(seconds: int, runs: int, options: BriefOptions) -> dict[str, Any]:
    """Medians of `runs` clips of about `seconds`, after one that warms everything up and is not counted.

    The lip-sync check is part of the clips, of their time and memory, but its processor time is counted by itself.
    `non_encoder_ratio` is what drawing, colour conversion, sound and the file cost, over what the encoder costs: all of
    the finish but the encoder, and but playing the finished file to measure it (`measuring_cpu_s_per_s`).
    """
    give_back_memory()
    brief, engines = brief_of(seconds, options), Residency(Registry(weights=WEIGHTS).create, 0)
    rounds = [_round(brief.model_copy(update={"seed": seed}), engines) for seed in range(runs + 1)][1:]
    return {
        "clips": runs,
        "video_s": _median(r.video_s for r in rounds),
        "wall_s": _median(r.wall_s for r in rounds),
        "realtime_factor": _median(r.video_s / r.wall_s for r in rounds),
        "cpu_s_per_s": _median((r.cpu_s - r.lip_sync_cpu_s) / r.video_s for r in rounds),
        "finish_cpu_s_per_s": _median((r.finish_cpu_s - r.lip_sync_cpu_s) / r.video_s for r in rounds),
        "encoder_cpu_s_per_s": _median(r.encoder_cpu_s / r.video_s for r in rounds),
        "non_encoder_ratio": _median(r.making_cpu_s / r.encoder_cpu_s for r in rounds),
        "measuring_cpu_s_per_s": _median(r.measuring_cpu_s / r.video_s for r in rounds),
        "lip_sync_cpu_s_per_s": _median(r.lip_sync_cpu_s / r.video_s for r in rounds),
        "peak_mb": round(max(r.peak_mb for r in rounds)),
    }


@dataclass(frozen=True)
class _Round:
    """One clip: seconds of video, of the wall clock and of processor time; the most memory that making it took."""

    video_s: float
    wall_s: float
    cpu_s: float
    finish_cpu_s: float
    encoder_cpu_s: float
    measuring_cpu_s: float
    lip_sync_cpu_s: float
    peak_mb: float

    @property
    def making_cpu_s(self) -> float:
        return self.finish_cpu_s - self.encoder_cpu_s - self.measuring_cpu_s - self.lip_sync_cpu_s


def _round(brief: Brief, engines: Residency) -> _Round:
    """Make a clip with nothing found already made, then encode its frames once more to see what the encoder alone costs."""
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
        seen = [_apart(engine, request, video, context) for engine, request, video in cuts]
    video_s, encoder_s, measuring_s, lip_sync_s = (sum(values) for values in zip(*seen, strict=True))
    return _Round(video_s, wall, cpu, finish_s, encoder_s, measuring_s, lip_sync_s, peak)


def _apart(engine: str, request: FinishRequest, video: Path, context: Context) -> tuple[float, float, float, float]:
    """Seconds of video, of processor time that its encoder takes, that playing it to measure it takes, and that looking at
    its lips adds to that.

    x264 works in one thread, whose time is known; for one that has threads of its own, everything counts that this
    thread did not do, which is a little more: there is sound to encode, although silence, and a file to write.
    """
    import numpy as np

    from producer.checks.media import inspect
    from producer.render.encode import Encoder
    from producer.render.sound.meter import RATE

    finisher = cast("Compositor", Registry().create(engine))
    composer, timeline = finisher.composer(request, context)
    height, width = composer.frame.shape[:2]
    silence: Future[Sounding] = Future()
    silence.set_result(np.zeros((round(timeline.duration_s * RATE), 2), np.float32))
    before, mine = cpu_s(), time.thread_time()
    with Encoder(context.workdir / "alone.mp4", (width, height), timeline.fps, silence, finisher.encoder) as file:
        for frame in range(timeline.frames):
            file.write(composer.compose(frame))
    others_s = cpu_s() - before - (time.thread_time() - mine)
    encoder_s = file.encoding_s if finisher.encoder_name == "x264" else others_s
    lips = watch_for(request, timeline.offset_s, composer.design.layout, WEIGHTS / "compositor")
    if lips is None:
        raise Unavailable("The lip-sync check's networks are missing.", "deploy/setup.sh run")
    marks = [cpu_s()]
    inspect(video)
    marks.append(cpu_s())
    with closing(lips):
        inspect(video, also=[lips])
        lips.checks()
    marks.append(cpu_s())
    measuring_s = marks[1] - marks[0]
    return timeline.duration_s, encoder_s, measuring_s, marks[2] - marks[1] - measuring_s


def cpu_s() -> float:
    """Processor time of this process, its threads, and the processes it waited for."""
    own, children = getrusage(RUSAGE_SELF), getrusage(RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def brief_of(seconds: int, options: BriefOptions) -> Brief:
    source = Attribution(name="Harbour Gazette", url="https://www.gazette.example/ferry", rights="own")
    return Brief(
        topic=TopicCopy(title="The night ferry returns", text=_tale(seconds - FRAME_S), source=source),
        show=ShowSpec(slug="bench", name="The Morning Desk"),
        presenter=PresenterSpec(slug="mara", name="Mara", role="Host"),
        options=options,
        direct=True,
    )


def _tale(speech_s: float) -> str:
    """As many sentences as fill the time."""
    said: list[str] = []
    for sentence in cycle(TALE):
        if sum(len(s.split()) for s in said) >= speech_s * WORDS_PER_S:
            return " ".join(said)
        said.append(sentence)
    raise AssertionError("a cycle never ends")


def _median(values: Iterator[float]) -> float:
    return round(statistics.median(values), 3)
