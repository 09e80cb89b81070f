"""What each stage is asked, derived from the brief and from what is already made. Pure.

Each function takes only what its stage may depend on: that is what keeps a scene when a line is edited,
and a spoken line when the title is.
"""

from __future__ import annotations

from producer.engines.requests import (
    FinishOptions,
    LineOptions,
    MotionOptions,
    QualityOptions,
    Recorded,
    SceneOptions,
    ScriptOptions,
    SpeechOptions,
    TrainingOptions,
    UpscaleOptions,
    VideoOptions,
    size_of,
)
from producer.speech.languages import is_rtl_language
from producer.speech.pace import voice_pace
from producer.speech.respelling import hints_for
from storage.documents import ArtifactRef, Format, Script
from storage.learning import Course, TrainedLora, TrainingOrder
from storage.orders import Brief, Trained
from storage.plans import Plan

PICTURE = (1080, 810)
"""What a topic's picture is enlarged to cover: about the largest card that shows one."""
SHORTEST_S, LONGEST_S = 15, 90
"""What `ScriptOptions.length_s` takes."""


def script_options(brief: Brief) -> ScriptOptions:
    return ScriptOptions(
        topic=brief.topic,
        language=brief.options.language,
        length_s=usual_length(brief.options.length_s, brief.show.speaking.rate * _pace(brief)),
        show_name=brief.show.name,
        presenter_name=brief.presenter.name,
        style=brief.show.style,
        persona=brief.presenter.persona,
        guidance=brief.options.guidance,
        call_to_action=brief.show.call_to_action,
    )


def _pace(brief: Brief) -> float:
    language = brief.options.language
    return voice_pace(brief.presenter.voices.get(language, ""), language)


def scene_options(brief: Brief, script: Script, frame: Format, trained: tuple[Trained, ...] = ()) -> SceneOptions:
    """A scene with a description does not depend on the title; a picture that was brought depends on no words."""
    if brief.picture is not None:
        return SceneOptions(format=frame, resolution=brief.options.resolution, picture=brief.picture)
    return SceneOptions(
        description=script.scene,
        keywords=script.keywords,
        title="" if script.scene else script.title,
        format=frame,
        resolution=brief.options.resolution,
        mirrored=is_rtl_language(brief.options.language),
        backdrop=brief.options.backdrop,
        painting=brief.show.painting,
        as_painted=brief.show.upscale,
        trained=trained,
    )


def training_options(presenter: str, order: TrainingOrder) -> TrainingOptions:
    return TrainingOptions(presenter=presenter, **{name: getattr(order, name) for name in Course.model_fields})


def trained_for(brief: Brief, engine: str, learnt: TrainedLora | None) -> tuple[Trained, ...]:
    """What the engine that paints is given of the presenter: what this clip had learnt first, else what the pinned version
    has. When it was learnt changes no picture."""
    if not brief.show.painting.presenter:
        return ()
    if learnt is not None:
        return (part_of(learnt),) if learnt.engine == engine else ()
    parts = (part for part in brief.presenter.trained if part.kind == "lora" and part.engine == engine)
    return tuple(part.model_copy(update={"trained_at": ""}) for part in parts)


def part_of(learnt: TrainedLora) -> Trained:
    """What was learnt, as a presenter's part."""
    return Trained(engine=learnt.engine, file=learnt.lora, token=learnt.calls)


def motion_options(brief: Brief, frame: Format) -> MotionOptions:
    options = brief.options
    return MotionOptions(format=frame, resolution=options.resolution, fps=options.fps, movement=brief.show.movement)


def upscale_options(brief: Brief, image: ArtifactRef, frame: Format | None = None) -> UpscaleOptions:
    """Of a scene, which fills a frame, or of the topic's picture, which takes a part of one."""
    width, height = PICTURE if frame is None else size_of(frame, brief.options.resolution)
    return UpscaleOptions(image=image, width=width, height=height)


def line_options(brief: Brief, script: Script, number: int) -> LineOptions:
    """A line depends on no other, unless it is cut from a recording that says all of them."""
    line = script.lines[number]
    if brief.recording is not None:
        recorded = Recorded(audio=brief.recording, lines=tuple(one.text for one in script.lines), line=number)
        return LineOptions(text=line.text, language=line.language, recording=recorded)
    voice = brief.presenter.voices.get(line.language, "")
    speaking = brief.show.speaking
    hints = hints_for(line.text, line.hints, speaking.pronunciations)
    return LineOptions(
        text=line.text, language=line.language, voice=voice, rate=speaking.rate, hints=hints, samples=brief.presenter.samples,
    )  # fmt: skip


def usual_length(length_s: int, rate: float) -> int:
    """The seconds that a script would last at the usual pace, to last `length_s` at this rate by this voice; within what is
    allowed."""
    return min(max(round(length_s * rate), SHORTEST_S), LONGEST_S)


def speech_options(brief: Brief) -> SpeechOptions:
    return SpeechOptions(pause_s=brief.show.speaking.pause_s)


def video_options(brief: Brief) -> VideoOptions:
    if brief.film is not None:
        return VideoOptions(fps=brief.options.fps, film=brief.film)
    return VideoOptions(look=brief.presenter.look, fps=brief.options.fps)


def finish_options(brief: Brief, script: Script, frame: Format) -> FinishOptions:
    return FinishOptions(
        format=frame,
        resolution=brief.options.resolution,
        fps=brief.options.fps,
        platform=brief.options.platform,
        captions=brief.options.captions,
        brand=brief.show.brand,
        show_name=brief.show.name,
        presenter_name=brief.presenter.name,
        presenter_role=brief.presenter.role,
        ai_label=brief.show.ai_label,
        source=script.source or (None if brief.direct else brief.topic.source),
        picture=picture_allowed(brief),
        music=brief.show.music,
        music_file=brief.show.music_file,
        loudness_lufs=brief.show.loudness_lufs,
        motion=brief.show.motion,
    )


def quality_options(brief: Brief, plan: Plan) -> QualityOptions:
    """What a cut is judged by. The names of the show and of who speaks need no source. A film that was brought may show
    anybody."""
    known = (brief.topic.title, brief.topic.text, brief.show.name, brief.presenter.name)
    portrait = None if brief.film is not None else brief.presenter.look.get("portrait")
    has_source = not brief.direct and brief.topic.text.strip()
    return QualityOptions(
        rules=brief.show.quality,
        source="\n\n".join(known) if has_source else "",
        samples=brief.presenter.samples,
        earlier=plan.last_clips,
        voice_engine=plan.engine_for("line").engine,
        portrait=portrait and ArtifactRef.model_validate(portrait),
    )


def picture_allowed(brief: Brief) -> ArtifactRef | None:
    """The topic's picture, only where its source's rights allow it to be shown."""
    source = brief.topic.source
    rights = source.rights if source else "quote"
    return brief.topic.image if rights in ("own", "licensed") else None
