"""Italian letters to sounds, by rule; which syllable is stressed is known to `speech.italian_stress`.

Standard Italian as it is taught (Canepari, *Manuale di pronuncia italiana*, 1999), in the alphabet of `speech.phones`:
doubled consonants are long, s between vowels is voiced, z is read by list, open and closed e and o by ending.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from producer.speech.italian_stress import from_the_end, i_is_stressed
from producer.speech.wordlists import word_set

WORD = re.compile(r"[a-zàáâèéêìíîòóôùúûçñäöü]+(?:'[a-zàáâèéêìíîòóôùúûçñäöü]+)*'?", re.IGNORECASE)
VOWELS = "aeiouàèéìòóù"
PLAIN = str.maketrans("àáâäèéêìíîòóôöùúûüñç", "aaaaeeeiiioooouuuuns")
TO_ITALIAN = str.maketrans("áâäêíîôöúûüñç", "àaaeìioouuunc")
ACCENTED = "àèéìòóù"
FRONT = "eièéì"
UNSTRESSED = word_set(
    "il lo la i gli le un uno una di a da in con su per tra fra e ed o od che se ne ci vi mi ti si del dello della dei degli "
    "delle al allo alla ai agli alle dal dallo dalla dai dagli dalle nel nello nella nei negli nelle sul sullo sulla sui "
    "sugli sulle dell all dall nell sull l d c un quell m t s v n ad ma"
)
VOICED_Z = word_set(
    "mezzo mezza mezzi mezze mezzogiorno mezzanotte azzurro azzurra azzurri razzo razzi gazzetta bizzarro orizzonte orizzonti "
    "pranzo pranzi romanzo romanzi manzo garza bronzo azienda aziende ozono zanzara zanzare lazzaro gazza rozzo rozza donzella "
    "brezza dozzina dozzine azoto amazzonia bazar gonzo"
)
VOICELESS_ZZ = word_set("pizza pizze pizzeria pizzerie pizzico indirizzo indirizzi polizza polizze stizza")
CLOSED_E = re.compile(
    r"e(?:(?<=me)nt[eoi]|s[ei]|s[ao](?<=[rtpf]es.)|zz[ae]|v[aoi](?:no)?|(?<=\we)r[ae]|mmo|gn[oaie]|mo|t[ei])$"
)
"""Stressed e is closed in these endings, and open in others; likewise o."""
CLOSED_O = re.compile(r"o(?:n[eio]|r[eioa]|(?<=\w{3}o)s[aoie]|nd[oaie]|mpr[aoie]|lt[oaie]|m[ea]|n|rn[oi]|gn[oiae])$")
CLOSED = word_set("quello quella quelli quelle questo questa questi queste pesce tre te me mettere che perche noi voi")
MUTE_I = re.compile(r"i[aàoòuùeèé]")
LONG = {"n": "nn", "m": "mm", "l": "ll", "r": "rɾ", "s": "ss"}
OPEN = {"e": "ɛ", "o": "ɔ"}
MEETS_VOICE = "bdglmnrv"


@dataclass
class Unit:
    """A vowel or a consonant: its sound, whether a syllable is built on it, and where its letters begin."""

    sound: str
    nucleus: bool
    at: int


def phonemes(text: str) -> str:
    """Phoneme letters of a text that holds words and marks only. Marks stay where they are."""
    plain = text.replace("’", "'")
    return WORD.sub(lambda m: _word(m[0].lower().translate(TO_ITALIAN)), plain).replace("'", "")


def _word(written: str) -> str:
    *elided, last = written.rstrip("'").split("'")
    word = "".join([*elided, last])
    begin = len(word) - len(last)
    units = _units(word, begin)
    nuclei = [i for i, unit in enumerate(units) if unit.nucleus]
    own = [i for i in nuclei if units[i].at >= begin]
    if not own:
        return "".join(unit.sound for unit in units)
    stressed = own[_stressed(last, [units[i].at - begin for i in own])]
    stresses = not (last in UNSTRESSED and not elided and len(own) < 3)
    for i in nuclei:
        units[i].sound = _vowel(word, units[i], stresses and i == stressed)
    if last.endswith("mente") and len(own) > 3:
        first = own[_stressed(last[:-5], [units[i].at - begin for i in own[:-2]])]
        units[first].sound = f"ˌ{units[first].sound}"
    return "".join(unit.sound for unit in units)


def _stressed(word: str, places: list[int]) -> int:
    """Which of its syllables is stressed, from the first; `places` are where their vowels stand."""
    for number, at in enumerate(places):
        if at < len(word) and word[at] in ACCENTED:
            return number
    if word[-2:] in ("ai", "ei", "oi"):  # ventisei, assai
        return len(places) - 1
    if word[-1:] in "rln" and not word.endswith("er"):  # dottor, far, gran
        return len(places) - 1
    if word[-1:] not in VOWELS:  # computer, autobus
        return max(0, len(places) - 2)
    return max(0, len(places) - from_the_end(word, len(places)))


def _vowel(word: str, unit: Unit, stressed: bool) -> str:
    letter = word[unit.at]
    plain = letter.translate(PLAIN)
    if not stressed:
        at_the_end = unit.at == len(word) - 1
        return "ɪ" if plain == "i" and at_the_end and len(word) > 2 else plain
    if plain in "eo" and letter not in "èò" and (letter in "éó" or _closed(word, unit.at, plain)):
        return f"ˈ{plain}"
    return f"ˈ{OPEN.get(plain, plain)}"


def _closed(word: str, at: int, letter: str) -> bool:
    if word in CLOSED:
        return True
    ending = CLOSED_E if letter == "e" else CLOSED_O
    return word[at - 1 : at] != "u" and ending.match(word, at) is not None


def _units(word: str, begin: int) -> list[Unit]:
    units: list[Unit] = []
    at = 0
    hiatus = len(word) - 2 if i_is_stressed(word[begin:]) or word[begin:] == "io" else -1
    while at < len(word):
        letter, after = word[at], word[at + 1 : at + 2]
        if letter in VOWELS:
            glides = letter in "iu" and after and after in VOWELS and at != hiatus and letter != after
            closes = letter in "iu" and at > begin and word[at - 1] in "aeo" and not (after and after in VOWELS)
            if closes and at != hiatus:  # euro, mai
                units.append(Unit("ʊ" if letter == "u" else "j" if not after else "ɪ", False, at))
            elif glides and (at in (0, begin) or letter == "i" or word[at - 1] in "gq"):
                glide = "w" if letter == "u" else "i" if at and word[at - 1] in "lnrstz" else "j"
                units.append(Unit(glide, False, at))
            elif glides:
                units.append(Unit("ʊ", False, at))
            else:
                units.append(Unit(letter, True, at))
            at += 1
            continue
        sound, size = _consonant(word, at, hiatus, begin)
        if sound:
            units.append(Unit(sound, False, at))
        at += size
    return units


def _consonant(word: str, at: int, hiatus: int, begin: int) -> tuple[str, int]:
    """The sound and how many letters it takes; an i that only softens c, g or sc is among them."""
    letter = word[at]
    double = word[at + 1 : at + 2] == letter and letter not in "hqwxyj"
    after = word[at + (2 if double else 1) :]
    size = 2 if double else 1

    def soft(used: int) -> int:
        """A soft sound swallows an i before another vowel, unless that i is a syllable: ciao, but bugìa."""
        place = at + used
        return used + 1 if MUTE_I.match(word[place:]) and place != hiatus else used

    def long(sound: str) -> str:
        return f"{sound}ː" if double else sound

    if letter == "c" and after[:1] == "q":
        return "kk", size + 1
    if letter in "cg":
        if after[:1] == "h":
            return long("k" if letter == "c" else "ɡ"), size + 1
        if letter == "g" and not double and after[:1] == "n":
            return "ɲ", soft(2) if word[at + 2 : at + 4] in ("ia", "io", "ie") and at + 4 < len(word) else 2
        if letter == "g" and not double and re.match(r"li(?!c[ei]|f|mp)", after):
            return "ʎ", soft(2)
        if after[:1] and after[0] in FRONT:
            return long("ʧ" if letter == "c" else "ʤ"), soft(size)
        return long("k" if letter == "c" else "ɡ"), size
    if letter == "s":
        if not double and after[:1] == "c" and after[1:2] and after[1] in FRONT:
            return "ʃ", soft(2)
        between = at > 0 and word[at - 1] in VOWELS and after[:1] and after[0] in VOWELS
        voiced = not double and (between or (after[:1] and after[0] in MEETS_VOICE))
        return ("z" if voiced else long("s")), size
    if letter == "z":
        voiced = (
            word[begin:] in VOICED_Z
            or at in (0, begin)
            or (double and word[at - 1] == "i" and word[begin:] not in VOICELESS_ZZ)
        )
        return long("ʣ" if voiced else "ʦ"), size
    if letter == "q":
        return "k", 1
    if letter in LONG and double:
        return LONG[letter], 2
    if letter == "n" and re.match(r"q|[cg](?![eièéì])", after) and not (after[:1] == "g" and after[1:2] == "n"):
        return "ŋ", 1
    simple = {"h": "", "j": "j", "x": "ks", "y": "i", "g": "ɡ"}
    return long(simple.get(letter, letter)) if simple.get(letter, letter) else "", size
