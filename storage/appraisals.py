"""What a file is worth to train a presenter with, as whoever looked at it reports: the document of that work."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from storage.documents import ArtifactRef, Document, Frozen


class Reason(Frozen):
    """Why a file is not in a set. `code`: for programs."""

    code: str
    message: str
    cure: str


class SeenFace(Frozen):
    """The one face of a picture: its square, and what tells it from other pictures and people."""

    square: ArtifactRef
    view: str = Field(description="front, half or profile")
    close: bool = Field(description="whether the head fills more than half of the square's height")
    fingerprint: str = Field(description="64 bits as hex digits; the same shot differs in few of them")
    vector: tuple[float, ...] = Field(description="whose face it is: 128 numbers of length 1")


class HeardVoice(Frozen):
    """A recording without the silence at its ends, at one loudness, and how it was before."""

    file: ArtifactRef
    seconds: float
    transcript: str = Field(default="", description="what is said; empty where no recogniser is installed")
    snr_db: float = Field(description="voice over what sounds between the words")
    loudness_lufs: float
    reverb_s: float | None = Field(
        default=None, description="how long the room rings (T60); null: too few pauses to tell"
    )


class Appraisal(Document):
    """What one file is worth to train with, by itself. `refused`: why it is not fit; what was made of it all the same is kept, so
    that a person may keep the file against that."""

    tag: ClassVar[str] = "appraisal/1"

    presenter: str
    source: ArtifactRef
    refused: Reason | None = None
    small: ArtifactRef | None = Field(default=None, description="of a picture: what a list shows")
    face: SeenFace | None = None
    voice: HeardVoice | None = None
