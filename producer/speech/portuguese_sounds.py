"""Portuguese letters to sounds, by rule: spelling says where a word is stressed and nearly all of how it sounds.

Brazilian, in the alphabet of `speech.phones`. Rules after Cristófaro-Silva, *Fonética e fonologia do português* (2002), and
the *Acordo Ortográfico* of 1990: t and d are soft before i, final l is a vowel, vowels before m and n are nasal.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from producer.speech.wordlists import word_set

WORD = re.compile(r"[a-záâãàéêíóôõúüçñäëïöèìòù]+", re.IGNORECASE)
VOWELS = "aeiouáâãàéêíóôõúüy"
ACCENTED = "áâéêíóôú"
TO_PORTUGUESE = str.maketrans("äëïöèìòùñ", "aeioeioun")
PLAIN = str.maketrans("áâãàéêíóôõúüy", "aaaaeeiooouui")
TILDE = "\u0303"
EXCEPTIONS = {"muito": "mwˈiŋtʊ", "muita": "mwˈiŋtæ", "muitos": "mwˈiŋtʊs", "muitas": "mwˈiŋtæs"}
UNSTRESSED = word_set(
    "o a os as um e ou de do da dos das em no na nos nas num numa ao aos à às por pelo pela pelos pelas com sem que se me te "
    "lhe lhes nos mas sob pra para"
)
SOUNDED_U = re.compile(
    r"cinquent|frequen|tranquil|lingui|sequ[eê]n|consequ|aguent|bilíngu|quinqu|eloqu|pingui|delinqu|sequestr|equestr|ubiqu|"
    r"arguir|sagui|linguí|enxágue|averígue|líquid"
)
KS = re.compile(
    r"táxi|fix[oae]|sex[oau]|complex|reflex|tóxic|intoxic|oxig|anex|nex[oa]|box|ortodox|paradox|flex|lex[io]|max[i]|asfixi|fluxo|crucifix"
)
SS = re.compile(r"próxim|máxim|troux|auxíli|sintax|aproxim")
OPEN = word_set(
    "mulher melhor maior pior menor quer qualquer zero perto certo aberto deserto inverno moderno velho velha belo castelo metro "
    "quero projeto objeto direto correto completo teto neto aspecto efeito modo copo voto nosso nossos posso colo solo dólar "
    "sete dez leve neve pele teste festa ela elas era eram terra guerra perna certa sexta sexo até pé só nó pó avó hotel papel mel "
    "anel céu chapéu ideia europeia depois"
)
CLOSED = word_set(
    "ele eles este esse aquele deste desse neste nesse destes desses rede verde mesmo mesma pessoa boa toda moça força doze hoje "
    "sobre letra cabeça estrela igreja orelha governo governos todo porto porco corpo forno torno morno outubro acordo bordo logo jogo"
)
OPEN_E = re.compile(
    r"e(?:l|r[^aeiou]\w*[ao]s?|l[ao]s?|rr[ao]s?|r[oa]s?|t[oae]s?|st[ae]s?|v[ea]s?|b[ra]\w*|c[ao]s?|g[ao]s?|d[ea]s?)$"
)
OPEN_O = re.compile(r"o(?:l|r[a]s?|l[ae]s?|r[^aeiou]\w*[ae]s?|s[a]s?|st[ae]s?|[btdcgv]\w?[ae]s?|ss[ao]s?|ç[a]s?)$")
MEETS_VOICE = re.compile(r"\s*[bdgjlmnrvz]", re.IGNORECASE)
MEETS_VOWEL = re.compile(rf"\s+h?[{VOWELS}]", re.IGNORECASE)
FRONT = "eiéêí"


@dataclass
class Unit:
    """A vowel or a consonant: its sound, whether a syllable is built on it, and where its letters begin."""

    sound: str
    nucleus: bool
    at: int


def phonemes(text: str) -> str:
    """Phoneme letters of a text that holds words and marks only. Marks stay where they are."""
    return WORD.sub(lambda m: _word(m[0].lower().translate(TO_PORTUGUESE), text[m.end() :]), text)


def _word(word: str, after: str) -> str:
    if word in EXCEPTIONS:
        return EXCEPTIONS[word]
    units = _units(word, after)
    nuclei = [i for i, unit in enumerate(units) if unit.nucleus]
    if nuclei and word not in UNSTRESSED:
        main = _stressed(word, units, nuclei)
        for number, i in enumerate(nuclei):
            if number == main:
                units[i].sound = f"ˈ{_coloured(word, units[i])}"
            elif number < main - 1 and number % 2 == main % 2:
                units[i].sound = f"ˌ{units[i].sound}"
        if word.endswith("mente") and len(nuclei) > 3:
            first = nuclei[_stressed(word[:-5], units, nuclei[:-2])]
            units[first].sound = f"ˌ{units[first].sound.lstrip('ˌ')}"
    return _reduced(word, units, nuclei)


def _stressed(word: str, units: list[Unit], nuclei: list[int]) -> int:
    """Which syllable is stressed: the one with an accent or tilde; else by the ending."""
    for marks in (ACCENTED, "ãõ"):
        for number, index in enumerate(nuclei):
            end = units[index + 1].at if index + 1 < len(units) else len(word)
            if any(letter in marks for letter in word[units[index].at : max(end, units[index].at + 1)]):
                return number
    if len(nuclei) > 1 and re.search(r"(?:[aeo]s?|[ae]m|ens)$", word) and not re.search(r"[aeo][iu]s?$", word):
        return len(nuclei) - 2
    return len(nuclei) - 1


def _coloured(word: str, unit: Unit) -> str:
    """A stressed a before m or n is nasal; a stressed e or o is open or closed."""
    sound, letter, rest = unit.sound, word[unit.at], word[unit.at :]
    if sound == "a" and letter != "á" and rest[1:2] in ("m", "n"):
        return f"ɐ{TILDE}"
    if sound not in ("e", "o") or letter in "êô":
        return sound
    open_sound = {"e": "ɛ", "o": "ɔ"}[sound]
    if letter in "éó" or word in OPEN:
        return open_sound
    if word in CLOSED or word.endswith(("er", "or")):
        return sound
    return open_sound if (OPEN_E if sound == "e" else OPEN_O).match(rest) else sound


def _reduced(word: str, units: list[Unit], nuclei: list[int]) -> str:
    """The last vowel, where it is not stressed, is weak: casæ, leitʃi, livrʊ."""
    last = units[nuclei[-1]] if nuclei else None
    if word in UNSTRESSED and last is not None and last.sound == "a":
        last = None
    if last is not None and last.at >= len(word.rstrip("s")) - 1 and len(word.rstrip("s")) > 0:
        last.sound = {"a": "æ", "e": "i", "o": "ʊ"}.get(last.sound, last.sound)
    return "".join(unit.sound for unit in units)


def _units(word: str, after: str) -> list[Unit]:
    units: list[Unit] = []
    at = 0
    while at < len(word):
        if word[at] in VOWELS:
            made, size = _vowel(word, at)
        else:
            made, size = _consonant(word, at, after)
        units += (Unit(sound, nucleus, at) for sound, nucleus in made if sound)
        at += size
    return units


def _vowel(word: str, at: int) -> tuple[list[tuple[str, bool]], int]:
    letter, after, later = word[at], word[at + 1 : at + 2], word[at + 2 : at + 3]
    plain = letter.translate(PLAIN)
    if word[at : at + 2] == "ão" or (word[at:] == "am"):
        return [(f"ɐ{TILDE}", True), (f"ʊ{TILDE}", False)], 2
    if word[at : at + 2] == "ãe":
        return [(f"ɐ{TILDE}", True), ("j", False)], 2
    if word[at : at + 2] == "õe":
        return [(f"o{TILDE}", True), ("j", False)], 2
    if letter == "õ":
        return [(f"o{TILDE}", True)], 1
    if letter == "ã":
        return [(f"ɐ{TILDE}", True)], 1
    if after and after in "mn" and (later == "" or later not in VOWELS + "h"):
        closes = "m" if later in ("p", "b") else "ŋ"
        nasal = {"a": f"ɐ{TILDE}", "e": "A", "u": f"u{TILDE}"}.get(plain, plain)
        return [(nasal, True), (closes, False)], 2
    weak = after in ("i", "u") and after != plain
    coda = after in ("i", "u") and (
        word[at + 2 :] in ("l", "r", "z", "m", "n", "ns")
        or re.match(r"(?:nh|[lrmnz][^aeiouáâãéêíóôõúh])", word[at + 2 :])
    )
    if weak and plain in "aeou" and not coda and not (plain == "u" and after == "u"):
        joined = {"ai": "I", "ei": "A", "oi": "oɪ", "ui": "uj", "au": "W", "eu": "eʊ", "ou": "ow"}.get(
            plain + after, ""
        )
        if letter in "éó":
            joined = {"é": "ɛ", "ó": "ɔ"}[letter] + ("ɪ" if after == "i" else "ʊ")
        return [(joined, True)], 2
    if plain == "i" and after == "u" and not later:
        return [("iʊ", True)], 2
    falls = at > 1 and any(c in ACCENTED for c in word[:at]) and letter in "iu"
    if falls and after and after in "aeo" and word[at + 2 :] in ("", "s"):  # história, água
        return [("j" if plain == "i" else "w", False)], 1
    return [(plain, True)], 1


def _one(sound: str, size: int = 1) -> tuple[list[tuple[str, bool]], int]:
    return [(sound, False)], size


def _consonant(word: str, at: int, following: str) -> tuple[list[tuple[str, bool]], int]:
    letter, after, later = word[at], word[at + 1 : at + 2], word[at + 2 : at + 3]
    before = word[at - 1] if at else ""
    front = bool(after) and after in FRONT
    if letter == "c":
        return (
            _one("ʃ", 2)
            if after == "h"
            else _one("s" if front else "k", 2 if after == "c" and later not in FRONT else 1)
        )
    if letter in "lnc" and after == "h":
        return _one({"l": "lj", "n": "ɲ"}[letter], 2)
    if letter in "qg" and after == "u" and later and later in VOWELS:
        hard = "k" if letter == "q" else "ɡ"
        if later in FRONT and not SOUNDED_U.search(word):
            return _one(hard, 2)
        return [(hard, False), ("w", False)], 2
    if letter == "g":
        return _one("ʒ" if front else "ɡ")
    if letter in "td":
        soft = after in ("i", "í", "y") or (after == "e" and word[at + 2 :] in ("", "s"))
        return _one({"t": "ʧ", "d": "ʤ"}[letter] if soft else letter, 2 if after == letter else 1)
    if letter == "r":
        if after == "r":
            return _one("x", 2)
        if not before or before in "nls":
            return _one("x")
        if after and after not in VOWELS and before in VOWELS:
            return _one("ɾə")
        return _one("ɾ" if before in VOWELS and after else "r")
    if letter == "s":
        if after == "s":
            return _one("s", 2)
        if after == "c" and later and later in FRONT:
            return _one("s", 2)
        if after == "ç":
            return _one("s", 2)
        if not after:
            voiced = MEETS_VOICE.match(following) if following[:1] == " " else None
            return _one("z" if voiced or MEETS_VOWEL.match(following) else "s")
        between = before and before in VOWELS and after in VOWELS
        return _one("z" if between or MEETS_VOICE.match(after) else "s")
    if letter == "z":
        if not after:
            return _one("z" if MEETS_VOWEL.match(following) else "s")
        return _one("z", 2 if after == "z" else 1)
    if letter == "x":
        return _one(_x(word, at, after), 2 if word[at : at + 2] == "xc" and later and later in FRONT else 1)
    if letter == "l":
        if not after or after not in VOWELS + "h":
            return _one("w" if before in "uú" else "ʊ")
        return _one("l", 2 if after == "l" else 1)
    if letter in "nm" and after == letter:
        return _one(letter, 2)
    if letter == "p" and after == "h":
        return _one("f", 2)
    simple = {"ç": "s", "j": "ʒ", "h": "", "w": "w", "y": "j"}
    return _one(simple.get(letter, letter), 2 if after == letter and letter in "bfkp" else 1)


def _x(word: str, at: int, after: str) -> str:
    if KS.search(word):
        return "ks"
    if SS.search(word):
        return "s"
    if not after:
        return "ks"
    if word[:at] in ("e", "ine", "coe", "ree"):
        return "z" if after in VOWELS + "h" else "s"
    return "ʃ" if after in VOWELS else "s"
