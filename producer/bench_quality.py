"""`run.py bench quality`: how well each check tells good clips from broken ones, and what looking costs.

Good clips come from the real planner and engines; the faults are planted in them, one at a time (`producer/quality/planted.py`).
"""

from __future__ import annotations

import tempfile
from collections import Counter, deque
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

import numpy as np

from config.folders import INSTALLED
from producer.alone import work_of
from producer.bench_render import brief_of, cpu_s
from producer.checks.media import inspect
from producer.checks.onlooker import Onlooker
from producer.engines.finish.measuring import watch_for
from producer.engines.line.ears import Ears
from producer.engines.registry import Registry
from producer.engines.requests import FinishRequest, QualityRequest, read_request
from producer.quality.evidence import Evidence
from producer.quality.examine import Helpers, examine
from producer.quality.helpers import Voices
from producer.quality.melody import PITCH
from producer.quality.planted import FAULTS, Fault, replayed
from producer.quality.planted_speakers import Speakers
from producer.quality.specimens import Footage, Specimen, earlier_than, footage, specimens
from producer.recognition import Faces
from producer.render.layout import layout_for
from producer.residency import Residency
from producer.stage import StageHandler
from storage.artifacts import FolderStore
from storage.documents import Cut
from storage.orders import Brief, BriefOptions
from storage.quality import QualityReport

TUNED_ON = 9
"""Good clips by which the bounds were set. The checks are measured on others."""
TUNED, REPORTED = 0, 200_000
"""Chance: by the first, faults were planted while the bounds were set; by the second they are measured."""
SLIGHT = frozenset({PITCH, *(fault.check for fault in FAULTS if fault.slight)})
"""Checks that never fail a clip, and warn instead."""
WARMING_S = 8
FACES = INSTALLED / "weights" / "compositor"


@dataclass(frozen=True)
class Tally:
    """How one check did. `alarms`: good clips that it failed, of `good`; `caught`: broken ones, of `planted`."""

    check: str
    good: int
    alarms: int
    planted: int
    caught: int

    @property
    def recall(self) -> float:
        return self.caught / self.planted if self.planted else 0.0

    @property
    def precision(self) -> float:
        return self.caught / (self.caught + self.alarms) if self.caught + self.alarms else 0.0

    @property
    def false_alarms(self) -> float:
        return self.alarms / self.good if self.good else 0.0


def calibrate(
    clips: int,
    folder: Path,
    weights: Path,
    *,
    lips: bool,
    say: Callable[[str], None] = lambda _line: None,
    chance: int = REPORTED,
) -> list[Tally]:
    """One tally per check. `lips`: with the faults that the networks of the face check have to find, which takes minutes.
    `chance`: where faults are planted, and how strong they are; bounds are set by another one than is reported."""
    good: Counter[str] = Counter()
    alarms: Counter[str] = Counter()
    planted: Counter[str] = Counter()
    caught: Counter[str] = Counter()
    looks: deque[str] = deque(maxlen=5)
    speakers = Speakers(weights, folder / "samples")
    for number, specimen in enumerate(specimens(clips, folder, weights, TUNED_ON if chance == REPORTED else 0)):
        earlier = earlier_than(specimen)
        seen = [(look,) for look in looks] + [()] * len(earlier)  # of the clips just before, whatever they said
        before = tuple(one.model_copy(update={"looks": look}) for one, look in zip(earlier, seen, strict=False))
        options = specimen.request.options.model_copy(update={"earlier": before})
        usual = replace(specimen, request=replace(specimen.request, options=options))
        shown = footage(specimen.artifacts.fetch(specimen.request.cut.video))
        report = judged(replayed(usual, shown), usual)
        said = [finding for finding in report.findings if finding.verdict != "not run"]
        looks.appendleft(report.look)
        for finding in (*said, *speakers.good(usual)):
            good[finding.name] += 1
            if alarmed := finding.verdict == "fail" or (finding.name in SLIGHT and finding.verdict == "warn"):
                say(f"false alarm of {finding.name} ({finding.value} {finding.why}) in {specimen.name}")
            alarms[finding.name] += alarmed
        for fault in (fault for fault in (*FAULTS, *speakers.faults()) if lips or not fault.lips):
            planted[fault.check] += 1
            found = find(fault, usual, shown, chance + number)
            right = found.startswith(("fail", "warn") if fault.check in SLIGHT else "fail")
            caught[fault.check] += right
            if not right:
                say(f"missed by {fault.check} ({found}): {fault.name} in {specimen.name}")
    return [
        Tally(name, good[name], alarms[name], planted[name], caught[name])
        for name in good
        if planted[name] or alarms[name]
    ]


def find(fault: Fault, specimen: Specimen, shown: Footage, seed: int) -> str:
    """What the check that should see a fault says of a clip that has it: its verdict, and if that is wrong the value."""
    broken = fault.plant(specimen, shown, np.random.default_rng(seed), FACES)
    findings = [f for f in fault.judge(Evidence(broken, specimen.artifacts)) if f.name == fault.check]
    return next((f.verdict if f.verdict == "fail" else f"{f.verdict}, {f.value}" for f in findings), "nothing")


def judged(request: QualityRequest, specimen: Specimen, helpers: Helpers | None = None) -> QualityReport:
    return examine(Evidence(request, specimen.artifacts), helpers or Helpers(Ears(None), Voices(None), Faces(None)))


def cost(seconds: int) -> dict[str, Any]:
    """Processor seconds of one clip's making and of its checking, in which the file is played once; and their ratio. After a
    short clip that is not counted: what a worker loads once is no cost of a clip."""
    registry = Registry(weights=INSTALLED / "weights")
    engines = Residency(registry.create, 0)
    _cost(brief_of(WARMING_S, BriefOptions()), registry, engines)
    return _cost(brief_of(seconds, BriefOptions()), registry, engines)


def _cost(brief: Brief, registry: Registry, engines: Residency) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="dailies-bench-") as folder:
        store = FolderStore(Path(folder) / "artifacts")
        stages = StageHandler(engines, store, Path(folder) / "work")
        spent: Counter[str] = Counter()
        playing = 0.0
        for order, work in work_of(brief, stages, registry):
            before = cpu_s()
            made = work()
            spent[order.stage] += cpu_s() - before  # type: ignore[assignment]
            if isinstance(made, Cut):
                request = cast("FinishRequest", read_request(order.payload))
                playing += _playing(request, made, store.fetch(made.video))
                length = made.media.duration_s
    making = sum(spent.values()) - spent["quality"] - playing
    checking = spent["quality"] + playing
    return {
        "video_s": round(length, 1),
        "making_cpu_s": round(making, 2),
        "playing_and_watching_cpu_s": round(playing, 2),
        "judging_cpu_s": round(spent["quality"], 2),
        "checking_share": round(checking / making, 3),
    }


def as_rows(tallies: Iterable[Tally]) -> dict[str, Any]:
    return {
        tally.check: {
            "good": tally.good, "false_alarms": round(tally.false_alarms, 4), "planted": tally.planted,
            "recall": round(tally.recall, 4), "precision": round(tally.precision, 4),
        }
        for tally in tallies
    }  # fmt: skip


def _playing(request: FinishRequest, cut: Cut, video: Path) -> float:
    """What playing a file to all its witnesses takes, as the finish does."""
    layout = layout_for(cut.format, request.options.resolution, platform=request.options.platform)
    offset = cut.line_spans[0].start - request.speech.lines[0].start
    onlooker, before = Onlooker(), cpu_s()
    lips = watch_for(request, offset, layout, FACES)
    if lips is None:
        inspect(video, also=[onlooker])
    else:
        with closing(lips):
            inspect(video, also=[onlooker, lips])
            lips.checks()
            lips.sightings()
    onlooker.sightings()
    return cpu_s() - before
