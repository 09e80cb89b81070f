"""A finished file is decoded once, for everybody."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from producer.checks.mouth import VowelMeter
from producer.checks.openness import RATE as STEPS
from producer.checks.playing import Played, play
from producer.render.encode import Encoder
from producer.render.sound.meter import RATE
from tests.support.sounding import at_once

SIZE, FPS, SECONDS = (64, 48), 25, 2


class Guest:
    """Remembers what it was shown and told."""

    def __init__(self) -> None:
        self.seen: list[tuple[float, float]] = []
        self.heard: list[tuple[float, int]] = []

    def see(self, seconds: float, luma: np.ndarray, damaged: bool) -> None:
        assert luma.shape == (SIZE[1], SIZE[0])
        assert not damaged
        self.seen.append((seconds, float(luma.mean())))

    def hear(self, seconds: float, waves: np.ndarray, rate: int) -> None:
        assert (len(waves), rate, waves.dtype) == (2, RATE, np.float32)
        self.heard.append((seconds, waves.shape[1]))


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Gets brighter from frame to frame; hums 800 Hz in its second half."""
    path = tmp_path_factory.mktemp("film") / "film.mp4"
    t = np.arange(SECONDS * RATE) / RATE
    hum = (0.3 * np.sin(2 * np.pi * 800 * t) * (t >= 1)).astype(np.float32)
    with Encoder(path, SIZE, FPS, at_once(np.repeat(hum[:, None], 2, axis=1))) as encoder:
        for number in range(SECONDS * FPS):
            encoder.write(np.full((SIZE[1], SIZE[0], 4), (*[20 + 4 * number] * 3, 255), np.uint8))
    return path


def test_every_guest_sees_and_hears_all_of_it_in_order(film: Path) -> None:
    guests = [Guest(), Guest()]
    assert play(film, guests, guests) == Played(*SIZE, FPS, pytest.approx(SECONDS, abs=0.03), "h264", "aac")
    assert guests[0].seen == guests[1].seen
    assert [seconds for seconds, _ in guests[0].seen] == pytest.approx([n / FPS for n in range(SECONDS * FPS)])
    assert np.all(np.diff([luma for _, luma in guests[0].seen]) > 0)
    assert sum(count for _, count in guests[0].heard) == pytest.approx(SECONDS * RATE, abs=2048)


def test_what_a_guest_raises_is_raised_and_ends_it(film: Path) -> None:
    class Startled(Guest):
        def hear(self, seconds: float, waves: np.ndarray, rate: int) -> None:
            raise ValueError("too loud")

    with pytest.raises(ValueError, match="too loud"):
        play(film, [Guest()], [Startled()])


def test_whoever_stops_it_does_not_wait_for_the_rest(film: Path) -> None:
    class Stop(Exception):
        pass

    def poll(fraction: float) -> None:
        raise Stop

    guest = Guest()
    with pytest.raises(Stop):
        play(film, [guest], [guest], poll)
    assert len(guest.seen) < SECONDS * FPS


def test_vowels_are_loud_where_their_formant_sounds(film: Path) -> None:
    meter = VowelMeter()
    play(film, listeners=[meter])
    loud = meter.loudness
    assert len(loud) == pytest.approx(SECONDS * STEPS, abs=STEPS * 0.05)
    assert loud[: int(0.8 * STEPS)].max() < loud[int(1.2 * STEPS) :].mean()


@pytest.mark.parametrize("rate", [44_100, 48_000])
@pytest.mark.parametrize("late_s", [-0.02, 0.0, 0.3])
def test_vowels_are_the_same_in_parts_of_any_length(rate: int, late_s: float) -> None:
    rng = np.random.default_rng(1)
    sound = rng.standard_normal((2, rate)).astype(np.float32)
    whole, parts = VowelMeter(), VowelMeter()
    whole.hear(late_s, sound, rate)
    edges = [0, *np.sort(rng.integers(0, rate, 40)).tolist(), rate]
    for start, end in pairwise(edges):
        parts.hear(late_s + start / rate, sound[:, start:end], rate)
    assert np.allclose(whole.loudness, parts.loudness)
    assert len(whole.loudness) == pytest.approx((1 + late_s) * STEPS, abs=1)
