"""What typefaces can draw, and text without the rest, which would come out as empty boxes."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import regex
import skia

from producer.render.runs import clusters, is_emoji

UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
"""Categories of what is no sign: controls, formats, surrogates, private and unassigned code points."""
MARKS = frozenset({"Mn", "Me"})
JOINERS = "\u200c\u200d"
"""Invisible; they shape Persian and Indic words, and join emoji."""
COLOURED = "\ufe0f"
"""Invisible; it makes an emoji of a sign."""
PILED = regex.compile(r"(\p{M}{3})[\p{Mn}\p{Me}]+")
"""More marks on a letter than any language piles up: Hebrew has a dot, a dagesh and a vowel, and Vietnamese two. A pile
that goes on would leave its line."""
SPELT_OUT = {0xFDFD: "بسم الله الرحمن الرحيم"}
"""A whole sentence in one character, ten times as wide as a letter: written out, it can be wrapped."""


class Coverage:
    """Typefaces in the order in which they are asked, and the one of emoji, if any."""

    def __init__(self, faces: Sequence[skia.Typeface], emoji: skia.Typeface | None) -> None:
        self._faces = faces
        self._emoji = emoji

    def clean(self, text: str) -> str:
        """The text in one line, without what cannot be drawn: controls, exotic signs, unknown emoji."""
        text = unicodedata.normalize("NFC", text.translate(SPELT_OUT))
        text = PILED.sub(r"\1", text)
        return " ".join("".join(map(self._drawable, clusters(text))).split())

    def _drawable(self, cluster: str) -> str:
        return self._emoji_of(cluster) if is_emoji(cluster) else self._letter_of(cluster)

    def _emoji_of(self, cluster: str) -> str:
        """An emoji whole or not at all: half a sequence would be another one. Accents on it do not count."""
        known = {c for c in cluster if c == COLOURED or _has(self._emoji, c)}
        kept = "".join(c for c in cluster if c in known or unicodedata.category(c) not in MARKS)
        return kept if self._emoji and known.issuperset(kept) else ""

    def _letter_of(self, cluster: str) -> str:
        """A letter with the marks that its typeface has too: the shaper draws a cluster in one typeface. Of several
        typefaces with the letter, the first of those that have most of its marks."""
        seen = "".join(c for c in cluster if c.isspace() or c in JOINERS or unicodedata.category(c) not in UNSEEN)
        drawn = [c for c in seen if not c.isspace() and c not in JOINERS]
        if not drawn:
            return seen
        able = [face for face in self._faces if _has(face, drawn[0])]
        if not able:
            return ""
        face = max(able, key=lambda face: sum(_has(face, c) for c in drawn))
        return "".join(c for c in seen if c.isspace() or c in JOINERS or _has(face, c))


def _has(face: skia.Typeface | None, character: str) -> bool:
    return face is not None and face.unicharToGlyph(ord(character)) != 0
