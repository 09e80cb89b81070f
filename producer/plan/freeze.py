"""Chooses a variant and engines for a clip from what was asked and what the workers can do. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from producer.engines.base import Stage
from producer.plan.variants import VARIANTS
from storage.documents import Frozen
from storage.orders import Brief
from storage.plans import EngineChoice, Plan

DEFAULT_ORDER: dict[str, tuple[str, ...]] = {
    "script": ("ollama", "openai-compatible", "extractive"),
    "scene": ("procedural",),
    "line": ("hibari", "kokoro"),
    "speech": ("join",),
    "video": ("drawn", "photo"),
    "finish": ("compositor",),
}
STUB_ORDER: dict[str, tuple[str, ...]] = {stage: (f"stub-{stage}",) for stage in DEFAULT_ORDER}


class Capability(Frozen):
    """One engine as a worker publishes it: what it is, and what keeps it from running there."""

    engine: str
    stage: str
    version: str
    weights: str = ""
    lane: str = "cpu"
    languages: tuple[str, ...] = ()
    presenters: tuple[str, ...] = ()
    problem: str = ""
    cure: str = ""

    def suits(self, brief: Brief) -> bool:
        """Whether it can speak the clip's language and show its presenter, once nothing is missing."""
        speaks = not self.languages or brief.options.language in self.languages
        return speaks and (not self.presenters or brief.presenter.kind in self.presenters)


@dataclass(frozen=True)
class Waiting:
    """Why a clip cannot start, and what would let it."""

    reason: str
    cure: str

    def __str__(self) -> str:
        return f"{self.reason} {self.cure}".strip()


Capabilities = Mapping[str, Capability]
Order = Mapping[str, Sequence[str]]


def engine_order(name: str) -> Order:
    """The `production.engines` setting as an order of preference."""
    return STUB_ORDER if name == "stub" else DEFAULT_ORDER


def freeze_plan(brief: Brief, capabilities: Capabilities, order: Order, variant: str = "presenter") -> Plan | Waiting:
    """The plan of a new clip, or what it waits for. An engine that was wished for and is not ready counts as tried."""
    engines = {}
    for stage in VARIANTS[variant].stages:
        choice = choose(stage, brief, capabilities, order)
        if isinstance(choice, Waiting):
            return choice
        engines[str(stage)] = (*_missed(stage, brief, capabilities, choice), choice)
    return Plan(variant=variant, engines=engines)


def choose(
    stage: Stage, brief: Brief, capabilities: Capabilities, order: Order, tried: Sequence[str] = (), why: str = ""
) -> EngineChoice | Waiting:
    """The first ready engine in order of preference that suits the clip and was not tried yet. `why` the last one that
    was tried could not do it."""
    wished = _wished(stage, brief)
    ordered = dict.fromkeys([*wished, *order.get(stage, ())])
    names = [name for name in ordered if name not in capabilities or capabilities[name].suits(brief)]
    problems = []
    for name in names:
        found = capabilities.get(name)
        if name in tried or found is None:
            continue
        if found.problem:
            problems.append(found)
            continue
        reason = "as preferred" if name in wished else "the default"
        if tried:
            reason = f"instead of {tried[-1]}" + (f": {why}" if why else "")
        elif name != names[0]:
            reason = f"{names[0]} cannot do it here"
        return EngineChoice(engine=name, version=found.version, weights=found.weights, lane=found.lane, reason=reason)
    return _why_not(stage, brief, capabilities, problems)


def _wished(stage: Stage, brief: Brief) -> list[str]:
    return [*brief.options.preferred.get(stage, ()), *brief.show.preferred.get(stage, ())]


def _missed(stage: Stage, brief: Brief, capabilities: Capabilities, choice: EngineChoice) -> tuple[EngineChoice, ...]:
    """The engines that somebody wished for before this one, and why they cannot do it: a fallback to be shown."""
    wished = _wished(stage, brief)
    before = wished[: wished.index(choice.engine)] if choice.engine in wished else wished
    missed = [capabilities[name] for name in dict.fromkeys(before) if name in capabilities]
    return tuple(
        EngineChoice(engine=c.engine, version=c.version, weights=c.weights, lane=c.lane, reason=c.problem)
        for c in missed
        if c.problem and c.suits(brief)
    )


def _why_not(stage: Stage, brief: Brief, capabilities: Capabilities, problems: list[Capability]) -> Waiting:
    language = brief.options.language
    if problems:
        return Waiting(problems[0].problem, problems[0].cure)
    if not any(c.stage == stage for c in capabilities.values()):
        return Waiting(f"No worker that can do the {stage} stage is running.", "Start one with: run.py up")
    if stage == "line":
        return Waiting(
            f"No installed voice speaks {LANGUAGE_NAMES.get(language, language)}.",
            VOICE_CURES.get(language, VOICE_CURE),
        )
    if stage == "video" and brief.presenter.kind == "portrait":
        return Waiting("No ready engine makes a portrait speak.", "Install one with: run.py pull photo")
    return Waiting(f"No ready engine does the {stage} stage.", "Look at what each engine lacks in the log.")


VOICE_CURE = "Install one with: run.py pull kokoro"
VOICE_CURES = {"ja": f"{VOICE_CURE}, and: pip install janome"}
LANGUAGE_NAMES = {
    "en": "English", "es": "Spanish", "zh": "Chinese", "fr": "French", "de": "German", "it": "Italian",
    "pt": "Portuguese", "ja": "Japanese", "hi": "Hindi", "ar": "Arabic", "ru": "Russian", "ko": "Korean",
}  # fmt: skip
