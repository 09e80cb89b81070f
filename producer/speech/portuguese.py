"""Portuguese as it is read aloud in Brazil: figures, money, dates, units and abbreviations as words."""

from __future__ import annotations

import re

from producer.speech.figures import FigureWords, spell_figures
from producer.speech.wordlists import word_list, word_set

ONES = word_list(
    "zero um dois três quatro cinco seis sete oito nove dez onze doze treze quatorze quinze dezesseis dezessete dezoito "
    "dezenove"
)
TENS = word_list("_ _ vinte trinta quarenta cinquenta sessenta setenta oitenta noventa")
HUNDREDS = word_list("_ cento duzentos trezentos quatrocentos quinhentos seiscentos setecentos oitocentos novecentos")
SCALES = (
    (10**12, "um trilhão", "trilhões"),
    (10**9, "um bilhão", "bilhões"),
    (10**6, "um milhão", "milhões"),
    (1000, "mil", "mil"),
)
FIRST_TEN = word_list("primeiro segundo terceiro quarto quinto sexto sétimo oitavo nono décimo")
CENTURIES = dict(zip(word_list("XV XVI XVII XVIII XIX XX XXI"), (15, 16, 17, 18, 19, 20, 21), strict=True))
CENTURY = "|".join(sorted(CENTURIES, key=len, reverse=True))
MONTHS = word_list("janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro")
LETTERS = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        word_list("a bê cê dê é efe gê agá i jota cá ele eme ene ó pê quê erre esse tê u vê dáblio xis ípsilon zê"),
        strict=True,
    )
)
MASCULINE_IN_A = word_set(
    "dias mapas planetas programas problemas sistemas temas idiomas climas poemas cometas quilogramas gramas diagramas "
    "fantasmas sintomas telegramas guardas atletas artistas jornalistas turistas ciclistas especialistas"
)


def cardinal(n: int) -> str:
    """1 250 021 → um milhão duzentos e cinquenta mil e vinte e um."""
    if n < 20:
        return ONES[n]
    if n < 100:
        return TENS[n // 10] + (f" e {ONES[n % 10]}" if n % 10 else "")
    if n < 1000:
        return "cem" if n == 100 else HUNDREDS[n // 100] + (f" e {cardinal(n % 100)}" if n % 100 else "")
    for scale, one, many in SCALES:
        if n >= scale:
            count, rest = divmod(n, scale)
            head = one if count == 1 else f"{cardinal(count)} {many}"
            joined = " e " if rest and (rest < 100 or (rest < 1000 and rest % 100 == 0)) else " "
            return f"{head}{joined}{cardinal(rest)}" if rest else head
    raise AssertionError("unreachable: every number from 1000 on has a scale")


def counting(words: str, noun: str = "") -> str:
    """A number before what it counts: “dois casas” is said “duas casas”, and “duzentos pessoas” “duzentas”."""
    feminine = noun.endswith(("as", "ções", "sões", "dades", "mulheres", "vezes", "noites", "gens", "ã"))
    if (feminine or noun in ("hora", "libra", "tonelada", "pessoa")) and noun not in MASCULINE_IN_A:
        words = re.sub(r"\bdois$", "duas", re.sub(r"\bum$", "uma", words))
        return re.sub(r"(entos|inhentos)\b", lambda m: m[0].replace("os", "as"), words)
    return words


def _clock(hour: int, minute: int) -> str:
    spoken = f"{counting(cardinal(hour), 'horas')} {'hora' if hour == 1 else 'horas'}"
    return f"{spoken} e {cardinal(minute)}" if minute else spoken


PORTUGUESE = FigureWords(
    cardinal=cardinal,
    point="vírgula",
    minus="menos",
    percent="por cento",
    to="a",
    dot="ponto",
    at="arroba",
    of="de",
    months=MONTHS,
    date="{day} de {month} de {year}",
    first="primeiro",
    clock=_clock,
    scales="milhões|milhão|bilhões|bilhão|trilhões|trilhão|mil",
    before_noun=counting,
    letters=LETTERS,
    spelled="UE|IA|AI|EUA|OMS",
    own_rules=(
        (re.compile(r"\b(\d{1,2})h(\d\d)(?:min)?\b"), lambda m: _clock(int(m[1]), int(m[2]))),
        (re.compile(r"\b(\d{1,2})h\b"), lambda m: _clock(int(m[1]), 0)),
        (re.compile(rf"\b1(?= de (?:{'|'.join(MONTHS)})\b)"), lambda m: "primeiro"),
        (re.compile(rf"(?<=século )({CENTURY})\b"), lambda m: cardinal(CENTURIES[m[1]])),
    ),
    currencies={
        "€": ("euro", "euros"),
        "EUR": ("euro", "euros"),
        "R$": ("real", "reais"),
        "US$": ("dólar", "dólares"),
        "USD": ("dólar", "dólares"),
        "$": ("dólar", "dólares"),
        "£": ("libra", "libras"),
        "¥": ("iene", "ienes"),
    },
    units={
        "km/h": ("quilômetro por hora", "quilômetros por hora"),
        "km²": ("quilômetro quadrado", "quilômetros quadrados"),
        "m²": ("metro quadrado", "metros quadrados"),
        "m³": ("metro cúbico", "metros cúbicos"),
        "km": ("quilômetro", "quilômetros"),
        "m": ("metro", "metros"),
        "cm": ("centímetro", "centímetros"),
        "mm": ("milímetro", "milímetros"),
        "kg": ("quilograma", "quilogramas"),
        "g": ("grama", "gramas"),
        "mg": ("miligrama", "miligramas"),
        "t": ("tonelada", "toneladas"),
        "l": ("litro", "litros"),
        "ha": ("hectare", "hectares"),
        "min": ("minuto", "minutos"),
        "s": ("segundo", "segundos"),
        "kW": ("quilowatt", "quilowatts"),
        "MW": ("megawatt", "megawatts"),
        "GW": ("gigawatt", "gigawatts"),
        "kWh": ("quilowatt-hora", "quilowatts-hora"),
        "GB": ("gigabyte", "gigabytes"),
        "MB": ("megabyte", "megabytes"),
        "Hz": ("hertz", "hertz"),
        "GHz": ("giga-hertz", "giga-hertz"),
        "°C": ("grau Celsius", "graus Celsius"),
        "ºC": ("grau Celsius", "graus Celsius"),
        "°": ("grau", "graus"),
    },
    abbreviations={
        "Sra.": "senhora",
        "Sr.": "senhor",
        "Dra.": "doutora",
        "Dr.": "doutor",
        "Profa.": "professora",
        "Prof.": "professor",
        "Exmo.": "excelentíssimo",
        "Exma.": "excelentíssima",
        "etc.": "etcétera",
        "p. ex.": "por exemplo",
        "pág.": "página",
        "nº": "número",
        "n.º": "número",
        "av.": "avenida",
        "Av.": "avenida",
        "a.C.": "antes de Cristo",
        "d.C.": "depois de Cristo",
        "&": "e",
        "+": "mais",
        "=": "igual a",
    },
    ordinals={
        f"{n}{mark}": word[:-1] + ending
        for n, word in enumerate(FIRST_TEN, start=1)
        for mark, ending in ((".º", "o"), ("º", "o"), (".ª", "a"), ("ª", "a"))
    },
)


def spell_out(text: str) -> str:
    """The text in Portuguese words, on one line."""
    return spell_figures(text, PORTUGUESE)
