"""Mandarin as it is read aloud: figures, dates, money and units written out in characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from producer.speech.characters import tidy

DIGITS = "零一二三四五六七八九"
PLACES = ("", "十", "百", "千")
GROUPS = ("", "万", "亿", "万亿")
LONGEST = 16
"""A number with more figures than this is read figure by figure."""
NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
MEASURES = "个只条年天次人位米公里元倍种家名岁场件份台座周小时分钟秒吨公斤克升万亿千百届项篇张本间所棵头辆艘架支颗层"
CURRENCIES = {"$": "美元", "US$": "美元", "€": "欧元", "£": "英镑", "¥": "元", "￥": "元", "₽": "卢布", "₹": "卢比"}
UNITS = {
    "km/h": "公里每小时",
    "km²": "平方公里",
    "m²": "平方米",
    "m³": "立方米",
    "km": "公里",
    "cm": "厘米",
    "mm": "毫米",
    "m": "米",
    "kg": "公斤",
    "mg": "毫克",
    "g": "克",
    "t": "吨",
    "L": "升",
    "kWh": "度",
    "kW": "千瓦",
    "MW": "兆瓦",
    "GHz": "吉赫",
    "Hz": "赫兹",
    "°C": "摄氏度",
    "℃": "摄氏度",
    "°": "度",
}
UNIT = "|".join(re.escape(unit) for unit in sorted(UNITS, key=len, reverse=True))
CURRENCY = "|".join(re.escape(sign) for sign in sorted(CURRENCIES, key=len, reverse=True))
MARKS = str.maketrans("，。！？：；、（）《》〈〉「」『』【】“”‘’～—…％＋－／", ",.!?:;,()“”“”“”“”“”“”“”~—…%+-/")


def cardinal(n: int) -> str:
    """3040 → 三千零四十; 20000 → 两万; 100000000 → 一亿."""
    if n == 0:
        return DIGITS[0]
    groups: list[int] = []
    while n:
        n, group = divmod(n, 10_000)
        groups.append(group)
    spoken = ""
    for index in range(len(groups) - 1, -1, -1):
        group = groups[index]
        if not group:
            continue
        if spoken and (group < 1000 or groups[index + 1] % 10_000 == 0):
            spoken += DIGITS[0]
        spoken += ("两" if group == 2 and index else _below_ten_thousand(group)) + GROUPS[index]
    return spoken.removeprefix("一") if spoken.startswith("一十") else spoken


def figures(text: str) -> str:
    """Figure by figure: 2024 → 二零二四."""
    return "".join(DIGITS[int(c)] for c in text if c.isdecimal())


def number(text: str) -> str:
    """“3,000.5” → 三千点五."""
    whole, _, fraction = text.replace(",", "").partition(".")
    long = len(whole) > LONGEST or (whole.startswith("0") and len(whole) > 1)
    spoken = figures(whole) if long else cardinal(int(whole))
    return f"{spoken}点{figures(fraction)}" if fraction else spoken


def spell_out(text: str) -> str:
    """The text with figures in characters and marks in the ASCII forms that voices know. Latin words stay."""
    line = unicodedata.normalize("NFC", tidy(text)).replace("￥", "¥")
    for pattern, reading in RULES:
        line = pattern.sub(reading, line)
    return " ".join(line.translate(MARKS).split())


def _below_ten_thousand(n: int) -> str:
    spoken = ""
    for power in (3, 2, 1, 0):
        digit = n // 10**power % 10
        if digit:
            spoken += DIGITS[digit] + PLACES[power]
        elif spoken and n % 10**power:
            spoken += DIGITS[0] * (not spoken.endswith(DIGITS[0]))
    return spoken


def _counted(figure: str, after: str) -> str:
    return f"两{after}" if figure == "2" else f"{number(figure)}{after}"


RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"(?<![A-Za-z\d)])[-−](?=\d)"), lambda m: "负"),
    (re.compile(r"(?<=[A-Za-z])[-–](?=\d)"), lambda m: " "),
    (re.compile(r"(?<![\d/])(\d{1,3})/(\d{1,3})(?![\d/])"), lambda m: f"{number(m[2])}分之{number(m[1])}"),
    (
        re.compile(r"(?:https?://)?(?:www\.)?((?:[\w-]+\.)+[a-z]{2,6})(?:/[\w/.-]*)?", re.ASCII),
        lambda m: m[1].replace(".", "点"),
    ),
    (re.compile(r"(?<!\d)(\d{4})\s?[-–—~～]\s?(\d{4})(?=年)"), lambda m: f"{figures(m[1])}到{figures(m[2])}"),
    (re.compile(r"(\d{4})(?=年(?!前|后|来|间|内|的))"), lambda m: figures(m[1])),
    (re.compile(r"(?<!\d)(\d{1,2})[:：](\d\d)(?!\d)"), lambda m: _clock(m[1], m[2])),
    (re.compile(rf"({NUMBER})\s?[%％]"), lambda m: f"百分之{number(m[1])}"),
    (re.compile(rf"({CURRENCY})\s?({NUMBER})\s?([千百万亿]*)"), lambda m: _counted(m[2], m[3] + CURRENCIES[m[1]])),
    (re.compile(rf"({NUMBER})\s?[-–~～]\s?(?=\d)"), lambda m: f"{number(m[1])}到"),
    (re.compile(rf"({NUMBER})\s?({UNIT})(?![A-Za-z])"), lambda m: _counted(m[1], UNITS[m[2]])),
    (re.compile(rf"(?<![\d.])2(?=\s?[{MEASURES}](?!\d))(?!月|日|号)"), lambda m: "两"),
    (re.compile(rf"{NUMBER}"), lambda m: number(m[0])),
)


def _clock(hour: str, minute: str) -> str:
    rest = "" if minute == "00" else f"{DIGITS[0] if minute[0] == '0' else ''}{cardinal(int(minute))}分"
    return f"{_counted(str(int(hour)), '点')}{rest}"
