"""Draws the pictures of The Harbour Gazette's stories:  python examples/the-morning-desk/draw_images.py

They were made for Dailies and belong to it.
"""

from __future__ import annotations

from pathlib import Path

from drawing import shore, town
from drawing.pencil import Sheet

IMAGES = Path(__file__).parent / "images"


def main() -> None:
    for draw in (*town.PICTURES, *shore.PICTURES):
        name = draw.__name__.replace("_", "-")
        sheet = Sheet(name)
        draw(sheet)
        print(f"{name}.jpg  {sheet.save(IMAGES / f'{name}.jpg') // 1000} kB")


if __name__ == "__main__":
    main()
