"""What each stage asks of its engine: typed options (part of the stage key) and typed input documents.

script ── ScriptRequest ──▶ Script          line ──── LineRequest ───▶ SpokenLine
scene ─── SceneRequest ───▶ Scene           speech ── SpeechRequest ─▶ Speech
motion ── MotionRequest ──▶ Motion          video ─── VideoRequest ──▶ Performance
upscale ─ UpscaleRequest ─▶ Upscaled        quality ─ QualityRequest ▶ QualityReport
finish ── FinishRequest ──▶ Cut             training  TrainingRequest ▶ TrainedLora
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from pydantic import Field

from storage.documents import (
    ArtifactRef,
    Attribution,
    Cut,
    Format,
    Frozen,
    Motion,
    Performance,
    Scene,
    Script,
    Speech,
    SpokenLine,
)
from storage.learning import Course
from storage.orders import (
    Backdrop,
    Brand,
    Captions,
    Lufs,
    Movement,
    Music,
    Painting,
    Platform,
    Resolution,
    SceneMotion,
    Style,
    TopicCopy,
    Trained,
)
from storage.quality import EarlierClip, QualityRules
from storage.upcast import read_document

SIZES: dict[Format, tuple[int, int]] = {
    "16:9": (1280, 720),
    "9:16": (720, 1280),
    "1:1": (1080, 1080),
    "4:5": (864, 1080),
}
"""Width and height at the usual resolution, 720."""
SMALL: dict[Format, tuple[int, int]] = {"16:9": (1024, 576), "9:16": (576, 1024), "1:1": (576, 576), "4:5": (576, 720)}
LARGE: dict[Format, tuple[int, int]] = {
    "16:9": (1920, 1080),
    "9:16": (1080, 1920),
    "1:1": (1080, 1080),
    "4:5": (1080, 1350),
}
FPS = 25


def size_of(format: Format, resolution: Resolution = 720) -> tuple[int, int]:
    """Width and height in pixels. A resolution is named after the shorter side of 16:9; feeds want their square and
    4:5 pictures at least 1080 high, so that 720 means that for them."""
    return {576: SMALL, 720: SIZES, 1080: LARGE}[resolution][format]


class ScriptOptions(Frozen):
    topic: TopicCopy
    language: str = "en"
    length_s: int = Field(default=35, ge=15, le=90)
    show_name: str = ""
    presenter_name: str = ""
    style: Style = "anchor"
    persona: str = Field(default="", description="how the presenter talks")
    guidance: str = Field(default="", description="what a reviewer asked to change")
    call_to_action: str = Field(default="", description="what viewers are asked to do; in any language")


class SceneOptions(Frozen):
    """Only what the background depends on, so that editing a spoken line keeps the scene."""

    description: str = ""
    keywords: tuple[str, ...] = ()
    title: str = Field(default="", description="seeds the choice of backdrop and palette")
    format: Format = "16:9"
    resolution: Resolution = 720
    mirrored: bool = Field(
        default=False, description="whether the presenter stands at the left: right-to-left languages"
    )
    backdrop: Backdrop = Field(default="auto", description="heeded by engines that draw")
    painting: Painting = Field(default=Painting(), description="heeded by engines that paint with a model")
    picture: ArtifactRef | None = Field(default=None, description="one's own, for the engine that shows it")
    as_painted: bool = Field(default=False, description="as large as it is painted: another stage enlarges it")
    trained: tuple[Trained, ...] = Field(default=(), description="LoRAs of who presents, for the engine that paints")


class TrainingOptions(Course):
    """What a LoRA is to learn, and of whom."""

    presenter: str


class MotionOptions(Frozen):
    """What a moving scene depends on beside the scene: no spoken word, so that editing one keeps it."""

    format: Format = "16:9"
    resolution: Resolution = 720
    fps: int = FPS
    movement: Movement = Movement()


class UpscaleOptions(Frozen):
    """A picture, and what it is to cover, in pixels."""

    image: ArtifactRef
    width: int = Field(ge=1, le=4096)
    height: int = Field(ge=1, le=4096)


class Recorded(Frozen):
    """A recording that says a whole script, and which of its lines is wanted."""

    audio: ArtifactRef
    lines: tuple[str, ...] = Field(min_length=1)
    line: int = Field(ge=0)


class LineOptions(Frozen):
    text: str
    language: str = "en"
    voice: str = Field(default="", description='"" = the engine\'s default for the language')
    rate: float = Field(default=1.0, ge=0.5, le=2.0)
    hints: dict[str, str] = Field(default_factory=dict)
    recording: Recorded | None = Field(default=None, description="one's own voice, for the engine that cuts it")
    samples: tuple[ArtifactRef, ...] = Field(
        default=(), description="the presenter's own voice, for engines that learn it"
    )


class SpeechOptions(Frozen):
    pause_s: float = Field(default=0.32, ge=0, le=3, description="silence between lines")


class VideoOptions(Frozen):
    look: dict[str, Any] = Field(default_factory=dict)
    fps: int = FPS
    film: ArtifactRef | None = Field(default=None, description="one's own, for the engine that shows it")


class FinishOptions(Frozen):
    """What is seen beside the presenter. `picture` is shown only where the source's rights allow it."""

    format: Format = "16:9"
    resolution: Resolution = 720
    fps: int = FPS
    platform: Platform = Field(default="any", description="whose buttons a 9:16 picture keeps clear of")
    captions: Captions = "words"
    brand: Brand = Brand()
    show_name: str = ""
    presenter_name: str = ""
    presenter_role: str = ""
    ai_label: bool = True
    source: Attribution | None = None
    picture: ArtifactRef | None = None
    music: Music = "auto"
    music_file: ArtifactRef | None = None
    loudness_lufs: Lufs = -16
    motion: SceneMotion = "still"


class QualityOptions(Frozen):
    """What a cut is judged by."""

    rules: QualityRules = QualityRules()
    source: str = Field(default="", description='what the script may be held against; "" = one\'s own words')
    samples: tuple[ArtifactRef, ...] = Field(default=(), description="the presenter's own voice")
    earlier: tuple[EarlierClip, ...] = Field(default=(), description="the show's last clips")
    voice_engine: str = Field(default="", description="what spoke")
    portrait: ArtifactRef | None = Field(
        default=None, description="whose face is to be seen; None = a drawn one, a film's"
    )


@dataclass(frozen=True)
class ScriptRequest:
    options: ScriptOptions
    seed: int = 0


@dataclass(frozen=True)
class TrainingRequest:
    options: TrainingOptions
    seed: int = 0


@dataclass(frozen=True)
class SceneRequest:
    options: SceneOptions
    seed: int = 0


@dataclass(frozen=True)
class MotionRequest:
    options: MotionOptions
    scene: Scene
    seed: int = 0


@dataclass(frozen=True)
class UpscaleRequest:
    options: UpscaleOptions
    seed: int = 0


@dataclass(frozen=True)
class LineRequest:
    options: LineOptions
    seed: int = 0


@dataclass(frozen=True)
class SpeechRequest:
    options: SpeechOptions
    lines: tuple[SpokenLine, ...]
    seed: int = 0


@dataclass(frozen=True)
class VideoRequest:
    options: VideoOptions
    script: Script
    speech: Speech
    seed: int = 0


@dataclass(frozen=True)
class FinishRequest:
    options: FinishOptions
    script: Script
    scene: Scene
    speech: Speech
    performance: Performance
    seed: int = 0
    backdrop: Motion | None = None
    """How the scene moves, where a show wants that."""


@dataclass(frozen=True)
class QualityRequest:
    options: QualityOptions
    script: Script
    scene: Scene
    speech: Speech
    performance: Performance
    cut: Cut
    seed: int = 0


Request = (
    ScriptRequest
    | TrainingRequest
    | SceneRequest
    | MotionRequest
    | UpscaleRequest
    | LineRequest
    | SpeechRequest
    | VideoRequest
    | FinishRequest
    | QualityRequest
)

REQUESTS: Mapping[str, tuple[type[Frozen], Callable[..., Request]]] = {
    "script": (ScriptOptions, ScriptRequest),
    "training": (TrainingOptions, TrainingRequest),
    "scene": (SceneOptions, SceneRequest),
    "motion": (MotionOptions, MotionRequest),
    "upscale": (UpscaleOptions, UpscaleRequest),
    "line": (LineOptions, LineRequest),
    "speech": (SpeechOptions, SpeechRequest),
    "video": (VideoOptions, VideoRequest),
    "finish": (FinishOptions, FinishRequest),
    "quality": (QualityOptions, QualityRequest),
}


def read_request(payload: Mapping[str, Any]) -> Request:
    """The typed request in a job's payload: `stage`, `options`, `seed`, and `documents` by name."""
    options, request = REQUESTS[payload["stage"]]
    documents = {
        name: tuple(read_document(item) for item in value) if isinstance(value, list) else read_document(value)
        for name, value in payload["documents"].items()
    }
    return request(options=options.model_validate(payload["options"]), seed=cast("int", payload["seed"]), **documents)
