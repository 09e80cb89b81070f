"""Money, percentages, units, ranges and fractions in English, as words."""

from __future__ import annotations

import re

from producer.speech.english_numbers import Rule, cardinal, number, ordinal

NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+"
SCALE_WORDS = {
    "k": "thousand",
    "m": "million",
    "mn": "million",
    "mln": "million",
    "b": "billion",
    "bn": "billion",
    "tn": "trillion",
    "trn": "trillion",
}
FULL_SCALE = r"hundred|thousand|million|billion|trillion"
SCALE = rf"{FULL_SCALE}|mln|mn|bn|trn|tn|[kmb](?!\w)"

CURRENCIES = {
    "$": ("dollar", "dollars", "cent", "cents"),
    "€": ("euro", "euros", "cent", "cents"),
    "£": ("pound", "pounds", "penny", "pence"),
    "¥": ("yen", "yen", "", ""),
    "₹": ("rupee", "rupees", "", ""),
    "₩": ("won", "won", "", ""),
    "₽": ("rouble", "roubles", "", ""),
    "₺": ("lira", "lira", "", ""),
    "₿": ("bitcoin", "bitcoins", "", ""),
    "₴": ("hryvnia", "hryvnias", "", ""),
    "A$": ("Australian dollar", "Australian dollars", "cent", "cents"),
    "C$": ("Canadian dollar", "Canadian dollars", "cent", "cents"),
    "HK$": ("Hong Kong dollar", "Hong Kong dollars", "cent", "cents"),
    "R$": ("real", "reais", "", ""),
    "CHF": ("Swiss franc", "Swiss francs", "", ""),
    "CNY": ("yuan", "yuan", "", ""),
    "RMB": ("yuan", "yuan", "", ""),
    "SEK": ("Swedish krona", "Swedish kronor", "", ""),
    "NOK": ("Norwegian krone", "Norwegian kroner", "", ""),
}
SAME_MONEY = {
    "US$": "$",
    "USD": "$",
    "AUD": "A$",
    "CAD": "C$",
    "EUR": "€",
    "GBP": "£",
    "JPY": "¥",
    "INR": "₹",
    "Rs.": "₹",
    "Rs": "₹",
    "KRW": "₩",
    "RUB": "₽",
}
SYMBOL = "|".join(re.escape(s) for s in sorted([*CURRENCIES, *SAME_MONEY], key=len, reverse=True))
CODE = "|".join(s for s in [*CURRENCIES, *SAME_MONEY] if len(s) == 3 and s.isalpha())

UNITS = {
    "km/h": "kilometer per hour",
    "kph": "kilometer per hour",
    "km/s": "kilometer per second",
    "m/s": "meter per second",
    "mph": "mile per hour",
    "sq km": "square kilometer",
    "km²": "square kilometer",
    "km2": "square kilometer",
    "sq m": "square meter",
    "m²": "square meter",
    "m2": "square meter",
    "cm²": "square centimeter",
    "m³": "cubic meter",
    "m3": "cubic meter",
    "cm³": "cubic centimeter",
    "km³": "cubic kilometer",
    "sq ft": "square foot",
    "sq mi": "square mile",
    "km": "kilometer",
    "cm": "centimeter",
    "mm": "millimeter",
    "µm": "micrometer",
    "nm": "nanometer",
    "ft": "foot",
    "mi": "mile",
    "yd": "yard",
    "kg": "kilogram",
    "mg": "milligram",
    "µg": "microgram",
    "g": "gram",
    "lb": "pound",
    "lbs": "pound",
    "oz": "ounce",
    "ml": "milliliter",
    "L": "liter",
    "ha": "hectare",
    "Hz": "hertz",
    "kHz": "kilohertz",
    "MHz": "megahertz",
    "GHz": "gigahertz",
    "kB": "kilobyte",
    "KB": "kilobyte",
    "MB": "megabyte",
    "GB": "gigabyte",
    "TB": "terabyte",
    "Mbps": "megabit per second",
    "Gbps": "gigabit per second",
    "W": "watt",
    "kW": "kilowatt",
    "MW": "megawatt",
    "GW": "gigawatt",
    "kWh": "kilowatt hour",
    "MWh": "megawatt hour",
    "GWh": "gigawatt hour",
    "TWh": "terawatt hour",
    "V": "volt",
    "dB": "decibel",
    "hPa": "hectopascal",
    "hr": "hour",
    "hrs": "hour",
    "min": "minute",
    "mins": "minute",
    "sec": "second",
    "secs": "second",
    "ms": "millisecond",
    "fps": "frame per second",
    "°C": "degree Celsius",
    "°F": "degree Fahrenheit",
    "°": "degree",
    "t": "tonne",
}
UNIT = "|".join(re.escape(u) for u in sorted(UNITS, key=len, reverse=True))
SAME_PLURAL = {"hertz", "kilohertz", "megahertz", "gigahertz"}
COUNTED = (
    "people|users|customers|residents|voters|children|adults|women|men|workers|jobs|homes|households|tonnes|tons|"
    "barrels|views|followers|subscribers|downloads|copies|doses|visitors|passengers|hectares|acres|years|devices|records"
)
FRACTIONS = {2: ("half", "halves"), 4: ("quarter", "quarters")}
VULGAR = {"½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅛": (1, 8)}


def _range(match: re.Match[str]) -> str:
    """“$20-30bn” → 20 to $30bn; a score such as “3-1” → 3 1; what follows is read by the other rules."""
    low, high = (float(match[name].replace(",", "")) for name in ("low", "high"))
    to = "to " if low < high else ""
    return f"{match['low']} {to}{match['currency'] or ''}{match['high']}"


def _scaled(figure: str, scale: str | None) -> str:
    return f"{number(figure)} {SCALE_WORDS.get(scale.lower(), scale)}" if scale else number(figure)


def _money(match: re.Match[str]) -> str:
    """“$3.2bn” → three point two billion dollars; “£1.50” → one pound and fifty pence."""
    one, many, cent, cents = CURRENCIES[SAME_MONEY.get(match["currency"], match["currency"])]
    figure, scale = match["figure"], match["scale"]
    whole, _, fraction = figure.replace(",", "").partition(".")
    if scale or not cent or len(fraction) != 2:
        return f"{_scaled(figure, scale)} {one if figure == '1' and not scale else many}"
    units = f"{cardinal(int(whole))} {one if int(whole) == 1 else many}" if int(whole or 0) else ""
    parts = f"{cardinal(int(fraction))} {cent if int(fraction) == 1 else cents}" if int(fraction) else ""
    return " and ".join(filter(None, (units, parts))) or f"zero {many}"


def _unit(match: re.Match[str]) -> str:
    unit = UNITS[match["unit"]]
    return f"{number(match['figure'])} {unit if match['figure'] == '1' else _plural(unit)}"


def _plural(unit: str) -> str:
    """kilometer per hour → kilometers per hour; square foot → square feet."""
    head, per, tail = unit.partition(" per ")
    first, _, last = head.partition(" ")
    if first == "degree":
        return f"degrees {last}".strip()
    if head in SAME_PLURAL:
        return unit
    return (f"{head[:-4]}feet" if head.endswith("foot") else f"{head}s") + per + tail


def _feet(match: re.Match[str]) -> str:
    return f"{number(match['feet'])} {'foot' if match['feet'] == '1' else 'feet'} {number(match['inches'])}"


def _fraction(match: re.Match[str]) -> str:
    """“3/4” → three quarters; “2½” → two and a half."""
    whole, (top, bottom) = match["whole"], VULGAR.get(match["sign"] or "", (0, 0))
    top, bottom = top or int(match["top"]), bottom or int(match["bottom"])
    one, many = FRACTIONS.get(bottom, (ordinal(bottom), f"{ordinal(bottom)}s"))
    if not whole:
        return f"{cardinal(top)} {one if top == 1 else many}"
    return f"{number(whole)} and {'a' if top == 1 else cardinal(top)} {one if top == 1 else many}"


START = r"(?<![\w.,])"
RULES: tuple[Rule, ...] = (
    (re.compile(r"(?<![\w)])-(?=[\d.])"), lambda m: "minus "),
    (re.compile(rf"{START}(?P<feet>\d+)\s?(?:ft|')\s?(?P<inches>\d{{1,2}})\s?(?:in\b|\"|”)"), _feet),
    (re.compile(r"(?<=\d)\s?[x×]\s?(?=\d)"), lambda m: " by "),
    (re.compile(r"(?<=\d)x\b"), lambda m: " times"),
    (
        re.compile(
            rf"(?<![\w.,\-])(?P<currency>{SYMBOL})?(?P<low>{NUMBER})\s?[-–]\s?(?:{SYMBOL})?(?P<high>{NUMBER})(?![-–]?\d)"
        ),
        _range,
    ),
    (re.compile(rf"(?<!\w)(?P<currency>{SYMBOL})\s?(?P<figure>{NUMBER})(?:[\s-]?(?P<scale>{SCALE}))?(?![\d])"), _money),
    (
        re.compile(rf"{START}(?P<figure>{NUMBER})(?:\s?(?P<scale>{SCALE}))?\s?(?P<currency>{CODE}|[€£¥₹₽])(?!\w)"),
        _money,
    ),
    (re.compile(rf"{START}(?P<figure>{NUMBER})p\b(?<!\d{{3}}p)"), lambda m: f"{number(m['figure'])} pence"),
    (re.compile(rf"{START}(?P<figure>{NUMBER})\s?¢"), lambda m: f"{number(m['figure'])} cents"),
    (re.compile(rf"(?P<figure>{NUMBER})\s?(?:%|per cent\b|pct\b)"), lambda m: f"{number(m['figure'])} percent"),
    (re.compile(rf"{START}(?P<figure>{NUMBER})\s?(?P<unit>{UNIT})(?![\w/])"), _unit),
    (
        re.compile(rf"{START}(?P<figure>{NUMBER})\s?m(?=\s+(?:more |new |other )?(?:{COUNTED})\b)"),
        lambda m: f"{number(m['figure'])} million",
    ),
    (re.compile(rf"{START}(?P<figure>{NUMBER})\s?m\b(?!\.\w)"), lambda m: f"{number(m['figure'])} meters"),
    (
        re.compile(rf"{START}(?!\d+K\b)(?P<figure>{NUMBER})\s?(?P<scale>{SCALE})\b"),
        lambda m: _scaled(m["figure"], m["scale"]),
    ),
    (re.compile(rf"{START}(?P<figure>{NUMBER})(?P<scale>[MB])\b"), lambda m: _scaled(m["figure"], m["scale"])),
    (re.compile(rf"(?P<whole>\d+)?\s?(?P<sign>[{''.join(VULGAR)}])(?P<top>)(?P<bottom>)"), _fraction),
    (re.compile(r"(?<![\w./])(?P<whole>(?!))?(?P<sign>)(?P<top>[1-9])/(?P<bottom>[2-9]|10)(?![\w/])"), _fraction),
)
"""Patterns and what to say for them, to be applied in this order."""
