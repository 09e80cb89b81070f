"""A text as the words that captions show: all of its characters, each word with something to say."""

from __future__ import annotations

from producer.speech.characters import speakable
from producer.speech.languages import primary

OPENING = frozenset("“‘（《〈「『【([")


def caption_words(text: str, language: str = "en") -> list[str]:
    """Words split at spaces; a lone dash, mark or emoji stays with the word before it (or the first word).

    Joined by single spaces they give the text back. Nothing for a text without a word.
    """
    if primary(language) in ("zh", "ja"):
        return _unspaced_words(_segmented(text, primary(language)))
    words: list[str] = []
    leading = ""
    for piece in text.split():
        if speakable(piece):
            words.append(f"{leading} {piece}" if leading else piece)
            leading = ""
        elif words:
            words[-1] += f" {piece}"
        else:
            leading = f"{leading} {piece}".strip()
    return words


def _segmented(text: str, language: str) -> list[str]:
    line = " ".join(text.split())
    if language == "ja":
        from producer.speech.japanese_sounds import phrases

        return phrases(line)
    from producer.speech.mandarin_sounds import segmented

    return segmented(line)


def _unspaced_words(pieces: list[str]) -> list[str]:
    """Words found by dictionary, each with the marks around it; joined they give the text back without its spaces."""
    words: list[str] = []
    leading = ""
    for piece in pieces:
        if not piece.strip():
            continue
        if speakable(piece):
            words.append(leading + piece)
            leading = ""
        elif piece in OPENING or leading or not words:
            leading += piece
        else:
            words[-1] += piece
    if leading and words:
        words[-1] += leading
    return words
