"""A small model that can write (1.5 billion parameters, on two processor cores) is given topics in four languages."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.errors import Unavailable
from producer.engines.base import Context
from producer.engines.requests import ScriptOptions, ScriptRequest
from producer.engines.script.llamacpp import LlamaCpp
from producer.engines.servers import ModelServer
from storage.artifacts import FolderStore
from storage.documents import Script
from storage.orders import TopicCopy
from tests.support import pulled
from tests.support.topics import TEXTS, topic

MODELS = Path(__file__).parents[3] / "support" / "models.toml"
pytest.importorskip("xllamacpp", reason="pip install 'dailies[llamacpp]'")


@pytest.fixture(scope="module")
def writer() -> Iterator[LlamaCpp]:
    engine = LlamaCpp()
    engine.server = ModelServer("", str(pulled.weights("qwen", MODELS) / "qwen.gguf"))
    engine.load()
    yield engine
    engine.unload()


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_it_writes_a_usable_script_on_ten_topics_of_ten(writer: LlamaCpp, tmp_path: Path) -> None:
    scripts = [script for number in range(10) if (script := _written(writer, topic(number), number, tmp_path))]
    assert len(scripts) == 10


@pytest.mark.soak
@pytest.mark.timeout(6 * 3600)
def test_it_writes_one_on_ninety_five_of_a_hundred(writer: LlamaCpp, tmp_path: Path) -> None:
    """The texts come round eight times, every time with another of their sentences left out."""
    scripts = [script for number in range(100) if (script := _written(writer, _shortened(number), number, tmp_path))]
    print(f"{len(scripts)} of 100")
    assert len(scripts) >= 95


def _written(writer: LlamaCpp, about: TopicCopy, seed: int, folder: Path) -> Script | None:
    """None when the next writer in order would take over. Whatever else went wrong is raised."""
    request = ScriptRequest(ScriptOptions(topic=about, length_s=30, language=about.language), seed)
    try:
        script = writer.run(request, Context(folder, FolderStore(folder / "store")))
    except Unavailable as error:
        print(f"{about.title}: {error}")
        return None
    assert len(script.lines) >= 3
    source = "".join(f"{about.title}{about.text}".split())
    assert all("".join(sentence.split()) in source for line in script.lines for sentence in line.quote.split("\n"))
    assert any(line.quote for line in script.lines)
    return script


def _shortened(number: int) -> TopicCopy:
    about = topic(number % len(TEXTS))
    stop = "。" if about.language == "zh" else ". "
    sentences = about.text.split(stop)
    if number >= len(TEXTS) and len(sentences) > 3:
        del sentences[random.Random(number).randrange(len(sentences) - 1)]
    return about.model_copy(update={"text": stop.join(sentences)})
