"""Which characters can be spoken at all."""

from __future__ import annotations

import regex

PICTURE = (
    r"(?:[0-9#*]\uFE0F?\u20E3"  # keycaps
    r"|\p{Regional_Indicator}{1,2}"  # flags
    r"|[\p{Emoji_Presentation}\p{Extended_Pictographic}--[©®™〰〽㊗㊙]]\uFE0F?\p{Emoji_Modifier}?[\U000E0020-\U000E007F]*)"
)
EMOJI = regex.compile(rf"{PICTURE}(?:\u200D{PICTURE})*|[\uFE0E\uFE0F]|\p{{Emoji_Modifier}}", regex.VERSION1)
"""Emoji sequences as in Unicode Technical Standard 51."""

INVISIBLE = regex.compile(r"[\p{Cc}\p{Cf}--[\t\n\u200C\u200D]]", regex.VERSION1)
"""Control and format characters (direction marks, soft hyphens, byte order marks), but not the
zero-width joiners that Persian and Hindi spelling needs."""

WORD = regex.compile(r"[\p{L}\p{N}]")


def without_emoji(text: str) -> str:
    """The text with every emoji replaced by a space."""
    plain: str = EMOJI.sub(" ", text)
    return plain


def speakable(text: str) -> bool:
    """Whether anything in the text can be said: at least one letter or figure that is not part of an emoji."""
    return WORD.search(without_emoji(text)) is not None


def tidy(text: str) -> str:
    """One line without emoji or invisible characters, single spaces."""
    return " ".join(INVISIBLE.sub("", without_emoji(text)).split())
