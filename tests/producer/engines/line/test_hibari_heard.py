"""Proof that Hibari can be understood: another model, Whisper, hears the words that were written, when they are said."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from pathlib import Path

import pytest

from producer.engines.base import Context
from producer.engines.line.hibari import HibariVoice
from producer.engines.requests import LineOptions, LineRequest
from producer.speech.english import spell_out
from storage.artifacts import FolderStore
from storage.documents import SpokenLine
from tests.support.aligner import word_times
from tests.support.readings import ENGLISH
from tests.support.recogniser import error_rate, plain_words, transcript

pytestmark = pytest.mark.proof


Voice = Callable[[str], tuple[SpokenLine, Path]]


@pytest.fixture(scope="module")
def voice(tmp_path_factory: pytest.TempPathFactory) -> Voice:
    folder = tmp_path_factory.mktemp("spoken")
    store = FolderStore(folder / "store")
    engine = HibariVoice()
    engine.load()

    def say(text: str) -> tuple[SpokenLine, Path]:
        line = engine.run(LineRequest(LineOptions(text=text)), Context(folder, store))
        return line, store.fetch(line.audio)

    return say


def test_a_listener_understands_nearly_every_word(voice: Voice) -> None:
    errors = total = 0.0
    for text in ENGLISH:
        wanted = plain_words(spell_out(text))
        heard = plain_words(spell_out(transcript(voice(text)[1])))
        rate = error_rate(wanted, heard)
        print(f"{rate:6.1%}  {' '.join(heard)}")
        errors, total = errors + rate * len(wanted), total + len(wanted)
    print(f"{errors / total:6.1%}  of {total:.0f} words")
    assert errors / total <= 0.03


def test_each_caption_word_is_said_when_it_is_shown(voice: Voice) -> None:
    apart = []
    for text in ENGLISH:
        line, wav = voice(spell_out(text).replace("-", " ").replace("'s", "s"))
        heard_at = word_times(wav, [word.text for word in line.words])
        apart += [abs(word.start - start) for word, (start, _) in zip(line.words, heard_at, strict=True)]
    print(f"{len(apart)} words: median {statistics.median(apart):.3f} s, most {max(apart):.3f} s")
    assert len(apart) > 300
    assert sum(distance <= 0.120 for distance in apart) >= 0.99 * len(apart)  # “NASA and”: where does the “a” end?
    assert max(apart) <= 0.200
    assert statistics.median(apart) <= 0.030


def test_figures_stay_one_caption_word_and_are_shown_while_they_are_said(voice: Voice) -> None:
    written, _ = voice("Exactly 94% of the 3,000 bottles cost $12.50 each.")
    said, wav = voice(
        "Exactly ninety four percent of the three thousand bottles cost twelve dollars and fifty cents each."
    )
    heard_at = dict(zip([word.text for word in said.words], word_times(wav, [w.text for w in said.words]), strict=True))
    shown_at = {word.text: word.start for word in written.words}
    for figure, first_word in {"94%": "ninety", "3,000": "three", "$12.50": "twelve"}.items():
        assert shown_at[figure] == pytest.approx(heard_at[first_word][0], abs=0.120)
