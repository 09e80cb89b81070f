"""The voices that a presenter may have: all of them listed, and every one that is here can be heard."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.errors import Unavailable, UnknownName, UsageError
from producer.engines.registry import Registry
from producer.speech.languages import primary
from producer.speech.wav import from_wav
from producer.voices import SAMPLES, find_voice, list_voices, save_sample


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    return Registry(weights=tmp_path / "weights")


def test_every_voice_has_a_name_a_language_a_licence_and_a_way_to_come_here(registry: Registry) -> None:
    voices = list_voices(registry)
    assert len({(voice.engine, voice.id) for voice in voices}) == len(voices) >= 20
    assert all(voice.name and voice.licence for voice in voices)
    assert {voice.licence for voice in voices if voice.here and voice.engine != "espeak"} == {"Apache-2.0"}
    assert {voice.here for voice in voices} == {True, False}
    assert all(voice.here != bool(voice.cure) for voice in voices)
    assert {primary(voice.language) for voice in voices} >= set(SAMPLES) - {"ja"}


def test_a_language_has_its_own_and_the_default_comes_first(registry: Registry) -> None:
    italian = list_voices(registry, "it-IT")
    found = [(voice.id, voice.gender) for voice in italian if voice.engine == "kokoro"]
    assert found == [("if_sara", "female"), ("im_nicola", "male")]
    assert list_voices(registry, "xx") == ()


def test_a_voice_that_is_here_introduces_itself(registry: Registry, tmp_path: Path) -> None:
    voice = find_voice(list_voices(registry), "hibari", "heart")
    path = save_sample(registry, voice, tmp_path / "samples")
    audio, rate = from_wav(path)
    assert 4 < len(audio) / rate < 10
    assert save_sample(registry, voice, tmp_path / "samples") == path
    assert list(path.parent.iterdir()) == [path]


def test_a_voice_that_a_presenter_lends_has_nothing_to_introduce(registry: Registry, tmp_path: Path) -> None:
    voice = find_voice(list_voices(registry, "de"), "xtts", "own-de")
    assert voice.borrowed
    with pytest.raises(Unavailable):
        save_sample(registry, voice, tmp_path)
    with pytest.raises(UsageError, match="presenter's own voice"):
        save_sample(registry, voice.model_copy(update={"here": True}), tmp_path)


def test_what_is_not_here_says_how_it_comes(registry: Registry, tmp_path: Path) -> None:
    voice = find_voice(list_voices(registry), "kokoro", "ff_siwis")
    with pytest.raises(Unavailable, match=r"not installed\. Run `run\.py pull kokoro`"):
        save_sample(registry, voice, tmp_path)
    with pytest.raises(UnknownName, match=r"“kokoro/nobody”.*hibari/heart"):
        find_voice(list_voices(registry), "kokoro", "nobody")
