from __future__ import annotations

import cv2
import numpy as np
import pytest

from producer.render.gallery.presenters import expressions_sheet, framings_sheet, gestures_sheet, looks_sheet, portrait
from producer.render.gallery.sheet import GAP, LABEL, TITLE, Tile, contact_sheet, png, shrunk
from producer.render.presenter.looks import LOOKS
from producer.render.presenter.stills import still


def grey(level: int, high: int = 40, wide: int = 60) -> np.ndarray:
    return np.full((high, wide, 4), (level, level, level, 255), np.uint8)


def test_a_sheet_has_every_tile_whole_and_a_label_under_it() -> None:
    sheet = contact_sheet([Tile(f"tile {n}", grey(40 + 20 * n)) for n in range(5)], columns=3, title="Greys")
    assert sheet.shape == (TITLE + 2 * (40 + LABEL + GAP), GAP + 3 * (60 + GAP), 4)
    for n in range(5):
        x, y = GAP + n % 3 * (60 + GAP), TITLE + n // 3 * (40 + LABEL + GAP)
        assert (sheet[y : y + 40, x : x + 60, 0] == 40 + 20 * n).all()
        below = sheet[y + 40 : y + 40 + LABEL, x : x + 60, :3]
        assert below.min() < 160, "something is written"


def test_an_empty_sheet_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        contact_sheet([], 3)


def test_a_sheet_can_be_saved() -> None:
    sheet = contact_sheet([Tile("red", np.tile(np.array([255, 0, 0, 255], np.uint8), (8, 8, 1)))], 1)
    back = cv2.imdecode(np.frombuffer(png(sheet), np.uint8), cv2.IMREAD_COLOR)
    assert back.shape == (*sheet.shape[:2], 3)
    assert (back[GAP + 4, GAP + 4] == (0, 0, 255)).all()


def test_a_portrait_is_a_square_with_somebody_in_its_middle() -> None:
    made, nobody = portrait({"name": "noor"}, still(), 120), portrait({"name": "noor"}, still(), 120)[:2]
    assert made.shape == (120, 120, 4)
    assert np.ptp(made[60, :, :3].astype(int).sum(axis=1)) > 100
    assert np.ptp(nobody[..., 0].astype(int)) < 3


def test_shrinking_counts_every_pixel() -> None:
    board = np.indices((8, 8)).sum(axis=0)[..., None] % 2 * np.full(4, 200, np.uint8)
    assert (shrunk(board.astype(np.uint8), 0.5) == 100).all()


def test_the_sheets_show_what_there_is() -> None:
    assert looks_sheet().shape[1] == GAP + 6 * (300 + GAP)
    assert looks_sheet().shape[0] == TITLE + -(-len(LOOKS) // 6) * (300 + LABEL + GAP)
    assert expressions_sheet("theo").shape[0] == TITLE + 2 * (320 + LABEL + GAP)


@pytest.mark.proof
def test_the_large_sheets_can_be_made() -> None:
    assert gestures_sheet("mei").shape[2] == 4
    assert framings_sheet("mei").shape[2] == 4
