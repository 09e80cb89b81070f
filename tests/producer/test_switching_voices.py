"""A script that switches languages, spoken by real voices: each line by one that knows its language, heard back in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from producer.alone import work_of
from producer.engines.registry import Registry
from producer.evaluate.running import brief_of
from producer.evaluate.suites import SUITES
from producer.residency import Residency
from producer.stage import StageHandler
from storage.artifacts import FolderStore
from storage.documents import SpokenLine
from tests.support import pulled
from tests.support.recogniser import error_rate, plain_words, transcript


@pytest.mark.proof
@pytest.mark.timeout(600)
def test_english_and_spanish_take_turns(tmp_path: Path) -> None:
    (scenario,) = SUITES["switch"]
    registry = Registry(weights=pulled.weights("kokoro").parent)
    store = FolderStore(tmp_path / "artifacts")
    residency = Residency(registry.create, 0)
    lines, engines = list[SpokenLine](), list[str]()
    for order, work in work_of(
        brief_of(scenario, "hibari", 0), StageHandler(residency, store, tmp_path / "work"), registry
    ):
        if order.stage == "speech":
            break
        made = work()
        if isinstance(made, SpokenLine):
            lines.append(made)
            engines.append(order.engine)
    assert engines == ["hibari", "kokoro", "hibari"]
    assert [(line.language, line.text) for line in lines] == list(scenario.lines)
    for line in lines:
        assert line.words
        heard = transcript(store.fetch(line.audio), line.language)
        # “harbour” is heard as “harbor”: one word of four
        assert error_rate(plain_words(line.text), plain_words(heard)) <= 0.25, f"{line.text} was heard as {heard}"
