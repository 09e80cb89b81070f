"""The language model in the worker's own process: when it is ready, and what it says when it is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.errors import Unavailable
from producer.engines.script import llamacpp
from producer.engines.script.llamacpp import LlamaCpp
from producer.engines.servers import ModelServer
from tests.support.gguf import gguf


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LlamaCpp:
    """With its package, or as if: nothing is loaded here."""
    monkeypatch.setattr(llamacpp, "find_spec", lambda _name: object())
    engine = LlamaCpp()
    engine.weights_folder = tmp_path / "weights"
    engine.weights_folder.mkdir()
    return engine


def put(engine: LlamaCpp, name: str, more: int = 0) -> Path:
    assert engine.weights_folder is not None
    path = engine.weights_folder / f"{name}.gguf"
    path.write_bytes(gguf({"general.name": name, "general.license": "apache-2.0"}) + bytes(more))
    return path


def test_without_its_package_it_names_the_extra(engine: LlamaCpp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(llamacpp, "find_spec", lambda _name: None)
    assert "dailies[llamacpp]" in engine.check()[0].cure


def test_without_a_model_it_says_where_one_belongs(engine: LlamaCpp) -> None:
    assert "weights/llamacpp" in engine.check()[0].cure
    with pytest.raises(Unavailable, match="No language model"):
        engine.load()


def test_a_model_in_its_folder_is_taken_and_its_licence_known(engine: LlamaCpp) -> None:
    put(engine, "otter")
    assert engine.check() == []
    assert engine.info.weights.startswith("otter@")
    assert engine.info.weights_licence is not None
    assert engine.info.weights_licence.kind == "osi"


def test_of_several_models_the_largest_writes(engine: LlamaCpp) -> None:
    put(engine, "small")
    put(engine, "large", more=100)
    assert engine.check() == []
    assert engine.info.weights.startswith("large@")


def test_a_model_that_the_settings_name_goes_before_those_in_the_folder(engine: LlamaCpp, tmp_path: Path) -> None:
    put(engine, "large", more=100)
    elsewhere = tmp_path / "mine.gguf"
    elsewhere.write_bytes(gguf({"general.name": "mine"}))
    engine.server = ModelServer("", str(elsewhere))
    assert engine.check() == []
    assert engine.info.weights.startswith("mine@")


def test_a_damaged_model_is_refused_in_one_line(engine: LlamaCpp) -> None:
    put(engine, "otter").write_bytes(b"PK\x03\x04 a checkpoint of another kind")
    (problem,) = engine.check()
    assert "otter.gguf is no whole GGUF file" in problem.message
    assert "\n" not in problem.message
