"""Bending pictures on coarse grids."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from producer.render.photo.warp import Grid, Spline

CORNERS = np.array([[0.0, 0.0], [140.0, 0.0], [0.0, 210.0], [140.0, 210.0], [70.0, 0.0], [70.0, 210.0]])
MOVING = np.array([[50.0, 100.0], [70.0, 110.0], [90.0, 100.0]])
MOVES = arrays(np.float64, (3, 2), elements=st.floats(-6, 6))


@pytest.fixture(scope="module")
def grid() -> Grid:
    return Grid(0, 0, 140, 210, 7)


def at(field: np.ndarray, places: np.ndarray) -> np.ndarray:
    return field[places[:, 1].astype(int), places[:, 0].astype(int)]


@settings(deadline=None, max_examples=30)
@given(moves=MOVES)
def test_the_spline_carries_moving_points_and_spares_still_ones(grid: Grid, moves: np.ndarray) -> None:
    field = grid.spread(Spline(grid, MOVING, CORNERS, 60.0).forward(moves))
    assert at(field, MOVING) == pytest.approx(moves, abs=0.6)
    assert np.abs(at(field, np.minimum(CORNERS, (139, 209)))).max() < 0.6


@settings(deadline=None, max_examples=30)
@given(moves=MOVES)
def test_the_inverse_brings_every_point_back(grid: Grid, moves: np.ndarray) -> None:
    forward = Spline(grid, MOVING, CORNERS, 60.0).forward(moves)
    back = grid.spread(grid.invert(forward, rounds=6))
    there = grid.spread(forward)
    y, x = np.mgrid[40:170:10, 30:110:10]
    source = np.stack([x, y], axis=-1) + back[y, x]
    near = np.clip(np.round(source).astype(int), 0, (139, 209))
    arrived = source + there[near[..., 1], near[..., 0]]
    assert np.abs(arrived - np.stack([x, y], axis=-1)).max() < 0.8


def test_a_field_of_the_nodes_lies_exactly_on_them(grid: Grid) -> None:
    ramp = grid.nodes.reshape(*grid.shape, 2).astype(np.float32)
    spread = grid.spread(ramp)
    assert spread.shape == (210, 140, 2)
    assert spread[100, 64] == pytest.approx((64, 100), abs=1e-3)
