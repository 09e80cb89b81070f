"""What a clip is made from: the copied topic, the show, the presenter, and the brief that orders it.

These are inputs; what the studio makes of them are `storage.documents`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from storage.canonical import tagged_hash
from storage.documents import ArtifactRef, Attribution, Document, Format, Frozen
from storage.learning import TrainingOrder
from storage.quality import QualityRules, Tried
from storage.schedule import Schedule, TopicRules
from storage.speaking import Speaking

Captions = Literal["words", "lines", "big", "none"]
"""words: a pill on the word that sounds; lines: plain; big: one to four large words at a time, the one that sounds in
colour; none: only as files. SRT and WebVTT files are made with all of them."""
Resolution = Literal[576, 720, 1080]
"""The height of a 16:9 picture; the other formats are as large as feeds want them (see `requests.size_of`)."""
FrameRate = Literal[25, 30]
Platform = Literal["any", "tiktok", "reels", "shorts"]
"""Whose buttons and texts a 9:16 picture keeps clear of; any = what they have in common."""
EncoderName = Literal["x264", "svt-av1", "nvenc", "vaapi"]
"""What makes the video of a cut: on the processor H.264 or AV1, on a card H.264."""
Colour = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")]
SceneMotion = Literal["still", "kenburns", "moving"]
"""Whether the scene stands still, comes slowly closer as in Ken Burns's films, or is set in motion by a model."""
Music = Literal["auto", "off", "calm", "steady", "warm", "bright", "wide", "grave", "pulse", "playful"]
"""The mood of the music under the voice; auto = what suits the script."""
Lufs = Literal[-16, -14]
Backdrop = Literal[
    "auto", "studio", "skyline", "hills", "cosmos", "circuit", "waves", "shapes", "globe", "markets", "rails", "library",
    "molecules", "stadium", "theatre", "cafe", "bokeh",
]  # fmt: skip
"""What is drawn behind the presenter; auto = what suits the topic's words."""
PresenterKind = Literal["drawn", "portrait"]
Style = Literal["anchor", "casual", "educational", "playful", "documentary", "urgent", "calm"]
"""How a language model tells a story; a writer that keeps the source's own words has no choice."""


class TopicCopy(Frozen):
    """A topic as it was when the clip was ordered. `text` is clean plain text, paragraphs split by a blank line."""

    title: str
    text: str = ""
    language: str = "en"
    source: Attribution | None = None
    published_at: str = Field(default="", description="ISO 8601, UTC, or unknown")
    image: ArtifactRef | None = None
    topic_id: str = ""


ConsentScope = Literal["face", "voice", "both"]
Day = Annotated[str, Field(pattern=r"^(\d{4}-\d{2}-\d{2})?$")]


class Consent(Frozen):
    """That a person agreed to have their face or voice used: in whose words, to what, from when until when."""

    statement: str = Field(min_length=1, max_length=2000)
    recorded_at: str = Field(description="ISO 8601, UTC")
    who: str = Field(
        default="", max_length=120, description='who agreed; "" = the one whom the presenter is named after'
    )
    scope: ConsentScope = "both"
    shows: tuple[str, ...] = Field(default=(), max_length=100, description="short names; empty = every show")
    given_on: Day = Field(default="", description='the day on which they agreed; "" = as the statement says')
    expires_on: Day = Field(default="", description='the last day on which it holds, UTC; "" = until it is taken back')
    document: ArtifactRef | None = Field(default=None, description="the signed paper, or the recorded statement")


class Trained(Frozen):
    """What a network learnt of a presenter, as a file that another network takes along."""

    kind: Literal["lora", "voice"] = "lora"
    engine: str = Field(description="the engine that it was trained for: sdxl, z-image-turbo, xtts …")
    file: ArtifactRef
    token: str = Field(default="", max_length=60, description="the words by which a prompt calls it")
    weight: float = Field(default=1.0, ge=-2, le=2)
    trained_at: str = Field(default="", description="ISO 8601, UTC")


class PresenterSpec(Document):
    """Who speaks: a name, a role on screen, a look and a voice per language.

    The look is a drawn one (`{"name": "mara"}`), or a portrait (`{"portrait": an artifact reference}`) of a person who
    consented to it. What somebody was forgotten from says so instead (`{"forgotten": when}`), and shows nobody else.
    """

    tag: ClassVar[str] = "presenter/1"

    slug: str
    name: str
    role: str = ""
    languages: tuple[str, ...] = Field(
        default=(), description="in which they speak; empty = in all that a voice speaks"
    )
    look: dict[str, Any] = Field(default_factory=dict)
    voices: dict[str, str] = Field(
        default_factory=dict, description="language → voice id; missing = the engine's default"
    )
    samples: tuple[ArtifactRef, ...] = Field(
        default=(), max_length=8, description="recordings of their own voice, for engines that learn it; needs consent"
    )
    consent: Consent | None = None
    persona: str = Field(default="", max_length=400, description="how they talk, for a language model to follow")
    portraits: tuple[ArtifactRef, ...] = Field(
        default=(), max_length=60, description="more pictures of them, to train with; needs consent"
    )
    trained: tuple[Trained, ...] = Field(default=(), max_length=8)
    clips: tuple[ArtifactRef, ...] = Field(
        default=(), max_length=8, description="sample clips that show how they come out"
    )

    @property
    def kind(self) -> PresenterKind:
        return "portrait" if {"portrait", "forgotten"} & self.look.keys() else "drawn"


def own_voice(samples: Sequence[ArtifactRef]) -> str:
    """Tells one cloned voice from another: its name in what is spoken with it."""
    return f"own-{tagged_hash('voice', [sample.sha256 for sample in samples])[:8]}"


class Brand(Frozen):
    """How a show wants to look. Everything may be left out."""

    accent: Colour | None = Field(default=None, description="small bright things: pills, rules, the spoken word")
    second: Colour | None = Field(default=None, description="a second such colour")
    ink: Colour | None = Field(default=None, description="the near-black of panels, and of text on the accent")
    intro: bool = True
    outro: bool = True
    lower_third: bool = Field(default=True, description="who is speaking")
    logo: ArtifactRef | None = Field(default=None, description="a PNG, best with a transparent ground")
    watermark: float = Field(default=0.0, ge=0, le=1, description="opacity of the logo in a corner; 0 = none")
    typeface: ArtifactRef | None = Field(default=None, description="TTF, OTF or WOFF, instead of Inter")
    end_text: str = Field(default="", max_length=200, description="said in the outro, under the show's name")
    end_picture: ArtifactRef | None = Field(default=None, description="fills the outro; the source is named over it")


class SourceSpec(Frozen):
    """Where topics come from."""

    kind: str = Field(description="feed, reddit, …: the id of a source class")
    url: str
    name: str = ""
    rights: Literal["own", "licensed", "quote"] = "quote"
    weight: float = Field(default=0.5, ge=0, le=1, description="how much its topics are worth beside other sources'")


ReviewPolicy = Literal["one", "two", "other"]
"""Whose approval lets a clip out: one reviewer's; two different ones'; one's who neither ordered nor changed it."""


class LoraUse(Frozen):
    """A LoRA by the name of its file in the `loras` folder beside the engine's weights, without `.safetensors`."""

    name: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$")
    weight: float = Field(default=1.0, ge=-2, le=2, description="0 = as if it were not there")


GuideKind = Literal["pose", "depth", "canny"]


class PictureGuide(Frozen):
    """A picture that says where things stand: of `canny` its edges count, `pose` and `depth` are maps already."""

    kind: GuideKind
    picture: ArtifactRef
    weight: float = Field(default=1.0, ge=0, le=2, description="0 = as if it were not there")
    until: float = Field(default=1.0, ge=0, le=1, description="for which part of the steps it leads")


class PictureReference(Frozen):
    """A picture of who or what is to be seen again: the same host, the same set in every clip."""

    picture: ArtifactRef
    weight: float = Field(default=0.6, ge=0, le=1, description="0 = as if it were not there")


class Painting(Frozen):
    """How scenes are painted by engines that paint with a model. None = as suits the model."""

    style: str = Field(default="", max_length=300, description="words that join every scene's description")
    avoid: str = Field(default="", max_length=300, description="what must not be seen; for models that heed it")
    steps: int | None = Field(default=None, ge=1, le=100)
    guidance: float | None = Field(default=None, ge=0, le=30, description="how closely the words are followed")
    loras: tuple[LoraUse, ...] = Field(default=(), max_length=5)
    guide: PictureGuide | None = Field(default=None, description="leads a ControlNet; for models that have one")
    reference: PictureReference | None = Field(default=None, description="leads an IP-Adapter; likewise")
    presenter: bool = Field(default=True, description="a presenter who was trained for the engine is in the picture")


class Movement(Frozen):
    """How a model sets scenes in motion. None = as suits the model."""

    amount: float | None = Field(default=None, ge=0, le=1, description="0 hardly moves; for models that heed it")
    words: str = Field(default="", max_length=300, description="what moves, and how; for models that read")
    steps: int | None = Field(default=None, ge=1, le=100)


class ShowSpec(Document):
    """A recurring programme."""

    tag: ClassVar[str] = "show/1"

    slug: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")
    name: str
    languages: tuple[str, ...] = ("en",)
    presenter: str = "mara"
    rotation: tuple[str, ...] = Field(default=(), description="presenters who take turns by themselves, instead of one")
    formats: tuple[Format, ...] = ("16:9",)
    length_s: int = Field(default=35, ge=15, le=90)
    captions: Captions = "words"
    sources: tuple[SourceSpec, ...] = ()
    clips_per_run: int = Field(default=2, ge=0, le=50)
    schedule: Schedule = Schedule()
    topics: TopicRules = TopicRules()
    preferred: dict[str, tuple[str, ...]] = Field(default_factory=dict, description="stage → engine ids, best first")
    review: ReviewPolicy = Field(default="one", description="whose approval lets a clip out")
    ai_label: bool = True
    credit_reviewer: bool = Field(default=False, description="name who approved a clip in its Content Credentials")
    resolution: Resolution = 720
    fps: FrameRate = 25
    platform: Platform = "any"
    brand: Brand = Brand()
    music: Music = "auto"
    music_file: ArtifactRef | None = Field(default=None, description="music of one's own, instead of a mood's")
    speaking: Speaking = Speaking()
    style: Style = "anchor"
    call_to_action: str = Field(default="", max_length=200, description="what viewers are asked to do at the end")
    loudness_lufs: Lufs = Field(default=-16, description="-16 for the web and podcasts, -14 for streaming platforms")
    painting: Painting = Painting()
    motion: SceneMotion = Field(
        default="still", description="kenburns: the scene comes slowly closer; moving: a model makes it move"
    )
    movement: Movement = Movement()
    upscale: bool = Field(default=False, description="small pictures and painted scenes get more pixels")
    quality: QualityRules = QualityRules()


class Pin(Frozen):
    """A human-made stage document that stands in for an engine's. `made_against`: the inputs' hashes then."""

    document: dict[str, Any]
    made_against: str = ""


class BriefOptions(Frozen):
    """What a person or a show may choose for one clip."""

    language: str = "en"
    formats: tuple[Format, ...] = ("16:9",)
    length_s: int = Field(default=35, ge=15, le=90)
    captions: Captions = "words"
    resolution: Resolution = 720
    fps: FrameRate = 25
    platform: Platform = "any"
    presenter: str = "mara"
    backdrop: Backdrop = "auto"
    preferred: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    guidance: str = Field(default="", max_length=1000, description="what a reviewer asked the writer to change")


class Brief(Document):
    """The order for a clip. Append-only: an edit is a new revision."""

    tag: ClassVar[str] = "brief/1"

    topic: TopicCopy
    show: ShowSpec
    presenter: PresenterSpec
    presenter_version: int = Field(default=0, ge=0, description="which version `presenter` is a copy of; 0 = of none")
    options: BriefOptions
    seed: int = 0
    takes: dict[str, int] = Field(default_factory=dict, description="node → wanted repeat")
    pins: dict[str, Pin] = Field(default_factory=dict, description="node → human-made document")
    direct: bool = False
    recording: ArtifactRef | None = Field(
        default=None, description="one's own voice, saying the script: mono 16-bit WAV"
    )
    training: TrainingOrder | None = Field(default=None, description="what is learnt of the presenter first")
    tried: tuple[Tried, ...] = Field(default=(), description="what the quality gate had made once more, by itself")
    picture: ArtifactRef | None = Field(default=None, description="one's own, instead of a scene: JPEG, PNG or WebP")
    film: ArtifactRef | None = Field(
        default=None, description="one's own, instead of the presenter: MP4, MOV or WebM; its sound is not heard"
    )
    film_consent: Consent | None = Field(default=None, description="of whoever the film shows")

    @property
    def brought(self) -> dict[str, ArtifactRef]:
        """Stage → the file that a person brought for it."""
        found = {"line": self.recording, "scene": self.picture, "video": self.film}
        return {stage: file for stage, file in found.items() if file is not None}
