"""Whose voice it is: one synthetic voice is known again in other words, and another is not taken for it. On the real weights."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from config.errors import BadInput, Unavailable
from producer.engines.base import Context
from producer.engines.line.kokoro import Kokoro
from producer.engines.requests import LineOptions, LineRequest
from producer.likeness import alike, encoder
from producer.speech.intake import read_sound
from producer.speech.reference import best_part
from storage.artifacts import FolderStore
from tests.support.pulled import FOLDER, weights

torch = pytest.importorskip("torch")
pytestmark = [pytest.mark.proof, pytest.mark.timeout(600)]

VOICES = ("af_heart", "af_nicole", "am_michael", "am_puck", "bf_emma")
TEXTS = (
    "A ferry returns after nine years, and three hundred people are glad to see it again.",
    "The council voted on Tuesday to keep the old bridge open until the winter is over.",
)


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, int], Path]:
    """(voice, text) → a WAV file."""
    folder = tmp_path_factory.mktemp("voices")
    store, engine = FolderStore(folder / "store"), Kokoro()
    engine.weights_folder = weights("kokoro")
    engine.load()
    found = {}
    for voice in VOICES:
        for number, text in enumerate(TEXTS):
            line = engine.run(LineRequest(LineOptions(text=text, voice=voice)), Context(folder, store))
            found[voice, number] = store.fetch(line.audio)
    engine.unload()
    return found


def test_one_voice_is_alike_and_two_are_not(said: dict[tuple[str, int], Path]) -> None:
    from producer.nets.speaker.encoder import SAME, likeness

    weights("speaker")
    ears = encoder(FOLDER / "weights")
    heard = {key: ears.voice([read_sound(path, 16_000, 60)]) for key, path in said.items()}
    same = [likeness(heard[voice, 0], heard[voice, 1]) for voice in VOICES]
    other = [likeness(heard[a, 0], heard[b, 1]) for a, b in combinations(VOICES, 2)]
    print(f"same {min(same):.2f}..{max(same):.2f}, other {min(other):.2f}..{max(other):.2f}")
    assert min(same) >= SAME + 0.05
    assert max(other) < SAME


def test_two_speakers_in_one_recording_are_noticed(said: dict[tuple[str, int], Path]) -> None:
    weights("speaker")
    one, two = (read_sound(said[voice, 0], 16_000, 60) for voice in ("af_heart", "am_michael"))
    again = read_sound(said["af_heart", 1], 16_000, 60)
    hears = alike(FOLDER / "weights")
    alone, both = (best_part(np.concatenate(parts), 16_000, alike=hears) for parts in ((one, again), (one, two)))
    assert "more than one voice is in it" not in alone.faults
    assert "more than one voice is in it" in both.faults


def test_a_process_of_its_own_says_it(said: dict[tuple[str, int], Path]) -> None:
    weights("speaker")
    command = [sys.executable, "-m", "producer.likeness", str(FOLDER / "weights"), "like"]
    files = [str(said["af_heart", 0]), str(said["af_heart", 1])]
    told = json.loads(subprocess.run([*command, *files], capture_output=True, check=True, timeout=120).stdout)
    assert told["same"] is True


def test_silence_is_nobody() -> None:
    weights("speaker")
    with pytest.raises(BadInput, match="too little speech"):
        encoder(FOLDER / "weights").voice([np.zeros(8000, np.float32)])


def test_other_bytes_are_refused(tmp_path: Path) -> None:
    from producer.nets.speaker.encoder import VoiceEncoder

    (tmp_path / "pretrained.pt").write_bytes(b"not a network")
    with pytest.raises(Unavailable, match="not what it should be"):
        VoiceEncoder(tmp_path)
    with pytest.raises(Unavailable, match=r"not installed"):
        encoder(tmp_path)
