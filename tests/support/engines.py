"""A set of test engines: the stub stages, but the script really quotes its source and the cut is a real video."""

from __future__ import annotations

import io
import wave

import numpy as np

from config.errors import BadInput, Unavailable
from producer.engines.base import Context, EngineInfo, Licence, Stage
from producer.engines.requests import FinishRequest, LineRequest, ScriptRequest
from producer.engines.scene.still import Still
from producer.engines.stub import Stub, StubFinish, StubLine, StubScene, StubScript, StubSpeech, StubVideo
from producer.engines.video.footage import Footage
from review.licences import EngineFacts
from storage.documents import Check, Cut, Script, ScriptLine, SpokenLine, SpokenSpan
from tests.support.footage import film, peaks, picture

HEIGHT = 180
"""Lines of picture; the screenshots set it higher."""
BROKEN = "a topic that cannot be made"
CRASHING = "a topic that breaks its writer"
UNSUPPORTED = {
    "en": "Experts call it the biggest change in 120 years.",
    "es": "Los expertos hablan del mayor cambio en 120 años.",
    "zh": "专家称这是120年来最大的变化。",
    "ar": "ويصفه الخبراء بأنه أكبر تغيير منذ 120 عاما.",
}
GREETING = {
    "en": "Hello, and welcome back.",
    "es": "Hola, y bienvenidos.",
    "zh": "大家好，欢迎回来。",
    "ar": "مرحبا بكم من جديد.",
}


def _info(engine: str, stage: Stage, title: str, weights: Licence | None = None, **more: object) -> EngineInfo:
    return EngineInfo(
        id=engine, stage=stage, version="1.2", title=title, code_licence=Licence("Apache-2.0"), weights_licence=weights,
        **more,  # type: ignore[arg-type]
    )  # fmt: skip


class Quoting(StubScript):
    """A greeting, then the source's sentences, fewer where a reviewer wants it shorter; a topic whose id says so gets one
    line that nothing supports."""

    info = _info("quoting", "script", "Extractive writer", heeds=True)

    def run(self, request: ScriptRequest, context: Context) -> Script:
        topic, language = request.options.topic, request.options.language
        if topic.title == BROKEN:
            raise BadInput("The topic has no sentence that could be said.", "Write a few sentences about it.")
        if topic.title == CRASHING and self.info.id == "quoting":
            raise ValueError("there is no sentence number 7")
        mark = "。" if language == "zh" else "."
        said = [s.strip() + mark for part in topic.text.split("\n\n") for s in part.split(mark) if s.strip()]
        said = said[: 2 if "Shorter" in request.options.guidance else 4]
        lines = [ScriptLine(text=s, language=language, quote=s) for s in said]
        if "[unsupported]" in topic.topic_id:
            lines.insert(2, ScriptLine(text=UNSUPPORTED[language], language=language, supported=False))
        hook = ScriptLine(text=GREETING[language], language=language, role="hook")
        return Script(title=topic.title, lines=(hook, *lines), source=topic.source, scene="a quiet studio")


class Retelling(Quoting):
    """Another writer, for what the first one breaks on."""

    info = _info("retelling", "script", "Patient writer", heeds=True)


class Speaking(StubLine):
    info = _info("speaking", "line", "Small voice", languages=("en", "es", "zh", "ar"))

    def run(self, request: LineRequest, context: Context) -> SpokenLine:
        spoken = super().run(request, context)
        spoken = spoken.model_copy(update={"audio": context.artifacts.put_bytes(_hum(spoken.duration_s), "audio/wav")})
        if request.options.language != "zh":
            return spoken
        text = request.options.text
        words = [
            spoken.words[0].model_copy(update={"text": c, "start": i * 0.2, "end": i * 0.2 + 0.2})
            for i, c in enumerate(text)
        ]
        return spoken.model_copy(update={"words": tuple(words), "duration_s": len(text) * 0.2})


class Studio(StubLine):
    """Preferred by some shows, and never there: the planner falls back."""

    info = _info("studio-voice", "line", "Studio voice", Licence("CPML", "non-commercial"), memory_mb=6000)

    def load(self, device: str = "cpu") -> None:
        raise Unavailable("The studio voice needs 6 GB of device memory.", "Use a machine with a GPU.")


class Cloned(Speaking):
    info = _info("cloned-voice", "line", "Cloned voice", Licence("CPML", "non-commercial"))


class Recorded(Speaking):
    """Speaks where a recording was brought, without listening to it."""

    info = _info("recorded", "line", "Own recording", needs="recording")


class Scene(StubScene):
    info = _info("backdrop", "scene", "Procedural scenes")


class Joining(StubSpeech):
    info = _info("joining", "speech", "Line joiner")


class Drawn(StubVideo):
    info = _info("figure", "video", "Drawn presenter")


class Filming(StubFinish):
    info = _info("filming", "finish", "Compositor")

    def run(self, request: FinishRequest, context: Context) -> Cut:
        cut = super().run(request, context)
        seed = sum(request.script.title.encode()) % 97
        wide, tall = (int(part) for part in cut.format.split(":"))
        width, height = (_even(HEIGHT * wide / tall), HEIGHT) if wide > tall else (HEIGHT, _even(HEIGHT * tall / wide))
        seconds, language = round(request.speech.duration_s, 2), request.script.lines[0].language
        path = context.workdir / "cut.mp4"
        film(path, width, height, seconds, seed, request.script.title, language)
        still = context.workdir / "poster.jpg"
        picture(width, height, seed, request.script.title, language, mouth=0.4).save(still, quality=88)
        captions = "".join(
            f"{n}\n{_stamp(span)}\n{line.text}\n\n"
            for n, (span, line) in enumerate(zip(request.speech.lines, request.script.lines, strict=True), 1)
        )
        put = context.artifacts
        return cut.model_copy(
            update={
                "video": put.put(path, "video/mp4"),
                "poster": put.put(still, "image/jpeg"),
                "srt": put.put_bytes(captions.encode(), "application/x-subrip"),
                "vtt": put.put_bytes(b"WEBVTT\n\n" + captions.replace(",", ".").encode(), "text/vtt"),
                "media": cut.media.model_copy(update={"width": width, "height": height, "fps": 10.0}),
                "checks": _checks(seconds),
                "peaks": peaks(seed),
            }
        )


def _checks(seconds: float) -> tuple[Check, ...]:
    return (
        Check(name="Loudness", value=-16.1, bound="−16 LUFS ±1", passed=True),
        Check(name="True peak", value=-1.4, bound="≤ −1 dBTP", passed=True),
        Check(name="Captions agree with the sound", value="38 ms", bound="≤ 120 ms", passed=True),
        Check(name="Black or frozen frames", value="none", bound="none over 0.5 s", passed=True),
        Check(name="Caption reading speed", value=18.4, bound="≤ 17 characters/s", passed=seconds < 9, at_s=2.0),
    )


def _hum(seconds: float) -> bytes:
    """A WAV file that a browser can play."""
    samples, data = np.sin(np.arange(int(seconds * 8000)) / 9), io.BytesIO()
    with wave.open(data, "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes((samples * 3000).astype("<i2").tobytes())
    return data.getvalue()


def _stamp(span: SpokenSpan) -> str:
    return " --> ".join(f"00:00:{int(s):02d},{int(s % 1 * 1000):03d}" for s in (span.start, span.end))


def _even(value: float) -> int:
    return round(value / 2) * 2


class OtherFigure(StubVideo):
    info = _info("other-figure", "video", "Another presenter")


ENGINES: tuple[type[Stub] | type[Still] | type[Footage], ...] = (
    Quoting, Retelling, Scene, Speaking, Studio, Cloned, Joining, Drawn, Filming, Recorded, Still, Footage, OtherFigure,
)  # fmt: skip
"""Those that show a person's own picture or film are the real ones."""
TABLE = {cls.info.id: f"{cls.__module__}:{cls.__name__}" for cls in ENGINES}
ORDER = {
    "script": ("quoting",), "scene": ("still", "backdrop"), "line": ("recorded", "speaking"), "speech": ("joining",),
    "video": ("footage", "figure"), "finish": ("filming",),
}  # fmt: skip
FACTS = {
    cls.info.id: EngineFacts(
        cls.info.id, cls.info.title, cls.info.version, cls.info.code_licence.name,
        cls.info.weights_licence.name if cls.info.weights_licence else "",
        cls.info.weights_licence.kind if cls.info.weights_licence else "osi", cls.info.heeds,
    )
    for cls in ENGINES
}  # fmt: skip
