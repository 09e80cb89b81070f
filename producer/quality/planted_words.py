"""Faults of what is said, and of the captions that should say the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

from producer.engines.requests import QualityRequest
from producer.quality.captions import cues
from producer.quality.specimens import Footage, Specimen
from storage.quality import EarlierClip

CURSES = {"en": "And it is bloody fucking good.", "es": "Y es una mierda.", "zh": "真他妈的好。"}
STRAY = {
    "en": "Das ist wirklich eine schöne Nachricht für alle Menschen, die hier in der Stadt leben.",
    "es": "This is really good news for everybody who has been living in this town for years.",
    "zh": "This is really good news for everybody who has been living in this town for years.",
}
CLAIMS = {
    "en": "It cost exactly 87,213 pounds, said Gregor Habermann.", "es": "Costó exactamente 87.213 euros, dijo Gregor Habermann.",
    "zh": "这一共花了87213元。",
}  # fmt: skip


def said(words: dict[str, str], *, instead: bool) -> Callable[..., QualityRequest]:
    """A line more, or another one instead of each."""

    def plant(specimen: Specimen, _shown: Footage, _rng: np.random.Generator, _weights: Path | None) -> QualityRequest:
        script = specimen.request.script
        line = script.lines[0].model_copy(update={"text": words[script.lines[0].language], "quote": ""})
        lines = tuple(line for _ in script.lines) if instead else (*script.lines[:-1], line)
        return replace(specimen.request, script=script.model_copy(update={"lines": lines}))

    return plant


def said_before(specimen: Specimen, _shown: Footage, rng: np.random.Generator, _w: Path | None) -> QualityRequest:
    """An earlier clip said nearly the same: one word in twelve is another."""
    lines = []
    for line in specimen.request.script.lines:
        unspaced = line.language == "zh"  # where a word is about two characters
        units, each = (list(line.text), 24) if unspaced else (line.text.split(" "), 12)
        lines.append(("" if unspaced else " ").join("x" if rng.random() < 1 / each else one for one in units))
    options = specimen.request.options
    twin = EarlierClip(title="Twin", lines=tuple(lines))
    return replace(specimen.request, options=options.model_copy(update={"earlier": (*options.earlier, twin)}))


def captioned(change: Callable[[str, np.random.Generator], str]) -> Callable[..., QualityRequest]:
    def plant(specimen: Specimen, _shown: Footage, rng: np.random.Generator, _weights: Path | None) -> QualityRequest:
        cut = specimen.request.cut
        before = specimen.artifacts.fetch(cut.srt).read_text("utf-8")
        after = specimen.artifacts.put_bytes(change(before, rng).encode(), "application/x-subrip")
        return replace(specimen.request, cut=cut.model_copy(update={"srt": after}))

    return plant


def shifted_cues(srt: str, rng: np.random.Generator) -> str:
    by = float(rng.uniform(1.2, 3.0))
    return "\n".join(
        f"{n}\n{_clock(c.start + by)} --> {_clock(c.end + by)}\n{c.text}\n" for n, c in enumerate(cues(srt), 1)
    )


def overlapping_cues(srt: str, rng: np.random.Generator) -> str:
    found = cues(srt)
    last = found[-1]
    early = (*found, last._replace(start=max(last.start - float(rng.uniform(0.0, 0.4)), 0.0)))
    return "\n".join(f"{n}\n{_clock(c.start)} --> {_clock(c.end)}\n{c.text}\n" for n, c in enumerate(early, 1))


def hurried_cues(srt: str, rng: np.random.Generator) -> str:
    """One is gone again before it can be read."""
    found = cues(srt)
    one = max(found, key=lambda cue: len(cue.text) / (cue.end - cue.start))
    told = [c._replace(end=c.start + (c.end - c.start) / float(rng.uniform(3.5, 5))) if c is one else c for c in found]
    return "\n".join(f"{n}\n{_clock(c.start)} --> {_clock(c.end)}\n{c.text}\n" for n, c in enumerate(told, 1))


def lost_words(srt: str, rng: np.random.Generator) -> str:
    found = cues(srt)
    lost = int(rng.integers(len(found)))
    told = [c._replace(text=c.text[: len(c.text) // 2]) if n == lost else c for n, c in enumerate(found)]
    return "\n".join(f"{n}\n{_clock(c.start)} --> {_clock(c.end)}\n{c.text}\n" for n, c in enumerate(told, 1))


def _clock(seconds: float) -> str:
    milliseconds = round(seconds * 1000)
    return f"{milliseconds // 3_600_000:02}:{milliseconds // 60_000 % 60:02}:{milliseconds // 1000 % 60:02},{milliseconds % 1000:03}"
