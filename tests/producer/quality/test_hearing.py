"""Speech read back: what is missing is named with its place, and a recogniser that is not there holds nothing up."""

from __future__ import annotations

import pytest

from config.errors import Unavailable
from producer.engines.line.ears import Transcript
from producer.engines.requests import QualityOptions, QualityRequest
from producer.quality.evidence import Evidence
from producer.quality.hearing import Listener, hearing
from producer.quality.helpers import Memory
from producer.speech.sound import Samples
from storage.quality import Finding
from tests.support.evidence import SAID, evidence

__all__ = ["evidence"]


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


def told(evidence: Evidence, listener: Listener) -> dict[str, Finding]:
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


def test_what_was_nearly_understood_counts_little_in_letters(evidence: Evidence) -> None:
    found = told(evidence, Recogniser("the nigh ferry sails agen", SAID[1]))
    assert found["speech read back"].value == pytest.approx(2 / 5)
    assert (found["letters read back"].value, found["letters read back"].verdict) == (
        pytest.approx(0.13, abs=0.01),
        "warn",
    )


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


def test_the_same_sound_is_heard_once_whatever_the_format_of_the_cut(evidence: Evidence) -> None:
    once = Recogniser(*SAID)
    memory = Memory(once)
    first, second = (told(evidence, memory) for _ in range(2))  # a second hearing would find nothing left to say
    assert first == second
    assert once.heard == [SAID[1]], "two lines of silence are one sound"
