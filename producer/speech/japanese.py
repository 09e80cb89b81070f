"""Japanese as it is read aloud: figures with what they count, dates, money, units and addresses in kana."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from producer.speech.characters import tidy
from producer.speech.japanese_numbers import COUNTERS, counted, kana, number
from producer.speech.wordlists import word_list

NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
SCALES = {"千": "セン", "万": "マン", "億": "オク", "兆": "チョー"}
PEOPLE_AND_MONEY = {"": "", "人": "ニン", "円": "エン"}
CURRENCIES = {"US$": "ドル", "$": "ドル", "€": "ユーロ", "£": "ポンド", "¥": "エン"}
UNITS = {
    "km/h": "キロメートル毎時", "km²": "平方キロメートル", "m²": "平方メートル", "m³": "立方メートル", "km": "キロメートル", "cm": "センチメートル",
    "mm": "ミリメートル", "m": "メートル", "kg": "キログラム", "mg": "ミリグラム", "g": "グラム", "t": "トン", "L": "リットル", "ha": "ヘクタール",
    "kWh": "キロワット時", "kW": "キロワット", "MW": "メガワット", "GHz": "ギガヘルツ", "Hz": "ヘルツ", "GB": "ギガバイト", "MB": "メガバイト",
    "°C": "度", "℃": "度", "°": "度", "%": "パーセント",
}  # fmt: skip
UNIT = "|".join(re.escape(unit) for unit in sorted(UNITS, key=len, reverse=True))
CURRENCY = "|".join(re.escape(sign) for sign in sorted(CURRENCIES, key=len, reverse=True))
COUNTER = "|".join(sorted([*COUNTERS, *word_list("人 つ 月 日 年間 年 時間 時 円")], key=len, reverse=True))
LETTERS = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        word_list(
            "エー ビー シー ディー イー エフ ジー エイチ アイ ジェー ケー エル エム エヌ オー ピー キュー アール エス ティー ユー ブイ "
            "ダブリュー エックス ワイ ゼット"
        ),
        strict=True,
    )
)
MARKS = str.maketrans("、。！？：；（）「」『』【】《》〈〉・～〜—―…", ",.!?:;()“”“”“”“”“” ~~——…")


def spell_out(text: str) -> str:
    """The text with figures and capitals in kana, and marks in the ASCII forms that voices know. Latin words stay."""
    line = unicodedata.normalize("NFKC", tidy(text).replace("°C", "℃")).replace("℃", "°C")
    for pattern, reading in RULES:
        line = pattern.sub(reading, line)
    return re.sub(r" (?=[,.!?])", "", " ".join(line.translate(MARKS).split()))


def _date(m: re.Match[str]) -> str:
    month, day = int(m[2]), int(m[3])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return m[0]
    return f"{counted(int(m[1]), '年')} {counted(month, '月')} {counted(day, '日')}"


def _clock(m: re.Match[str]) -> str:
    minute = int(m[2])
    return counted(int(m[1]), "時") + (f" {counted(minute, '分')}" if minute else "")


def _counted(m: re.Match[str]) -> str:
    figures = m[1].replace(",", "")
    if not figures.isdecimal():
        return f"{number(figures)}{COUNTERS.get(m[2], m[2])}"
    return counted(int(figures), m[2])


def _address(m: re.Match[str]) -> str:
    return " ドット ".join(m[1].split("."))


RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"([\w.+-]+)@(?=[\w-]+\.)", re.ASCII), lambda m: f"{m[1]} アットマーク "),
    (re.compile(r"(?:https?://)?(?:www\.)?((?:[\w-]+\.)+[a-z]{2,6})(?![\w.])(?:/[\w/.-]*)?", re.ASCII), _address),
    (re.compile(r"(?<!\d)(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})(?!\d)"), _date),
    (re.compile(r"(?<![A-Za-z\d)])[-−](?=\d)"), lambda m: "マイナス"),
    (re.compile(r"(?<!\d)(\d{1,2}):(\d\d)(?!\d)"), _clock),
    (re.compile(rf"({CURRENCY})\s?({NUMBER})\s?([千万億兆]*)"), lambda m: f"{m[2]}{m[3]}{CURRENCIES[m[1]]}"),
    (re.compile(r"(?<![\d/])(\d{1,3})/(\d{1,3})(?![\d/])"), lambda m: f"{kana(int(m[2]))}分の{kana(int(m[1]))}"),
    (re.compile(rf"({NUMBER})\s?[-–~〜]\s?(?=\d)"), lambda m: f"{number(m[1])}から"),
    (re.compile(rf"({NUMBER})\s?({UNIT})(?![A-Za-z])"), lambda m: f"{number(m[1])}{UNITS[m[2]]}"),
    (re.compile(rf"({NUMBER})([千万億兆])([人円]?)"), lambda m: number(m[1]) + SCALES[m[2]] + PEOPLE_AND_MONEY[m[3]]),
    (re.compile(rf"({NUMBER})({COUNTER})"), _counted),
    (re.compile(NUMBER), lambda m: number(m[0])),
    (re.compile(r"(?<![A-Za-z])[A-Z]{2,5}(?![A-Za-z])|(?<![A-Za-z])[A-Z](?![A-Za-z])"), lambda m: "".join(LETTERS[c] for c in m[0])),
    (re.compile(r"\d"), lambda m: kana(unicodedata.digit(m[0], 0))),
)  # fmt: skip
