"""Words, in any script: what texts are compared and measured by."""

from __future__ import annotations

import re
from collections.abc import Sequence

CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
TOKEN = re.compile(rf"[{CJK}]|[^\W_{CJK}]+(?:['’][^\W_{CJK}]+)*")
ONE_CHARACTER = re.compile(rf"[{CJK}]")
CHARACTERS_PER_WORD = 1.6
"""Chinese and Japanese, read aloud: about so many characters take the time of one English word."""


def words(text: str) -> list[str]:
    """Lower-case words without punctuation; in Chinese and Japanese each character counts as one."""
    return TOKEN.findall(text.casefold())


def word_count(text: str) -> int:
    """How many English words the text is worth when it is spoken."""
    return worth(words(text))


def worth(tokens: Sequence[str]) -> int:
    """The same of words that were taken apart already."""
    single = len(ONE_CHARACTER.findall("".join(tokens)))
    return round(len(tokens) - single + single / CHARACTERS_PER_WORD)
