"""Small pictures of everything that a person may choose by eye: python -m producer.pictures FOLDER

    look-mara.png       a drawn presenter, on nothing          scene-hills.jpg     a backdrop

A process of its own draws them, once a version, so that whoever shows them needs no drawing libraries in memory.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from producer.engines.scene.procedural import Procedural
from producer.engines.video.drawn import Drawn

if TYPE_CHECKING:
    from collections.abc import Callable

    from PIL.Image import Image

VERSION = f"drawn{Drawn.info.version}-scenes{Procedural.info.version}"
"""Pictures of another version show what would not be drawn any more."""
FACE, SCENE = 320, (480, 270)
"""Pixels."""


def look_file(name: str) -> str:
    return f"look-{name}.png"


def scene_file(name: str) -> str:
    return f"scene-{name}.jpg"


def draw_missing(folder: Path) -> list[str]:
    """Draw what is not there yet. Each file appears whole. Returns the names of the new ones."""
    folder.mkdir(parents=True, exist_ok=True)
    drawn = []
    for name, draw in _all():
        if not (folder / name).is_file():
            image, data = draw(), BytesIO()
            image.save(data, "PNG" if name.endswith(".png") else "JPEG", optimize=True, quality=86)
            half = folder / f".{name}.{os.getpid()}"
            half.write_bytes(data.getvalue())
            half.replace(folder / name)
            drawn.append(name)
    return drawn


def _all() -> Iterator[tuple[str, Callable[[], Image]]]:
    """Faces first: they are seen first."""
    from producer.render.presenter.looks import LOOKS
    from producer.render.scene.backdrops import BACKDROPS

    for name in LOOKS:
        yield look_file(name), partial(_face, name)
    for name in BACKDROPS:
        yield scene_file(name), partial(_scene, name)


def _face(name: str) -> Image:
    """Head and shoulders on a transparent ground."""
    import numpy as np
    from PIL import Image

    from producer.render.presenter.framing import Placement
    from producer.render.presenter.renderer import DrawnRenderer
    from producer.render.presenter.stills import still

    frame = np.zeros((FACE, FACE, 4), np.uint8)
    placement = Placement(centre_x=FACE / 2, head_top=FACE * 0.2, head_height=FACE * 0.45)
    DrawnRenderer(still(expression="neutral"), {"name": name}, frame, placement, FACE).paint(0)
    alpha = np.maximum(frame[..., 3:].astype(np.uint16), 1)
    plain = np.minimum(frame[..., 2::-1].astype(np.uint16) * 255 // alpha, 255)  # it paints premultiplied BGRA
    return Image.fromarray(np.dstack([plain, frame[..., 3]]).astype(np.uint8), "RGBA")


def _scene(name: str) -> Image:
    """A backdrop in the first of the palettes that suit it, with room for a presenter at the right."""
    from PIL import Image

    from producer.render.scene.backdrops import BACKDROPS, paint
    from producer.render.scene.palettes import PALETTES

    palette = PALETTES[BACKDROPS[name].palettes[0]]
    focus = SCENE[0] * 0.72, SCENE[1] * 0.42
    return Image.fromarray(paint(name, palette, SCENE, focus, seed=7)[..., :3], "RGB")


if __name__ == "__main__":
    draw_missing(Path(sys.argv[1]))
