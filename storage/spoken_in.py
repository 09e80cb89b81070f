"""The mark that says in which language a line is spoken: “[es] Hola.”, as one writes it and as one reads it back."""

from __future__ import annotations

import re

from storage.documents import ScriptLine

MARK = re.compile(r"\s*\[([a-z]{2})(-[A-Za-z]{2,4})?\]\s*")
CODES = frozenset({
    "ar", "bg", "bn", "ca", "cs", "da", "de", "el", "en", "es", "fa", "fi", "fr", "he", "hi", "hr", "hu", "id", "it", "ja",
    "ko", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sv", "th", "tr", "uk", "ur", "vi", "zh",
})  # fmt: skip
"""Languages by their ISO 639-1 codes. Anything else in brackets is what is said."""


def read_mark(text: str) -> tuple[str, str]:
    """The language that a text's mark names, "" where it has none; and the text without the mark."""
    found = MARK.match(text)
    if found is None or found[1] not in CODES:
        return "", text
    return f"{found[1]}{found[2] or ''}", text[found.end() :]


def marked(line: ScriptLine, usual: str) -> str:
    """A line as it is edited: with a mark where its language is not the `usual` one."""
    return line.text if _same(line.language, usual) else f"[{line.language}] {line.text}"


def _same(language: str, usual: str) -> bool:
    return language.partition("-")[0].lower() == usual.partition("-")[0].lower()
