"""The quality report of a cut: what was looked at, what was found and where, and what would mend it.

Measuring and judging are apart: a cut carries what was seen in it (`Sighting`), a show says what it will stand
(`QualityRules`), and the report says what follows.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from config.errors import DailiesError
from storage.documents import Document, Format, Frozen, Seconds

Verdict = Literal["pass", "warn", "fail", "not run"]
"""warn: worth a look, and no reason to make anything again."""
Family = Literal["sound", "speech", "picture", "presenter", "captions", "script"]
Remedy = Literal["new seed", "other engine", "respeak", "rewrite"]
Share = Annotated[float, Field(ge=0, le=1)]


UNSEEN = "could not be looked at"
LONGEST_WHY = 500


class QualityRules(Frozen):
    """What a show will stand. Everything may be left out."""

    retry: bool = Field(default=True, description="whether a cut that fails is made once more by itself")
    retry_s: int = Field(default=600, ge=0, le=86_400, description="most seconds of work that this may take")
    lip_sync: Share = Field(default=0.7, description="least agreement of lips and words")
    lip_lag_ms: int = Field(default=80, ge=0, le=500, description="most between lips and sound")
    frozen_s: float = Field(default=0.5, ge=0, le=60, description="longest picture in which nothing moves")
    scene_cuts: int = Field(default=0, ge=0, le=1000, description="most hard cuts to another picture")
    warp_error: float = Field(default=6.0, gt=0, le=100, description="most change that no movement explains, in levels")
    camera: float = Field(
        default=0.1, gt=0, le=10, description="fastest the whole picture may move, in widths a second"
    )
    silence_s: float = Field(default=0.8, gt=0, le=10, description="longest silence within a spoken line")
    noise_db: float = Field(default=30.0, ge=0, le=96, description="least distance of speech from noise")
    word_errors: Share = Field(default=0.25, description="most words of a line that were heard otherwise")
    voice_likeness: Share = Field(default=0.75, description="least likeness to the presenter's own voice")
    reading: float = Field(default=25.0, gt=0, le=100, description="most characters a second in caption files")
    unsupported: Share = Field(default=0.34, description="most lines that the source does not support")
    sameness: Share = Field(default=0.35, description="most wording shared with one of the show's last clips")
    swearing: bool = Field(default=False, description="whether swear words may be said")


class Where(Frozen):
    """A stretch of a cut, in its own time. `line`: which line of the script sounds there, from 0; -1 = none in particular."""

    start: Seconds
    end: Seconds
    line: int = -1


class Cure(Frozen):
    """What a new attempt would do about a failed check. `node`: what is made anew."""

    remedy: Remedy
    node: str
    words: str = Field(default="", description="for the writer, where it is to write something else")


class Finding(Frozen):
    """One check of one cut."""

    name: str
    family: Family
    verdict: Verdict
    value: float | str = ""
    bound: str = ""
    why: str = Field(default="", description="what is wrong, or why the check did not run")
    where: tuple[Where, ...] = ()
    cure: Cure | None = None


def unseen(name: str, family: Family, error: Exception | str) -> Finding:
    """A check that broke: the clip goes to review with its flag, for nobody knows what it would have found."""
    why = str(error) if isinstance(error, str | DailiesError) else f"{type(error).__name__}: {error}"
    return Finding(name=name, family=family, verdict="fail", value=UNSEEN, why=why[:LONGEST_WHY])


class QualityReport(Document):
    """All checks of one cut."""

    tag: ClassVar[str] = "quality/1"

    format: Format
    findings: tuple[Finding, ...]
    look: str = Field(
        default="", description="the scene's colours, shrunken, in hexadecimal: later clips are compared with it"
    )

    def having(self, verdict: Verdict) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.verdict == verdict)


class Tried(Frozen):
    """What was done, and why, before a person saw the clip."""

    check: str
    remedy: Remedy
    node: str


class EarlierClip(Frozen):
    """What one of the show's last clips said, and looked like."""

    title: str
    lines: tuple[str, ...]
    looks: tuple[str, ...] = Field(default=(), description="of its cuts, as their reports remember them")
