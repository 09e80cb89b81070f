"""Every style of captions in every script of writing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from typing import get_args

from producer.render.gallery.exhibit import Still
from producer.render.gallery.sayings import SAYINGS
from producer.render.gallery.staged import Staged, Staging
from producer.render.scene.palettes import PALETTES
from storage.documents import Format
from storage.orders import Captions

FORMATS: tuple[Format, ...] = ("16:9", "9:16")


def captions() -> Iterator[Still]:
    """While they show an emoji, in a wide picture and in a tall one."""
    for style in get_args(Captions):
        if style == "none":
            continue
        for format in FORMATS:
            for (script, saying), palette in zip(SAYINGS.items(), cycle(PALETTES), strict=False):
                staged = Staged(Staging(saying, format, captions=style, palette=palette, backdrop="shapes"))
                yield Still(script, staged.emoji, f"{style}, {format}")
