"""A line of text in runs that are set alike: emoji, Chinese-Japanese-Korean, and everything else. Pure."""

from __future__ import annotations

from itertools import groupby
from typing import Literal, NamedTuple

import regex

Kind = Literal["letters", "cjk", "emoji"]

CJK = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Bopomofo}\u3000-\u303f\uff00-\uffef]")
EMOJI = regex.compile(
    r"(?:\p{Emoji_Presentation}(?!\ufe0e)|\p{Extended_Pictographic}(?=\ufe0f|\p{Emoji_Modifier}|\u200d)|[0-9#*]\ufe0f?\u20e3).*",
    regex.DOTALL,
)
"""A grapheme cluster that is shown in colour (Unicode Technical Standard 51): an emoji by itself, a sign that U+FE0F
turns into one, a key cap; with all that joiners, skin tones and tags hang on it. A lone regional indicator counts."""


SHARED = frozenset("“”‘’…—·")
"""Punctuation of Latin and Chinese alike: beside Chinese it is as wide as a character."""


QUARTER_SPACE = "\u2005"
_IDEOGRAPH = r"[\p{Han}\p{Hiragana}\p{Katakana}ー]"
_WESTERN = r"[\p{Latin}\p{Greek}\p{Cyrillic}\p{Nd}--\uff00-\uffef]"
SEAM = regex.compile(rf"(?<={_IDEOGRAPH})(?={_WESTERN})|(?<={_WESTERN})(?={_IDEOGRAPH})", regex.VERSION1)
"""Where Chinese or Japanese meets western letters or digits and a quarter of an em is left free (W3C: Requirements for
Chinese Text Layout, 3.2.2; for Japanese, 3.2.6). Full-width letters count as neither."""


class Run(NamedTuple):
    text: str
    kind: Kind


def clusters(text: str) -> list[str]:
    """What a reader sees as one character each (Unicode Standard Annex 29)."""
    return list(text) if text.isascii() else regex.findall(r"\X", text)


def is_emoji(cluster: str) -> bool:
    return bool(EMOJI.match(cluster))


def runs(text: str) -> list[Run]:
    """The text, whole and in order, in the longest runs of one kind."""
    if text.isascii():
        return [Run(text, "letters")]
    parts = clusters(text)
    kinds = [_kind(part) for part in parts]
    for i, part in enumerate(parts):
        if part in SHARED and "cjk" in kinds[max(i - 1, 0) : i + 2]:
            kinds[i] = "cjk"
    grouped = groupby(zip(parts, kinds, strict=True), key=lambda pair: pair[1])
    return [Run("".join(part for part, _ in pairs), kind) for kind, pairs in grouped]


def quarter_spaced(text: str) -> str:
    """The text as it is set: with quarter spaces where writers of Chinese and Japanese type none."""
    return text if text.isascii() else SEAM.sub(QUARTER_SPACE, text)


def quarter_before(left: str, right: str) -> bool:
    """Whether a quarter space stands between two pieces of text that follow each other without a space."""
    return bool(SEAM.search(left[-1:] + right[:1]))


def _kind(cluster: str) -> Kind:
    if is_emoji(cluster):
        return "emoji"
    return "cjk" if CJK.match(cluster) else "letters"
