"""Whose voice it is: by the real network on real voices, and what is said of it where there is neither."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from config.errors import BadInput
from producer.engines.requests import QualityOptions
from producer.quality.evidence import Evidence
from producer.quality.helpers import Voices
from producer.quality.whose_voice import whose_voice
from producer.speech.sound import Samples
from producer.speech.wav import to_wav
from storage.documents import SpokenSpan
from storage.quality import Finding
from tests.support.evidence import evidence
from tests.support.pulled import FOLDER, weights

__all__ = ["evidence"]

RATE = 16_000
ONE, OTHER = np.float32([1, 0]), np.float32([0.6, 0.8])


def tone(hertz: float, seconds: float) -> Samples:
    return (0.3 * np.sin(2 * np.pi * hertz * np.arange(round(seconds * RATE)) / RATE)).astype(np.float32)


class Knower:
    """Takes deep sounds for one person, and high ones for another."""

    problem = ""

    def pieces(self, sound: Samples) -> np.ndarray:
        if not np.abs(sound).max() > 0:
            raise BadInput("Nobody speaks.")
        high = float((np.diff(np.sign(sound)) != 0).sum()) > len(sound) / RATE * 600
        return np.tile(OTHER if high else ONE, (max(1, round(len(sound) / RATE)), 1))


def asked(evidence: Evidence, *lines: Samples, sample: Samples | None, engine: str = "xtts") -> Evidence:
    """The same clip with other speech, by an engine, and a sample of the presenter."""
    store, request = evidence.artifacts, evidence.request
    ends = np.cumsum([len(line) / RATE for line in lines]).tolist()
    spans = tuple(SpokenSpan(start=end - len(line) / RATE, end=end) for line, end in zip(lines, ends, strict=True))
    audio = store.put_bytes(to_wav(np.concatenate(lines), RATE), "audio/wav")
    speech = request.speech.model_copy(update={"audio": audio, "lines": spans, "duration_s": ends[-1]})
    cut = request.cut.model_copy(update={"line_spans": spans})
    samples = () if sample is None else (store.put_bytes(to_wav(sample, RATE), "audio/wav"),)
    options = QualityOptions(voice_engine=engine, samples=samples)
    return Evidence(replace(request, options=options, speech=speech, cut=cut), store)


def told(evidence: Evidence, knower: Knower | Voices | None = None) -> Finding:
    (finding,) = whose_voice(evidence, knower or Knower())
    return finding


def test_a_line_in_another_voice_is_named_and_spoken_again(evidence: Evidence) -> None:
    found = told(asked(evidence, tone(150, 6), tone(900, 4), sample=tone(150, 3)))
    assert (found.verdict, [place.line for place in found.where]) == ("fail", [1])
    assert found.cure is not None
    assert (found.cure.remedy, found.cure.node) == ("respeak", "line.1")
    assert "line 2" in found.why


def test_the_presenters_own_voice_passes(evidence: Evidence) -> None:
    found = told(asked(evidence, tone(150, 4), tone(150, 4), sample=tone(150, 3)))
    assert (found.verdict, found.value, found.where) == ("pass", 1.0, ())


def test_a_word_in_another_voice_tells_too_little_by_itself(evidence: Evidence) -> None:
    assert told(asked(evidence, tone(150, 8), tone(900, 1), sample=tone(150, 3))).verdict == "pass"


def test_a_voice_that_was_never_meant_to_be_theirs_is_only_told(evidence: Evidence) -> None:
    found = told(asked(evidence, tone(900, 4), sample=tone(150, 3), engine="kokoro"))
    assert (found.verdict, found.cure) == ("warn", None)
    assert "a voice of its own" in found.why


def test_a_recording_is_not_spoken_again(evidence: Evidence) -> None:
    found = told(asked(evidence, tone(900, 4), sample=tone(150, 3), engine="recording"))
    assert (found.verdict, found.cure) == ("fail", None)


@pytest.mark.parametrize("sample", [None, tone(150, 3)])
def test_where_nobody_can_tell_it_says_why(evidence: Evidence, sample: Samples | None) -> None:
    found = told(asked(evidence, tone(150, 4), sample=sample), Voices(None))
    assert found.verdict == "not run"
    assert ("no sample" if sample is None else "run.py pull speaker") in found.why


def test_where_nobody_speaks_it_says_so(evidence: Evidence) -> None:
    found = told(asked(evidence, np.zeros(4 * RATE, np.float32), sample=tone(150, 3)))
    assert (found.verdict, found.why) == ("not run", "Too little is said to know a voice by.")


@pytest.mark.proof
@pytest.mark.timeout(300)
def test_on_the_real_network_one_voice_is_not_another(evidence: Evidence, tmp_path: Path) -> None:
    from producer.engines.base import Context
    from producer.engines.line.kokoro import Kokoro
    from producer.engines.requests import LineOptions, LineRequest
    from producer.speech.intake import read_sound

    pytest.importorskip("torch")
    weights("speaker")
    engine, store = Kokoro(), evidence.artifacts
    engine.weights_folder = weights("kokoro")
    engine.load()
    texts = (
        "A ferry returns after nine years, and everybody is glad to see it.",
        "The council voted on Tuesday to keep it.",
    )

    def said(voice: str, text: str) -> Samples:
        line = engine.run(LineRequest(LineOptions(text=text, voice=voice)), Context(tmp_path, store))
        return read_sound(store.fetch(line.audio), RATE, 60)

    knower = Voices(FOLDER / "weights")
    own, sample = said("af_heart", texts[0]), said("af_heart", texts[1])
    assert told(asked(evidence, own, sample=sample), knower).verdict == "pass"
    assert told(asked(evidence, own, sample=said("am_michael", texts[1])), knower).verdict == "fail"
