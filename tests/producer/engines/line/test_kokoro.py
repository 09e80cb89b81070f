"""The Kokoro voices, before their weights are there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from config.errors import BadInput, Unavailable
from producer.engines.base import Context
from producer.engines.line.kokoro import DEFAULTS, Kokoro
from producer.engines.line.letters import known_letters, reader
from producer.engines.registry import Registry
from producer.engines.requests import LineOptions, LineRequest
from storage.artifacts import FolderStore


@pytest.fixture
def context(tmp_path: Path) -> Context:
    return Context(tmp_path, FolderStore(tmp_path / "store"))


def line(text: str, language: str, voice: str = "") -> LineRequest:
    return LineRequest(LineOptions(text=text, language=language, voice=voice))


def test_without_weights_it_says_which_command_fetches_them(tmp_path: Path) -> None:
    engine = Registry(weights=tmp_path).create("kokoro")
    problems = engine.check()
    assert [(p.message, p.cure) for p in problems] == [("Kokoro's weights are not installed.", "run.py pull kokoro")]
    with pytest.raises(Unavailable, match=r"run\.py pull kokoro"):
        engine.load()


def test_its_weights_are_known_by_the_models_hash_before_they_are_there() -> None:
    assert Kokoro().info.weights == "6e742170d309016e"


@pytest.mark.parametrize("language", DEFAULTS)
def test_every_language_has_voices_and_the_first_is_the_default(language: str) -> None:
    voices = Kokoro().voices(language)
    assert voices[0] == DEFAULTS[language]
    assert all(voice.startswith(voices[0][0]) or language == "en" for voice in voices)


def test_what_it_cannot_say_is_refused_before_weights_matter(context: Context) -> None:
    with pytest.raises(BadInput, match="does not speak “ru”"):
        Kokoro().run(line("Привет.", "ru"), context)
    with pytest.raises(BadInput, match="no words to say"):
        Kokoro().run(line("🎉", "es"), context)
    with pytest.raises(BadInput, match=r"no voice “af_heart” for “es”.*ef_dora"):
        Kokoro().run(line("Hola.", "es", "af_heart"), context)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Hello, 21 worlds!"),
        ("es", "¡Hola, 21 mundos!"),
        ("zh", "你好，AI和21个世界！"),
        ("it", "Ciao, 21 mondi!"),
        ("fr", "Bonjour, 21 mondes !"),
        ("hi", "नमस्ते, 21 दुनिया!"),
        ("pt", "Olá, 21 mundos!"),
    ],
)
def test_every_language_is_read_in_letters_that_the_model_knows(language: str, text: str) -> None:
    letters = reader(language)(text)
    assert len(letters) > 15
    assert set(letters) <= set(known_letters())


@pytest.mark.parametrize(("language", "text"), [("en", "机器人"), ("es", "机器人"), ("zh", "робот")])
def test_another_script_gives_nothing_to_say(language: str, text: str) -> None:
    assert reader(language)(text) == ""


def test_looking_at_the_engine_imports_nothing_heavy() -> None:
    code = (
        "import sys\nfrom producer.engines.registry import Registry\nRegistry().create('kokoro').check()\n"
        "assert not {'torch', 'cv2', 'onnxruntime', 'onnx', 'hibari', 'scipy', 'pypinyin', 'rjieba'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
