"""What is to be learnt of a person, and what was: orders of trainings, and the documents that they make."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from storage.documents import ArtifactRef, Document, Frozen


class TrainingPicture(Frozen):
    """A picture of a person, and what is seen on it; the words call the person by the training's token."""

    file: ArtifactRef
    caption: str = Field(default="", max_length=300)


class Course(Frozen):
    """What is to be learnt of a person, and how thoroughly."""

    token: str = Field(min_length=1, max_length=40, description="the word by which prompts call the person")
    kind: str = Field(default="person", min_length=1, max_length=19, description="what the token is one of")
    pictures: tuple[TrainingPicture, ...] = Field(min_length=1, max_length=61)
    steps: int = Field(default=1000, ge=1, le=20_000)
    sample_every: int = Field(default=100, ge=1, le=20_000)
    prior: float = Field(
        default=1.0, ge=0, le=10, description="how much counts what it must not forget of others; 0 = nothing"
    )
    prior_pictures: int = Field(default=16, ge=1, le=200, description="that the model paints of others, to keep them")


class TrainingOrder(Course):
    """A training as it is asked for. How much memory it takes is the profile of the engine that trains."""

    engine: str = Field(default="sd15", max_length=40, description="that is to paint with it: sd15, sdxl")


class TrainingMark(Frozen):
    """What had been learnt after so many steps. Losses are measured with the same noise each time."""

    step: int
    loss: float = Field(description="on pictures that are learnt")
    held_out: float = Field(description="on pictures that are not")
    identity: float | None = Field(default=None, description="how much the samples are like the person, −1 to 1")
    lora: ArtifactRef | None = Field(default=None, description="as it was then; in the end only the best one is kept")
    samples: tuple[ArtifactRef, ...] = ()


class TrainingCheckpoint(Document):
    """Where a training stands: from here it goes on after whatever ended it. Two are kept, in turn."""

    tag: ClassVar[str] = "checkpoint/1"

    presenter: str
    step: int
    state: ArtifactRef
    marks: tuple[TrainingMark, ...] = ()
    pictures: tuple[ArtifactRef, ...] = Field(default=(), description="what is learnt from, so that it can be found")


class TrainedLora(Document):
    """What a painting network learnt of a presenter."""

    tag: ClassVar[str] = "lora/1"

    presenter: str
    engine: str = Field(description="that paints with it: sd15, sdxl …")
    lora: ArtifactRef
    calls: str = Field(description="the words by which a prompt calls the person: ana person")
    steps: int
    chosen: int = Field(description="the step after which it was best")
    chosen_by: str = Field(description="identity, or held-out loss")
    optimiser: str
    marks: tuple[TrainingMark, ...] = ()
    pictures: tuple[ArtifactRef, ...] = ()
