import pytest
from hypothesis import given
from hypothesis import strategies as st

from producer.render.presenter.visemes import DOMINANCE, SHAPES, VISEMES, visemes_of

ENGLISH = "p b t d k ɡ f v θ ð s z ʃ ʒ h m n ŋ l ɹ j w tʃ dʒ iː ɪ ɛ æ ɑː ɔː ʊ uː ʌ ɜː ə eɪ aɪ ɔɪ oʊ aʊ A I W Y O Q ʧ ʤ ɾ T ᵊ ᵻ"
OTHERS = "y ø œ ɲ ʎ x β ɣ ɰ ʁ χ ɕ ʑ ʐ ʂ ts dz ɸ ɯ ɥ ʋ"


@pytest.mark.parametrize("symbol", (ENGLISH + " " + OTHERS).split())
def test_every_sound_of_speech_shows_a_mouth(symbol: str) -> None:
    assert visemes_of(symbol)
    assert all(viseme in SHAPES for viseme in visemes_of(symbol))


def test_diphthongs_move_and_affricates_do_not() -> None:
    assert visemes_of("I") == visemes_of("aɪ") == ("aa", "ih")
    assert visemes_of("tʃ") == visemes_of("ʧ") == ("CH",)


def test_marks_of_length_and_stress_show_nothing_of_their_own() -> None:
    assert visemes_of("ˈiː") == visemes_of("i")
    assert visemes_of("ˌ") == ()


def test_the_lips_meet_for_p_b_and_m_alone() -> None:
    closed = {symbol for symbol, shown in VISEMES.items() if SHAPES[shown[0]].press == 1.0}
    assert {"p", "b", "m"} <= closed
    assert closed.isdisjoint("tdkfvaeiouns")


def test_every_dominance_belongs_to_a_shape() -> None:
    assert set(DOMINANCE) <= set(SHAPES)


@given(st.text(max_size=12))
def test_any_text_is_taken(text: str) -> None:
    assert all(viseme in SHAPES for viseme in visemes_of(text))
