"""Chooses a variant and engines for a clip from what was asked and what the workers can do. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from producer.engines.base import Need, Stage
from producer.plan.variants import VARIANTS
from storage.documents import Frozen
from storage.orders import Brief, EncoderName
from storage.plans import EngineChoice, Plan

DEFAULT_ORDER: dict[str, tuple[str, ...]] = {
    "script": ("ollama", "openai-compatible", "llamacpp", "extractive"),
    "scene": ("comfyui", "flux2-klein", "z-image-turbo", "sdxl", "sd15", "procedural"),
    "motion": ("comfyui-motion", "wan", "svd", "ltx", "kenburns"),
    "upscale": ("realesrgan", "lanczos"),
    "line": ("recording", "xtts", "hibari", "kokoro", "espeak"),
    "speech": ("join",),
    "video": ("drawn", "photo"),
    "finish": ("compositor",),
    "quality": ("gate",),
}
OPTIONAL = frozenset(
    {
        "ollama",
        "openai-compatible",
        "llamacpp",
        "flux2-klein",
        "z-image-turbo",
        "sdxl",
        "sd15",
        "wan",
        "svd",
        "comfyui",
        "comfyui-motion",
    }
)
"""Taken when they are there, and not missed when they are not, unless somebody wished for them. Of the models that set a
scene in motion the smallest is missed: who asked for motion and gets a camera move is told so."""

STUB_ORDER: dict[str, tuple[str, ...]] = {stage: (f"stub-{stage}",) for stage in DEFAULT_ORDER if stage != "quality"}
"""There is nothing to judge in what they make."""


ONE_WAY = "default"
"""The profile of an engine that has no others."""


class Capability(Frozen):
    """One engine as a worker publishes it: what it is, and what keeps it from running there."""

    engine: str
    stage: str
    version: str
    weights: str = ""
    lane: str = "cpu"
    languages: tuple[str, ...] = ()
    presenters: tuple[str, ...] = ()
    needs: Need = ""
    profiles: tuple[str, ...] = ()
    """The ways to run it that fit into the worker's memory budget, best first; empty = it knows one way only."""
    problem: str = ""
    cure: str = ""

    def suits(self, brief: Brief) -> bool:
        """Whether it can speak the clip's language and show its presenter, once nothing is missing; and whether what it
        speaks with was given."""
        if self.stage == "line" and (self.needs == "recording") != (brief.recording is not None):
            return False
        if self.needs == "samples" and not brief.presenter.samples:
            return False
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


def engine_order(name: str, encoder: EncoderName = "x264") -> Order:
    """The settings `production.engines` and `production.encoder` as an order of preference. Without a working encoder
    of the kind that was asked for, x264 makes the video."""
    if name == "stub":
        return STUB_ORDER
    return {**DEFAULT_ORDER, "finish": tuple(dict.fromkeys([finisher(encoder), *DEFAULT_ORDER["finish"]]))}


def finisher(encoder: EncoderName) -> str:
    """The engine of the finish stage that encodes with it."""
    return "compositor" if encoder == "x264" else f"compositor-{encoder}"


def freeze_plan(brief: Brief, capabilities: Capabilities, order: Order, variant: str = "presenter") -> Plan | Waiting:
    """The plan of a new clip, or what it waits for."""
    engines = {}
    for node in VARIANTS[variant].wanted(brief):
        choice = choose(node.stage, brief, capabilities, order)
        if not isinstance(choice, Waiting):
            engines[str(node.stage)] = (choice,)
        elif node.presence != "possible":
            return choice
    return Plan(variant=variant, engines=engines)


def choose(
    stage: Stage, brief: Brief, capabilities: Capabilities, order: Order, tried: Sequence[str] = (), why: str = ""
) -> EngineChoice | Waiting:
    """The first ready engine in order of preference that suits the clip and was not tried yet. `why` the last one that
    was tried could not do it."""
    wished = [*brief.options.preferred.get(stage, ()), *brief.show.preferred.get(stage, ())]
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
        reason, instead_of, problem = "as preferred" if name in wished else "the default", "", ""
        if tried:
            reason, problem = f"instead of {tried[-1]}", why
        elif missed := [other for other in names[: names.index(name)] if other in wished or other not in OPTIONAL]:
            reason, instead_of, lacking = f"{missed[0]} cannot do it here", missed[0], capabilities.get(missed[0])
            problem = f"{lacking.problem} {lacking.cure}".strip() if lacking else ""
        return EngineChoice(
            engine=name, version=found.version, weights=found.weights, lane=found.lane,
            profile=found.profiles[0] if found.profiles else ONE_WAY, reason=reason, instead_of=instead_of, problem=problem,
        )  # fmt: skip
    return _why_not(stage, brief, capabilities, problems)


def step_down(last: EngineChoice, capabilities: Capabilities, why: str = "") -> EngineChoice | None:
    """The same engine at its next smaller profile, after it ran out of memory; None where there is none."""
    found = capabilities.get(last.engine)
    if found is None or found.problem or last.profile not in found.profiles[:-1]:
        return None
    smaller = found.profiles[found.profiles.index(last.profile) + 1]
    reason = f"instead of {last.engine} at the profile {last.profile}"
    return last.model_copy(update={"profile": smaller, "reason": reason, "instead_of": "", "problem": why})


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
