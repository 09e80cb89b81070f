"""A small clip to be finished: a babbling voice, words to go with it, a scene, and a presenter made of two circles."""

from __future__ import annotations

import io
import wave
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from producer.engines.base import Context
from producer.engines.requests import SIZES, FinishOptions, FinishRequest
from producer.render.cards.base import Design
from producer.render.design import design_for
from producer.render.scene.palettes import PALETTES
from producer.render.timeline import plan
from storage.artifacts import ArtifactStore, FolderStore
from storage.documents import (
    Attribution,
    Format,
    Performance,
    Scene,
    Script,
    ScriptLine,
    Speech,
    SpokenSpan,
    Word,
)

RATE = 24_000
SOURCE = Attribution(
    name="Harbour Gazette", url="https://www.gazette.example/trams", title="Night trams come back", rights="own"
)
TEXT = "Night trams return to the old town this winter."


class TwoCircles:
    """A stand-in renderer: a head that sways with the index, and a mouth as open as the tracks say."""

    def __init__(
        self,
        tracks: Mapping[str, npt.NDArray[np.float32]],
        look: Mapping[str, Any],
        frame: npt.NDArray[np.uint8],
        placement: Any,
        ground: float,
    ) -> None:
        self._open, self._frame, self._place, self._ground = tracks["open"], frame, placement, ground

    def paint(self, index: int) -> None:
        radius = round(self._place.head_height / 2)
        x = round(self._place.centre_x + 0.2 * radius * np.sin(index / 6))
        y = round(self._place.head_top) + radius
        speaking = 0 <= index < len(self._open)
        mouth = float(self._open[index]) if speaking else 0.0
        body = round(self._place.centre_x)
        cv2.rectangle(self._frame, (body - radius, y), (body + radius, round(self._ground)), (40, 80, 120, 255), -1)
        cv2.circle(self._frame, (x, y), radius, (230, 190, 160, 255), -1)
        cv2.circle(self._frame, (x, y + radius // 2), 4 + round(0.2 * radius * mouth), (120, 30, 40, 255), -1)


RENDERERS = {"circles/1": lambda: TwoCircles}


def babble(seconds: float, seed: int = 0) -> npt.NDArray[np.float32]:
    """Something with the rhythm and the spectrum of a voice, at `RATE`."""
    t = np.arange(round(seconds * RATE)) / RATE
    rng = np.random.default_rng(seed)
    pitch = 140 * (1 + 0.1 * np.sin(2 * np.pi * 0.7 * t))
    phase = 2 * np.pi * np.cumsum(pitch) / RATE
    voice = sum(np.sin(k * phase) / k for k in range(1, 12))
    syllables = np.clip(np.sin(2 * np.pi * 3.7 * t) + 0.35, 0, 1)
    return (0.12 * voice * syllables + 0.004 * rng.standard_normal(len(t))).astype(np.float32)


def wav(samples: npt.NDArray[np.float32], rate: int = RATE) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
    return file.getvalue()


def evenly(text: str, start: float, end: float, line: int = 0) -> list[Word]:
    """The words of a text, spoken one after the other in equal times."""
    parts = text.split()
    step = (end - start) / len(parts)
    return [Word(text=p, start=start + i * step, end=start + (i + 0.9) * step, line=line) for i, p in enumerate(parts)]


def request_for(
    store: ArtifactStore,
    *,
    text: str = TEXT,
    title: str = "Night trams return",
    language: str = "en",
    seconds: float = 1.2,
    **options: Any,
) -> FinishRequest:
    """What the finish engine is asked, for one spoken line. `options` are those of `FinishOptions`."""
    given = FinishOptions(
        **{"show_name": "The Morning Desk", "presenter_name": "Mara", "presenter_role": "Host", "source": SOURCE}
        | options
    )
    return FinishRequest(
        options=given,
        script=Script(title=title, lines=(ScriptLine(text=text, language=language),), source=SOURCE),
        scene=scene_for(store, given.format),
        speech=Speech(
            audio=store.put_bytes(wav(babble(seconds)), "audio/wav"),
            sample_rate=RATE,
            duration_s=seconds,
            loudness_lufs=-20,
            lines=(SpokenSpan(start=0, end=seconds),),
            words=tuple(evenly(text, 0.05, seconds)),
        ),
        performance=Performance(
            duration_s=seconds, fps=25, renderer="circles/1", tracks=tracks_for(store, round(seconds * 25))
        ),
        seed=3,
    )


def scene_for(store: ArtifactStore, format: Format) -> Scene:
    width, height = SIZES[format]
    rows = np.linspace(40, 150, height, dtype=np.float32)[:, None, None]
    pixels = np.broadcast_to(rows * np.array([0.9, 0.6, 0.5]), (height, width, 3)).astype(np.uint8)
    _, data = cv2.imencode(".png", pixels)
    return Scene(
        image=store.put_bytes(data.tobytes(), "image/png"),
        width=width,
        height=height,
        colours=PALETTES["harbour"].colours,
    )


def tracks_for(store: ArtifactStore, frames: int) -> Any:
    file = io.BytesIO()
    np.savez(file, open=np.abs(np.sin(np.arange(frames) / 3)).astype(np.float32))
    return store.put_bytes(file.getvalue(), "application/x-npz")


def design_of(store: ArtifactStore, **what: Any) -> Design:
    request = request_for(store, **what)
    options = request.options
    times = plan(request.speech.duration_s, options.fps, intro=options.brand.intro, outro=options.brand.outro)
    return design_for(request, times)


def store_in(folder: Path) -> FolderStore:
    return FolderStore(folder / "store")


def context_in(folder: Path, store: ArtifactStore, **hooks: Any) -> Context:
    workdir = folder / "work"
    workdir.mkdir(exist_ok=True)
    return Context(workdir=workdir, artifacts=store, **hooks)
