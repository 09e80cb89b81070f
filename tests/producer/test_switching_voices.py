"""A script that switches languages, spoken by real voices: each line by one that knows its language, heard back in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from producer.alone import work_of
from producer.engines.line.ears import FOLDER
from producer.engines.registry import Registry
from producer.evaluate.running import brief_of
from producer.evaluate.suites import SUITES
from producer.residency import Residency
from producer.stage import StageHandler
from storage.artifacts import FolderStore
from storage.documents import Cut, SpokenLine
from storage.quality import QualityReport
from tests.support import pulled
from tests.support.recogniser import error_rate, model_folder, plain_words, transcript


@pytest.mark.proof
@pytest.mark.timeout(600)
def test_english_and_spanish_take_turns(tmp_path: Path) -> None:
    (scenario,) = SUITES["switch"]
    folder = tmp_path / "weights"
    folder.mkdir()
    (folder / "kokoro").symlink_to(pulled.weights("kokoro"))
    (folder / FOLDER).symlink_to(model_folder())
    registry = Registry(weights=folder)
    store = FolderStore(tmp_path / "artifacts")
    residency = Residency(registry.create, 0)
    lines, engines, cut, report = list[SpokenLine](), list[str](), None, None
    for order, work in work_of(
        brief_of(scenario, "hibari", 0), StageHandler(residency, store, tmp_path / "work"), registry
    ):
        made = work()
        match made:
            case SpokenLine():
                lines.append(made)
                engines.append(order.engine)
            case Cut():
                cut = made
            case QualityReport():
                report = made
    assert engines == ["hibari", "kokoro", "hibari"]
    assert [(line.language, line.text) for line in lines] == list(scenario.lines)
    for line in lines:
        assert line.words
        heard = transcript(store.fetch(line.audio), line.language)
        # “harbour” is heard as “harbor”: one word of four
        assert error_rate(plain_words(line.text), plain_words(heard)) <= 0.25, f"{line.text} was heard as {heard}"
    assert cut is not None
    written = store.fetch(cut.srt).read_text("utf-8")
    assert [text for _, text in scenario.lines if text in " ".join(written.split())] == [t for _, t in scenario.lines]
    spanish = scenario.lines[1][1].split()
    marked = re.findall(r"<lang es>(.*?)</lang>", store.fetch(cut.vtt).read_text("utf-8"), re.DOTALL)
    assert " ".join(marked).split() == spanish
    assert report is not None
    judged = {finding.name: finding for finding in report.findings}
    assert judged["language of the words"].verdict == "pass"
    for name in ("speech read back", "language of the speech"):
        assert judged[name].verdict == "pass", judged[name]
