"""Stage outputs: immutable, typed, hashed by content.

    script/1 ─▶ scene/1 (─▶ upscaled/1, motion/1)
             ─▶ line/1 (one each) ─▶ speech/1 ─▶ performance/1
                                 all of these ─▶ cut/1 (one per format)

A document holds facts and references to files; the files lie in the artifact store.
Times are seconds from the start of the thing they describe, unless a docstring says otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from storage.canonical import tagged_hash

Rights = Literal["own", "licensed", "quote"]
Format = Literal["16:9", "9:16", "1:1", "4:5"]
Seconds = Annotated[float, Field(ge=0)]


class Frozen(BaseModel):
    """An immutable value that knows all its fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Document(Frozen):
    """A stage output. `tag` names its schema; `content_hash` is its identity."""

    tag: ClassVar[str]

    def to_json(self) -> dict[str, Any]:
        """Plain JSON with the tag and without defaults: a new field never changes an old document's hash."""
        return {"tag": self.tag, **self.model_dump(mode="json", exclude_defaults=True)}

    @cached_property
    def content_hash(self) -> str:
        return tagged_hash(self.tag, self.model_dump(mode="json", exclude_defaults=True))

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy with some fields changed. Pydantic would copy a cached hash too, which is no longer true of it."""
        copy = super().model_copy(update=update, deep=deep)
        copy.__dict__.pop("content_hash", None)
        return copy


class ArtifactRef(Frozen):
    """A file in the artifact store."""

    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    media_type: str
    size: int = Field(ge=0, description="bytes")


class Check(Frozen):
    """One quality check: what was measured, what was expected, and where to look."""

    name: str
    value: float | str
    bound: str
    passed: bool
    at_s: float | None = None


class Attribution(Frozen):
    """Whose words these are, and by what right they are used."""

    name: str
    url: str = ""
    title: str = ""
    rights: Rights = "quote"


# ── script ────────────────────────────────────────────────────────────────────────────────────────


class ScriptLine(Frozen):
    """One spoken sentence or two. `quote` is the exact source sentence that supports it, or "" when
    the line claims nothing (a greeting, a sign-off) or nothing supports it (`supported` is then False)."""

    text: str = Field(min_length=1)
    language: str = "en"
    role: Literal["hook", "body", "close"] = "body"
    quote: str = ""
    supported: bool = True
    hints: dict[str, str] = Field(default_factory=dict, description="word → how to say it")


class Script(Document):
    """What is said, who said it first, and what the scene should show."""

    tag: ClassVar[str] = "script/1"

    title: str = Field(min_length=1)
    lines: tuple[ScriptLine, ...] = Field(min_length=1)
    source: Attribution | None = None
    scene: str = Field(default="", description="what the background should show, in words")
    keywords: tuple[str, ...] = ()


# ── scene ─────────────────────────────────────────────────────────────────────────────────────────


class Scene(Document):
    """The background of one format, and the colours that belong to it."""

    tag: ClassVar[str] = "scene/1"

    image: ArtifactRef
    width: int
    height: int
    prompt: str = ""
    seed: int = 0
    backdrop: str = ""
    colours: tuple[str, ...] = Field(default=(), description="#rrggbb: deep, mid, light, accent, second accent, ink")
    trained: tuple[str, ...] = Field(default=(), description="sha256 of the presenter's LoRAs that it was painted with")


# ── motion ──────────────────────────────────────────────────────────────────────────────────────


class Motion(Document):
    """How the scene of one format moves: a film that begins again where it ends, or a move of the camera over the picture.

    `loop` is a silent MP4 of the scene's size; its last frame leads to its first. `move` is what finish draws by itself.
    """

    tag: ClassVar[str] = "motion/1"

    loop: ArtifactRef | None = None
    frames: int = Field(default=0, ge=0)
    fps: int = Field(default=0, ge=0)
    move: Literal["", "closer"] = ""
    seed: int = 0


# ── upscale ─────────────────────────────────────────────────────────────────────────────────────


class Upscaled(Document):
    """A picture with as many pixels as a cut shows of it. `times` larger than it was; 1 = it was large enough."""

    tag: ClassVar[str] = "upscaled/1"

    image: ArtifactRef
    width: int
    height: int
    times: float = 1.0


# ── speech ────────────────────────────────────────────────────────────────────────────────────────


class Word(Frozen):
    text: str
    start: Seconds
    end: Seconds
    line: int = 0


class Phoneme(Frozen):
    """One IPA sound. `stress`: 0 none, 1 secondary, 2 primary. The symbol `_` is silence."""

    symbol: str
    start: Seconds
    end: Seconds
    stress: int = 0


class SpokenLine(Document):
    """One line spoken by itself; times start at its first sample."""

    tag: ClassVar[str] = "line/1"

    text: str
    language: str
    voice: str
    audio: ArtifactRef
    sample_rate: int
    duration_s: Seconds
    words: tuple[Word, ...] = ()
    phonemes: tuple[Phoneme, ...] = ()


class VoiceLatents(Document):
    """A voice as a network learnt it from samples: arrays in an .npz. Kept so that it is learnt once."""

    tag: ClassVar[str] = "voice/1"

    latents: ArtifactRef
    samples: tuple[str, ...] = Field(
        default=(), description="sha256 of what it was learnt from, so that it can be found"
    )


class SpokenSpan(Frozen):
    start: Seconds
    end: Seconds


class RecordingCuts(Document):
    """Where each line of a script lies in a recording. Kept so that it is looked for once."""

    tag: ClassVar[str] = "cuts/1"

    lines: tuple[SpokenSpan, ...]


class Speech(Document):
    """All lines joined: mono audio (16-bit PCM WAV), and when each line, word and phoneme sounds."""

    tag: ClassVar[str] = "speech/1"

    audio: ArtifactRef
    sample_rate: int
    duration_s: Seconds
    loudness_lufs: float
    lines: tuple[SpokenSpan, ...]
    words: tuple[Word, ...] = ()
    phonemes: tuple[Phoneme, ...] = ()


# ── video ─────────────────────────────────────────────────────────────────────────────────────────


class Performance(Document):
    """How the presenter moves while speaking: footage, or tracks for a registered renderer.

    `tracks` is an .npz of float32 arrays, one value or vector per frame at `fps`
    (mouth parameters, head pose, blinks, gaze…); which arrays, the renderer's docstring says.
    `renderer` names who draws them, with its version (`drawn/2`), so that a better renderer remakes the cut.
    """

    tag: ClassVar[str] = "performance/1"

    duration_s: Seconds
    fps: int
    footage: ArtifactRef | None = None
    renderer: str = ""
    tracks: ArtifactRef | None = None
    look: dict[str, Any] = Field(default_factory=dict, description="artifact references in it reach renderers as paths")
    checks: tuple[Check, ...] = Field(default=(), description="what the reviewer should know; they join the cut's own")


# ── cut ───────────────────────────────────────────────────────────────────────────────────────────


class MediaFacts(Frozen):
    width: int
    height: int
    fps: float
    duration_s: Seconds
    video_codec: str
    audio_codec: str
    loudness_lufs: float
    true_peak_dbtp: float


class Stretch(Frozen):
    """Seconds of a file."""

    start: Seconds
    end: Seconds


class Sighting(Frozen):
    """What was seen or heard when the finished file was played: a measure, in whatever unit its name says, and the
    stretches of the file in which it was worst. What follows from it is not said here."""

    name: str
    value: float
    where: tuple[Stretch, ...] = ()


class Cut(Document):
    """The finished video of one clip in one format, with its captions."""

    tag: ClassVar[str] = "cut/1"

    format: Format
    video: ArtifactRef
    poster: ArtifactRef
    srt: ArtifactRef
    vtt: ArtifactRef
    media: MediaFacts
    checks: tuple[Check, ...] = ()
    sightings: tuple[Sighting, ...] = ()
    line_spans: tuple[SpokenSpan, ...] = Field(default=(), description="when each script line sounds in this cut")
    words: tuple[Word, ...] = Field(default=(), description="when each word sounds in this cut")
    peaks: tuple[float, ...] = Field(default=(), description="200 loudness peaks 0..1, for the waveform")


DOCUMENTS: dict[str, type[Document]] = {
    d.tag: d for d in (Script, Scene, Motion, Upscaled, SpokenLine, VoiceLatents, RecordingCuts, Speech, Performance, Cut)
}  # fmt: skip
