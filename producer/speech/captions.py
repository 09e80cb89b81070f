"""A text as the words that captions show: all of its characters, each word with something to say."""

from __future__ import annotations

from producer.speech.characters import speakable


def caption_words(text: str) -> list[str]:
    """Words split at spaces; a lone dash, mark or emoji stays with the word before it (or the first word).

    Joined by single spaces they give the text back. Nothing for a text without a word.
    """
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
