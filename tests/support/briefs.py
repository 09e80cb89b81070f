"""Briefs for tests of production: short stories that the stub engines turn into four lines each."""

from __future__ import annotations

from typing import Any

from storage.documents import ArtifactRef, Script, ScriptLine
from storage.learning import TrainingOrder, TrainingPicture
from storage.orders import Brief, BriefOptions, Pin, PresenterSpec, ShowSpec, TopicCopy

STORY = "It begins with story {0}. It goes on with a second sentence. And it ends with a third"


def make_brief(number: int = 0, *, topic: TopicCopy | None = None, **options: Any) -> Brief:
    """The brief of story `number`; `options` are `BriefOptions`."""
    return Brief(
        topic=topic or TopicCopy(title=f"Story {number}", text=STORY.format(number)),
        show=ShowSpec(slug="tests", name="Tests"),
        presenter=PresenterSpec(slug="tess", name="Tess"),
        options=BriefOptions(**options),
        seed=number,
    )


def moving(brief: Brief) -> Brief:
    """`brief` for a show whose scenes are set in motion."""
    return brief.model_copy(update={"show": brief.show.model_copy(update={"motion": "moving"})})


def upscaled(brief: Brief) -> Brief:
    """`brief` for a show whose pictures get more pixels."""
    return brief.model_copy(update={"show": brief.show.model_copy(update={"upscale": True})})


def learning(brief: Brief, steps: int = 10) -> Brief:
    """`brief` for a clip that has its presenter learnt first."""
    picture = TrainingPicture(file=ArtifactRef(sha256="7" * 64, media_type="image/png", size=9), caption="tess person")
    order = TrainingOrder(engine="stub-scene", token="tess", pictures=(picture,), steps=steps)
    return brief.model_copy(update={"training": order})


def make_script(*texts: str, title: str = "A title", scene: str = "a quiet studio") -> Script:
    return Script(title=title, lines=tuple(ScriptLine(text=text) for text in texts), scene=scene)


def pinned(brief: Brief, script: Script) -> Brief:
    """`brief` with a person's script in place of the engine's."""
    return brief.model_copy(update={"pins": {**brief.pins, "script": Pin(document=script.to_json())}})
