"""Chooses a variant and engines for a clip from what was asked and what the workers can do. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from producer.engines.base import Need, Stage
from producer.plan.variants import VARIANTS
from producer.speech.languages import primary
from storage.canonical import canonical_json
from storage.documents import Frozen, Script
from storage.orders import Brief, EncoderName
from storage.plans import EngineChoice, Plan

DEFAULT_ORDER: dict[str, tuple[str, ...]] = {
    "script": ("ollama", "openai-compatible", "llamacpp", "extractive"),
    "scene": ("still", "comfyui", "flux2-klein", "z-image-turbo", "sdxl", "sd15", "procedural"),
    "training": ("train-sdxl", "train-sd15"),
    "motion": ("comfyui-motion", "wan", "svd", "ltx", "kenburns"),
    "upscale": ("realesrgan", "lanczos"),
    "line": ("recording", "xtts", "hibari", "kokoro", "espeak"),
    "speech": ("join",),
    "video": ("footage", "drawn", "photo"),
    "finish": ("compositor",),
    "quality": ("gate",),
}
OPTIONAL = frozenset({
    "ollama", "openai-compatible", "llamacpp", "comfyui", "flux2-klein", "z-image-turbo", "sdxl", "sd15", "still",
    "comfyui-motion", "wan", "svd", "footage",
})  # fmt: skip
"""Taken when they are there, and not missed when they are not, unless somebody wished for them. Of the models that set a
scene in motion the smallest is missed: who asked for motion and gets a camera move is told so."""
BROUGHT: Mapping[Need, str] = {"recording": "line", "picture": "scene", "film": "video"}
"""What a person may bring for a stage. The engine that takes it works where it was brought, and no other does."""

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
        if self.stage in BROUGHT.values() and (self.needs in BROUGHT) != (self.stage in brief.brought):
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
    return Plan(variant=variant, engines=engines, asked={stage: asked(stage, brief) for stage in engines})


def follow(plan: Plan, brief: Brief, first: Brief, capabilities: Capabilities, order: Order) -> Plan | Waiting:
    """The plan for a later revision. A stage that is asked what it was asked keeps its engines, whatever is new on this
    machine; one that is asked otherwise (another engine, a file that was brought, a portrait instead of a drawing) gets
    those that it had when it was last asked so, else chooses. `first`: the revision that an older plan was made for.
    """
    for stage, used in plan.engines.items():
        was, now = plan.asked.get(stage) or asked(stage, first), asked(stage, brief)
        if was == now:
            continue
        chain = plan.earlier.get(stage, {}).get(now)
        if chain is None:
            choice = choose(stage, brief, capabilities, order)
            if isinstance(choice, Waiting) and "." in stage:
                plan = plan.without(stage)  # the new script may have no line in that language
                continue
            if isinstance(choice, Waiting):
                return choice
            chain = (choice,)
        plan = plan.changed(stage, was, used, now, chain)
    return plan


def with_voices(
    plan: Plan, script: Script | None, brief: Brief, capabilities: Capabilities, order: Order
) -> Plan | Waiting:
    """The plan with an engine for each language of the script that the clip's own voice does not speak; the same plan
    where it speaks them all, or nobody knows yet what is said."""
    for code in dict.fromkeys(primary(line.language) for line in script.lines) if script else ():
        role, usual = f"line.{code}", plan.engine_for("line")
        known = capabilities.get(usual.engine)
        if role in plan.engines or known is None or not known.languages or code in known.languages:
            continue
        choice = choose(role, brief, capabilities, order)
        if isinstance(choice, Waiting):
            return choice
        why = f"{usual.engine} does not speak {LANGUAGE_NAMES.get(code, code)}"
        told = {"reason": why, "instead_of": usual.engine, "problem": f"{why}. {choice.problem}".strip()}
        plan = plan.having(role, choice.model_copy(update=told), asked(role, brief))
    return plan


def _part(role: str, brief: Brief) -> tuple[Stage, Brief]:
    """The stage of a part of a plan, and the brief as it is for that part: `line.es` is a line in Spanish."""
    stage, _, code = role.partition(".")
    if code:
        brief = brief.model_copy(update={"options": brief.options.model_copy(update={"language": code})})
    return cast("Stage", stage), brief


def asked(role: str, brief: Brief) -> str:
    """Everything of a brief that decides which engine a stage gets, as one line."""
    stage, brief = _part(role, brief)
    facts: dict[str, Any] = {"wished": wished_for(stage, brief), "language": brief.options.language}
    facts["brought"] = stage in brief.brought
    if stage == "line":
        facts["samples"] = bool(brief.presenter.samples)
    if stage == "video":
        facts["presenter"] = brief.presenter.kind
    return canonical_json(facts)


def wished_for(stage: str, brief: Brief) -> list[str]:
    """The engines that the clip, then its show, would rather have. What was ordered to be learnt is painted with."""
    if brief.training is not None and stage in ("training", "scene"):
        return [f"train-{brief.training.engine}" if stage == "training" else brief.training.engine]
    return [*brief.options.preferred.get(stage, ()), *brief.show.preferred.get(stage, ())]


def choose(
    role: str, brief: Brief, capabilities: Capabilities, order: Order, tried: Sequence[str] = (), why: str = ""
) -> EngineChoice | Waiting:
    """The first ready engine in order of preference that suits the clip and was not tried yet. `role`: a stage, or lines
    in a language (`line.es`). `why` the last one that was tried could not do it."""
    stage, brief = _part(role, brief)
    wished = wished_for(stage, brief)
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


def suitable(
    brief: Brief, capabilities: Capabilities, order: Order, variant: str = "presenter"
) -> dict[str, list[str]]:
    """Stage → the engines that are ready and could make it for this brief: those of the order first."""
    found: dict[str, list[str]] = {}
    for stage in VARIANTS[variant].stages:
        able = [c.engine for c in capabilities.values() if c.stage == stage and not c.problem and c.suits(brief)]
        preferred = [engine for engine in order.get(stage, ()) if engine in able]
        found[str(stage)] = [*preferred, *(engine for engine in able if engine not in preferred)]
    return found


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
