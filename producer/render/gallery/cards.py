"""Every card in every script of writing, and in every format; with the show's own logo, picture and end card."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import cycle
from typing import get_args

from producer.render.gallery.exhibit import Still
from producer.render.gallery.sayings import SAYINGS
from producer.render.gallery.staged import MOMENTS, Staged, Staging
from producer.render.scene.backdrops import BACKDROPS
from producer.render.scene.palettes import PALETTES
from storage.documents import Format

BRANDED = ("intro", "headline", "outro")
"""Where a logo is seen."""


def cards() -> Iterator[Still]:
    """Each script has a backdrop and a palette of its own."""
    for (script, saying), backdrop, palette in zip(SAYINGS.items(), cycle(BACKDROPS), cycle(PALETTES), strict=False):
        staged = Staged(Staging(saying, backdrop=backdrop, palette=palette))
        yield from _moments(staged, MOMENTS, script)


def formats() -> Iterator[Still]:
    """Each card in each format, with a picture and without, and as right-to-left languages have it."""
    for format in get_args(Format):
        for label, script in (("", "Latin"), (", right to left", "Arabic")):
            staged = Staged(Staging(SAYINGS[script], format, picture=True, captions="lines"))
            yield from _moments(staged, MOMENTS, format + label)


def brand() -> Iterator[Still]:
    """The logo as a watermark, in the intro and in the outro; and the show's own end card."""
    for format in get_args(Format):
        for label, script in (("", "Latin"), (", right to left", "Hebrew")):
            wanted = Staging(SAYINGS[script], format, palette="ember", backdrop="cafe", logo=True)
            yield from _moments(Staged(wanted), BRANDED, format + label)
            ended = Staged(Staging(SAYINGS[script], format, palette="ember", end_card=True, logo=True))
            yield Still("end card", partial(ended.at, "outro"), format + label)


def _moments(staged: Staged, moments: tuple[str, ...], group: str) -> Iterator[Still]:
    for moment in moments:
        yield Still(moment, partial(staged.at, moment), group)
