from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producer.render.presenter.tone import CLEAR, EXPRESSIONS, NEUTRAL, Expression, Told, tone_of, tones
from producer.render.presenter.tone_words import DENIALS, TONE_WORDS
from producer.speech.languages import KNOWN


@pytest.mark.parametrize(
    ("text", "language", "expression"),
    [
        ("The council meets on Tuesday.", "en", "neutral"),
        ("Good news from the harbour this morning!", "en", "glad"),
        ("Two people died in the flood.", "en", "concerned"),
        ("Officials warned of a shortage of water.", "en", "serious"),
        ("Nobody had seen a comet like it: astonishing.", "en", "surprised"),
        ("They did what?!", "en", "surprised"),
        ("The bridge is open again!", "en", "glad"),
        ("Can the town afford it?", "en", "neutral"),
        ("El ayuntamiento se reúne el martes.", "es", "neutral"),
        ("¡Enhorabuena al equipo ganador!", "es", "glad"),
        ("Las inundaciones dejaron dos muertos.", "es", "concerned"),
        ("El tribunal lo declaró culpable.", "es", "serious"),
        ("Un hallazgo increíble.", "es", "surprised"),
        ("市议会星期二开会。", "zh", "neutral"),
        ("球队夺冠，球迷欢庆胜利！", "zh", "glad"),
        ("地震造成三人死亡。", "zh", "concerned"),
        ("法院判处被告罚款。", "zh", "serious"),
        ("这真是不可思议的发现。", "zh", "surprised"),
    ],
)
def test_a_sentence_is_told_as_it_is_meant(text: str, language: str, expression: Expression) -> None:
    assert tone_of(text, language).expression == expression


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Nobody was hurt.", "en"),
        ("There were no victims.", "en"),
        ("No hubo heridos.", "es"),
        ("没有人员受伤。", "zh"),
        ("The wind is wonderful for windmills' windows? No.", "xx"),
        ("Great Britain, San Salvador and a toolbox.", "en"),
        ("El Salvador y Gran Bretaña: llegaron los bomberos.", "es"),
    ],
)
def test_what_is_denied_or_only_looks_like_a_feeling_is_neutral(text: str, language: str) -> None:
    assert tone_of(text, language) == NEUTRAL


def test_the_heavier_of_two_tones_is_shown() -> None:
    assert tone_of("The festival was cancelled after a death.").expression == "concerned"


def test_an_exclamation_strengthens_a_tone() -> None:
    assert tone_of("We won!").strength > tone_of("We won.").strength == CLEAR


def test_a_neutral_sentence_keeps_some_gravity_of_the_one_before_and_passes_none_on() -> None:
    died, plain, again = tones([Told("A sailor died."), Told("He was on his way home."), Told("The ship is in port.")])
    assert plain.expression == "concerned"
    assert 0 < plain.strength < died.strength
    assert again == NEUTRAL


def test_a_farewell_is_glad_but_hardly_so_after_a_death() -> None:
    farewell = Told("This was the evening report.", farewell=True)
    after_sport, after_death = (
        tones([Told("The team won."), farewell])[-1],
        tones([Told("A sailor died."), farewell])[-1],
    )
    assert after_sport.expression == after_death.expression == "glad"
    assert after_sport.strength > 2 * after_death.strength


def test_languages_have_words_for_every_expression() -> None:
    assert set(TONE_WORDS) <= set(KNOWN)
    assert set(TONE_WORDS) == set(DENIALS)
    for language, words in TONE_WORDS.items():
        assert set(words) == set(EXPRESSIONS) - {"neutral"}, language
        lists = [word for listed in words.values() for word in listed]
        assert len(lists) == len(set(lists)), f"{language} has a word for two expressions"


@given(st.text(max_size=60), st.sampled_from([*TONE_WORDS, "de", "zh-TW", "en-GB", ""]))
def test_any_text_has_a_tone(text: str, language: str) -> None:
    tone = tone_of(text, language)
    assert tone.expression in EXPRESSIONS
    assert 0 <= tone.strength <= 1
    assert (tone.strength == 0) == (tone.expression == "neutral")
