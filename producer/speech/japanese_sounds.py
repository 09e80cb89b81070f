"""Japanese to sounds: readings from janome's dictionary (Apache-2.0; IPADIC), kana to sounds by table.

The table follows Vance, *The Sounds of Japanese* (2008), in the alphabet of `speech.phones`. Words that only lean on the
one before them (particles, endings) are spoken with it. Latin words are read by the given English reader.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from typing import Any

from producer.speech.wordlists import word_list

VOWELS = dict(zip("アイウエオ", "aiɯeo", strict=True))
SMALL_VOWELS = dict(zip("ァィゥェォャュョヮ", ("a", "i", "ɯ", "e", "o", "ʲa", "ʲɯ", "ʲo", "wa"), strict=True))
ROWS = {
    "カキクケコ": "k", "ガギグゲゴ": "ɡ", "サシスセソ": "s", "ザジズゼゾ": "z", "タチツテト": "t", "ダヂヅデド": "d", "ナニヌネノ": "n",
    "ハヒフヘホ": "h", "バビブベボ": "b", "パピプペポ": "p", "マミムメモ": "m", "ラリルレロ": "ɾ",
}  # fmt: skip
SYLLABLES = {
    **{letter: sound + vowel for row, sound in ROWS.items() for letter, vowel in zip(row, "aiɯeo", strict=True)},
    **VOWELS,
    "シ": "ɕi", "ス": "sɨ", "ジ": "ʥi", "ズ": "zɨ", "チ": "ʨi", "ツ": "ʦɨ", "ヂ": "ʥi", "ヅ": "zɨ", "ニ": "ɲi", "ヒ": "çi", "フ": "ɸɯ",
    "ヤ": "ja", "ユ": "jɯ", "ヨ": "jo", "ワ": "βa", "ヰ": "i", "ヱ": "e", "ヲ": "o", "ヴ": "vɯ", "ン": "ɴ", "ッ": "ʔ", "ー": "ː",
}  # fmt: skip
SOFT = frozenset("ɕʥʨɲç")
"""Consonants that are palatal already: シャ is ɕa, キャ kʲa."""
LEANING = frozenset(word_list("助詞 助動詞"))
KANA = re.compile(r"[\u30a1-\u30fa\u30fc]+")
PARTS = re.compile(r"((?:(?!(?<=\d)[,.:/](?=\d))[^\w\s])+|\s+)")
"""Words stand between marks and spaces; a comma inside a number is no mark."""
FIGURES = re.compile(r"(\d[\d,.:/]*)")
MARK = re.compile(r"[^\w\s]+")
LATIN = re.compile(r"[A-Za-z][A-Za-z' .-]*[A-Za-z]|[A-Za-z]")
HIRAGANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}


def phonemes(text: str, english: Callable[[str], str]) -> str:
    """Phoneme letters of a text without figures; marks stay, other scripts are left out."""
    made: list[str] = []
    for part in re.split(f"({LATIN.pattern})", text):
        if LATIN.fullmatch(part):
            made.append(f" {english(part)} ")
        else:
            made += (f" {''.join(map(_sounds, phrase))}" for phrase in _phrases(part))
    return re.sub(r" (?=[,.;:!?…”)])", "", " ".join("".join(made).split()))


def phrases(text: str) -> list[str]:
    """The text in pieces that are said, and may be shown, in one: words with the particles that lean on them."""
    return ["".join(surface for surface, _ in phrase) for phrase in _phrases(text)]


def reading(text: str) -> str:
    """The kana of a text; what has none is left out."""
    return "".join(KANA.findall("".join(said for phrase in _phrases(text) for _, said in phrase)))


def _phrases(text: str) -> list[list[tuple[str, str]]]:
    """Pieces of (written, said); said is kana, or a mark."""
    found: list[list[tuple[str, str]]] = []
    joins = False
    for part in PARTS.split(text):
        if not part.strip():
            joins = False
        elif MARK.fullmatch(part):
            opens = part[-1] in "“("
            if found and not opens:
                found[-1].append((part, part))
            else:
                found.append([(part, part)])
            joins = opens
        else:
            for surface, said, leans, leads in _words(part):
                if found and (joins or (leans and not MARK.fullmatch(found[-1][-1][0][-1]))):
                    found[-1].append((surface, said))
                else:
                    found.append([(surface, said)])
                joins = leads
    return found


def _words(text: str) -> Iterator[tuple[str, str, bool, bool]]:
    """Words as they are written and said, and whether they lean on the one before, or lead the next."""
    for piece in filter(None, FIGURES.split(text)):
        if FIGURES.fullmatch(piece):
            yield piece, "", False, True
        else:
            yield from _looked_up(piece)


def _looked_up(text: str) -> Iterator[tuple[str, str, bool, bool]]:
    for token in _tokenizer().tokenize(text):
        kind = token.part_of_speech.split(",")
        said = token.surface.translate(HIRAGANA) if token.phonetic == "*" else token.phonetic
        leans = kind[0] in LEANING or kind[1] in ("接尾", "非自立")
        yield token.surface, "オ" if said == "ヲ" else said, leans, kind[0] == "接頭詞"


def _sounds(piece: tuple[str, str]) -> str:
    said = piece[1]
    if not KANA.fullmatch(said):
        return re.sub(r"[^,.;:!?…—“”() ]", "", said)
    made = ""
    for letter in said:
        small = SMALL_VOWELS.get(letter)
        if small is None:
            made += SYLLABLES.get(letter, "")
        elif made and made[-1] in "aiɯɨeo":
            made = _joined(made[:-1], small)
        else:
            made += small.lstrip("ʲw")
    return made


def _joined(consonants: str, vowel: str) -> str:
    """A consonant with the small vowel written behind it."""
    if consonants.endswith(tuple(SOFT)):
        return consonants + ("ɨ" if vowel == "ʲɯ" else vowel.lstrip("ʲ"))
    if not consonants or consonants[-1] in "aiɯeo ːɴʔ":
        return f"{consonants}{'w' if vowel in 'aieo' else ''}{vowel.lstrip('ʲ')}"
    return consonants + ("ʲɨ" if vowel == "ʲɯ" else vowel)


@functools.cache
def _tokenizer() -> Any:
    from janome.tokenizer import Tokenizer

    return Tokenizer()
