"""Design tokens: the only place where a colour, a size or a radius is written down.

Five hues, each with one meaning, never decoration:

    tungsten  now: the selection, the playhead, what will be made again
    mint      the source supports it; approve; healthy
    coral     the source does not; reject; failed
    slate     information; running
    plum      a condition is attached: a limited licence, a fallback

Text reaches a contrast of 4.5, control borders 3 (WCAG 2.2, 1.4.3 and 1.4.11); `tests/web/test_theme.py` measures it.
"""

from __future__ import annotations

from collections.abc import Mapping

FONTS = {
    "ui": '"Inter", "Noto Sans SC", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", "Noto Sans Arabic", system-ui, sans-serif',
    "read": '"Source Serif 4", "Noto Serif SC", "Noto Serif CJK SC", "Songti SC", "Noto Naskh Arabic", Georgia, serif',
    "mono": '"JetBrains Mono", ui-monospace, monospace',
}
TYPE: Mapping[str, tuple[int, int]] = {
    "micro": (11, 16), "small": (12, 16), "base": (13, 18), "body": (14, 21), "read": (15, 24),
    "head": (17, 24), "title": (22, 28), "display": (34, 40),
}  # fmt: skip
"""Name → (size, line height) in px."""
SPACE = (4, 8, 12, 16, 20, 24, 32, 48)
RADII = {"chip": 4, "control": 7, "card": 10, "sheet": 14}
MOTION = {"fast": "90ms", "calm": "180ms", "ease": "cubic-bezier(.2,.7,.2,1)"}

HUES = ("tungsten", "mint", "coral", "slate", "plum")
GROUNDS = ("room", "surface", "raised", "hover", "press")

DARK = {
    "room": "#121110", "surface": "#181716", "raised": "#1f1e1c", "hover": "#272523", "press": "#302d2a",
    "screen": "#090908", "line": "#2a2826", "edge": "#6f6962",
    "ink": "#efebe5", "ink2": "#b9b2a9", "ink3": "#9c958b", "primary": "#efebe5", "on-primary": "#151412",
    "tungsten": "#f3b553", "tungsten-mark": "#f3b553", "tungsten-fill": "#f3b553", "on-tungsten": "#1b1103",
    "tungsten-soft": "#33281a",
    "mint": "#74cba2", "mint-fill": "#74cba2", "on-mint": "#04160d", "mint-soft": "#1a2b23",
    "coral": "#f58c76", "coral-fill": "#e8614a", "on-coral": "#1d0500", "coral-soft": "#38211c",
    "slate": "#93b8e4", "slate-fill": "#93b8e4", "on-slate": "#06121f", "slate-soft": "#1d2733",
    "plum": "#cfa6e6", "plum-fill": "#cfa6e6", "on-plum": "#1c0a26", "plum-soft": "#2b2131",
    "face": "#3a4250", "shadow": "0 1px 2px rgba(0,0,0,.4), 0 12px 32px rgba(0,0,0,.45)", "scrim": "rgba(8,7,6,.6)",
}  # fmt: skip
"""Warm graphite."""

LIGHT = {
    "room": "#f3f0ec", "surface": "#fbfaf8", "raised": "#ffffff", "hover": "#efebe5", "press": "#e6e1d9",
    "screen": "#12110f", "line": "#e3ded6", "edge": "#8c857b",
    "ink": "#1d1a17", "ink2": "#534d46", "ink3": "#686159", "primary": "#1d1a17", "on-primary": "#fbfaf8",
    "tungsten": "#855200", "tungsten-mark": "#c27a08", "tungsten-fill": "#f0ab3c", "on-tungsten": "#1b1103",
    "tungsten-soft": "#fbebcb",
    "mint": "#17693f", "mint-fill": "#17693f", "on-mint": "#ffffff", "mint-soft": "#ddf0e4",
    "coral": "#ae3319", "coral-fill": "#b8391f", "on-coral": "#ffffff", "coral-soft": "#fbe3dc",
    "slate": "#255a94", "slate-fill": "#255a94", "on-slate": "#ffffff", "slate-soft": "#e0ebf7",
    "plum": "#74399a", "plum-fill": "#74399a", "on-plum": "#ffffff", "plum-soft": "#f1e5f8",
    "face": "#cfd8e6", "shadow": "0 1px 2px rgba(40,30,20,.08), 0 12px 32px rgba(40,30,20,.14)", "scrim": "rgba(29,26,23,.45)",
}  # fmt: skip
"""Paper."""


def variables() -> str:
    """The tokens as CSS custom properties; dark by choice, or by the system's wish when nothing was chosen."""
    sizes = {f"fs-{name}": f"{size}px" for name, (size, _) in TYPE.items()}
    leading = {f"lh-{name}": f"{line}px" for name, (_, line) in TYPE.items()}
    spaces = {f"s{number}": f"{size}px" for number, size in enumerate(SPACE, 1)}
    radii = {f"r-{name}": f"{radius}px" for name, radius in RADII.items()}
    fonts = {f"font-{name}": family for name, family in FONTS.items()}
    fixed = fonts | sizes | leading | spaces | radii | {f"t-{name}": value for name, value in MOTION.items()}
    return (
        f":root{{{_block(fixed)}{_block(LIGHT)}color-scheme:light}}\n"
        f":root[data-theme=dark]{{{_block(DARK)}color-scheme:dark}}\n"
        f"@media (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{_block(DARK)}color-scheme:dark}}}}\n"
    )


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two #rrggbb colours, 1..21 (WCAG 2.2)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _block(values: Mapping[str, str]) -> str:
    return "".join(f"--{name}:{value};" for name, value in values.items())
