"""How a clip will about look, before anything of it is made. Pure: choices in, markup out."""

from __future__ import annotations

from html import escape

from producer.speech.languages import UNSPACED, primary
from storage.orders import Captions
from web.theme.marks import icon

SHAPES = {"16:9": "wide", "9:16": "tall", "1:1": "square", "4:5": "portrait"}


def sketch(
    frame: str, scene: str, face: str, title: str, words: str, captions: Captions, *, label: bool, language: str
) -> str:
    """`scene`, `face`: addresses of pictures, or "". `words`: what the captions show."""
    parts = [f'<img class="sk-scene" src="{escape(scene)}" alt="">' if scene else ""]
    parts.append(
        f'<img class="sk-face" src="{escape(face)}" alt="">'
        if face
        else f'<b class="sk-face none">{icon("circle-user-round")}</b>'
    )
    parts.append('<span class="sk-label">AI-generated</span>' if label else "")
    parts.append(f'<strong class="sk-title" dir="auto">{escape(title)}</strong>' if title else "")
    parts.append(_captions(words, captions, language))
    inner = "".join(parts)
    return f'<div class="sketch"><div class="sk {SHAPES.get(frame, "wide")}" lang="{escape(language)}" aria-hidden="true">{inner}</div></div>'


def _captions(words: str, captions: Captions, language: str) -> str:
    """A few words, the first of which sounds."""
    if captions == "none" or not words:
        return ""
    space = "" if primary(language) in UNSPACED else " "
    first, *rest = words.split()[:4] if space else (words[:2], words[2:8])
    spoken = f"<b>{escape(first)}</b>" if captions != "lines" else escape(first)
    more = "" if captions == "big" else space + escape(space.join(rest))
    return f'<span class="sk-words {escape(captions)}" dir="auto">{spoken}{more}</span>'
