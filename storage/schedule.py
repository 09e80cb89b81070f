"""When a show is made, how much of it, and of what topics."""

from __future__ import annotations

from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from storage.documents import Frozen


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as e:
        raise PydanticCustomError("zone", "It should be a time zone such as Europe/Berlin or UTC") from e
    return name


Zone = Annotated[str, AfterValidator(_zone)]


class Schedule(Frozen):
    """When a show's sources are read by themselves, and how many clips come of it."""

    cron: str = Field(default="", max_length=120, description='minute hour day month weekday; "" = as the studio does')
    zone: Zone = "UTC"
    quiet: str = Field(
        default="",
        pattern=r"^$|^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$",
        description="22:00-07:00: no runs then",
    )
    clips_per_day: int = Field(
        default=24, ge=0, le=500, description="by itself, in all languages, by the zone's calendar"
    )
    catch_up_h: int = Field(default=12, ge=0, le=168, description="hours for which a missed run is still useful")
    paused: bool = False


Term = Literal[
    "freshness", "length", "picture", "source", "engagement", "corroboration", "variety", "keywords", "judgement"
]  # fmt: skip
"""What a topic's score is made of; see `scraper.score`."""
Weight = Annotated[float, Field(ge=0, le=10)]


class TopicRules(Frozen):
    """Which topics a show wants. Words are whole words or phrases, whatever their capitals."""

    want: tuple[str, ...] = ()
    avoid: tuple[str, ...] = Field(default=(), description="rank lower, but are not left out")
    blocked_words: tuple[str, ...] = ()
    blocked_domains: tuple[str, ...] = Field(default=(), description="with their subdomains")
    adult: bool = Field(default=False, description="whether what its source marks as adult may be taken")
    violent: bool = Field(default=False, description="whether what its source warns of as violent may be taken")
    expires_h: int = Field(
        default=72, ge=0, le=24 * 365, description="older topics are not news any more; 0 = they are"
    )
    minimum_score: float = Field(default=0, ge=0, le=1)
    weights: dict[Term, Weight] = Field(default_factory=dict, description="how much a term counts, instead of as usual")
    judge: bool = Field(default=False, description="whether the language model that writes scripts rates topics too")
