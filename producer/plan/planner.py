"""The planner: what should exist for a clip, how far it is, and what is due. Pure.

`survey` walks the variant's nodes in order. A node whose inputs are known has a key; a key that is done has a
document, which makes the next keys known. The same walk answers "what is due now?" and "what would this edit cost?".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import cast

from producer.engines.base import Stage
from producer.engines.requests import LineOptions
from producer.plan import options as ask
from producer.plan.keys import Inputs, stage_key, take_seed
from producer.plan.policy import Verdict, judge
from producer.plan.variants import VARIANTS, StageNode
from producer.speech.languages import primary
from storage.documents import Document, Format, Frozen, Scene, Script, SpokenLine, Upscaled
from storage.events import ErrorFacts
from storage.learning import TrainedLora
from storage.orders import Brief
from storage.plans import EngineChoice, Plan
from storage.quality import QualityReport
from storage.upcast import read_document
from storage.work import WorkOrder

UPSCALED_PICTURE = "upscale.picture"
"""The node that enlarges the topic's picture."""


@dataclass(frozen=True)
class Known:
    """How a piece of work stands; what `find` answers for a key that was ever queued."""

    state: str
    attempt: int = 0
    document: Document | None = None
    error: ErrorFacts | None = None
    ended_at: str = ""


Find = Callable[[str], Known | None]


@dataclass(frozen=True)
class Node:
    """One node of a clip's graph. `key` is "" while its inputs are not known yet, and for a person's pin."""

    name: str
    stage: Stage
    choice: EngineChoice
    key: str = ""
    document: Document | None = None
    verdict: Verdict = "blocked"
    order: WorkOrder | None = None
    error: ErrorFacts | None = None
    pinned: bool = False
    role: str = ""
    """Under which name of the plan its engines stand: its stage, or `line.es`."""

    @property
    def done(self) -> bool:
        return self.document is not None


@dataclass(frozen=True)
class Survey:
    """A clip as it stands: all its nodes, and what follows from them."""

    nodes: tuple[Node, ...]
    script: Script | None = None
    due: tuple[WorkOrder, ...] = field(default=())

    @property
    def finished(self) -> bool:
        return bool(self.nodes) and all(node.done for node in self.nodes)

    @property
    def reports(self) -> dict[str, QualityReport]:
        """Format → what the gate said of its cut."""
        found = [node.document for node in self.nodes if isinstance(node.document, QualityReport)]
        return {report.format: report for report in found}

    @property
    def failed(self) -> Node | None:
        """The first node that will not be tried again."""
        return next((node for node in self.nodes if node.verdict in ("failed", "set_aside")), None)

    @property
    def fallback_for(self) -> Node | None:
        """The first node whose engine cannot make it here, so that the plan needs another one."""
        return next((node for node in self.nodes if node.verdict == "fall_back"), None)


def survey(brief: Brief, plan: Plan, find: Find, attempts: int, since: str = "") -> Survey:
    """Everything about a clip that follows from its brief, its plan and what `find` knows of work by key.

    `attempts` and `since`: see `judge`.
    """
    walk = _Walk(brief, plan, find, attempts, since)
    planned = (spec for spec in VARIANTS[plan.variant].nodes if spec.stage in plan.engines or spec.presence == "always")
    nodes = tuple(node for spec in planned for node in walk.visit(spec))
    due = {node.order.key: node.order for node in nodes if node.order is not None}
    return Survey(nodes, walk.script, tuple(due.values()))


class _Walk:
    """One pass over the graph; remembers the documents that were found on the way."""

    def __init__(self, brief: Brief, plan: Plan, find: Find, attempts: int, since: str) -> None:
        self.brief, self.plan, self.find, self.attempts, self.since = brief, plan, find, attempts, since
        self.made: dict[str, Document] = {}

    @property
    def script(self) -> Script | None:
        return cast("Script | None", self.made.get("script"))

    def visit(self, spec: StageNode) -> Iterator[Node]:
        for name, options, inputs in self._asks(spec):
            node = self._node(name, spec.stage, options, inputs)
            if node.document is not None:
                self.made[name] = node.document
            yield node

    def _asks(self, spec: StageNode) -> Iterator[tuple[str, Frozen | None, Inputs]]:
        """The nodes of a stage: name, options and inputs; options are None while they cannot be known."""
        script = self.script
        match spec.stage:
            case "script":
                yield "script", ask.script_options(self.brief), {}
            case "scene":
                learnt = cast("TrainedLora | None", self.made.get("training"))
                waits = "training" in self.plan.engines and learnt is None
                trained = ask.trained_for(self.brief, self.plan.engine_for("scene").engine, learnt)
                for frame in self.brief.options.formats:
                    ready = None if waits else script
                    yield f"scene.{frame}", ready and ask.scene_options(self.brief, ready, frame, trained), {}
            case "training":
                order = self.brief.training
                yield "training", order and ask.training_options(self.brief.presenter.slug, order), {}
            case "motion":
                for frame in self.brief.options.formats:
                    scene = self.made.get(f"scene.{frame}")
                    options = ask.motion_options(self.brief, frame) if scene else None
                    yield f"motion.{frame}", options, {"scene": scene} if scene else {}
            case "upscale":
                yield from self._upscale()
            case "line":
                if script is None:
                    yield "line", None, {}
                    return
                for number in range(len(script.lines)):
                    yield f"line.{number}", ask.line_options(self.brief, script, number), {}
            case "speech":
                lines = self._lines(script)
                yield "speech", ask.speech_options(self.brief) if lines else None, {"lines": lines}
            case "video":
                speech = self.made.get("speech")
                if script and speech:
                    yield "video", ask.video_options(self.brief), {"script": script, "speech": speech}
                else:
                    yield "video", None, {}
            case "finish":
                for frame in self.brief.options.formats:
                    yield self._finish(frame, script)
            case "quality":
                for frame in self.brief.options.formats:
                    yield self._quality(frame, script)
            case _:
                raise AssertionError(f"no variant asks for {spec.stage}")

    def _upscale(self) -> Iterator[tuple[str, Frozen | None, Inputs]]:
        for frame in self.brief.options.formats:
            scene = cast("Scene | None", self.made.get(f"scene.{frame}"))
            yield f"upscale.{frame}", scene and ask.upscale_options(self.brief, scene.image, frame), {}
        if (picture := ask.picture_allowed(self.brief)) is not None:
            yield UPSCALED_PICTURE, ask.upscale_options(self.brief, picture), {}

    def _finish(self, frame: Format, script: Script | None) -> tuple[str, Frozen | None, Inputs]:
        name, parts = f"finish.{frame}", ["speech", "video", f"scene.{frame}"]
        parts += [f"motion.{frame}"] if "motion" in self.plan.engines else []
        enlarged = [f"upscale.{frame}", UPSCALED_PICTURE] if "upscale" in self.plan.engines else []
        if ask.picture_allowed(self.brief) is None:
            enlarged = enlarged[:1]
        if script is None or any(part not in self.made for part in (*parts, *enlarged)):
            return name, None, {}
        speech, performance, scene, *backdrop = (self.made[part] for part in parts)
        inputs: Inputs = {"script": script, "scene": scene, "speech": speech, "performance": performance}
        if backdrop:
            inputs = {**inputs, "backdrop": backdrop[0]}
        options = ask.finish_options(self.brief, script, frame)
        larger = [cast("Upscaled", self.made[part]) for part in enlarged]
        if larger:
            drawn = cast("Scene", scene)
            size = {"image": larger[0].image, "width": larger[0].width, "height": larger[0].height}
            inputs = {**inputs, "scene": drawn.model_copy(update=size)}
        if larger[1:]:
            options = options.model_copy(update={"picture": larger[1].image})
        return name, options, inputs

    def _quality(self, frame: Format, script: Script | None) -> tuple[str, Frozen | None, Inputs]:
        name, cut = f"quality.{frame}", self.made.get(f"finish.{frame}")
        if script is None or cut is None:
            return name, None, {}
        speech, performance, scene = (self.made[part] for part in ("speech", "video", f"scene.{frame}"))
        inputs: Inputs = {"script": script, "scene": scene, "speech": speech, "performance": performance, "cut": cut}
        return name, ask.quality_options(self.brief, self.plan), inputs

    def _lines(self, script: Script | None) -> tuple[SpokenLine, ...]:
        names = [f"line.{number}" for number in range(len(script.lines))] if script else []
        return (
            tuple(cast("SpokenLine", self.made[name]) for name in names) if all(n in self.made for n in names) else ()
        )

    def _node(self, name: str, stage: Stage, options: Frozen | None, inputs: Inputs) -> Node:
        role = self.plan.voice_for(primary(options.language)) if isinstance(options, LineOptions) else str(stage)
        choice = self.plan.engine_for(role)
        if name in self.brief.pins:
            document = read_document(self.brief.pins[name].document)
            return Node(name, stage, choice, document=document, pinned=True, role=role)
        if options is None:
            return Node(name, stage, choice, role=role)
        take = max(self.brief.takes.get(name, 0), self.brief.takes.get(stage, 0))
        seed = take_seed(0 if stage == "training" else self.brief.seed, take)  # what is learnt is no clip's own
        key = stage_key(stage, choice, options, seed, take, inputs)
        known = self.find(key)
        if known is not None and known.state == "done":
            return Node(name, stage, choice, key, known.document, "done", role=role)
        verdict = judge(known, self.attempts, self.since)
        order = None
        if verdict == "due":
            attempt = known.attempt + 1 if known else 1
            order = work_order(key, stage, choice, options, seed, inputs, attempt)
        return Node(name, stage, choice, key, None, verdict, order, known.error if known else None, role=role)


def work_order(
    key: str, stage: Stage, choice: EngineChoice, options: Frozen, seed: int, inputs: Inputs, attempt: int
) -> WorkOrder:
    """One piece of a stage's work."""
    documents = {n: v.to_json() if isinstance(v, Document) else [d.to_json() for d in v] for n, v in inputs.items()}
    payload = {
        "stage": stage,
        "engine": choice.engine,
        "profile": choice.profile,
        "options": options.model_dump(mode="json", exclude_defaults=True),
        "seed": seed,
        "documents": documents,
    }
    return WorkOrder(
        key=key, kind="stage", queue=f"{choice.lane}.{choice.engine}", stage=stage, engine=choice.engine,
        engine_version=choice.version, payload=payload, attempt=attempt,
    )  # fmt: skip
