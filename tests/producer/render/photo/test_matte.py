"""Cutting people out."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from producer.render.photo.matte import closed_form, fill, refine, surely, unmix
from tests.support.sitter import cutout, face, portrait

GREEN = (60, 170, 90)


def hairy() -> tuple[np.ndarray, np.ndarray]:
    """A dark ball with thin dark hairs before green, and its true matte."""
    matte = np.zeros((160, 160), np.float32)
    cv2.circle(matte, (80, 80), 40, 1.0, -1, cv2.LINE_AA)
    for angle in np.linspace(0, 2 * np.pi, 24, endpoint=False):
        tip = (80 + 58 * np.cos(angle), 80 + 58 * np.sin(angle))
        cv2.line(matte, (80, 80), (round(tip[0]), round(tip[1])), 1.0, 1, cv2.LINE_AA)
    matte = cv2.GaussianBlur(matte, (0, 0), 0.7)
    colours = np.array((40, 30, 30)) * matte[..., None] + np.array(GREEN) * (1 - matte[..., None])
    return np.round(colours).astype(np.uint8), matte


def test_closed_form_matting_finds_single_hairs() -> None:
    picture, truth = hairy()
    distance = np.hypot(*(np.mgrid[:160, :160] - 80))
    person, background = distance < 34, distance > 66
    rough = (distance < 48).astype(np.float64)  # what a coarse network would say: no hairs at all
    start = np.where(person, 1.0, np.where(background, 0.0, rough))
    solved = closed_form(picture / 255, start, person | background)
    unknown = ~(person | background)
    assert np.abs(solved - truth)[unknown].mean() < 0.05 < np.abs(rough - truth)[unknown].mean()


def test_nothing_unknown_leaves_nothing_to_solve() -> None:
    known = np.ones((12, 12), bool)
    start = np.eye(12)
    assert (closed_form(np.random.default_rng(0).random((12, 12, 3)), start, known) == start).all()


def test_colours_of_half_covered_pixels_lose_the_background() -> None:
    picture, truth = hairy()
    own = unmix(picture, truth)
    half = (truth > 0.3) & (truth < 0.8)
    assert (
        np.abs(own[half].astype(int) - (40, 30, 30)).mean()
        < 0.35 * np.abs(picture[half].astype(int) - (40, 30, 30)).mean()
    )


def test_filling_spreads_what_is_known_and_keeps_it() -> None:
    picture = np.zeros((40, 60, 3), np.float32)
    picture[:, :20], picture[:, 40:] = (200, 0, 0), (0, 0, 200)
    weight = np.zeros((40, 60), np.float32)
    weight[:, :20] = weight[:, 40:] = 1
    filled = fill(picture, weight)
    assert filled[:, :20] == pytest.approx(picture[:, :20], abs=1)
    assert filled[20, 24, 0] > filled[20, 36, 0]
    assert filled[20, 30].max() > 40


def test_a_drawn_portrait_is_cut_out_along_its_outline() -> None:
    truth = cutout()[..., 3].astype(np.float32) / 255
    coarse = cv2.GaussianBlur(np.roll(truth, 3, axis=1), (0, 0), 4)
    refined = refine(portrait(), coarse, face())
    assert np.abs(refined - truth).mean() < 0.4 * np.abs(coarse - truth).mean()


def test_the_face_is_surely_person() -> None:
    coarse = cutout()[..., 3].astype(np.float64) / 255
    person, background = surely(coarse, face())
    middle = np.round(face().origin).astype(int)
    assert person[middle[1], middle[0]]
    assert not (person & background).any()
    assert (~(person | background)).mean() < 0.25
