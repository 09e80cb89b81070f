"""What a spoken line never holds, wherever a model took it from: addresses, keys, markup, talk about the task."""

from __future__ import annotations

import re

TLDS = "com|net|org|info|biz|io|ai|app|dev|xyz|top|site|online|shop|store|club|live|link|click|ru|cn|su|me|tv|co|cc|gg|to|ly|tk|ml"
ADDRESS = re.compile(
    rf"\b(?:https?|ftp|file|javascript|data)\s*:\S|\bwww\.|\b[\w-]+(?:\.[\w-]+)*\.(?:{TLDS})\b(?:/\S*)?"
    rf"|\b[\w-]+ (?:dot|punto|point|punkt|точка) (?:com|net|org|io|xyz|ru)\b"
    r"|[\w.+-]+@[\w-]+|(?<!\w)@\w{2,}|(?<!\w)#\w{2,}|\b(?:\d{1,3}\.){3}\d{1,3}\b",
    re.IGNORECASE,
)
PHONE = re.compile(r"(?<![\w.,])\+?\(?\d[\d().\s–-]{7,}\d(?![\w.,]\d)")
SECRET = re.compile(
    r"\b(?=\w*\d)(?=\w*[A-Za-z])[A-Za-z0-9_-]{18,}\b|\b(?:sk|pk|ghp|xox[bp])[-_][\w-]{8,}|\b(?:bc1|0x)[a-zA-Z0-9]{16,}\b"
    r"|\b(?:password|passwd|api[ -]?key|seed phrase|private key|contraseña|mot de passe|passwort|пароль|密码)\b\s*(?:is|es|est|ist|:|=|：|—)",
    re.IGNORECASE,
)
MARKUP = re.compile(r"[<>{}\[\]|`\\]|\*\*|__|^\s*[#*•-]\s|[\x00-\x08\x0b-\x1f\x7f]")
ABOUT_THE_TASK = re.compile(
    r"\b(?:source|sentence)s? ?(?:\[?\d+\]?\b|-[0-9a-f]{6,})|\bas an? (?:ai|language model)\b|\bsystem prompt\b|\bjson\b"
    r"|\bmy instructions\b|\bnumbered sentences?\b|\bcall_to_action\b",
    re.IGNORECASE,
)
FIGURES = re.compile(r"\d{4}\s?[–-]\s?\d{4}|\d{1,3}(?:[\s.]\d{3})+|\d{4}-\d\d-\d\d")
"""Long figures that are no phone numbers: years, thousands, a date."""


def contraband(line: str, allowed: str = "") -> str:
    """What kind of thing is in the line that must not be; "" for a clean line.

    `allowed`: the source's name and headline; a name that looks like an address may be said when it stands there.
    """
    if any(m[0].casefold() not in allowed.casefold() or "/" in m[0] for m in ADDRESS.finditer(line)):
        return "an address"
    if any(not FIGURES.fullmatch(m[0].strip()) for m in PHONE.finditer(line)):
        return "a phone number"
    if SECRET.search(line):
        return "a key or password"
    if MARKUP.search(line):
        return "markup"
    return "talk about the task" if ABOUT_THE_TASK.search(line) else ""
