"""Where a heading in a script without spaces may break: between words in Chinese, between phrases in Japanese."""

from __future__ import annotations

from itertools import accumulate

import regex

from producer.render.wrap import Token, tokens

PHRASE = regex.compile(r"[^\p{Hiragana}、。！？]*\p{Hiragana}*[、。！？）」』】]*")
"""A Japanese phrase (bunsetsu), nearly always: a stem in Han characters, Katakana or Latin letters, and the Hiragana
that inflects it or says its part in the sentence."""


def phrases(text: str, language: str) -> list[Token]:
    """What should not be broken, in order; `Token.spaced` says whether a space stood before it. In other languages than
    Chinese and Japanese these are `wrap.tokens`."""
    if language not in {"zh", "ja"} or text.isascii():
        return tokens(text)
    found: list[Token] = []
    for word in text.split():
        parts = [part.text for part in tokens(word)]
        ends = {*accumulate(map(len, _japanese(word) if language == "ja" else _chinese(word)))}
        begun, spaced = "", bool(found)
        for part, end in zip(parts, accumulate(map(len, parts)), strict=True):
            begun += part
            if end in ends:
                found.append(Token(begun, spaced))
                begun, spaced = "", False
        if begun:
            found.append(Token(begun, spaced))
    return found


def _japanese(word: str) -> list[str]:
    return [phrase for phrase in PHRASE.findall(word) if phrase]


def _chinese(word: str) -> list[str]:
    import rjieba  # brings a dictionary, which other languages do without

    return list(rjieba.cut(word))
