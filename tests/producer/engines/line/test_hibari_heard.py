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
from tests.support.recogniser import error_rate, plain_words, transcript

pytestmark = pytest.mark.proof

TEXTS = [
    "Scientists have taught a small robot to sort recycling by touch alone. In early trials, it recognized glass, metal "
    "and paper 94% of the time.",
    "On 5 March 2026, Dr. Helen Smith told the BBC that 3,000 people had already signed up, twice as many as in 2024.",
    "The company raised $3.2 billion in 2019, and another €45 million last year; its shares closed at $12.50 on Friday.",
    "The train leaves at 7:30 p.m. from St. Louis and arrives in Chicago just after midnight.",
    "NASA and ESA want to bring back samples from Mars by the late 2030s, at a cost of roughly 11 billion dollars.",
    "Temperatures in Madrid reached 41.5°C on Tuesday, and winds of 80 km/h fanned fires in the hills to the north.",
    "The 21st century's longest eclipse lasted 6 minutes and 39 seconds, and was seen by about 1.2 million people.",
    "President Emmanuel Macron met Ursula von der Leyen in Brussels to discuss the budget, which grew by 2.5% in 2025.",
    "You can read the full report at example.org, or write to the team if you have questions.",
    "Maria Garcia, who is 45, has run the bakery for 20 years. “People still want good bread,” she said.",
    "The WHO warned that flu cases rose by two thirds in 12 weeks, from 4,800 to 8,000 a day.",
    "Why do cats purr? Nobody is completely sure, but a new study of 50 animals offers a surprising answer.",
    "The first electric ferry in Norway carries 350 passengers and 120 cars across the fjord in about twenty minutes.",
    "Interest rates stay at 4.25%, the bank said; it expects inflation to fall below 3% by the end of next year.",
]


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
    for text in TEXTS:
        wanted = plain_words(spell_out(text))
        heard = plain_words(spell_out(transcript(voice(text)[1])))
        rate = error_rate(wanted, heard)
        print(f"{rate:6.1%}  {' '.join(heard)}")
        errors, total = errors + rate * len(wanted), total + len(wanted)
    print(f"{errors / total:6.1%}  of {total:.0f} words")
    assert errors / total <= 0.03


def test_each_caption_word_is_said_when_it_is_shown(voice: Voice) -> None:
    apart = []
    for text in TEXTS:
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
