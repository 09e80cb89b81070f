from __future__ import annotations

import numpy as np
import pytest

from producer.render.presenter.outlines import contours_of
from producer.render.presenter.wardrobe.shapes import ellipse


def test_lines_and_quadratic_curves_become_cubic_ones() -> None:
    (contour,) = contours_of("M 0 0 L 3 0 Q 6 0 6 3 Z")
    assert contour.closed
    assert contour.points.tolist() == [[0, 0], [1, 0], [2, 0], [3, 0], [5, 0], [6, 1], [6, 3]]


def test_a_path_may_hold_several_contours() -> None:
    assert [c.closed for c in contours_of("M 0 0 L 1 1 M 2 2 L 3 3 Z")] == [False, True]


def test_half_a_shape_is_completed_by_its_mirror_image() -> None:
    (contour,) = contours_of("M 0 -10 C 5 -10 8 -5 8 0 C 8 5 4 10 0 10", "half")
    assert np.allclose(contour.points[::-1] * (-1, 1), contour.points)


def test_mirrored_shapes_wind_alike_so_that_overlaps_stay_filled() -> None:
    def area(points: np.ndarray) -> float:
        x, y = points[::3].T
        return float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))

    right, left = contours_of("M -1 0 L 4 0 L 4 4 L -1 4 Z", "mirror")
    assert area(right.points) == pytest.approx(area(left.points))


def test_an_ellipse_reaches_its_half_axes() -> None:
    (contour,) = contours_of(ellipse(10, 20, 4, 2))
    assert contour.points.min(axis=0).tolist() == [6, 18]
    assert contour.points.max(axis=0).tolist() == [14, 22]


@pytest.mark.parametrize("path", ["M 0 0 l 1 1", "M 0 0 A 1 1 0 0 0 2 2", "hello"])
def test_what_it_cannot_read_it_refuses(path: str) -> None:
    with pytest.raises(ValueError, match="cannot read"):
        contours_of(path)
