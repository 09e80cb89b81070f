"""Spanish as it is read aloud: figures, money, units and abbreviations as words."""

from __future__ import annotations

import re

from producer.speech.figures import FigureWords, spell_figures
from producer.speech.wordlists import word_list, word_set

ONES = word_list(
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete "
    "dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete "
    "veintiocho veintinueve"
)
TENS = word_list("_ _ _ treinta cuarenta cincuenta sesenta setenta ochenta noventa")
HUNDREDS = word_list(
    "_ ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos"
)
LETTERS = dict(
    zip(
        "ABCDEFGHIJKLMNÑOPQRSTUVWXYZ",
        word_list(
            "a be ce de e efe ge hache i jota ca ele eme ene eñe o pe cu erre ese te u uve uvedoble equis igriega zeta"
        ),
        strict=True,
    )
)


def cardinal(n: int) -> str:
    """1 250 021 → un millón doscientos cincuenta mil veintiuno."""
    if n < 30:
        return ONES[n]
    if n < 100:
        return TENS[n // 10] + (f" y {ONES[n % 10]}" if n % 10 else "")
    if n < 1000:
        return "cien" if n == 100 else HUNDREDS[n // 100] + (f" {cardinal(n % 100)}" if n % 100 else "")
    for scale, one, many in ((10**12, "un billón", "billones"), (10**6, "un millón", "millones"), (1000, "mil", "mil")):
        if n >= scale:
            count, rest = divmod(n, scale)
            head = one if count == 1 else f"{counting(cardinal(count))} {many}"
            return f"{head} {cardinal(rest)}" if rest else head
    raise AssertionError("unreachable: every number from 1000 on has a scale")


MASCULINE_IN_A = word_set(
    "días mapas planetas programas problemas sistemas temas idiomas climas poemas cometas kilogramas gramas diagramas "
    "fantasmas síntomas telegramas tranvías guardias atletas artistas periodistas turistas ciclistas"
)


def counting(words: str, noun: str = "") -> str:
    """A number before what it counts: “veintiuno años” is said “veintiún años”, and “200 personas” “doscientas”."""
    feminine = (
        noun.endswith(("as", "ciones", "siones", "dades", "mujeres", "veces", "noches")) and noun not in MASCULINE_IN_A
    )
    if feminine:
        return re.sub(r"cientos\b", "cientas", re.sub(r"uno$", "una", words)).replace("quinientos", "quinientas")
    if words.endswith("veintiuno"):
        return f"{words[:-4]}iún"
    return words[:-1] if words == "uno" or words.endswith(" uno") else words


SPANISH = FigureWords(
    cardinal=cardinal,
    point="coma",
    minus="menos",
    percent="por ciento",
    to="a",
    dot="punto",
    at="arroba",
    of="de",
    months=word_list("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"),
    date="{day} de {month} de {year}",
    first="primero",
    before_noun=counting,
    letters=LETTERS,
    currencies={
        "€": ("euro", "euros"),
        "EUR": ("euro", "euros"),
        "US$": ("dólar", "dólares"),
        "USD": ("dólar", "dólares"),
        "$": ("dólar", "dólares"),
        "£": ("libra", "libras"),
        "¥": ("yen", "yenes"),
    },
    units={
        "km/h": ("kilómetro por hora", "kilómetros por hora"),
        "km²": ("kilómetro cuadrado", "kilómetros cuadrados"),
        "m²": ("metro cuadrado", "metros cuadrados"),
        "m³": ("metro cúbico", "metros cúbicos"),
        "km": ("kilómetro", "kilómetros"),
        "m": ("metro", "metros"),
        "cm": ("centímetro", "centímetros"),
        "mm": ("milímetro", "milímetros"),
        "kg": ("kilogramo", "kilogramos"),
        "g": ("gramo", "gramos"),
        "mg": ("miligramo", "miligramos"),
        "t": ("tonelada", "toneladas"),
        "l": ("litro", "litros"),
        "ha": ("hectárea", "hectáreas"),
        "h": ("hora", "horas"),
        "min": ("minuto", "minutos"),
        "s": ("segundo", "segundos"),
        "kW": ("kilovatio", "kilovatios"),
        "MW": ("megavatio", "megavatios"),
        "GW": ("gigavatio", "gigavatios"),
        "kWh": ("kilovatio hora", "kilovatios hora"),
        "GB": ("gigabyte", "gigabytes"),
        "MB": ("megabyte", "megabytes"),
        "Hz": ("hercio", "hercios"),
        "GHz": ("gigahercio", "gigahercios"),
        "°C": ("grado Celsius", "grados Celsius"),
        "ºC": ("grado Celsius", "grados Celsius"),
        "°": ("grado", "grados"),
        "º": ("grado", "grados"),
    },
    abbreviations={
        "EE. UU.": "Estados Unidos",
        "EE.UU.": "Estados Unidos",
        "EEUU": "Estados Unidos",
        "Sr.": "señor",
        "Sra.": "señora",
        "Srta.": "señorita",
        "Dr.": "doctor",
        "Dra.": "doctora",
        "Prof.": "profesor",
        "Ud.": "usted",
        "Uds.": "ustedes",
        "p. ej.": "por ejemplo",
        "etc.": "etcétera",
        "núm.": "número",
        "n.º": "número",
        "pág.": "página",
        "s. XXI": "siglo veintiuno",
        "siglo XXI": "siglo veintiuno",
        "siglo XX": "siglo veinte",
        "siglo XIX": "siglo diecinueve",
        "siglo XVIII": "siglo dieciocho",
        "&": "y",
        "+": "más",
        "=": "igual a",
    },
    ordinals={
        f"{n}{mark}": word[:-1] + ending
        for n, word in enumerate(
            word_list("primero segundo tercero cuarto quinto sexto séptimo octavo noveno décimo"), start=1
        )
        for mark, ending in ((".º", "o"), ("º ", "o "), (".ª", "a"), ("ª ", "a "))
    },
)


def spell_out(text: str) -> str:
    """The text in Spanish words, on one line."""
    return spell_figures(text, SPANISH)
