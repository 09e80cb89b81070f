"""docs/engines.md: every engine, read from what it says of itself, and how to add one."""

from __future__ import annotations

import importlib
from pathlib import Path

from producer.engines.base import EngineInfo, Licence, Stage
from producer.engines.registry import BUILT_IN, Registry
from producer.plan.freeze import DEFAULT_ORDER, OPTIONAL
from web.terminal.pull import catalogue

EXAMPLE = Path(__file__).parent.parent.parent / "examples" / "an-engine"
STAGES: dict[Stage, str] = {
    "script": "Script: what is said",
    "training": "Training: what a model learns of a presenter",
    "scene": "Scene: what is behind",
    "line": "Line: one spoken sentence",
    "speech": "Speech: the sentences together",
    "motion": "Motion: a picture that moves",
    "video": "Video: the presenter",
    "upscale": "Upscale: more pixels",
    "finish": "Finish: the cut",
    "quality": "Quality: what a careful reviewer would see",
}
SPEED = {
    "hibari": "about 50 × real time on one core",
    "kokoro": "a few times real time on one core",
    "wav2lip": "see [benchmarks](benchmarks.md)",
}
"""Measured figures; an engine that is not named was not measured alone."""
BY_HAND = {
    "wav2lip": "its checkpoint is yours to get: [presenters](presenters.md#wav2lip)",
    "sadtalker-512": "and its 512 model is yours to get, see below",
    "omniavatar": "and its weights are yours to get, see below",
    "omniavatar-14b": "and its weights are yours to get, see below",
}
COMMERCIAL = {
    "osi": "yes", "use-limited": "yes, within its limits", "non-commercial": "**no**", "unclear": "unclear",
}  # fmt: skip

INTRODUCTION = """\
# Engines

Each stage of a clip is made by an engine. The planner takes the first one that is ready here, suits the clip's language
and presenter, and whose licences your settings allow; what it chose, and why not another, is on the clip. `run.py doctor`
says what each lacks on this machine and the command that helps; `run.py pull --list` what can be fetched, and how large it
is. A show may ask for others first: `preferred = { video = ["sadtalker", "photo"] }`.

"By default" marks those that are taken without being asked for. "Commercial" is about the engine's own code and weights;
classes of licence that may run are named in [settings](settings.md) (`production.licences`), by default `osi` and
`use-limited`. GPU memory is what the studio reckons with when it makes room; where no GPU was at hand to measure it, that is
its authors' figure or an estimate. Speed is given only where it was measured.
"""

PROGRAMS = """\
## Engines that are programs of their own

SadTalker and OmniAvatar want packages that would fight with the studio's, so that each gets a Python and a folder of its
own: `run.py pull NAME` clones its repository at a pinned revision, applies named patches, and installs pinned wheels
(torch ≥ 2.7, so that the GPUs of today work). Revision, patches and pins are in
[config/environments.toml](../config/environments.toml). Without a network, give it a folder: `run.py pull sadtalker --from
DIR`, where `DIR` holds the weight files, and may hold a checkout in `code/` and the wheels in `wheels/`.

A program works in a private folder, with an environment that holds no keys of yours, under limits of time, silence and
memory, and it is gone within a second of a cancellation, with all that it started. Its progress is read from the bars that
it draws. When the GPU's memory is full, it is run again at its next smaller profile, a way that needs less for the same
frames, and the clip says so; after the last one, the planner takes the next engine. A portrait without a usable face is
refused before it is started, by the bounds of the [photo presenter](presenters.md), whose face models they need (`run.py pull
photo`).

**SadTalker** moves the head, the eyes and the mouth, and leaves the rest of the picture. The standing of its weights is
disputed, so it runs only where you allow that:

    run.py pull photo sadtalker --accept-licence
    # in DATA/dailies.toml:
    [production]
    licences = ["osi", "use-limited", "unclear"]

`sadtalker-512` makes faces of 512 pixels: put `SadTalker_V0.0.2_512.safetensors` of the same release into
`DATA/weights/sadtalker/checkpoints/`. Its face enhancers stay off: they have non-commercial parts.

**OmniAvatar** films the upper body at 480p, slowly, on an NVIDIA GPU. Put these folders, as published, into
`DATA/weights/omniavatar/` (with the hub's own tool: `hf download REPOSITORY --local-dir FOLDER`): `wav2vec2-base-960h` (of
`facebook`), and for 1.3B `Wan2.1-T2V-1.3B` (of `Wan-AI`) and `OmniAvatar-1.3B` (of `OmniAvatar`); for 14B the same two with
`14B`. The data folder's path must have no spaces: its shell commands would break.

What was tried where Dailies is made: the patches fit the pinned revisions, the pins resolve to wheels, and the engines
were run against doubles that take the programs' arguments and draw their bars. With the real weights they have not run.

## One of your own

An engine is a class: what it is, what it lacks, and how it makes its stage's document (`producer/engines/base.py`). This one
paints scenes in stripes. It lies in [examples/an-engine](../examples/an-engine), and a test installs it and makes a scene with
it. Install it into the studio's environment (`.venv/bin/python -m pip install ./examples/an-engine`), prefer it in a show
(`preferred = { scene = ["stripes"] }`), and it is used; nothing of the studio is edited, since packages name their engines
in the entry point group `dailies.engines`.
"""

OUTSIDE = """\
For a program of its own, derive from `TalkingHead` (`producer/engines/video/talking_head.py`) when it makes a portrait speak:
`sadtalker.py` beside it is the example. For another stage, call `producer.outside.runner.run` with the command and a private
folder, and read its bars with `producer.outside.lines.bar_of`; cancelling, limits and errors come with it.
"""


def page() -> str:
    registry, found = Registry(BUILT_IN), dict[str, list[tuple[EngineInfo, str]]]()
    for name in BUILT_IN:
        if not name.startswith("stub-"):
            engine = registry.create(name)
            found.setdefault(engine.info.stage, []).append((engine.info, _does(type(engine))))
    parts = [INTRODUCTION]
    for stage, title in STAGES.items():
        if stage in found:
            parts.append("\n".join([f"## {title}\n", HEADING, *(_row(*engine) for engine in found[stage])]) + "\n")
    code = (EXAMPLE / "stripes.py").read_text("utf-8")
    package = (EXAMPLE / "pyproject.toml").read_text("utf-8")
    parts += [PROGRAMS, f"```python\n{code}```\n", f"```toml\n{package}```\n", OUTSIDE]
    return "\n".join(parts)


HEADING = """\
| Engine | What it does | GPU memory | Speed | Languages | Code / weights | Commercial | How to get it |
|---|---|---|---|---|---|---|---|"""


def _row(info: EngineInfo, does: str) -> str:
    memory = f"{info.memory_mb / 1000:.1f} GB" if info.memory_mb else "none"
    languages = ", ".join(info.languages) or "any"
    weights = info.weights_licence
    licences = [info.code_licence, *([weights] if weights else [])]
    names = " / ".join(licence.name for licence in licences)
    cells = (
        f"`{info.id}`{_place(info)}", does, memory, SPEED.get(info.id, "–"), languages, names, _commercial(licences), _get(info),
    )  # fmt: skip
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def _place(info: EngineInfo) -> str:
    if info.id not in DEFAULT_ORDER.get(info.stage, ()):
        return ""
    return ", by default, when it is there" if info.id in OPTIONAL else ", by default"


def _commercial(licences: list[Licence]) -> str:
    kinds = {licence.kind for licence in licences}
    worst = next(kind for kind in ("non-commercial", "unclear", "use-limited", "osi") if kind in kinds)
    return COMMERCIAL[worst]


def _get(info: EngineInfo) -> str:
    known = catalogue()
    ways = []
    for cure in info.cures:
        name = cure.removeprefix("run.py pull ")
        size = f" ({known[name].size / 1e6:,.0f} MB)" if name in known else ""
        ways.append(f"`{cure}`{size}")
    text = ", ".join(ways) or "comes with the studio"
    return f"{text}; {BY_HAND[info.id]}" if info.id in BY_HAND else text


def _does(engine: type) -> str:
    """The first sentence of its module, and of its class where a module has several."""
    module = importlib.import_module(engine.__module__)
    told = [_first(module.__doc__)]
    others = [target for target in BUILT_IN.values() if target.startswith(f"{engine.__module__}:")]
    if len(others) > 1 and engine.__doc__:
        told.append(_first(engine.__doc__))
    return " ".join(told)


def _first(text: str | None) -> str:
    paragraph = " ".join((text or "").split("\n\n")[0].split())
    return paragraph.partition(". ")[0].rstrip(".") + "."
