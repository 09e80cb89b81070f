"""Drawn motifs: each within its square, none empty, none like another."""

from itertools import combinations

import numpy as np
import pytest
import skia

from producer.render.cards.motifs import MOTIFS, NEUTRAL
from producer.render.cards.motifs.easel import Easel
from producer.render.scene.palettes import PALETTES

SIDE = 160


def drawn(name: str, seed: int = 1) -> np.ndarray:
    pixels = np.zeros((SIDE, SIDE, 4), np.uint8)
    canvas = skia.Surface(pixels).getCanvas()
    canvas.translate(SIDE / 2, SIDE / 2)
    canvas.scale(SIDE / 2.4, SIDE / 2.4)
    MOTIFS[name].paint(canvas, Easel(PALETTES["harbour"], np.random.default_rng(seed)))
    return pixels


@pytest.mark.parametrize("name", list(MOTIFS))
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_motif_fills_its_square_and_stays_inside(name: str, seed: int) -> None:
    there = drawn(name, seed)[..., 3] > 0
    ys, xs = np.mgrid[:SIDE, :SIDE] - SIDE / 2 + 0.5
    reach = max(np.abs(xs[there]).max(), np.abs(ys[there]).max()) / (SIDE / 2.4)
    assert 0.8 < reach <= 1.03
    assert there.mean() > 0.12


def test_there_are_many_and_no_two_look_alike() -> None:
    assert len(MOTIFS) >= 12
    assert set(NEUTRAL) <= set(MOTIFS)
    pictures = {name: drawn(name).astype(int) for name in MOTIFS}
    assert all(np.abs(pictures[a] - pictures[b]).mean() > 8 for a, b in combinations(MOTIFS, 2))


def test_every_motif_knows_words_of_english_spanish_chinese_and_arabic() -> None:
    for name, motif in MOTIFS.items():
        text = " ".join(motif.KEYWORDS)
        assert len(motif.KEYWORDS) == len(set(motif.KEYWORDS)), name
        assert any("a" <= c <= "z" for c in text)
        assert any("\u4e00" <= c <= "\u9fff" for c in text), name
        assert any("\u0600" <= c <= "\u06ff" for c in text), name
