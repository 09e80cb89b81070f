"""Devanagari to sounds, by rule: what is written, less the vowels that Hindi leaves out.

After Ohala, *Aspects of Hindi Phonology* (1983): the vowel that every consonant carries falls at the end of a word, and
between a vowel with one consonant before it and one consonant with a vowel after it. In the alphabet of `speech.phones`.
Latin words are read by the given English reader.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from producer.speech.wordlists import word_pairs, word_set

NUKTA, HALANT, TILDE = "\u093c", "\u094d", "\u0303"
CONSONANTS = word_pairs(
    """
    क k · ख kʰ · ग ɡ · घ ɡʰ · ङ ŋ · च ʧ · छ ʧʰ · ज ʤ · झ ʤʰ · ञ ɲ · ट ʈ · ठ ʈʰ · ड ɖ · ढ ɖʰ · ण ɳ
    त t · थ tʰ · द d · ध dʰ · न n · प p · फ pʰ · ब b · भ bʰ · म m · य j · र ɾ · ल l · व ʋ · श ʃ · ष ʂ · स s · ह h · ळ l
    """
)
WITH_NUKTA = word_pairs("क q · ख x · ग ɣ · ज z · ड ɽ · ढ ɽʰ · फ f · य j · न n · र ɾ · ल l · झ ʒ")
SIGNS = dict(
    zip("ािीुूृेैोौॉॅॆॊ", ("aː", "ɪ", "iː", "ʊ", "uː", "ɾɪ", "eː", "ɛː", "oː", "ɔː", "ɔ", "ɛ", "eː", "oː"), strict=True)
)
LETTERS = dict(
    zip("अआइईउऊऋएऐओऔऑऍ", ("ə", "aː", "ɪ", "iː", "ʊ", "uː", "ɾɪ", "eː", "ɛː", "oː", "ɔː", "ɔ", "ɛ"), strict=True)
)
EXCEPTIONS = {"यह": "jˈeː", "वह": "ʋˈoː", "ये": "jˈeː", "वे": "ʋˈeː", "ज्ञ": "ɡjə", "कि": "kɪ", "न": "nə", "व": "ʋə"}
UNSTRESSED = word_set("का की के को में से पर ने है हैं था थी थे तो भी ही और या कि जो")
WORD = re.compile(r"[\u0900-\u0963\u0971-\u097f\u200c\u200d]+")
LATIN = re.compile(r"[A-Za-z][A-Za-z' .-]*[A-Za-z]|[A-Za-z]")
NASALS = {
    **dict.fromkeys("kɡqxɣ", "ŋ"),
    **dict.fromkeys("ʧʤ", "n"),
    **dict.fromkeys("ʈɖɽ", "ɳ"),
    **dict.fromkeys("td", "n"),
    **dict.fromkeys("pb", "m"),
}
"""What ं is before a stop; elsewhere it makes its vowel nasal."""


@dataclass
class Syllable:
    """Consonants and the vowel after them, "" where it fell; `loose` = the vowel is the unwritten one."""

    onset: str
    vowel: str
    loose: bool = False
    tail: str = ""
    """Nasality or breath after the vowel."""

    @property
    def single(self) -> bool:
        return len(re.sub(r"[ʰː]", "", self.onset)) == 1


def phonemes(text: str, english: Callable[[str], str]) -> str:
    """Phoneme letters of a text without figures; marks stay, other scripts are left out."""
    made = LATIN.sub(lambda m: english(m[0]), text) if LATIN.search(text) else text
    return WORD.sub(lambda m: _word(m[0]), made)


def _word(written: str) -> str:
    word = unicodedata.normalize("NFC", written).replace("\u200c", "").replace("\u200d", "")
    if word in EXCEPTIONS:
        return EXCEPTIONS[word]
    syllables = _syllables(unicodedata.normalize("NFD", word))
    if not syllables:
        return ""
    _drop_loose_vowels(syllables)
    spoken = [i for i, s in enumerate(syllables) if s.vowel]
    stressed = -1 if word in UNSTRESSED or not spoken else _stressed(syllables, spoken)
    return "".join(_said(syllables, i, i == stressed) for i in range(len(syllables)))


def _syllables(word: str) -> list[Syllable]:
    found: list[Syllable] = []
    onset, at = "", 0
    while at < len(word):
        letter = word[at]
        nukta = word[at + 1 : at + 2] == NUKTA
        if letter in CONSONANTS:
            onset += WITH_NUKTA.get(letter, CONSONANTS[letter]) if nukta else CONSONANTS[letter]
            at += 2 if nukta else 1
            after = word[at : at + 1]
            if after == HALANT:
                at += 1
            elif after in SIGNS and after:
                found.append(Syllable(onset, SIGNS[after]))
                onset, at = "", at + 1
            else:
                found.append(Syllable(onset, "ə", loose=True))
                onset = ""
            continue
        if letter in LETTERS:
            found.append(Syllable(onset, LETTERS[letter]))
            onset = ""
        elif letter in "ंँः" and found:
            found[-1].tail += letter
            found[-1].loose = False
        at += 1
    if onset:
        found.append(Syllable(onset, ""))
    for syllable in found:
        syllable.onset = syllable.onset.replace("ʤɲ", "ɡj").replace("kʂ", "kʃ")
    return found


def _drop_loose_vowels(syllables: list[Syllable]) -> None:
    last = syllables[-1]
    if last.loose and len(syllables) > 1 and (last.single or last.onset[-1] not in "ɾjʋlmn"):
        last.vowel = ""
    for i in range(len(syllables) - 2, 0, -1):
        here, before, after = syllables[i], syllables[i - 1], syllables[i + 1]
        if here.loose and here.single and before.vowel and after.vowel and after.single and "ं" not in before.tail:
            here.vowel = ""


def _stressed(syllables: list[Syllable], spoken: list[int]) -> int:
    """The last syllable where it is very heavy, else the last heavy one before it, else the first."""

    def weight(i: int) -> int:
        closed = sum(1 for s in syllables[i + 1 : i + 2] if not s.vowel or len(re.sub(r"[ʰː]", "", s.onset)) > 1)
        return (2 if "ː" in syllables[i].vowel else 1) + closed + bool(syllables[i].tail)

    if weight(spoken[-1]) > 2:
        return spoken[-1]
    return next((i for i in reversed(spoken[:-1]) if weight(i) > 1), spoken[0])


def _said(syllables: list[Syllable], i: int, stressed: bool) -> str:
    here = syllables[i]
    vowel = here.vowel
    following = syllables[i + 1].onset if i + 1 < len(syllables) else ""
    if vowel == "ə" and following.startswith("h") and syllables[i + 1].vowel in ("", "ə"):
        vowel = "ɛ"  # कहना, पहला
    elif vowel == "ə" and stressed:
        vowel = "ʌ"
    if i == len(syllables) - 1 and vowel in ("iː", "uː"):
        vowel = vowel[0]
    nasal = ""
    for mark in here.tail:
        if mark == "ः":
            nasal += "h"
        elif mark == "ं" and following[:1] in NASALS and following:
            nasal += NASALS[following[0]]
        else:
            vowel = f"{vowel[0]}{TILDE}{vowel[1:]}" if vowel else vowel
    return f"{here.onset}{'ˈ' if stressed and vowel else ''}{vowel}{nasal}"
