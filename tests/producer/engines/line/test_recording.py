"""One's own voice: a recording is cut into the script's lines, each with its own times."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from config.errors import BadInput, Cancelled
from producer.engines.base import Context
from producer.engines.line.hibari import HibariVoice
from producer.engines.line.recording import Recording
from producer.engines.requests import LineOptions, LineRequest, Recorded
from producer.speech.sound import silence
from producer.speech.speaking import speak
from producer.speech.wav import from_wav, to_wav
from storage.artifacts import FolderStore
from storage.documents import ArtifactRef, SpokenLine

LINES = ("Otters are back in the harbour.", "The town counted eleven animals.", "Cleaner water brought the fish.")
PAUSE_S = 0.7


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> FolderStore:
    return FolderStore(tmp_path_factory.mktemp("store"))


@pytest.fixture(scope="module")
def taken(store: FolderStore) -> tuple[ArtifactRef, list[tuple[float, float]]]:
    """A recording of the lines, slowly spoken and with pauses, and where each of them really is."""
    parts, spans, passed = [silence(0.4, 24000)], [], 0.4
    for number, line in enumerate(LINES):
        sound = speak(line, HibariVoice().voice(), "en", rate=0.85, seed=number).audio
        parts += [sound, silence(PAUSE_S, 24000)]
        spans.append((passed, passed + len(sound) / 24000))
        passed += len(sound) / 24000 + PAUSE_S
    return store.put_bytes(to_wav(np.concatenate(parts), 24000), "audio/wav"), spans


def cut(store: FolderStore, audio: ArtifactRef, number: int, language: str = "en", **hooks: object) -> SpokenLine:
    recorded = Recorded(audio=audio, lines=LINES, line=number)
    options = LineOptions(text=LINES[number], language=language, recording=recorded)
    return Recording().run(LineRequest(options), Context(store.root, store, **hooks))  # type: ignore[arg-type]


@pytest.mark.parametrize("number", range(3))
def test_each_line_is_its_part_of_the_recording(
    store: FolderStore, taken: tuple[ArtifactRef, list[tuple[float, float]]], number: int
) -> None:
    audio, spans = taken
    line = cut(store, audio, number)
    start, end = spans[number]
    assert end - start - 0.1 < line.duration_s < end - start + 0.4
    assert [word.text for word in line.words] == LINES[number].split()
    whole, rate = from_wav(store.fetch(audio))
    part, _ = from_wav(store.fetch(line.audio))
    middle = whole[round((start + 0.3) * rate) : round((start + 0.5) * rate)]
    found = np.correlate(part, middle, "valid").argmax() / rate
    assert found == pytest.approx(0.3, abs=0.2), "it is the line's own sound, from its beginning on"
    assert line.voice == "recording"


def test_a_language_that_no_voice_speaks_is_cut_at_its_pauses(
    store: FolderStore, taken: tuple[ArtifactRef, list[tuple[float, float]]]
) -> None:
    audio, spans = taken
    line = cut(store, audio, 1, language="de")
    assert line.duration_s == pytest.approx(spans[1][1] - spans[1][0], abs=0.5)
    assert [word.text for word in line.words] == LINES[1].split()
    assert line.phonemes, "the mouth moves"


def test_looks_for_the_cuts_once(
    store: FolderStore, taken: tuple[ArtifactRef, list[tuple[float, float]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    cut(store, taken[0], 0)
    monkeypatch.setattr("producer.engines.line.recording.line_spans", None)
    assert cut(store, taken[0], 2).words[-1].text == "fish."


def test_stops_when_it_is_asked_to(store: FolderStore, taken: tuple[ArtifactRef, list[tuple[float, float]]]) -> None:
    with pytest.raises(Cancelled):
        cut(store, taken[0], 0, cancelled=lambda: True)


def test_needs_a_recording_that_is_one(store: FolderStore, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no recording"):
        Recording().run(LineRequest(LineOptions(text="Hello.")), Context(tmp_path, store))
    with pytest.raises(BadInput, match="no 16-bit WAV"):
        cut(store, store.put_bytes(b"RIFF....WAVE", "audio/wav"), 0)
