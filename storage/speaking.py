"""How a show is spoken: its pace, its pauses, and how its names are said."""

from __future__ import annotations

import unicodedata
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from storage.documents import Frozen

MOST_ENTRIES = 500
LONGEST_WORD, LONGEST_RESPELLING = 60, 120
JOINERS = "\u200c\u200d"
"""Invisible characters that Persian and Hindi spelling needs."""


def _one_line_of_words(text: str, longest: int) -> str:
    plain = " ".join(unicodedata.normalize("NFC", text).split(" ")).strip()
    if any((unicodedata.category(c)[0] == "C" and c not in JOINERS) or c in "\u2028\u2029" for c in plain):
        raise PydanticCustomError("pronunciation", "Control characters and line breaks cannot be said; take them out")
    if len(plain) > longest:
        raise PydanticCustomError("pronunciation", "At most {longest} characters are allowed", {"longest": longest})
    if not any(c.isalnum() for c in plain):
        raise PydanticCustomError("pronunciation", "There is no letter in it; write a word as it is to be read")
    return plain


def _dictionary(entries: dict[str, str]) -> dict[str, str]:
    if len(entries) > MOST_ENTRIES:
        raise PydanticCustomError(
            "pronunciation", "It has {count} words; at most {most} are allowed",
            {"count": len(entries), "most": MOST_ENTRIES},
        )  # fmt: skip
    seen: dict[str, str] = {}
    for word in entries:
        if (twin := seen.setdefault(word.casefold(), word)) != word:
            raise PydanticCustomError(
                "pronunciation", "“{one}” and “{other}” are one word, whatever its capitals; keep one of them",
                {"one": twin, "other": word},
            )  # fmt: skip
    return entries


WrittenWord = Annotated[str, AfterValidator(lambda text: _one_line_of_words(text, LONGEST_WORD))]
Respelling = Annotated[str, AfterValidator(lambda text: _one_line_of_words(text, LONGEST_RESPELLING))]
Pronunciations = Annotated[dict[WrittenWord, Respelling], AfterValidator(_dictionary)]


class Speaking(Frozen):
    """How a show is spoken. Everything may be left out."""

    rate: float = Field(default=1.0, ge=0.7, le=1.4, description="1 = the voice's own pace")
    pause_s: float = Field(default=0.32, ge=0, le=2, description="silence between lines")
    pronunciations: Pronunciations = Field(
        default_factory=dict, description="word → how to write it so that it is read right; capitals do not matter"
    )
