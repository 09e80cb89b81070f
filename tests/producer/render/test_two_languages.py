"""A cut whose lines are in several languages: each line's captions are set and written as its own language is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import skia

from producer.engines.requests import size_of
from producer.plan.options import finish_options
from producer.render.captions import file_chunks, srt, vtt
from producer.render.cards.big_captions import BigCaptions
from producer.render.cards.captions import CaptionCard
from producer.render.cards.deck import Deck
from producer.render.cards.plan import Beat, Quote
from producer.render.colour import channels
from producer.render.design import design_for, language_of
from producer.render.ground import Ground
from producer.render.text import typesetter
from producer.render.timeline import plan
from storage.documents import Script, ScriptLine, Word
from tests.support.briefs import make_brief
from tests.support.cutting import evenly, request_for, store_in

ENGLISH, ARABIC, CHINESE, JAPANESE = "one two three", "قال مدير الشركة", "他直接说了", "直ちに骨を折る"
LINES = (("en", ENGLISH), ("ar", ARABIC), ("ja", JAPANESE))
WORDS = tuple(
    word for number, (_, text) in enumerate(LINES) for word in evenly(text, 3.0 * number + 1, 3.0 * number + 4, number)
)


def script_of(*lines: tuple[str, str]) -> Script:
    return Script(title="Night trams return", lines=tuple(ScriptLine(text=text, language=code) for code, text in lines))


def design(folder: Path, *lines: tuple[str, str], **options: str):
    request = replace(request_for(store_in(folder), **options), script=script_of(*lines))
    return design_for(request, plan(request.speech.duration_s, request.options.fps))


def painted(card: CaptionCard | BigCaptions | Deck, frame: int) -> np.ndarray:
    width, height = size_of("16:9")
    pixels = np.zeros((height, width, 4), np.uint8)
    canvas = skia.Surface(pixels).getCanvas()
    card.paint(canvas, pixels, frame) if isinstance(card, Deck) else card.paint(canvas, frame)
    return pixels


def accent_at(card: CaptionCard | BigCaptions, frame: int, accent: str) -> float:
    """Where the word that sounds stands, from the left."""
    apart = np.abs(painted(card, frame)[..., :3].astype(int) - channels(accent)).max(axis=2)
    return float(np.flatnonzero((apart < 3).any(axis=0)).mean())


@pytest.mark.parametrize("kind", [CaptionCard, BigCaptions])
def test_the_words_of_a_line_run_as_its_language_does(tmp_path: Path, kind) -> None:
    look = design(tmp_path, *LINES)
    card = kind(look, WORDS, active_word=True)
    (en_first, en_last), (ar_first, ar_last) = (
        [accent_at(card, round(25 * at), look.palette.accent) for at in (start + 0.4, start + 2.4)] for start in (1, 4)
    )
    assert en_first < en_last - 50
    assert ar_last < ar_first - 50


@pytest.mark.parametrize("kind", [CaptionCard, BigCaptions])
def test_han_characters_are_drawn_as_the_language_of_their_line_writes_them(tmp_path: Path, kind) -> None:
    words = (Word(text=JAPANESE, start=1, end=4, line=1),)

    def shown(first: str, second: str) -> np.ndarray:
        return painted(kind(design(tmp_path, (first, ENGLISH), (second, JAPANESE)), words, active_word=False), 50)

    assert (shown("en", "ja") == shown("ja", "ja")).all()
    assert (shown("en", "ja") != shown("en", "zh")).any()


def test_a_card_that_shows_what_a_line_says_is_set_in_its_language(tmp_path: Path) -> None:
    def shown(language: str) -> np.ndarray:
        look = design(tmp_path, ("en", ENGLISH), ("ja", JAPANESE), ("zh", CHINESE))
        plain = np.full((look.layout.height, look.layout.width, 4), (90, 70, 80, 255), np.uint8)
        ground = Ground(plain, look.layout, look.timeline.frames, lambda _: None, moves=False)
        beats = [Beat(0.0, 0.1, Quote("骨", "")), Beat(0.1, 99.0, Quote(JAPANESE, "", language))]
        return Deck(look, beats, ground, None, lambda size, _: np.zeros((*size[::-1], 4), np.uint8)).background(100)

    assert (shown("ja") != shown("zh")).any()


def test_languages_that_are_set_alike_share_their_typefaces(tmp_path: Path) -> None:
    assert typesetter("es") is typesetter("en-GB")
    assert typesetter("ja") is not typesetter("zh")
    assert design(tmp_path, ("en", ENGLISH), ("es", "uno")).types == {}


def test_caption_files_hold_every_line_and_webvtt_names_the_language_of_each() -> None:
    cues = file_chunks(WORDS)
    assert [line for line in srt(cues).splitlines() if line in (ENGLISH, ARABIC, JAPANESE)] == [
        text for _, text in LINES
    ]
    text = vtt(cues, "en", [code for code, _ in LINES])
    assert text.startswith("WEBVTT\nLanguage: en\n")
    assert [f"<lang {code}>{said}</lang>" in text for code, said in LINES] == [False, True, True]
    assert f"\n{ENGLISH}\n" in text


class TestTheCutAsAWhole:
    """The words that nobody says (“Source: …”) are in the clip's own language."""

    def test_is_in_the_clips_language_where_another_one_begins(self, tmp_path: Path) -> None:
        options = finish_options(make_brief(language="en"), script_of(("es", "Hola."), ("en", ENGLISH)), "16:9")
        request = replace(request_for(store_in(tmp_path)), options=options, script=script_of(("es", "Hola.")))
        assert language_of(request) == "en"

    @pytest.mark.parametrize(
        "lines", [(("en", ENGLISH), ("es", "Hola.")), (("es", "Hola."),), (("en-GB", ENGLISH), ("es", "Hola."))]
    )
    def test_is_not_asked_anything_new_where_its_first_line_tells_it(self, lines) -> None:
        options = finish_options(make_brief(language="en"), script_of(*lines), "16:9")
        assert options.language == "", "so that no clip's key changes"
