"""The stylesheet of the desk: typefaces, tokens, icons and the rules in `css/`, as one file made at start."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from web.theme import tokens

STATIC = Path(__file__).parent.parent / "static"
RULES = Path(__file__).parent / "css"
ORDER = (
    "base",
    "controls",
    "frame",
    "inbox",
    "player",
    "why",
    "edit",
    "compare",
    "choices",
    "lists",
    "new",
    "sketch",
    "login",
    "narrow",
)

LATIN = (
    "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,"
    "U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD"
)
LATIN_EXT = (
    "U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,"
    "U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF"
)
FACES = (
    ("Inter", "inter-{}-opsz-normal", "100 900"),
    ("Source Serif 4", "source-serif-4-{}-wght-normal", "200 900"),
    ("JetBrains Mono", "jetbrains-mono-{}-wght-normal", "100 800"),
)


@dataclass(frozen=True)
class Sheet:
    """The stylesheet's text, and an address that changes with it."""

    text: str

    @property
    def url(self) -> str:
        return f"/static/desk.css?v={hashlib.sha256(self.text.encode()).hexdigest()[:12]}"


def build_sheet() -> Sheet:
    rules = [(RULES / f"{name}.css").read_text("utf-8") for name in ORDER]
    return Sheet("\n".join((_typefaces(), tokens.variables(), _icons(), *rules)))


def _typefaces() -> str:
    return "\n".join(
        f'@font-face{{font-family:"{family}";src:url(/static/fonts/{file.format(subset)}.woff2) format("woff2");'
        f"font-weight:{weights};font-display:swap;unicode-range:{characters}}}"
        for family, file, weights in FACES
        for subset, characters in (("latin", LATIN), ("latin-ext", LATIN_EXT))
    )


def _icons() -> str:
    """One class per icon: a mask, so that it takes the colour of the text around it."""
    rules = []
    for path in sorted((STATIC / "icons").glob("*.svg")):
        svg = re.sub(r'<!--.*?-->|class="[^"]*"', "", path.read_text("utf-8"), flags=re.DOTALL)
        svg = (
            re.sub(r"\s+", " ", svg).replace('stroke-width="2"', 'stroke-width="1.75"').replace("currentColor", "#000")
        )
        rules.append(f'.i-{path.stem}{{--i:url("data:image/svg+xml,{quote(svg.strip())}")}}')
    return "\n".join(rules)
