"""The room that a voice was recorded in, told by its speech: real voices, dry and in rooms of known length."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.signal import fftconvolve

from producer.engines.base import Context
from producer.engines.line.hibari import HibariVoice
from producer.engines.requests import LineOptions, LineRequest
from producer.speech.intake import read_sound
from producer.speech.reverb import ECHOES_S, HALL_S, reverberation
from producer.speech.sound import Samples
from storage.artifacts import FolderStore

RATE = 16_000
SAID = (
    "The town's choir sings again on Sunday. Sixty people of all ages have been rehearsing since May, and they like it.",
    "After nine years, night trams return to the old town, and 400 people came to see the first one leave.",
)
proof = pytest.mark.proof


@pytest.fixture(scope="module", params=SAID, ids=["choir", "trams"])
def voice(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Samples:
    folder, engine = tmp_path_factory.mktemp("voice"), HibariVoice()
    store = FolderStore(folder / "store")
    engine.load()
    options = LineOptions(text=request.param)
    return read_sound(store.fetch(engine.run(LineRequest(options), Context(folder, store)).audio), RATE, 60)


def in_room(sound: Samples, seconds: float, *, noise_db: float = -50.0) -> Samples:
    """In a room whose echo is as strong as the voice and dies away in so many seconds, over noise."""
    random, times = np.random.default_rng(5), np.arange(int(1.2 * seconds * RATE)) / RATE
    tail = random.normal(0, 1, len(times)) * 10 ** (-3 * times / seconds)
    tail /= np.sqrt(np.square(tail).sum())
    heard = fftconvolve(sound, np.concatenate([[1.0], np.zeros(48), tail]))
    return np.asarray(heard + random.normal(0, 10 ** (noise_db / 20) * heard.std(), len(heard)), np.float32)


@proof
def test_a_dry_voice_rings_for_hardly_any_time(voice: Samples) -> None:
    found = reverberation(voice, RATE)
    assert found is not None
    assert found < 0.2


@proof
@pytest.mark.parametrize("noise_db", [-50, -30], ids=["quiet", "noisy"])
@pytest.mark.parametrize("seconds", [0.3, 0.6, 1.0])
def test_a_room_is_told_to_a_third(voice: Samples, seconds: float, noise_db: float) -> None:
    found = reverberation(in_room(voice, seconds, noise_db=noise_db), RATE)
    assert found == pytest.approx(seconds, rel=1 / 3)


@proof
def test_a_living_room_will_do_and_a_hall_will_not(voice: Samples) -> None:
    living, hall = (reverberation(in_room(voice, seconds), RATE) for seconds in (0.3, 1.3))
    assert living is not None
    assert hall is not None
    assert living < ECHOES_S < HALL_S < hall


def test_of_silence_and_of_a_cough_nothing_is_told() -> None:
    assert reverberation(np.zeros(100, np.float32), RATE) is None
    assert reverberation(np.zeros(RATE, np.float32), RATE) is None
