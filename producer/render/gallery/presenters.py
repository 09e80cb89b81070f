"""The drawn presenters: every look, expression, gesture and framing, and the mouth's shapes.

for name, sheet in presenter_sheets("mara").items():
    Path(f"{name}.png").write_bytes(png(sheet))
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

import numpy as np
import skia

from producer.render.brushes import rect, solid, swapped
from producer.render.colour import channels
from producer.render.gallery.sheet import PAPER, Pixels, Tile, contact_sheet, shrunk
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


def presenter_sheets(look: str = DEFAULT) -> dict[str, Pixels]:
    """Every sheet by name; expressions, mouths, gestures and framings are those of one look."""
    return {
        "looks": looks_sheet(),
        "wardrobe": wardrobe_sheet(),
        "expressions": expressions_sheet(look),
        "mouths": mouths_sheet(look),
        "gestures": gestures_sheet(look),
        "framings": framings_sheet(look),
    }


def looks_sheet() -> Pixels:
    glad = still(expression="neutral")
    return contact_sheet([Tile(name, portrait({"name": name}, glad, 300)) for name in LOOKS], 6, "Looks")


def wardrobe_sheet() -> Pixels:
    """Each thing of the wardrobe on somebody who wears nothing else of its kind."""
    plain = {"name": "theo", "hair": "crop", "beard": "none"}
    tiles = [
        Tile(f"{kind}: {name}", portrait({**plain, kind: name}, still(expression="neutral"), 220))
        for kind, things in WARDROBE.items()
        for name in things
    ]
    return contact_sheet(tiles, 8, "Wardrobe")


def expressions_sheet(look: str = DEFAULT) -> Pixels:
    """Each expression with closed lips and while speaking."""
    mouths: dict[str, Viseme] = {"silent": "sil", "speaking": "ae"}
    tiles = [
        Tile(f"{expression}, {label}", portrait({"name": look}, still(mouth, expression), 320))
        for label, mouth in mouths.items()
        for expression in EXPRESSIONS
    ]
    return contact_sheet(tiles, len(EXPRESSIONS), f"Expressions of {look}")


def mouths_sheet(look: str = DEFAULT) -> Pixels:
    tiles = [Tile(mouth, portrait({"name": look}, still(mouth, "neutral"), 220)) for mouth in MOUTH_SHAPES]
    return contact_sheet(tiles, 6, f"Mouths of {look}")


def gestures_sheet(look: str = DEFAULT) -> Pixels:
    """Each shape of the hands, where a wide picture shows it."""
    tiles = []
    for shape, name in enumerate(HAND_SHAPES):
        for label, turn in (("", 4.0), (", turned", 28.0)):
            hand = 1.0, 0.1, turn, float(shape)
            tiles.append(
                Tile(f"{name}{label}", stage("16:9", {"name": look}, still("E", "glad", hands=(*hand, *hand))))
            )
    return contact_sheet(tiles, 3, f"Gestures of {look}")


def framings_sheet(look: str = DEFAULT) -> Pixels:
    """Each framing in each format, with the room that cards and captions take."""
    framings: tuple[Framing, ...] = get_args(Framing)
    tiles = [
        Tile(
            f"{framing}, {format}", _within(stage(format, {"name": look, "framing": framing}, still("ae", "glad")), 420)
        )
        for framing in framings
        for format in FORMATS
    ]
    return contact_sheet(tiles, len(FORMATS), f"Framings of {look}")


def portrait(look: Mapping[str, Any], tracks: Tracks, size: int) -> Pixels:
    """Head and shoulders before a plain wall, a square of `size` pixels."""
    large = size * 2  # drawn at twice the size, so that fine lines are smooth
    shade = np.linspace(0, 1, large)[:, None, None] * (np.array(WALL) - LIT) + LIT
    frame = np.full((large, large, 4), 255, np.uint8)
    frame[..., 2::-1] = shade
    place = Placement(large / 2, 0.17 * large, 0.50 * large)
    DrawnRenderer(tracks, look, frame, place, large).paint(0)
    return shrunk(swapped(frame), 0.5)


def stage(format: Format, look: Mapping[str, Any], tracks: Tracks) -> Pixels:
    """A presenter in the studio, at half the format's size; grey boxes stand for cards and captions."""
    layout = layout_for(format)
    scene = paint("studio", PALETTES["harbour"], (layout.width, layout.height), layout.face, seed=1)
    frame = swapped(scene)
    DrawnRenderer(tracks, look, frame, placement_for(layout, look), layout.height).paint(0)
    canvas = skia.Surface(frame).getCanvas()
    for box in (layout.cards, layout.captions):
        canvas.drawRoundRect(rect(box.x, box.y, box.width, box.height), 12, 12, solid("#ffffff", 0.22))
    return shrunk(swapped(frame), 0.5)


def _within(pixels: Pixels, size: int) -> Pixels:
    """The picture whole, in the middle of a square of paper."""
    small = shrunk(pixels, size / max(pixels.shape[:2]))
    high, wide = small.shape[:2]
    top, left = (size - high) // 2, (size - wide) // 2
    square = np.full((size, size, 4), (*channels(PAPER), 255), np.uint8)
    square[top : top + high, left : left + wide] = small
    return square
