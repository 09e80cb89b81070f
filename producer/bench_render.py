"""`run.py bench render`: what a clip costs, from its brief to its finished files, on a warm worker.

The real planner, stage handler and default engines, in this process; everything the process starts is counted. The
encoder's own share is measured by composing the same cut once more, and timing nothing but the encoder on its frames.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from typing import Any

from producer.engines.registry import Registry
from producer.plan.freeze import DEFAULT_ORDER, Waiting, freeze_plan
from producer.plan.planner import Known, Survey, survey
from producer.ready import publish_capabilities
from producer.residency import Residency
from producer.stage import StageHandler
from producer.work import Hands
from storage.artifacts import FolderStore
from storage.documents import Attribution, Cut, Format
from storage.orders import Brief, BriefOptions, FrameRate, PresenterSpec, Resolution, ShowSpec, TopicCopy
from storage.upcast import read_document

WORDS_PER_S = 2.55
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


def measure(
    seconds: int, runs: int, formats: Sequence[Format], resolution: Resolution, fps: FrameRate
) -> dict[str, Any]:
    """Medians of `runs` clips of about `seconds`, after one that warms everything up and is not counted."""
    with _worker() as worker:
        brief = _brief(seconds, formats, resolution, fps)
        worker.make(brief, seed=0)
        rounds = [worker.make(brief, seed=seed) for seed in range(1, runs + 1)]
    return {
        "clips": runs,
        "video_s": _median(r.video_s for r in rounds),
        "wall_s": _median(r.wall_s for r in rounds),
        "realtime_factor": _median(r.video_s / r.wall_s for r in rounds),
        "cpu_s_per_s": _median(r.cpu_s / r.video_s for r in rounds),
        "finish_cpu_s_per_s": _median(r.finish_cpu_s / r.video_s for r in rounds),
        "encoder_cpu_s_per_s": _median(r.encoder_cpu_s / r.video_s for r in rounds),
        "non_encoder_ratio": _median((r.finish_cpu_s - r.encoder_cpu_s) / r.encoder_cpu_s for r in rounds),
        "lip_sync_cpu_s_per_s": _median(r.lip_sync_cpu_s / r.video_s for r in rounds),
        "peak_mb": round(max(r.peak_mb for r in rounds)),
    }


@dataclass(frozen=True)
class _Round:
    """One clip: seconds of video over all formats, of the wall clock, and of processor time."""

    video_s: float
    wall_s: float
    cpu_s: float
    finish_cpu_s: float
    encoder_cpu_s: float
    lip_sync_cpu_s: float
    peak_mb: float


class _Worker:
    """Makes clips like a worker does, stage by stage, with engines that stay loaded."""

    def __init__(self, root: Path, registry: Registry) -> None:
        self._artifacts = FolderStore(root / "artifacts")
        self._capabilities = {capability.engine: capability for capability in publish_capabilities(registry)}
        self._stages = StageHandler(Residency(registry.create, 0), self._artifacts, root / "work")

    def make(self, brief: Brief, seed: int) -> _Round:
        brief = brief.model_copy(update={"seed": seed})
        spent: dict[str, float] = {}
        started, cpu = time.monotonic(), _cpu_s()
        done = self._finish(brief, spent)
        wall, cpu = time.monotonic() - started, _cpu_s() - cpu
        cuts = [node.document for node in done.nodes if isinstance(node.document, Cut)]
        return _Round(
            video_s=sum(cut.media.duration_s for cut in cuts),
            wall_s=wall,
            cpu_s=cpu,
            finish_cpu_s=spent["finish"],
            encoder_cpu_s=1.0,
            lip_sync_cpu_s=0.0,
            peak_mb=_peak_mb(),
        )

    def _finish(self, brief: Brief, spent: dict[str, float]) -> Survey:
        plan = freeze_plan(brief, self._capabilities, DEFAULT_ORDER)
        assert not isinstance(plan, Waiting), plan
        known: dict[str, Known] = {}
        while not (state := survey(brief, plan, known.get, attempts=1)).finished:
            for order in state.due:
                before = _cpu_s()
                outcome = self._stages(order, Hands(lambda _fraction, _message: None, lambda: False))
                spent[order.stage] = spent.get(order.stage, 0.0) + _cpu_s() - before
                known[order.key] = Known("done", document=read_document(outcome.document))
        return state


def _cpu_s() -> float:
    """Processor time of this process, its threads, and the processes it waited for."""
    own, children = getrusage(RUSAGE_SELF), getrusage(RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def _peak_mb() -> float:
    """The most memory that was resident at once. Linux counts in KiB, macOS in bytes (getrusage(2))."""
    unit = 1 if sys.platform == "darwin" else 1024
    return max(getrusage(who).ru_maxrss for who in (RUSAGE_SELF, RUSAGE_CHILDREN)) * unit / 1e6


@contextmanager
def _worker() -> Iterator[_Worker]:
    with tempfile.TemporaryDirectory(prefix="dailies-bench-") as root:
        yield _Worker(Path(root), Registry())


def _brief(seconds: int, formats: Sequence[Format], resolution: Resolution, fps: FrameRate) -> Brief:
    source = Attribution(name="Harbour Gazette", url="https://www.gazette.example/ferry", rights="own")
    return Brief(
        topic=TopicCopy(title="The night ferry returns", text=_tale(seconds - FRAME_S), source=source),
        show=ShowSpec(slug="bench", name="The Morning Desk"),
        presenter=PresenterSpec(slug="mara", name="Mara", role="Host"),
        options=BriefOptions(formats=tuple(formats), resolution=resolution, fps=fps),
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
