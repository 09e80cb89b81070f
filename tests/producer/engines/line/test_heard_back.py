"""Proof with real ears: Whisper writes a recording down, and hears what XTTS's random weights do not say."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from config.errors import BadInput, Unavailable
from producer.engines.base import Context
from producer.engines.line.ears import RATE, Ears
from producer.engines.line.hibari import HibariVoice
from producer.engines.line.xtts import TRIES
from producer.engines.registry import Registry
from producer.engines.requests import LineOptions, LineRequest
from producer.speech.sound import resampled
from producer.speech.speaking import speak
from producer.speech.verify import faults
from producer.speech.wav import to_wav
from storage.artifacts import FolderStore
from tests.support import recogniser

pytestmark = [pytest.mark.proof, pytest.mark.filterwarnings("ignore")]

TEXT = "Otters have come back to the harbour. The town counted 11 animals this spring."


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("faster_whisper")
    folder = tmp_path_factory.mktemp("weights")
    (folder / "whisper").symlink_to(recogniser._model_folder())
    return folder


@pytest.fixture(scope="module")
def spoken() -> np.ndarray:
    said = speak(TEXT, HibariVoice().voice(), "en")
    return resampled(said.audio, said.rate, RATE)


def test_whisper_writes_down_what_is_said_and_in_which_language(weights: Path, spoken: np.ndarray) -> None:
    heard = Ears(weights).hear(spoken)
    assert heard.language == "en"
    assert faults(TEXT, heard.text, "en").count == 0


def test_hears_that_words_are_missing(weights: Path, spoken: np.ndarray) -> None:
    heard = Ears(weights).hear(spoken[: len(spoken) // 2], "en")
    assert faults(TEXT, heard.text, "en").missing >= 3


def test_noise_is_no_speech(weights: Path) -> None:
    noise = np.random.default_rng(0).normal(0, 0.05, 3 * RATE).astype(np.float32)
    with pytest.raises(BadInput, match="No speech"):
        Ears(weights).hear(noise)


def test_says_what_it_lacks(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="write down"):
        Ears(tmp_path).hear(np.zeros(RATE, np.float32))


def test_the_engine_loads_users_weights_speaks_and_tells_noise_from_speech(weights: Path, tmp_path: Path) -> None:
    pytest.importorskip("TTS.utils.import_utils", reason="the extra xtts is not installed", exc_type=ImportError)
    from tests.support.tiny_xtts import write_tiny_xtts

    write_tiny_xtts(weights / "xtts")
    engine = Registry(weights=weights).create("xtts")
    assert engine.check() == []
    engine.load("cpu")
    store, logged, told = FolderStore(tmp_path / "store"), list[str](), list[float]()
    sample = store.put_bytes(to_wav(speak(TEXT, HibariVoice().voice(), "en").audio, 24000), "audio/wav")
    request = LineRequest(LineOptions(text="Otters are back.", samples=(sample,)), 7)
    context = Context(tmp_path, store, log=logged.append, progress=lambda fraction, _words: told.append(fraction))
    line = engine.run(request, context)
    assert engine.run(request, context) == line
    assert len(logged) == 2 * TRIES, "random weights speak no words"
    assert store.fetch(line.audio).stat().st_size > 1000  # type: ignore[attr-defined]
    assert [word.text for word in line.words] == ["Otters", "are", "back."]  # type: ignore[attr-defined]
    assert told[0] == 0.0
    engine.unload()
