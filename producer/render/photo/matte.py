"""Cutting a person out of a portrait down to single hairs.

    coarse matte ─▶ what is surely person, surely background, unknown ─▶ closed-form matte ─▶ colours without background

The unknown band is solved for by closed-form matting (Levin, Lischinski and Weiss, “A Closed-Form Solution to Natural
Image Matting”, 2008): in a small window, colours of person and background each lie on a line, so that the matte is
a linear function of the picture there; all windows together are one sparse linear system.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt
import scipy.sparse as sparse
from scipy.sparse.linalg import cg

from producer.render.photo.anatomy import Anatomy
from producer.render.photo.warp import Pixels

Array = npt.NDArray[np.float64]
Mask = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]

WORKING_HEAD = 240.0
"""Height of the head, in pixels, at which the matte is solved: hairs are resolved, and it takes about a second."""
HAIR_BAND, BODY_BAND = (0.05, 0.10), (0.025, 0.03)
"""Width of the unknown band inside and outside of the coarse edge, in heads."""
SMOOTHNESS = 1e-5
"""Regularises windows of one colour (epsilon in the paper)."""
ROUNDS = 120
CLEAR, SOLID = 0.06, 0.94
"""Mattes beyond these are taken for nothing and for everything: the solver leaves a faint haze."""


def refine(picture: Pixels, coarse: Mask, anatomy: Anatomy) -> Mask:
    """The matte 0..1 of an RGB picture from a coarse one of the same size."""
    zoom = min(1.0, WORKING_HEAD / anatomy.head_height)
    small = np.asarray(cv2.resize(picture, None, fx=zoom, fy=zoom, interpolation=cv2.INTER_AREA), np.uint8)
    rough = np.asarray(cv2.resize(coarse, (small.shape[1], small.shape[0]), interpolation=cv2.INTER_AREA), np.float64)
    person, background = surely(rough, anatomy.scaled(zoom))
    start = np.where(person, 1.0, np.where(background, 0.0, rough))
    solved = closed_form(small / 255, start, person | background)
    solved = np.clip((solved - CLEAR) / (SOLID - CLEAR), 0, 1)
    height, width = picture.shape[:2]
    return np.asarray(np.clip(cv2.resize(solved, (width, height), interpolation=cv2.INTER_CUBIC), 0, 1), np.float32)


def surely(coarse: Array, anatomy: Anatomy) -> tuple[Flags, Flags]:
    """What needs no solving: the person and the background, away from the edge between them."""
    head = anatomy.head_height
    beside_hair = (np.arange(coarse.shape[0]) < anatomy.chin[1] + 0.1 * head)[:, None]
    person, background = coarse > 0.9, coarse < 0.1
    bands = [
        (_eroded(person, inside * head), _eroded(background, outside * head))
        for inside, outside in (HAIR_BAND, BODY_BAND)
    ]
    face = np.zeros(coarse.shape, np.uint8)
    cv2.fillConvexPoly(face, cv2.convexHull(np.round(anatomy.flat).astype(np.int32)), 1)
    (hair_in, hair_out), (body_in, body_out) = bands
    certain = np.where(beside_hair, hair_in, body_in) | (_eroded(face > 0, 0.02 * head) & person)
    return certain, np.where(beside_hair, hair_out, body_out)


def closed_form(picture: Array, start: Array, known: Flags) -> Array:
    """The matte where it is not known; `picture` RGB 0..1, `start` right where `known`."""
    laplacian = _matting_laplacian(picture, ~known)
    free, fixed = np.flatnonzero(~known), np.flatnonzero(known)
    if not len(free):
        return start
    flat = start.ravel().copy()
    rows = laplacian[free]
    system = rows[:, free] + 1e-6 * sparse.eye(len(free))
    right = -rows[:, fixed] @ flat[fixed] + 1e-6 * flat[free]
    scale = sparse.diags(1 / np.maximum(system.diagonal(), 1e-6))
    flat[free], _ = cg(system, right, x0=flat[free], M=scale, maxiter=ROUNDS, rtol=1e-3)
    return np.asarray(np.clip(flat, 0, 1).reshape(start.shape))


def _matting_laplacian(picture: Array, unknown: Flags) -> sparse.csr_matrix:
    """Sum over the 3 × 3 windows that touch an unknown pixel."""
    height, width = unknown.shape
    centres = cv2.dilate(unknown.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    centres[[0, -1]], centres[:, [0, -1]] = False, False
    y, x = np.nonzero(centres)
    windows = np.stack([(y + dy) * width + x + dx for dy in (-1, 0, 1) for dx in (-1, 0, 1)], axis=1)
    colours = picture.reshape(-1, 3)[windows]
    spread = colours - colours.mean(axis=1, keepdims=True)
    covariance = np.einsum("nij,nik->njk", spread, spread) / 9 + SMOOTHNESS / 9 * np.eye(3)
    alike = (1 + np.einsum("nij,njk,nlk->nil", spread, np.linalg.inv(covariance), spread)) / 9
    places = np.repeat(windows, 9, axis=1).ravel(), np.tile(windows, (1, 9)).ravel()
    affinity = sparse.coo_matrix((alike.ravel(), places), shape=(height * width,) * 2).tocsr()
    return sparse.csr_matrix(sparse.diags(np.asarray(affinity.sum(axis=1)).ravel()) - affinity)


def unmix(picture: Pixels, matte: Mask) -> Pixels:
    """The person's own colours: what a half-covered pixel would be without the background that shines through.

    Person and background are first guessed from their sure neighbourhoods, then both take their share of what the
    guesses miss (the least-squares step of Germer et al., “Fast Multi-Level Foreground Estimation”, 2021).
    """
    seen, part = picture.astype(np.float32), matte[..., None]
    person = fill(seen, (matte > 0.97).astype(np.float32))
    background = fill(seen, (matte < 0.03).astype(np.float32))
    missed = seen - part * person - (1 - part) * background
    person = person + missed * part / (part**2 + (1 - part) ** 2)
    return np.asarray(np.clip(np.where(part > 0.97, seen, person), 0, 255), np.uint8)


def fill(picture: npt.NDArray[np.float32], weight: Mask) -> npt.NDArray[np.float32]:
    """Where there is no weight, the colours of the nearest weighted pixels, softly (pull–push over a pyramid)."""
    height, width = weight.shape
    coloured = picture * weight[..., None]
    if min(height, width) > 2 and weight.min() < 1:
        half = (width + 1) // 2, (height + 1) // 2
        below_weight = cv2.pyrDown(weight, dstsize=half)
        below = cv2.pyrDown(coloured, dstsize=half) / np.maximum(below_weight, 1e-4)[..., None]
        guessed = fill(np.asarray(below, np.float32), np.asarray(np.minimum(below_weight * 4, 1), np.float32))
        coloured = coloured + cv2.pyrUp(guessed, dstsize=(width, height)) * (1 - weight[..., None])
        return np.asarray(coloured, np.float32)
    return np.asarray(coloured / np.maximum(weight, 1e-4)[..., None], np.float32)


def _eroded(mask: Flags, reach: float) -> Flags:
    """Without what lies within `reach` pixels of the outside; the picture's own edge is no outside."""
    side = 2 * max(1, round(reach)) + 1
    element = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    return np.asarray(cv2.erode(mask.astype(np.uint8), element, borderType=cv2.BORDER_CONSTANT, borderValue=1) > 0)
