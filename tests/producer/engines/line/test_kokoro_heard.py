"""Proof that Kokoro can be understood in each of its languages: Whisper hears the words that were written."""

from __future__ import annotations

import re
import statistics
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from producer.engines.base import Context
from producer.engines.line.kokoro import Kokoro
from producer.engines.requests import LineOptions, LineRequest
from producer.speech import (
    english,
    french,
    italian,
    japanese,
    japanese_sounds,
    mandarin,
    portuguese,
    spanish,
)
from storage.artifacts import FolderStore
from storage.documents import SpokenLine
from tests.support.aligner import word_times
from tests.support.pulled import weights
from tests.support.readings import ENGLISH, FRENCH, HINDI, ITALIAN, JAPANESE, MANDARIN, PORTUGUESE, SPANISH
from tests.support.recogniser import error_rate, plain_words, transcript
from tests.support.urdu import consonants

pytestmark = [pytest.mark.proof, pytest.mark.timeout(900)]


SPELL_OUT = {
    "en": english.spell_out, "es": spanish.spell_out, "fr": french.spell_out, "it": italian.spell_out,
    "pt": portuguese.spell_out,
}  # fmt: skip
HEARD_AS = {"hi": "ur"}
Say = Callable[..., tuple[SpokenLine, Path]]


@pytest.fixture(scope="module")
def say(tmp_path_factory: pytest.TempPathFactory) -> Say:
    folder = tmp_path_factory.mktemp("kokoro")
    store = FolderStore(folder / "store")
    engine = Kokoro()
    engine.weights_folder = weights(engine.info.id)
    assert engine.check() == []
    engine.load()

    def say(text: str, language: str, **options: Any) -> tuple[SpokenLine, Path]:
        request = LineRequest(LineOptions(text=text, language=language, **options))
        line = engine.run(request, Context(folder, store))
        return line, store.fetch(line.audio)

    return say


def spoken_words(text: str, language: str) -> list[str]:
    """What counts in a comparison: words; in Mandarin characters, in Japanese kana, in Hindi consonants. Figures are written out."""
    if language == "zh":
        return re.findall(r"[\u4e00-\u9fff]", mandarin.spell_out(text))
    if language == "hi":
        return consonants(text)
    if language == "ja":
        return list(japanese_sounds.reading(japanese.spell_out(text)))
    return plain_words(SPELL_OUT[language](text))


@pytest.mark.parametrize(
    ("language", "texts", "most"),
    [
        ("en", ENGLISH, 0.03), ("es", SPANISH, 0.08), ("fr", FRENCH, 0.08), ("it", ITALIAN, 0.08), ("pt", PORTUGUESE, 0.08),
        ("hi", HINDI, 0.12), ("ja", JAPANESE, 0.08), ("zh", MANDARIN, 0.12),
    ],
)  # fmt: skip
def test_a_listener_understands_nearly_everything(say: Say, language: str, texts: tuple[str, ...], most: float) -> None:
    assert len(texts) >= 10
    errors = total = 0.0
    for text in texts:
        heard = transcript(say(text, language)[1], HEARD_AS.get(language, language))
        wanted = spoken_words(text, language)
        rate = error_rate(wanted, spoken_words(heard, language))
        print(f"{rate:6.1%}  {heard}")
        errors, total = errors + rate * len(wanted), total + len(wanted)
    print(f"{errors / total:6.1%}  of {total:.0f}")
    assert errors / total <= most


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", ENGLISH[0]), ("es", SPANISH[1]), ("fr", FRENCH[1]), ("pt", PORTUGUESE[3]), ("zh", MANDARIN[0])],
)
def test_words_and_sounds_have_their_times_in_order(say: Say, language: str, text: str) -> None:
    line, _ = say(text, language)
    space = "" if language in ("zh", "ja") else " "
    assert space.join(word.text for word in line.words) == text
    edges = [edge for word in line.words for edge in (word.start, word.end)]
    assert edges == sorted(edges)
    assert edges[-1] <= line.duration_s
    assert all(a.end == b.start for a, b in pairwise(line.phonemes))


def test_english_words_are_said_when_they_are_shown(say: Say) -> None:
    apart = []
    for text in ENGLISH[:5]:
        line, wav = say(english.spell_out(text).replace("-", " "), "en")
        times = word_times(wav, [word.text for word in line.words])
        apart += [abs(word.start - start) for word, (start, _) in zip(line.words, times, strict=True)]
    print(f"{len(apart)} words: median {statistics.median(apart):.3f} s, most {max(apart):.3f} s")
    assert statistics.median(apart) <= 0.040
    assert sum(distance <= 0.120 for distance in apart) >= 0.97 * len(apart)


def test_equal_requests_give_equal_bytes_and_voices_differ(say: Say) -> None:
    first, again, other = (say("Hola a todos.", "es", voice=voice)[0] for voice in ("", "ef_dora", "em_alex"))
    assert first.audio == again.audio != other.audio


def test_a_hint_changes_how_a_chinese_name_sounds(say: Say) -> None:
    hinted, plain, respelled = (
        say("林芳来了。", "zh", hints={"林芳": "李雷"}),
        say("林芳来了。", "zh"),
        say("李雷来了。", "zh"),
    )
    assert "".join(word.text for word in hinted[0].words) == "林芳来了。"
    assert _symbols(hinted[0]) == _symbols(respelled[0]) != _symbols(plain[0])


def _symbols(line: SpokenLine) -> list[str]:
    return [phoneme.symbol for phoneme in line.phonemes if phoneme.symbol != "_"]
