"""Hindi as it is read aloud: figures, dates, times, money and units in Devanagari words. Latin words stay."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from producer.speech.characters import tidy
from producer.speech.wordlists import word_list

ONES = word_list(
    "शून्य एक दो तीन चार पाँच छह सात आठ नौ दस ग्यारह बारह तेरह चौदह पंद्रह सोलह सत्रह अठारह उन्नीस बीस इक्कीस बाईस तेईस चौबीस पच्चीस "
    "छब्बीस सत्ताईस अट्ठाईस उनतीस तीस इकतीस बत्तीस तैंतीस चौंतीस पैंतीस छत्तीस सैंतीस अड़तीस उनतालीस चालीस इकतालीस बयालीस तैंतालीस "
    "चवालीस पैंतालीस छियालीस सैंतालीस अड़तालीस उनचास पचास इक्यावन बावन तिरपन चौवन पचपन छप्पन सत्तावन अट्ठावन उनसठ साठ इकसठ बासठ "
    "तिरसठ चौंसठ पैंसठ छियासठ सड़सठ अड़सठ उनहत्तर सत्तर इकहत्तर बहत्तर तिहत्तर चौहत्तर पचहत्तर छिहत्तर सतहत्तर अठहत्तर उनासी अस्सी "
    "इक्यासी बयासी तिरासी चौरासी पचासी छियासी सत्तासी अट्ठासी नवासी नब्बे इक्यानवे बानवे तिरानवे चौरानवे पंचानवे छियानवे सत्तानवे "
    "अट्ठानवे निन्यानवे"
)
"""0 to 99: every one is a word of its own."""
SCALES = ((10**11, "खरब"), (10**9, "अरब"), (10**7, "करोड़"), (10**5, "लाख"), (1000, "हज़ार"), (100, "सौ"))
LONGEST = 13
"""A number with more figures than this is read figure by figure."""
NUMBER = r"\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d+(?:\.\d+)?"
MONTHS = word_list("जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर")
CURRENCIES = {"₹": "रुपये", "रु.": "रुपये", "US$": "डॉलर", "$": "डॉलर", "€": "यूरो", "£": "पाउंड", "¥": "येन"}
UNITS = {
    "km/h": "किलोमीटर प्रति घंटा", "किमी/घंटा": "किलोमीटर प्रति घंटा", "km²": "वर्ग किलोमीटर", "m²": "वर्ग मीटर", "km": "किलोमीटर",
    "किमी": "किलोमीटर", "कि.मी.": "किलोमीटर", "cm": "सेंटीमीटर", "mm": "मिलीमीटर", "m": "मीटर", "kg": "किलोग्राम", "किग्रा": "किलोग्राम",
    "mg": "मिलीग्राम", "g": "ग्राम", "t": "टन", "l": "लीटर", "L": "लीटर", "ha": "हेक्टेयर", "kWh": "किलोवाट घंटा", "kW": "किलोवाट",
    "MW": "मेगावाट", "GB": "गीगाबाइट", "MB": "मेगाबाइट", "Hz": "हर्ट्ज़", "GHz": "गीगाहर्ट्ज़", "°C": "डिग्री सेल्सियस", "°": "डिग्री",
    "%": "प्रतिशत",
}  # fmt: skip
SCALE_WORDS = "हज़ार|हजार|लाख|करोड़|अरब|खरब"
ABBREVIATIONS = {
    "डॉ.": "डॉक्टर", "श्री.": "श्री", "सुश्री.": "सुश्री", "प्रो.": "प्रोफ़ेसर", "कु.": "कुमारी", "ई.": "ईस्वी", "ई.पू.": "ईसा पूर्व",
    "नं.": "नंबर", "पृ.": "पृष्ठ", "&": "और", "+": "धन", "=": "बराबर",
}  # fmt: skip
UNIT = "|".join(re.escape(unit) for unit in sorted(UNITS, key=len, reverse=True))
CURRENCY = "|".join(re.escape(sign) for sign in sorted(CURRENCIES, key=len, reverse=True))
ABBREVIATION = "|".join(re.escape(short) for short in sorted(ABBREVIATIONS, key=len, reverse=True))
MARKS = str.maketrans("।॥‘’", "..''")
WORD = r"[\w\u0900-\u0963]"


def cardinal(n: int) -> str:
    """1250021 → बारह लाख पचास हज़ार इक्कीस."""
    if n < 100:
        return ONES[n]
    for scale, name in SCALES:
        if n >= scale:
            count, rest = divmod(n, scale)
            head = f"{cardinal(count)} {name}"
            return f"{head} {cardinal(rest)}" if rest else head
    raise AssertionError("unreachable: every number from 100 on has a scale")


def number(text: str) -> str:
    """“3,000.5” → तीन हज़ार दशमलव पाँच; “1999” → उन्नीस सौ निन्यानवे."""
    whole, _, fraction = text.replace(",", "").partition(".")
    if len(whole) > LONGEST or (whole.startswith("0") and len(whole) > 1):
        spoken = _figures(whole)
    elif re.fullmatch(r"1[1-9]\d\d", text):
        hundreds, rest = divmod(int(whole), 100)
        spoken = f"{ONES[hundreds]} सौ {ONES[rest]}" if rest else f"{ONES[hundreds]} सौ"
    else:
        spoken = cardinal(int(whole))
    return f"{spoken} दशमलव {_figures(fraction)}" if fraction else spoken


def spell_out(text: str) -> str:
    """The text with figures in words and Devanagari stops as full stops, on one line."""
    line = unicodedata.normalize("NFC", tidy(text)).translate(MARKS)
    line = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in line)
    for pattern, reading in RULES:
        line = pattern.sub(reading, line)
    return " ".join(re.sub(r"\s+([,.;:!?…])", r"\1", line).split())


def _figures(figures: str) -> str:
    return " ".join(ONES[int(figure)] for figure in figures)


def _date(m: re.Match[str]) -> str:
    day, month, year = int(m[1]), int(m[2]), m[3]
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return m[0]
    return f"{cardinal(day)} {MONTHS[month - 1]} {number(year)}"


def _clock(m: re.Match[str]) -> str:
    hour, minute = int(m[1]), int(m[2])
    return f"{cardinal(hour)} बजकर {cardinal(minute)} मिनट" if minute else f"{cardinal(hour)} बजे"


RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(rf"(?<!{WORD})(?:{ABBREVIATION})(?!{WORD})"), lambda m: ABBREVIATIONS[m[0]]),
    (re.compile(r"([\w.+-]+)@(?=[\w-]+\.)", re.ASCII), lambda m: f"{m[1]} ऐट "),
    (
        re.compile(r"(?:https?://)?(?:www\.)?((?:[\w-]+\.)+[a-z]{2,6})(?![\w.])(?:/[\w/.-]*)?", re.ASCII),
        lambda m: " डॉट ".join(m[1].split(".")),
    ),
    (re.compile(r"(?<![\d/])(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?![\d/])"), _date),
    (re.compile(r"(?<![\w)])[-−](?=\d)"), lambda m: "ऋण "),
    (re.compile(r"(?<!\d)(\d{1,2}):(\d\d)(?!\d)(?: बजे)?"), _clock),
    (
        re.compile(rf"({CURRENCY})\s?({NUMBER})(\s(?:{SCALE_WORDS}))?"),
        lambda m: f"{number(m[2])}{m[3] or ''} {CURRENCIES[m[1]]}",
    ),
    (re.compile(rf"({NUMBER})\s?[-–]\s?(?=\d)"), lambda m: f"{number(m[1])} से "),
    (re.compile(rf"({NUMBER})\s?({UNIT})(?!{WORD})"), lambda m: f"{number(m[1])} {UNITS[m[2]]}"),
    (re.compile(r"(\d+)(?=व(?:ीं|ें|ाँ|ां))"), lambda m: cardinal(int(m[1])) if len(m[1]) < LONGEST else _figures(m[1])),
    (re.compile(r"(?<=[^\W\d])-?(?=\d)"), lambda m: " "),
    (re.compile(NUMBER), lambda m: f"{number(m[0])}"),
)  # fmt: skip
