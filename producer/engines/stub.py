"""The stub engine set: instant, deterministic, and real in form. For tests, benchmarks and demonstrations of the flow.

`STUB_SECONDS` in the environment makes each run take that long; heavy engines also take `STUB_LOAD_SECONDS` to load,
so that the cost of swapping models can be measured without any.
"""

from __future__ import annotations

import os
import time

from producer.engines.base import Context, EngineInfo, Licence, Problem, Stage
from producer.engines.requests import (
    FinishRequest,
    LineRequest,
    MotionRequest,
    SceneRequest,
    ScriptRequest,
    SpeechRequest,
    TrainingRequest,
    UpscaleRequest,
    VideoRequest,
    size_of,
)
from storage.documents import (
    Cut,
    MediaFacts,
    Motion,
    Performance,
    Phoneme,
    Scene,
    Script,
    ScriptLine,
    Speech,
    SpokenLine,
    SpokenSpan,
    Upscaled,
    Word,
)
from storage.learning import TrainedLora

WORD_S = 0.35
APACHE = Licence("Apache-2.0")


class Stub:
    """What all stubs share: they load, wait and cancel like real engines."""

    info: EngineInfo

    def check(self) -> list[Problem]:
        return []

    def load(self, device: str = "cpu") -> None:
        if self.info.memory_mb:
            time.sleep(float(os.environ.get("STUB_LOAD_SECONDS", "0")))

    def unload(self) -> None:
        return None

    def spend_time(self, context: Context) -> None:
        end = time.monotonic() + float(os.environ.get("STUB_SECONDS", "0"))
        while (left := end - time.monotonic()) > 0:
            context.stop_if_cancelled()
            time.sleep(min(left, 0.05))


def _info(stage: Stage, *, heavy: bool = False) -> EngineInfo:
    return EngineInfo(
        id=f"stub-{stage}", stage=stage, version="1", title=f"Stub {stage}", code_licence=APACHE,
        lane="gpu" if heavy else "cpu", memory_mb=8000 if heavy else 0,
    )  # fmt: skip


class StubScript(Stub):
    info = _info("script", heavy=True)

    def run(self, request: ScriptRequest, context: Context) -> Script:
        self.spend_time(context)
        topic, language = request.options.topic, request.options.language
        said = [topic.title, *topic.text.split(". ")][:4]
        lines = [
            ScriptLine(text=text.strip() or "…", language=language, quote=text.strip()) for text in said if text.strip()
        ]
        return Script(
            title=topic.title, lines=tuple(lines), source=topic.source, scene="a quiet studio", keywords=("news",)
        )


class StubTraining(Stub):
    info = _info("training", heavy=True)

    def run(self, request: TrainingRequest, context: Context) -> TrainedLora:
        self.spend_time(context)
        options = request.options
        lora = context.artifacts.put_bytes(f"training {options} {request.seed}".encode(), "application/x-safetensors")
        return TrainedLora(
            presenter=options.presenter, engine="stub-scene", lora=lora, calls=f"{options.token} {options.kind}",
            steps=options.steps, chosen=options.steps, chosen_by="held-out loss", optimiser="none",
            pictures=tuple(picture.file for picture in options.pictures),
        )  # fmt: skip


class StubScene(Stub):
    info = _info("scene", heavy=True)

    def run(self, request: SceneRequest, context: Context) -> Scene:
        self.spend_time(context)
        width, height = size_of(request.options.format, request.options.resolution)
        image = context.artifacts.put_bytes(f"scene {request.options} {request.seed}".encode(), "image/png")
        return Scene(
            image=image, width=width, height=height, prompt=request.options.description, seed=request.seed,
            trained=tuple(part.file.sha256 for part in request.options.trained),
        )  # fmt: skip


class StubMotion(Stub):
    info = _info("motion", heavy=True)

    def run(self, request: MotionRequest, context: Context) -> Motion:
        self.spend_time(context)
        name = f"motion {request.options} {request.scene.content_hash} {request.seed}"
        loop = context.artifacts.put_bytes(name.encode(), "video/mp4")
        return Motion(loop=loop, frames=request.options.fps, fps=request.options.fps, seed=request.seed)


class StubUpscale(Stub):
    info = _info("upscale", heavy=True)

    def run(self, request: UpscaleRequest, context: Context) -> Upscaled:
        self.spend_time(context)
        options = request.options
        image = context.artifacts.put_bytes(f"upscale {options} {request.seed}".encode(), "image/png")
        return Upscaled(image=image, width=options.width, height=options.height, times=2.0)


class StubLine(Stub):
    info = _info("line", heavy=True)

    def run(self, request: LineRequest, context: Context) -> SpokenLine:
        self.spend_time(context)
        texts = request.options.text.split()
        words = tuple(Word(text=t, start=i * WORD_S, end=(i + 1) * WORD_S) for i, t in enumerate(texts))
        audio = context.artifacts.put_bytes(f"line {request.options} {request.seed}".encode(), "audio/wav")
        return SpokenLine(
            text=request.options.text, language=request.options.language, voice="stub", audio=audio, sample_rate=24000,
            duration_s=len(texts) * WORD_S, words=words,
            phonemes=tuple(Phoneme(symbol="a", start=w.start, end=w.end) for w in words),
        )  # fmt: skip


class StubSpeech(Stub):
    info = _info("speech")

    def run(self, request: SpeechRequest, context: Context) -> Speech:
        self.spend_time(context)
        spans, words, at = [], [], 0.0
        for number, line in enumerate(request.lines):
            spans.append(SpokenSpan(start=at, end=at + line.duration_s))
            words += [
                w.model_copy(update={"start": w.start + at, "end": w.end + at, "line": number}) for w in line.words
            ]
            at += line.duration_s
        audio = context.artifacts.put_bytes("".join(line.audio.sha256 for line in request.lines).encode(), "audio/wav")
        return Speech(
            audio=audio, sample_rate=24000, duration_s=at, loudness_lufs=-20.0, lines=tuple(spans), words=tuple(words)
        )


class StubVideo(Stub):
    info = _info("video", heavy=True)

    def run(self, request: VideoRequest, context: Context) -> Performance:
        self.spend_time(context)
        return Performance(duration_s=request.speech.duration_s, fps=request.options.fps, renderer="stub/1")


class StubFinish(Stub):
    info = _info("finish")

    def run(self, request: FinishRequest, context: Context) -> Cut:
        self.spend_time(context)
        width, height = size_of(request.options.format, request.options.resolution)
        name = f"{request.options.format} {request.script.content_hash} {request.speech.content_hash} {request.scene.content_hash}"
        put = context.artifacts.put_bytes
        return Cut(
            format=request.options.format,
            video=put(f"video {name}".encode(), "video/mp4"),
            poster=put(f"poster {name}".encode(), "image/jpeg"),
            srt=put(f"srt {name}".encode(), "application/x-subrip"),
            vtt=put(f"WEBVTT {name}".encode(), "text/vtt"),
            media=MediaFacts(
                width=width, height=height, fps=request.options.fps, duration_s=request.speech.duration_s,
                video_codec="h264", audio_codec="aac", loudness_lufs=-16.0, true_peak_dbtp=-1.5,
            ),
            line_spans=request.speech.lines,
            words=request.speech.words,
        )  # fmt: skip
