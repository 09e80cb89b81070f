"""Turns what a person asked for into a brief, whoever asked: the command line, the API, the desk or the autopilot."""

from __future__ import annotations

from typing import get_args

from pydantic import Field
from sqlite_utils import Database

from config.errors import Refused, UnknownName, UsageError
from producer.engines.script.direct import script_from_text
from producer.plan.freeze import LANGUAGE_NAMES, finisher
from producer.speech.sentences import spans
from producer.speech.wav import MEDIA_TYPE
from scraper.language import language_of
from storage import catalogue
from storage.canonical import tagged_hash
from storage.consents import lapse_of
from storage.documents import ArtifactRef, Format, Frozen
from storage.orders import Backdrop, Brief, BriefOptions, Captions, EncoderName, Pin, ShowSpec, TopicCopy
from storage.runs import ONE_OFF
from web.training import TrainingWish, training_order

MAX_CHARS = 20_000
LONGEST_TITLE = 120


class ClipOrder(Frozen):
    """A clip as it is asked for. Exactly one of `topic` (guided) and `script` (direct: your own words) is given.

    What is left out comes from the show; without a show, from the built-in defaults.
    """

    topic: str = Field(default="", description="what the clip is about; a title line and text, or one line")
    script: str = Field(default="", description="the very words to be spoken")
    title: str = ""
    show: str = ""
    presenter: str = ""
    language: str = ""
    formats: tuple[str, ...] = ()
    length_s: int | None = Field(default=None, ge=15, le=90)
    captions: Captions | None = None
    encoder: EncoderName | None = Field(default=None, description="what makes the video; null = as the studio is set")
    guidance: str = Field(default="", max_length=1000, description="what the writer should heed")
    voice: str = Field(
        default="", pattern=r"^([\w-]+/[\w-]+)?$", description="ENGINE/VOICE; left out, the presenter's own"
    )
    recording: ArtifactRef | None = Field(
        default=None, description="mono 16-bit WAV that says the script; from the command line alone"
    )
    upload: str = Field(
        default="", pattern=r"^([0-9a-f]{64})?$", description="sha256 of an uploaded recording that says the script"
    )
    backdrop: Backdrop = Field(default="auto", description="what is drawn behind the presenter; auto = by the words")
    train: TrainingWish | None = Field(
        default=None, description="what is learnt of the presenter first, and the clip then painted with"
    )
    seed: int = 0


def build_brief(db: Database, order: ClipOrder) -> Brief:
    """The brief that an order means. Raises UsageError, UnknownName or BadInput, each with its cure; Refused when its
    presenter is a person who does not agree to that now."""
    if bool(order.topic.strip()) == bool(order.script.strip()):
        raise UsageError("There is nothing to make a clip from.", "Give either the text of a topic or a script.")
    text = order.script or order.topic
    if len(text) > MAX_CHARS:
        raise UsageError(f"The text has {len(text):,} characters; {MAX_CHARS:,} are allowed.", "Shorten it.")
    if not any(character.isalnum() for character in text):
        raise UsageError("The text has no words that could be spoken.", "Write at least one sentence.")
    if order.recording is not None:
        _recorded(order)
    show = catalogue.show(db, order.show) if order.show else _house_show(db)
    language = _language(order.language or detect_language(text))
    options = BriefOptions(
        language=language,
        formats=tuple(_format(name) for name in order.formats) or show.formats,
        length_s=order.length_s or show.length_s,
        captions=order.captions or show.captions,
        resolution=show.resolution,
        fps=show.fps,
        platform=show.platform,
        presenter=order.presenter or show.presenter,
        preferred=_preferred(order),
        guidance=order.guidance,
        backdrop=order.backdrop,
    )
    presenter, version = catalogue.presenter(db, options.presenter), catalogue.presenter_version(db, options.presenter)
    if order.voice:
        voices = {**presenter.voices, language: order.voice.partition("/")[2]}
        presenter = presenter.model_copy(update={"voices": voices})
    if order.script:
        script = script_from_text(order.script, language, order.title)
        topic = TopicCopy(title=script.title, language=language)
        pins = {"script": Pin(document=script.to_json())}
    else:
        pins, topic = {}, topic_of(order, language_of(text, language))
    seed = order.seed or int(tagged_hash("seed", topic.title)[:6], 16)
    brief = Brief(
        topic=topic, show=show, presenter=presenter, presenter_version=version, options=options, seed=seed, pins=pins,
        direct=bool(order.script), recording=order.recording,
        training=training_order(db, options.presenter, order.train) if order.train else None,
    )  # fmt: skip
    if (lapse := lapse_of(db, brief)) is not None:
        raise Refused(lapse.message, lapse.cure)
    return brief


def _recorded(order: ClipOrder) -> None:
    """Raises UsageError for a recording of nothing, or one that another voice is to speak over."""
    if not order.script.strip():
        raise UsageError("A recording needs its script.", "Give the words that it says.")
    if order.voice:
        raise UsageError("A recording is its own voice.", "Leave out either the voice or the recording.")
    if order.recording is not None and order.recording.media_type != MEDIA_TYPE:
        raise UsageError("The recording is no WAV file.", "Bring it along with: run.py make --recording FILE")


def _preferred(order: ClipOrder) -> dict[str, tuple[str, ...]]:
    """The engines that an order asks for, by stage."""
    wished: dict[str, tuple[str, ...]] = {}
    if order.voice:
        wished["line"] = (order.voice.partition("/")[0],)
    if order.encoder:
        wished["finish"] = (finisher(order.encoder),)
    return wished


def detect_language(text: str) -> str:
    """The text's language, or English when nobody can tell."""
    found = language_of(text)
    return found if found in LANGUAGE_NAMES else "en"


def topic_of(order: ClipOrder, language: str) -> TopicCopy:
    """A topic's title is its first line; of a text without one, its first sentence if that is short."""
    text = order.topic.strip()
    first, _, rest = text.partition("\n")
    if order.title:
        return TopicCopy(title=order.title, text=text, language=language)
    if rest.strip() and len(first) <= LONGEST_TITLE:
        return TopicCopy(title=first, text=rest.strip(), language=language)
    (_, end), *others = spans(text, language)
    if others and end <= LONGEST_TITLE:
        return TopicCopy(title=text[:end].rstrip(".。"), text=text[end:].strip(), language=language)
    return TopicCopy(title=first[:LONGEST_TITLE], text=text, language=language)


def _house_show(db: Database) -> ShowSpec:
    """The only show there is, else a plain one for one-offs."""
    known = catalogue.shows(db)
    return known[0] if len(known) == 1 else ShowSpec(slug=ONE_OFF, name="One-off")


def _language(code: str) -> str:
    if code not in LANGUAGE_NAMES:
        raise UnknownName("language", code, list(LANGUAGE_NAMES))
    return code


def _format(name: str) -> Format:
    known: tuple[Format, ...] = get_args(Format)
    for one in known:
        if name == one:
            return one
    raise UnknownName("format", name, list(known))
