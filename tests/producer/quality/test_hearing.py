"""Speech read back: what is missing is named with its place, and a recogniser that is not there holds nothing up."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from config.errors import Unavailable
from producer.engines.base import Context
from producer.engines.line.ears import Transcript
from producer.engines.requests import FinishOptions, FinishRequest, QualityOptions, QualityRequest
from producer.engines.stub import StubFinish
from producer.quality.evidence import Evidence
from producer.quality.hearing import hearing
from producer.speech.sound import Samples
from producer.speech.wav import to_wav
from storage.artifacts import FolderStore
from storage.documents import Performance, Scene, Script, ScriptLine, Speech, SpokenSpan
from storage.quality import Finding

SAID = ("The night ferry sails again.", "Tickets cost 35 pounds.")


class Recogniser:
    """Hears the lines one after the other, as the test says."""

    problem = ""

    def __init__(self, *heard: str, language: str = "en") -> None:
        self.heard, self.language = list(heard), language

    def hear(self, audio: Samples, language: str = "") -> Transcript:
        return Transcript(self.heard.pop(0) if language else "", language or self.language)


class Broken(Recogniser):
    def hear(self, audio: Samples, language: str = "") -> Transcript:
        raise Unavailable("Whisper's weights cannot be read.", "Put them there again.")


class Absent(Recogniser):
    problem = "faster-whisper is not installed"


@pytest.fixture
def evidence(tmp_path: Path) -> Evidence:
    store = FolderStore(tmp_path / "store")
    audio = store.put_bytes(to_wav(np.zeros(64_000, np.float32), 16_000), "audio/wav")
    script = Script(title="Ferry", lines=tuple(ScriptLine(text=text) for text in SAID))
    lines = (SpokenSpan(start=0.0, end=2.0), SpokenSpan(start=2.0, end=4.0))
    speech = Speech(audio=audio, sample_rate=16_000, duration_s=4.0, loudness_lufs=-20.0, lines=lines)
    scene, shown = Scene(image=audio, width=64, height=36), Performance(duration_s=4.0, fps=25)
    cut = StubFinish().run(FinishRequest(FinishOptions(), script, scene, speech, shown), Context(tmp_path, store))
    return Evidence(QualityRequest(QualityOptions(voice_engine="xtts"), script, scene, speech, shown, cut), store)


def told(evidence: Evidence, listener: Recogniser) -> dict[str, Finding]:
    return {finding.name: finding for finding in hearing(evidence, listener)}


def test_what_was_said_as_written_passes(evidence: Evidence) -> None:
    found = told(evidence, Recogniser("the night ferry sails again", "Tickets cost thirty-five pounds"))
    assert {finding.verdict for finding in found.values()} == {"pass"}


def test_missing_words_are_named_with_their_place_and_the_line_is_spoken_again(evidence: Evidence) -> None:
    found = told(evidence, Recogniser("the night ferry sails again", "Tickets pounds"))["speech read back"]
    assert (found.verdict, found.where[0].start, found.where[0].line) == ("fail", 2.0, 1)
    assert "missing" in found.why
    assert found.cure is not None
    assert (found.cure.remedy, found.cure.node) == ("respeak", "line.1")


def test_a_voice_that_always_says_the_same_is_not_asked_twice(evidence: Evidence) -> None:
    options = QualityOptions(voice_engine="hibari")
    other = Evidence(QualityRequest(**{**vars(evidence.request), "options": options}), evidence.artifacts)
    cure = told(other, Recogniser("something else entirely", SAID[1]))["speech read back"].cure
    assert cure is not None
    assert (cure.remedy, cure.node) == ("other engine", "line")


def test_a_line_in_another_language_is_told_as_that(evidence: Evidence) -> None:
    found = told(evidence, Recogniser("Die Nachtfähre fährt wieder", SAID[1], language="de"))["language of the speech"]
    assert (found.verdict, found.where[0].line) == ("fail", 0)


@pytest.mark.parametrize("listener", [Broken(), Absent()])
def test_a_recogniser_that_cannot_hear_holds_nothing_up(evidence: Evidence, listener: Recogniser) -> None:
    found = told(evidence, listener)
    assert {finding.verdict for finding in found.values()} == {"not run"}
    assert all(finding.why for finding in found.values())
