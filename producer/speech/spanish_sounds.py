"""Spanish letters to sounds, by rule: Spanish spelling says nearly everything about how a word is pronounced.

Castilian, in the alphabet of `speech.phones`. Rules after the Real Academia's *Ortografía* (2010) and Hualde,
*The Sounds of Spanish* (2005): stress from ending and accent, diphthongs from weak vowels, b d g soft except after a
pause or a nasal.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from producer.speech.wordlists import word_set

WORD = re.compile(r"[a-záéíóúüñçàèò]+", re.IGNORECASE)
VOWELS = "aeiouáéíóúü"
PLAIN = str.maketrans("áéíóúüàèò", "aeiouuaeo")
ACCENTED = "áéíóúàèò"
WEAK = "iuü"
UNSTRESSED = word_set(
    "el la los las de del al a en que por con sin se su sus lo le les me te nos os mi mis tu tus si y e o u ni"
)
HALF_STRESSED = word_set("pero para como donde cuando porque desde hasta entre sobre hacia aunque según contra sino")
EXCEPTIONS = {
    "méxico": "méjico",
    "mexicano": "mejicano",
    "mexicana": "mejicana",
    "texas": "tejas",
    "oaxaca": "oajaca",
    "muy": "mui",
}
DIPHTHONGS = {"ai": "I", "ei": "A", "au": "W", "oi": "oɪ", "eu": "eʊ", "ou": "ow"}
SOFT = {"b": "β", "d": "ð", "ɡ": "ɣ"}
NASALS = "nmɲŋ"


@dataclass
class Unit:
    """A vowel (or diphthong) or a consonant: its sound, and where its letters begin."""

    sound: str
    nucleus: bool
    at: int


def phonemes(text: str) -> str:
    """Phoneme letters of a text that holds words and marks only. Marks stay where they are."""
    made: list[str] = []
    last = 0
    before = ""
    for match in WORD.finditer(text):
        between = text[last : match.start()]
        made.append(between)
        if re.search(r"[,.;:!?…—“”()]", between):
            before = ""
        word = _word(match[0].lower(), before)
        made.append(word)
        before = word[-1:] or before
        last = match.end()
    made.append(text[last:])
    joined = "".join(made).replace("¿", "").replace("¡", "")
    return re.sub(r"n(?= [bpm])", "m", joined)


def _word(word: str, before: str) -> str:
    word = EXCEPTIONS.get(word, word)
    units = _units(word, before)
    nuclei = [i for i, unit in enumerate(units) if unit.nucleus]
    if not nuclei:
        return "".join(unit.sound for unit in units)
    main = _stressed(word, units, nuclei)
    marks = {nuclei[main]: "ˈ"}
    if word in UNSTRESSED:
        marks = {}
    elif word in HALF_STRESSED:
        marks = {nuclei[main]: "ˌ"}
    else:
        marks |= {nuclei[i]: "ˌ" for i in range(0, main - 1, 2)}
    if word.endswith("mente") and len(nuclei) > 3:  # adverbs keep the stress of their adjective as well
        marks[nuclei[-2]] = "ˈ"
        marks[nuclei[_stressed(word[:-5], units, nuclei[:-2])]] = "ˈ"
    return _open_e("".join(marks.get(i, "") + unit.sound for i, unit in enumerate(units)))


def _open_e(sounds: str) -> str:
    """A stressed e is open before a nasal that closes the syllable: θjˈɛnθja; but not in -mente."""
    return re.sub(r"ˈe(?=[nmŋ][^aeiouɛjwˈˌ])(?!nte$)|ˈe(?=nt[aos])", "ˈɛ", sounds)


def _stressed(word: str, units: list[Unit], nuclei: list[int]) -> int:
    """Which syllable is stressed: the one with an accent; else the last, or the last but one before a vowel, n or s."""
    for number, index in enumerate(nuclei):
        end = units[index + 1].at if index + 1 < len(units) else len(word)
        if any(letter in ACCENTED for letter in word[units[index].at : end]):
            return number
    if len(nuclei) > 1 and word[-1] in VOWELS + "ns":
        return len(nuclei) - 2
    return len(nuclei) - 1


def _units(word: str, before: str) -> list[Unit]:
    units: list[Unit] = []
    at = 0
    while at < len(word):
        sound, size, nucleus = _vowel(word, at) if _is_vowel(word, at) else _consonant(word, at, units, before)
        if sound:
            units.append(Unit(sound, nucleus, at))
        at += size
    return units


def _is_vowel(word: str, at: int) -> bool:
    return word[at] in VOWELS + "àèò" or (word[at] == "y" and (at + 1 == len(word) or word[at + 1] not in VOWELS))


def _vowel(word: str, at: int) -> tuple[str, int, bool]:
    """A glide before a vowel (quiero, cuatro), a diphthong (aire, rey), or a plain vowel."""
    letter, after = word[at], word[at + 1 : at + 2]
    plain = letter.translate(PLAIN).replace("y", "i")
    if letter in WEAK and after and after in VOWELS and not (after in WEAK and after == letter):
        return ("j" if plain == "i" else "w"), 1, False
    weak = after.translate(PLAIN) if after in ("i", "u", "ü") else "i" if after == "y" and at + 2 == len(word) else ""
    follows_vowel = word[at + 2 : at + 3] in VOWELS if word[at + 2 : at + 3] else False
    if weak and plain + weak in DIPHTHONGS and not follows_vowel:
        return DIPHTHONGS[plain + weak], 2, True
    return plain, 1, True


def _consonant(word: str, at: int, units: list[Unit], before: str) -> tuple[str, int, bool]:
    letter, after, later = word[at], word[at + 1 : at + 2], word[at + 2 : at + 3]
    previous = units[-1].sound[-1] if units else before
    front = after != "" and after in "eiéí"
    if word.startswith(("ps", "gn", "mn", "pn")) and at == 0:
        return "", 1, False
    if letter == "c":
        return ("ʧ", 2, False) if after == "h" else ("θ" if front else "k", 1, False)
    if letter == "q":
        return "k", 2 if after == "u" else 1, False
    if letter == "g":
        if front:
            return "x", 1, False
        silent_u = after == "u" and later != "" and later in "eiéí"
        return _hard_or_soft("ɡ", previous), 2 if silent_u else 1, False
    if letter == "l" and after == "l":
        return "ʎ", 2, False
    if letter == "r":
        trill = after == "r" or not units or previous in "nls"
        return "r" if trill else "ɾ", 2 if after == "r" else 1, False
    if letter in "bv":
        return _hard_or_soft("b", previous), 1, False
    if letter == "d":
        return _hard_or_soft("d", "" if previous == "l" else previous), 1, False
    if letter == "n":
        return _nasal(after, later), 1, False
    if letter == "x":
        return "ks" if units else "s", 1, False
    if letter == "h":
        return "", 1, False
    simple = {"j": "x", "z": "θ", "ñ": "ɲ", "y": "ʝ", "ç": "s"}
    return simple.get(letter, letter), 1, False


def _hard_or_soft(stop: str, previous: str) -> str:
    return stop if not previous or previous in NASALS else SOFT[stop]


def _nasal(after: str, later: str) -> str:
    if after == "g" and later and later not in "eiéí":
        return "ŋ"
    return "m" if after and after in "pbv" else "n"
