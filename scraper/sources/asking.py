"""What a person is asked for to add a source of a kind: a small model each, which any form can be made from.

Of each field: `title` and `description` are its words, `examples` what may stand in it, a `Literal` its choices, `words`
(in `json_schema_extra`) how these are called. Faults come out as one plain sentence per field.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, Field, ValidationError
from pydantic_core import PydanticCustomError

from config.errors import SourceError
from scraper.guard import Reach, is_file
from scraper.urls import checked_url
from storage.documents import Frozen
from storage.topics import FetchPolicy

WHOLE = "__root__"
"""Stands for the form as a whole where a fault is no single field's."""


class Ask(Frozen, ABC):
    """The fields of a form, and the address that they come to."""

    @property
    @abstractmethod
    def address(self) -> str:
        """`SourceSpec.url`."""


def wrong(sentence: str) -> PydanticCustomError:
    """What a validator raises: what is wrong, and what would be right."""
    return PydanticCustomError("asked", "{sentence}", {"sentence": sentence})


def _web_address(text: str) -> str:
    text = text.strip()
    if not text.lower().startswith(("https://", "http://")):
        raise wrong("An address begins with https://. Copy it from a browser.")
    try:
        checked_url(text)
    except SourceError as e:
        raise wrong(str(e)) from e
    return text


WebAddress = Annotated[str, AfterValidator(_web_address)]


class AskForAddress(Ask):
    """What any kind is asked for that declares nothing of its own."""

    url: WebAddress = Field(title="Address", examples=["https://…"])

    @property
    def address(self) -> str:
        return self.url


def faults(error: ValidationError) -> dict[str, str]:
    """Field, or WHOLE → what is wrong with it, in a sentence."""
    found: dict[str, str] = {}
    for one in error.errors():
        name = str(one["loc"][0]) if one["loc"] else WHOLE
        blank = one["type"] in ("missing", "string_too_short")
        found.setdefault(name, "It is needed." if blank else f"{one['msg'].rstrip('.')}.")
    return found


def filled(ask: type[Ask], given: Mapping[str, Any]) -> Ask:
    """The form as it was filled in; what was left empty counts as left out. Raises ValidationError."""
    return ask.model_validate({name: value for name, value in given.items() if str(value).strip()})


def check_reach(url: str, policy: FetchPolicy) -> None:
    """Say now what would fail at the first reading: a folder that nobody allowed. Raises SourceError or Blocked."""
    reach = Reach.of(url, policy)
    if is_file(url):
        reach.local_file(url)
