"""Italian read aloud, and its letters as sounds."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producer.speech.italian import cardinal, spell_out
from producer.speech.italian_sounds import phonemes
from tests.support.alphabet import ALPHABET

SAID = {
    "Nel 1999 e nel 2024": "Nel mille novecento novantanove e nel duemila ventiquattro",
    "il 94 % di 3.000 casi": "il novantaquattro per cento di tremila casi",
    "0,5 e 3,14": "zero virgola cinque e tre virgola quattordici",
    "12,50 € e $3 milioni": "dodici virgola cinquanta euro e tre milioni di dollari",
    "1 km, 1 ora, 1 studente, 21 anni": "un chilometro, una ora, uno studente, ventuno anni",
    "1.250.021": "un milione duecento cinquanta mila ventuno",
    "alle 18:30, alle 7.05": "alle diciotto e trenta, alle sette e cinque",
    "il 5/3/2026 e il 1º maggio": "il cinque marzo duemila ventisei e il primo maggio",
    "5-10 %, 80 km/h, -5 °C": "cinque a dieci per cento, ottanta chilometri all'ora, meno cinque gradi",
    "la dott.ssa Rossi, il Sig. Bo": "la dottoressa Rossi, il signor Bo",
    "la 2ª volta, nel XXI secolo": "la seconda volta, nel ventunesimo secolo",
    "www.esempio.it/x e ciao@esempio.it": "esempio punto it e ciao chiocciola esempio punto it",
    "UE, PD e G7": "u e, pi di e G sette",
    "007": "zero zero sette",
    "Festa 🎉!": "Festa!",
}


@pytest.mark.parametrize(("written", "said"), SAID.items(), ids=list(SAID))
def test_italian_is_read_the_way_people_read_it(written: str, said: str) -> None:
    assert spell_out(written) == said


@given(st.text(max_size=100))
def test_any_text_becomes_words_without_figures(text: str) -> None:
    assert not re.search(r"[0-9]", spell_out(text))


@given(st.integers(0, 10**15 - 1))
def test_numbers_are_said_in_different_ways_and_without_figures(n: int) -> None:
    assert cardinal(n) != cardinal(n + 1)
    assert re.fullmatch(r"[a-zé ]+", cardinal(n))


SOUNDS = {
    "casa": "kˈaza",
    "città": "ʧitːˈa",
    "ciao": "ʧˈao",
    "bugia": "buʤˈia",
    "figlio": "fˈiʎo",
    "gnomi": "ɲˈɔmɪ",
    "scienza": "ʃˈɛnʦa",
    "scuola": "skʊˈɔla",
    "chiesa": "kjˈɛza",
    "inglese": "iŋɡlˈeze",
    "mezzo": "mˈɛʣːo",
    "pizza": "pˈiʦːa",
    "zucchero": "ʣˈukːero",
    "terra": "tˈɛrɾa",
    "acqua": "ˈakkwa",
    "quando": "kwˈando",
    "sbaglio": "zbˈaʎo",
    "euro": "ˈɛʊro",
    "telefono": "telˈɛfono",
    "economia": "ekonomˈia",
    "storia": "stˈɔria",
    "parlano": "pˈarlano",
    "rapidamente": "rˌapidamˈente",
    "l'uomo": "lwˈɔmo",
    "dell’anno": "dellˈanno",
    "un po'": "un pˈɔ",
    "c'è": "ʧˈɛ",
    "perché": "perkˈe",
    "ventisei": "ventizˈɛj",
}


@pytest.mark.parametrize(("word", "sounds"), SOUNDS.items(), ids=list(SOUNDS))
def test_spelling_and_lists_say_how_a_word_sounds(word: str, sounds: str) -> None:
    assert phonemes(word) == sounds


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzàèéìòù' ,.", max_size=60))
def test_any_italian_letters_have_sounds_that_the_voice_knows(text: str) -> None:
    made = phonemes(text)
    assert set(made) <= ALPHABET
    assert made.count(" ") == text.count(" ")
