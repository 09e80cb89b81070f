"""How numbers, times and names are written for people."""

from __future__ import annotations

from datetime import datetime

LANGUAGES = {
    "en": "English", "es": "Español", "zh": "中文", "ar": "العربية", "fr": "Français", "de": "Deutsch", "it": "Italiano",
    "pt": "Português", "ja": "日本語", "ko": "한국어", "hi": "हिन्दी", "ru": "Русский", "he": "עברית",
}  # fmt: skip
"""Languages in their own words."""


def language(code: str) -> str:
    return LANGUAGES.get(code, code)


def duration(seconds: float) -> str:
    """`0.4 s`, `58 s`, `1 min 9 s`."""
    if seconds < 9.95:
        return f"{seconds:.1f} s" if seconds >= 0.05 else "0 s"
    whole = round(seconds)
    return f"{whole} s" if whole < 60 else f"{whole // 60} min {whole % 60} s"


def size(count: float) -> str:
    """Bytes: `940 kB`, `2.4 GB`."""
    for unit in ("B", "kB", "MB", "GB"):
        if count < 999.5:
            return f"{count:.1f} {unit}" if unit == "GB" and count < 99.95 else f"{count:.0f} {unit}"
        count /= 1000
    return f"{count:.1f} TB"


def since(at: str) -> str:
    """How long ago: `12 s`, `3 min`, `2 h`, `4 d`."""
    seconds = max(0.0, (datetime.now().astimezone() - datetime.fromisoformat(at)).total_seconds())
    for limit, length, unit in ((60, 1, "s"), (3600, 60, "min"), (86400, 3600, "h")):
        if seconds < limit:
            return f"{seconds / length:.0f} {unit}"
    return f"{seconds / 86400:.0f} d"


def moment(at: str) -> str:
    """A stored time on the clock of the house: `06:02` today, else `Thu 19 Nov, 06:02`."""
    local = datetime.fromisoformat(at).astimezone()
    today = datetime.now().astimezone().date() == local.date()
    return local.strftime("%H:%M") if today else local.strftime("%a %-d %b, %H:%M")


def day(at: str) -> str:
    return datetime.fromisoformat(at).astimezone().strftime("%a %-d %b %Y")


def day_and_time(at: str) -> str:
    """`20 Nov, 06:02`, with the year where it is not this one."""
    local = datetime.fromisoformat(at).astimezone()
    return local.strftime("%-d %b, %H:%M" if local.year == datetime.now().astimezone().year else "%-d %b %Y, %H:%M")


def several(count: int, one: str, many: str = "") -> str:
    """`1 line`, `3 lines`."""
    return f"{count} {one if count == 1 else many or one + 's'}"
