"""Dates, years and times of day in English, as words."""

from __future__ import annotations

import re

from producer.speech.english_numbers import Rule, cardinal, decade, ordinal, year
from producer.speech.wordlists import word_list

MONTHS = word_list("January February March April May June July August September October November December")
BY_START = {name[:3]: name for name in MONTHS}
MONTH = rf"(?P<month>{'|'.join(MONTHS)}|(?:{'|'.join(BY_START)}|Sept)\b\.?)"
DAY = r"(?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
YEAR = r"(?P<year>1[1-9]\d\d|20\d\d)"


def _month(match: re.Match[str]) -> str:
    return BY_START[match["month"][:3]]


def _day_month(match: re.Match[str]) -> str:
    spoken_year = f" {year(int(match['year']))}" if match["year"] else ""
    return f"the {ordinal(int(match['day']))} of {_month(match)}{spoken_year}"


def _month_day(match: re.Match[str]) -> str:
    spoken_year = f", {year(int(match['year']))}" if match["year"] else ""
    to = f" to {ordinal(int(match['to']))}" if match["to"] else ""
    return f"{_month(match)} {ordinal(int(match['day']))}{to}{spoken_year}"


def _month_year(match: re.Match[str]) -> str:
    return f"{_month(match)} {year(int(match['year']))}"


def _numeric(match: re.Match[str]) -> str:
    month, day = int(match["month"]), int(match["day"])
    if month > 12:
        month, day = day, month
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return match[0]
    return f"{MONTHS[month - 1]} {ordinal(day)}, {year(int(match['year']))}"


def _clock(hour: str, minute: str | None) -> str:
    words = cardinal(int(hour))
    if minute and int(minute):
        words += f" oh {cardinal(int(minute))}" if minute[0] == "0" else f" {cardinal(int(minute))}"
    return words


def _half_day(match: re.Match[str]) -> str:
    """“7:30 p.m.” → “seven thirty P.M”: with a dot inside, letters are read one by one."""
    if int(match["hour"]) > 24 or int(match["minute"] or 0) > 59:
        return match[0]
    stop = "." if match[0].endswith(".") and match.end() == len(match.string) else ""
    return f"{_clock(match['hour'], match['minute'])} {match['half'].upper()}.M{stop}"


def _time(match: re.Match[str]) -> str:
    hour, minute = int(match["hour"]), int(match["minute"])
    if hour > 24 or minute > 59:
        return match[0]
    sharp = "" if minute else " o'clock" if 1 <= hour <= 12 else " hundred hours"
    return _clock(match["hour"], match["minute"]) + sharp


def _span_of_years(match: re.Match[str]) -> str:
    second = match["second"]
    last = year(int(second)) if len(second) == 4 else (f"oh {second[1]}" if second[0] == "0" else cardinal(int(second)))
    return f"{year(int(match['first']))} to {last}"


def _decade(match: re.Match[str]) -> str:
    return decade(int(match["decade"]))


HOUR = r"\b(?P<hour>\d{1,2})"
RULES: tuple[Rule, ...] = (
    (re.compile(r"\b(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)\b"), _numeric),
    (re.compile(r"\b(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})\b"), _numeric),
    (re.compile(rf"\b(?:the )?{DAY} (?:of )?{MONTH}(?:,? {YEAR}\b)?"), _day_month),
    (re.compile(rf"\b{MONTH} {DAY}(?:\s?[-–]\s?(?P<to>[12]\d|3[01]|[1-9]))?\b(?![\d:%])(?:,? {YEAR}\b)?"), _month_day),
    (re.compile(rf"\b{MONTH} {YEAR}\b"), _month_year),
    (re.compile(rf"{HOUR}(?:[:.](?P<minute>\d\d))?\s?(?P<half>[AaPp])\.?\s?[Mm]\b\.?"), _half_day),
    (re.compile(rf"{HOUR}:(?P<minute>\d\d)(?::\d\d)?\b"), _time),
    (re.compile(r"\b(?P<first>1[1-9]\d\d|20\d\d)\s?[-–/]\s?(?P<second>1[1-9]\d\d|20\d\d|\d\d)\b"), _span_of_years),
    (re.compile(r"(?:\b|['’])(?P<decade>1[1-9]\d0|20\d0|[2-9]0)['’]?s\b"), _decade),
)
"""Patterns and what to say for them, to be applied in this order."""
