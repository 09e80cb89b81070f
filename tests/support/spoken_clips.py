"""Short finished clips for proofs: words spoken, performed and encoded by the real engines, one after the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
import numpy.typing as npt

from producer.engines.base import Context, Engine
from producer.engines.finish.compositor import Compositor
from producer.engines.requests import (
    FinishOptions,
    FinishRequest,
    LineOptions,
    LineRequest,
    SceneOptions,
    SceneRequest,
    SpeechOptions,
    SpeechRequest,
    VideoOptions,
    VideoRequest,
    size_of,
)
from producer.engines.scene.procedural import Procedural
from producer.engines.script.direct import script_from_text
from producer.engines.speech.join import Join
from producer.render import timeline
from producer.render.encode import Encoder
from storage.artifacts import FolderStore
from storage.documents import Check, Performance, Phoneme
from storage.orders import Brand
from tests.support.sounding import at_once

FPS = 25
Sound = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Clip:
    """A finished file, and when each sound is heard in it."""

    video: Path
    phonemes: tuple[Phoneme, ...]
    performance: Performance
    checks: tuple[Check, ...]


class Studio:
    """A voice and a presenter, which speak before a drawn scene: small, and without intro and outro."""

    def __init__(self, folder: Path, voice: Engine, presenter: Engine) -> None:
        self.store = FolderStore(folder / "store")
        self._folder, self._voice, self._presenter = folder, voice, presenter
        self._scene, self._join, self._finish = Procedural(), Join(), Compositor()
        for engine in (self._scene, self._join, self._finish):
            engine.load()

    def film(self, text: str, language: str, look: Mapping[str, Any]) -> Clip:
        script = script_from_text(text, language)
        lines = [
            self._voice.run(LineRequest(LineOptions(text=line.text, language=language)), self._context("line"))
            for line in script.lines
        ]
        speech = self._join.run(SpeechRequest(SpeechOptions(), tuple(lines)), self._context("speech"))
        video = VideoRequest(VideoOptions(look=dict(look)), script, speech, seed=1)
        performance = self._presenter.run(video, self._context("video"))
        scene = self._scene.run(SceneRequest(SceneOptions(title=script.title, resolution=576)), self._context("scene"))
        options = FinishOptions(resolution=576, show_name="Tests", brand=Brand(intro=False, outro=False))
        request = FinishRequest(options, script, scene, speech, performance, seed=1)
        cut = self._finish.run(request, self._context("finish"))
        late = timeline.plan(speech.duration_s, options.fps, intro=False, outro=False).offset_s
        return Clip(
            self.store.fetch(cut.video),
            tuple(
                sound.model_copy(update={"start": sound.start + late, "end": sound.end + late})
                for sound in speech.phonemes
            ),
            performance,
            cut.checks,
        )

    def _context(self, name: str) -> Context:
        folder = self._folder / name
        folder.mkdir(exist_ok=True)
        return Context(folder, self.store)


SIZE = size_of("16:9", 576)
"""Width and height of its clips."""


def sound_of(video: Path) -> tuple[Sound, int]:
    """Mono samples, and their rate."""
    with av.open(str(video)) as container:
        rate = container.streams.audio[0].rate
        resampler = av.AudioResampler("fltp", "mono")
        parts = [part.to_ndarray()[0] for frame in container.decode(audio=0) for part in resampler.resample(frame)]
    return np.concatenate(parts), rate


def later(sound: Sound, rate: int, seconds: float) -> Sound:
    """The sound moved against the picture; silence where nothing is left."""
    shift = round(seconds * rate)
    moved = np.zeros_like(sound)
    if shift >= 0:
        moved[shift:] = sound[: len(sound) - shift]
    else:
        moved[:shift] = sound[-shift:]
    return moved


def with_sound(video: Path, sound: Sound, rate: int, target: Path, starts_s: float = 0.0) -> Path:
    """The same picture, not encoded again, with another sound, which begins at `starts_s`."""
    with av.open(str(video)) as source, av.open(str(target), "w") as out:
        picture = source.streams.video[0]
        copy = out.add_stream_from_template(picture)
        track = out.add_stream("aac", rate=rate, layout="mono")
        for packet in source.demux(picture):
            if packet.dts is not None:
                packet.stream = copy
                out.mux(packet)
        for start in range(0, len(sound), 1024):
            frame = av.AudioFrame.from_ndarray(sound[None, start : start + 1024].copy(), "fltp", "mono")
            frame.rate, frame.pts = rate, start + round(starts_s * rate)
            out.mux(track.encode(frame))
        out.mux(track.encode(None))
    return target


def figures(checks: Sequence[Check]) -> dict[str, float]:
    """The checks that are numbers, by name."""
    return {check.name: check.value for check in checks if isinstance(check.value, float)}


def shifted(video: Path, right: int, down: int, target: Path) -> Path:
    """The same clip with its picture moved by so many pixels; the edge fills what comes free."""
    sound, _ = sound_of(video)
    with (
        av.open(str(video)) as source,
        Encoder(target, SIZE, FPS, at_once(np.repeat(sound[:, None], 2, axis=1))) as encoder,
    ):
        for frame in source.decode(video=0):
            pixels, move = frame.to_ndarray(format="bgra"), np.array([[1, 0, right], [0, 1, down]], np.float32)
            encoder.write(np.asarray(cv2.warpAffine(pixels, move, SIZE, borderMode=cv2.BORDER_REPLICATE), np.uint8))
    return target
