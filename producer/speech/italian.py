"""Italian as it is read aloud: figures, money, dates, units and abbreviations as words."""

from __future__ import annotations

import re

from producer.speech.figures import FigureWords, spell_figures
from producer.speech.wordlists import word_list

ONES = word_list(
    "zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici "
    "diciassette diciotto diciannove"
)
TENS = word_list("_ _ venti trenta quaranta cinquanta sessanta settanta ottanta novanta")
SCALES = (
    (10**12, "mille miliardi", "mila miliardi"),
    (10**9, "un miliardo", "miliardi"),
    (10**6, "un milione", "milioni"),
)
CENTURIES = dict(
    zip(
        word_list("X XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI"),
        word_list(
            "decimo undicesimo dodicesimo tredicesimo quattordicesimo quindicesimo sedicesimo diciassettesimo "
            "diciottesimo diciannovesimo ventesimo ventunesimo"
        ),
        strict=True,
    )
)
FIRST_TEN = word_list("primo secondo terzo quarto quinto sesto settimo ottavo nono decimo")
LETTERS = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        word_list(
            "a bi ci di e effe gi acca i i_lunga cappa elle emme enne o pi cu erre esse ti u vu doppia_vu ics ipsilon zeta"
        ),
        strict=True,
    )
)
MONTHS = word_list("gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre")
MONTH = "|".join(MONTHS)


def cardinal(n: int) -> str:
    """1 250 021 → un milione duecento cinquanta mila ventuno. Hundreds and thousands stand apart: each has its stress."""
    if n < 20:
        return ONES[n]
    if n < 100:
        ten, one = TENS[n // 10], n % 10
        return f"{ten[:-1] if one in (1, 8) else ten}{'tré' if one == 3 else ONES[one] if one else ''}"
    if n < 1000:
        head = "cento" if n < 200 else f"{ONES[n // 100]}cento"
        return f"{head} {cardinal(n % 100)}" if n % 100 else head
    if n < 10**6:
        head = "mille" if n < 2000 else f"{_few(n // 1000)}mila"
        return f"{head} {cardinal(n % 1000)}" if n % 1000 else head
    for scale, one_of, many in SCALES:
        if n >= scale:
            count, rest = divmod(n, scale)
            head = one_of if count == 1 else f"{_counting(cardinal(count))} {many}"
            return f"{head} {cardinal(rest)}" if rest else head
    raise AssertionError("unreachable: every number from a million on has a scale")


def _few(thousands: int) -> str:
    """What stands before “mila”; a single word only where it is short."""
    spoken = cardinal(thousands)
    return spoken if thousands < 100 else f"{spoken} "


def _counting(words: str, noun: str = "") -> str:
    """A number before what it counts: “uno” is “un”, or “una” before what looks feminine."""
    if words == "uno":
        return "una" if noun.endswith(("a", "à", "ione")) else "uno" if _needs_uno(noun) else "un"
    return f"{words[:-3]}un" if words.endswith(" uno") else words


def _needs_uno(noun: str) -> bool:
    return re.match(r"(?:s[^aeiou]|z|gn|ps|x|y)", noun, re.IGNORECASE) is not None


def _clock(hour: int, minute: int) -> str:
    return f"{cardinal(hour)} e {cardinal(minute)}" if minute else cardinal(hour)


ITALIAN = FigureWords(
    cardinal=cardinal,
    point="virgola",
    minus="meno",
    percent="per cento",
    to="a",
    dot="punto",
    at="chiocciola",
    of="di",
    months=MONTHS,
    first="primo",
    clock=_clock,
    scales="milioni|milione|miliardi|miliardo|mila",
    thousand="mila",
    before_noun=_counting,
    letters={letter: name.replace("_", " ") for letter, name in LETTERS.items()},
    spelled="UE|IA|AI|OMS",
    own_rules=(
        (re.compile(rf"\b1[º°]?(?= (?:{MONTH})\b)"), lambda m: "primo"),
        (
            re.compile(r"(?i:\b(alle|ore|dalle|le|tra le|fino alle)) (\d{1,2})[.:](\d\d)\b"),
            lambda m: f"{m[1]} {_clock(int(m[2]), int(m[3]))}",
        ),
        (
            re.compile(rf"\b({'|'.join(sorted(CENTURIES, key=len, reverse=True))})(?= secolo\b)"),
            lambda m: CENTURIES[m[1]],
        ),
        (
            re.compile(rf"(?<=secolo )({'|'.join(sorted(CENTURIES, key=len, reverse=True))})\b"),
            lambda m: CENTURIES[m[1]],
        ),
    ),
    currencies={
        "€": ("euro", "euro"),
        "EUR": ("euro", "euro"),
        "euro": ("euro", "euro"),
        "US$": ("dollaro", "dollari"),
        "USD": ("dollaro", "dollari"),
        "$": ("dollaro", "dollari"),
        "£": ("sterlina", "sterline"),
        "¥": ("yen", "yen"),
    },
    units={
        "km/h": ("chilometro all'ora", "chilometri all'ora"),
        "km²": ("chilometro quadrato", "chilometri quadrati"),
        "m²": ("metro quadrato", "metri quadrati"),
        "mq": ("metro quadrato", "metri quadrati"),
        "m³": ("metro cubo", "metri cubi"),
        "km": ("chilometro", "chilometri"),
        "m": ("metro", "metri"),
        "cm": ("centimetro", "centimetri"),
        "mm": ("millimetro", "millimetri"),
        "kg": ("chilogrammo", "chilogrammi"),
        "g": ("grammo", "grammi"),
        "mg": ("milligrammo", "milligrammi"),
        "t": ("tonnellata", "tonnellate"),
        "l": ("litro", "litri"),
        "ha": ("ettaro", "ettari"),
        "h": ("ora", "ore"),
        "min": ("minuto", "minuti"),
        "s": ("secondo", "secondi"),
        "kW": ("chilowatt", "chilowatt"),
        "MW": ("megawatt", "megawatt"),
        "GW": ("gigawatt", "gigawatt"),
        "kWh": ("chilowattora", "chilowattora"),
        "GB": ("gigabyte", "gigabyte"),
        "MB": ("megabyte", "megabyte"),
        "Hz": ("hertz", "hertz"),
        "GHz": ("gigahertz", "gigahertz"),
        "°C": ("grado", "gradi"),
        "ºC": ("grado", "gradi"),
        "°": ("grado", "gradi"),
    },
    abbreviations={
        "sig.ra": "signora",
        "Sig.ra": "signora",
        "sig.": "signor",
        "Sig.": "signor",
        "dott.ssa": "dottoressa",
        "Dott.ssa": "dottoressa",
        "dott.": "dottor",
        "Dott.": "dottor",
        "prof.ssa": "professoressa",
        "Prof.ssa": "professoressa",
        "prof.": "professor",
        "Prof.": "professor",
        "avv.": "avvocato",
        "Avv.": "avvocato",
        "ing.": "ingegner",
        "Ing.": "ingegner",
        "on.": "onorevole",
        "On.": "onorevole",
        "ecc.": "eccetera",
        "p.es.": "per esempio",
        "ad es.": "ad esempio",
        "n.": "numero",
        "pag.": "pagina",
        "art.": "articolo",
        "a.C.": "avanti Cristo",
        "d.C.": "dopo Cristo",
        "S.p.A.": "società per azioni",
        "&": "e",
        "+": "più",
        "=": "uguale a",
    },
    ordinals={
        f"{n}{mark}": word[:-1] + ending
        for n, word in enumerate(FIRST_TEN, start=1)
        for mark, ending in (("º", "o"), ("ª", "a"), ("° ", "o "))
    },
)


def spell_out(text: str) -> str:
    """The text in Italian words, on one line."""
    return spell_figures(text, ITALIAN)
