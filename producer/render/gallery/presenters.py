"""The drawn presenters: every look, expression, gesture and framing, all that can be worn, and the mouth's shapes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, get_args

import numpy as np

from producer.render.brushes import canvas_on, rect, solid, swapped
from producer.render.gallery.exhibit import Pixels, Still, shrunk
from producer.render.layout import layout_for
from producer.render.presenter.framing import Placement, placement_for
from producer.render.presenter.gestures import SHAPES as HAND_SHAPES
from producer.render.presenter.look import Framing
from producer.render.presenter.looks import DEFAULT, LOOKS
from producer.render.presenter.renderer import DrawnRenderer
from producer.render.presenter.stills import still
from producer.render.presenter.tone import EXPRESSIONS
from producer.render.presenter.tracks import Tracks
from producer.render.presenter.visemes import SHAPES as MOUTH_SHAPES
from producer.render.presenter.visemes import Viseme
from producer.render.presenter.wardrobe import WARDROBE
from producer.render.scene.backdrops import paint
from producer.render.scene.palettes import PALETTES
from storage.documents import Format

WALL, LIT = (196, 201, 208), (226, 229, 233)
"""The wall behind a portrait, below and above."""
FORMATS: tuple[Format, ...] = get_args(Format)
PLAIN = {"name": "theo", "hair": "crop", "beard": "none"}
"""Somebody who wears little."""
FACE = 0.70
"""The share of a portrait that a picture of the head alone shows."""
FACES = (DEFAULT, "omar", "mei")
"""Whose expressions and mouths are shown: three skins, and lips with and without a beard."""


def looks() -> Iterator[Still]:
    for name in LOOKS:
        yield Still(name, partial(portrait, {"name": name}, still(expression="neutral"), 480))


def wardrobe() -> Iterator[Still]:
    for kind, things in WARDROBE.items():
        for name in things:
            drawn = portrait if kind == "outfit" else face
            yield Still(name, partial(drawn, {**PLAIN, kind: name}, still(expression="neutral"), 360), kind)


def expressions() -> Iterator[Still]:
    """Each with closed lips and while speaking."""
    mouths: dict[str, Viseme] = {"silent": "sil", "speaking": "ae"}
    for look in FACES:
        for label, mouth in mouths.items():
            for expression in EXPRESSIONS:
                yield Still(
                    f"{expression}, {label}", partial(portrait, {"name": look}, still(mouth, expression), 400), look
                )


def mouths() -> Iterator[Still]:
    for look in FACES:
        for mouth in MOUTH_SHAPES:
            yield Still(mouth, partial(face, {"name": look}, still(mouth, "neutral"), 360), look)


def gestures() -> Iterator[Still]:
    """Each shape of the hands, where a wide picture shows it."""
    for look in (DEFAULT, "omar"):
        for shape, name in enumerate(HAND_SHAPES):
            for label, turn in (("", 4.0), (", turned", 28.0)):
                hand = 1.0, 0.1, turn, float(shape)
                tracks = still("E", "glad", hands=(*hand, *hand))
                yield Still(f"{name}{label}", partial(stage, "16:9", {"name": look}, tracks), look)


def framings() -> Iterator[Still]:
    """Each framing in each format; grey boxes stand for cards and captions."""
    for framing in get_args(Framing):
        for format in FORMATS:
            look = {"name": DEFAULT, "framing": framing}
            yield Still(format, partial(stage, format, look, still("ae", "glad")), framing)


def portrait(look: Mapping[str, Any], tracks: Tracks, size: int) -> Pixels:
    """Head and shoulders before a plain wall, a square of `size` pixels."""
    large = size * 2  # drawn at twice the size, so that fine lines are smooth
    shade = np.linspace(0, 1, large)[:, None, None] * (np.array(WALL) - LIT) + LIT
    frame = np.full((large, large, 4), 255, np.uint8)
    frame[..., 2::-1] = shade
    place = Placement(large / 2, 0.17 * large, 0.50 * large)
    DrawnRenderer(tracks, look, frame, place, large).paint(0)
    return shrunk(swapped(frame), 0.5)


def face(look: Mapping[str, Any], tracks: Tracks, size: int) -> Pixels:
    """The head alone, likewise."""
    whole = round(size / FACE)
    top, left = round(0.045 * whole), (whole - size) // 2
    return np.ascontiguousarray(portrait(look, tracks, whole)[top : top + size, left : left + size])


def stage(format: Format, look: Mapping[str, Any], tracks: Tracks) -> Pixels:
    """A presenter in the studio; grey boxes stand for cards and captions."""
    layout = layout_for(format)
    frame = swapped(paint("studio", PALETTES["harbour"], (layout.width, layout.height), layout.face, seed=1))
    DrawnRenderer(tracks, look, frame, placement_for(layout, look), layout.height).paint(0)
    canvas = canvas_on(frame)
    for box in (layout.cards, layout.captions):
        canvas.drawRoundRect(rect(box.x, box.y, box.width, box.height), 12, 12, solid("#ffffff", 0.22))
    return swapped(frame)
