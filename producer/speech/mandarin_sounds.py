"""Mandarin characters to sounds: pinyin from pypinyin's dictionary (MIT), and pinyin to IPA by table.

The table follows Duanmu, *The Phonology of Standard Chinese* (2007), in the alphabet of `speech.phones`; tones are
the arrows →, ↗, ↓, ↘ behind the vowel. Latin words are read by the given English reader.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from producer.speech.wordlists import word_set

HAN = re.compile(r"[\u3400-\u9fff]+")
LATIN = re.compile(r"[A-Za-z][A-Za-z' .-]*[A-Za-z]|[A-Za-z]")
INITIALS = {
    "b": "p", "p": "pʰ", "m": "m", "f": "f", "d": "t", "t": "tʰ", "n": "n", "l": "l", "g": "k", "k": "kʰ", "h": "x",
    "j": "ʨ", "q": "ʨʰ", "x": "ɕ", "zh": "ꭧ", "ch": "ꭧʰ", "sh": "ʂ", "r": "ɻ", "z": "ʦ", "c": "ʦʰ", "s": "s", "": "",
}  # fmt: skip
FINALS = {
    "a": ("a", ""), "ai": ("ai", ""), "an": ("a", "n"), "ang": ("a", "ŋ"), "ao": ("au", ""), "e": ("ɤ", ""),
    "ei": ("ei", ""), "en": ("ə", "n"), "eng": ("ə", "ŋ"), "er": ("ɚ", ""), "i": ("i", ""), "ia": ("ja", ""),
    "ian": ("jɛ", "n"), "iang": ("ja", "ŋ"), "iao": ("jau", ""), "ie": ("je", ""), "in": ("i", "n"), "ing": ("i", "ŋ"),
    "iong": ("jʊ", "ŋ"), "iou": ("jou", ""), "ong": ("ʊ", "ŋ"), "ou": ("ou", ""), "o": ("wo", ""), "u": ("u", ""),
    "ua": ("wa", ""), "uai": ("wai", ""), "uan": ("wa", "n"), "uang": ("wa", "ŋ"), "uei": ("wei", ""), "uen": ("wə", "n"),
    "ueng": ("wə", "ŋ"), "uo": ("wo", ""), "v": ("y", ""), "van": ("ɥɛ", "n"), "ve": ("ɥe", ""), "vn": ("y", "n"),
}  # fmt: skip
"""What is sung to the tone, and what closes the syllable."""
BUZZED = {"zh": "ɨ", "ch": "ɨ", "sh": "ɨ", "r": "ɨ", "z": "ɨ", "c": "ɨ", "s": "ɨ"}
"""The vowel of zhi, chi, shi, ri, zi, ci, si."""
TONES = {"1": "→", "2": "↗", "3": "↓", "4": "↘", "5": "", "0": ""}
MEASURED_LENGTH = re.compile(r"(?<![他她它们子])长(?=[一二两三四五六七八九十百千万数约达])")
"""“Long” and not “grow”: 桥长两公里."""
GAINS = word_set("获得 取得 值得 难得 赢得 夺得 所得 求得 博得 心得 应得 只得 换得 购得")
"""Where a final 得 means “to gain”; elsewhere it joins a verb to how it is done: 睡得好."""
SYLLABLES = {"m": "m", "n": "n", "ng": "ŋ", "hm": "hm", "hng": "hŋ", "ê": "ɛ"}


def phonemes(text: str, english: Callable[[str], str]) -> str:
    """Phoneme letters of a text without figures; marks stay, other scripts are left out."""
    made: list[str] = []
    for part in re.split(f"({HAN.pattern}|{LATIN.pattern})", text):
        if HAN.fullmatch(part):
            made.append(_words(segmented(part)))
        elif LATIN.fullmatch(part):
            made.append(f" {english(part)} ")
        else:
            made.append(re.sub(r"([,.;:!?…])", r"\1 ", part))
    return " ".join("".join(made).split())


def segmented(text: str) -> list[str]:
    """The words of a text without spaces."""
    import rjieba

    return list(rjieba.cut(text))


def _words(words: list[str]) -> str:
    return " ".join(_word(word, "".join(words[i + 1 : i + 2])) for i, word in enumerate(words))


def _word(word: str, after: str) -> str:
    from pypinyin import Style, lazy_pinyin

    syllables = lazy_pinyin(word, style=Style.TONE3, neutral_tone_with_five=True, errors="ignore")
    if len(syllables) == len(word):
        for match in MEASURED_LENGTH.finditer(word + after[:1]):
            syllables[match.start()] = "chang2"
        if word.endswith("得") and word not in GAINS:
            syllables[-1] = "de5"
    return "".join(syllable(pinyin) for pinyin in syllables)


def syllable(pinyin: str) -> str:
    """“zhong1” → ꭧʊ→ŋ. Empty for what is no syllable."""
    from pypinyin.contrib.tone_convert import to_finals, to_initials

    plain, tone = (pinyin[:-1], pinyin[-1]) if pinyin[-1:].isdecimal() else (pinyin, "5")
    if plain in SYLLABLES:
        return SYLLABLES[plain] + TONES[tone]
    initial, final = to_initials(plain, strict=True), to_finals(plain, strict=True).replace("ü", "v")
    if initial not in INITIALS:
        return ""
    if final in ("i", "-i") and initial in BUZZED:
        vowel, coda = BUZZED[initial], ""
    elif final == "o" and not initial:
        vowel, coda = "ɔ", ""
    elif final in FINALS:
        vowel, coda = FINALS[final]
    else:
        return ""
    return INITIALS[initial] + vowel + TONES[tone] + coda
