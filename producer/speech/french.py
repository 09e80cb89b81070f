"""French as it is read aloud: figures, money, dates, units and abbreviations as words."""

from __future__ import annotations

import re

from producer.speech.figures import FigureWords, spell_figures
from producer.speech.wordlists import word_list

ONES = word_list(
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf"
)
TENS = word_list("_ _ vingt trente quarante cinquante soixante _ quatre-vingt _")
SCALES = ((10**12, "billion"), (10**9, "milliard"), (10**6, "million"))
MONTHS = word_list("janvier février mars avril mai juin juillet août septembre octobre novembre décembre")
LETTERS = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        word_list(
            "a bé cé dé e effe gé hache i ji ka elle emme enne o pé ku erre esse té u vé double_vé ixe i_grec zède"
        ),
        strict=True,
    )
)
FEMININE = re.compile(
    r"(?:personne|heure|minute|seconde|tonne|livre|année|femme|fille|fois|semaine|journée|ville|voiture|maison|entreprise|"
    r"école|place|page|question|étape|équipe|commune|région|\w+tion|\w+sion|\w+té)s?"
)
ROMAN = {"I": 1, "V": 5, "X": 10}


def cardinal(n: int) -> str:
    """1 250 021 → un million deux cent cinquante mille vingt et un."""
    if n < 20:
        return ONES[n]
    if n < 100:
        return _below_hundred(n)
    if n < 1000:
        head = "cent" if n < 200 else f"{ONES[n // 100]} cent"
        return f"{head} {cardinal(n % 100)}" if n % 100 else head if n < 200 else f"{head}s"
    if n < 10**6:
        head = "mille" if n < 2000 else f"{_without_s(cardinal(n // 1000))} mille"
        return f"{head} {cardinal(n % 1000)}" if n % 1000 else head
    for scale, name in SCALES:
        if n >= scale:
            count, rest = divmod(n, scale)
            head = f"{cardinal(count)} {name}{'s' if count > 1 else ''}"
            return f"{head} {cardinal(rest)}" if rest else head
    raise AssertionError("unreachable: every number from a million on has a scale")


def ordinal(n: int) -> str:
    """21 → vingt et unième. Plural s and silent e give way: quatre-vingtième, quatrième."""
    if n == 1:
        return "premier"
    spoken = re.sub(r"(?<=[gt])s$|e$", "", cardinal(n))
    return {"cinq": "cinqu", "neuf": "neuv"}.get(spoken[-4:], spoken[-4:]).join((spoken[:-4], "ième"))


def _below_hundred(n: int) -> str:
    base = n // 10 if n < 60 or 80 <= n < 90 else (6 if n < 80 else 8)
    rest = n - base * 10
    if not rest:
        return f"{TENS[base]}s" if base == 8 else TENS[base]
    return f"{TENS[base]} et {ONES[rest]}" if rest in (1, 11) and base < 8 else f"{TENS[base]}-{ONES[rest]}"


def _without_s(words: str) -> str:
    return re.sub(r"(?<=cent|ingt)s$", "", words)


def _counting(words: str, noun: str = "") -> str:
    """A number before what it counts: “vingt et un personnes” is said “vingt et une personnes”."""
    return f"{words}e" if re.search(r"\bun$", words) and FEMININE.fullmatch(noun.lower()) else words


def _clock(hour: int, minute: int) -> str:
    spoken = f"{_counting(cardinal(hour), 'heure')} heure{'s' if hour > 1 else ''}"
    return f"{spoken} {cardinal(minute)}" if minute else spoken


def _century(roman: str) -> int:
    values = [ROMAN[letter] for letter in roman]
    return sum(-v if any(v < later for later in values[i + 1 :]) else v for i, v in enumerate(values))


def _ordinal(m: re.Match[str]) -> str:
    n = int(m[1])
    if n == 1:
        return "première" if m[2] in ("re", "ère") else "premier"
    return ordinal(n)


FRENCH = FigureWords(
    cardinal=cardinal,
    point="virgule",
    minus="moins",
    percent="pour cent",
    to="à",
    dot="point",
    at="arobase",
    of="de",
    months=MONTHS,
    first="premier",
    clock=_clock,
    scales="millions|million|milliards|milliard|mille",
    thousand="mille",
    before_noun=_counting,
    letters={letter: name.replace("_", " ") for letter, name in LETTERS.items()},
    spelled="UE|IA|OMS|RER|EDF|USA|RATP|UMP|CGT",
    own_rules=(
        (re.compile(r"\b(\d{1,2})\s?h\s?(\d\d)\b"), lambda m: _clock(int(m[1]), int(m[2]))),
        (re.compile(r"\b(\d{1,3})(er|re|ère|ème|nde|nd|e)\b"), _ordinal),
        (re.compile(r"\b([IVX]+)(?:e|ème|er)\b(?= siècle)"), lambda m: ordinal(_century(m[1]))),
    ),
    currencies={
        "€": ("euro", "euros"),
        "EUR": ("euro", "euros"),
        "US$": ("dollar", "dollars"),
        "USD": ("dollar", "dollars"),
        "$": ("dollar", "dollars"),
        "£": ("livre", "livres"),
        "¥": ("yen", "yens"),
    },
    units={
        "km/h": ("kilomètre heure", "kilomètres heure"),
        "km²": ("kilomètre carré", "kilomètres carrés"),
        "m²": ("mètre carré", "mètres carrés"),
        "m³": ("mètre cube", "mètres cubes"),
        "km": ("kilomètre", "kilomètres"),
        "m": ("mètre", "mètres"),
        "cm": ("centimètre", "centimètres"),
        "mm": ("millimètre", "millimètres"),
        "kg": ("kilogramme", "kilogrammes"),
        "g": ("gramme", "grammes"),
        "mg": ("milligramme", "milligrammes"),
        "t": ("tonne", "tonnes"),
        "l": ("litre", "litres"),
        "ha": ("hectare", "hectares"),
        "h": ("heure", "heures"),
        "min": ("minute", "minutes"),
        "s": ("seconde", "secondes"),
        "kW": ("kilowatt", "kilowatts"),
        "MW": ("mégawatt", "mégawatts"),
        "GW": ("gigawatt", "gigawatts"),
        "kWh": ("kilowattheure", "kilowattheures"),
        "Go": ("gigaoctet", "gigaoctets"),
        "Mo": ("mégaoctet", "mégaoctets"),
        "Hz": ("hertz", "hertz"),
        "GHz": ("gigahertz", "gigahertz"),
        "°C": ("degré", "degrés"),
        "ºC": ("degré", "degrés"),
        "°": ("degré", "degrés"),
    },
    abbreviations={
        "MM.": "messieurs",
        "M.": "monsieur",
        "Mmes": "mesdames",
        "Mme": "madame",
        "Mlle": "mademoiselle",
        "Dr": "docteur",
        "Pr": "professeur",
        "etc.": "et cetera",
        "p. ex.": "par exemple",
        "n°": "numéro",
        "nº": "numéro",
        "N°": "numéro",
        "av. J.-C.": "avant Jésus-Christ",
        "apr. J.-C.": "après Jésus-Christ",
        "env.": "environ",
        "&": "et",
        "+": "plus",
        "=": "égale",
    },
)


def spell_out(text: str) -> str:
    """The text in French words, on one line."""
    return re.sub(r"\bde (?=euros?\b)", "d'", spell_figures(text, FRENCH))
