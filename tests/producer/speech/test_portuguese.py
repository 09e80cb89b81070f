"""Portuguese read aloud, and its letters as sounds."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producer.speech.portuguese import cardinal, spell_out
from producer.speech.portuguese_sounds import phonemes
from tests.support.alphabet import ALPHABET

SAID = {
    "Em 1999 e 2024": "Em mil novecentos e noventa e nove e dois mil e vinte e quatro",
    "94 % de 3.000 casos": "noventa e quatro por cento de três mil casos",
    "0,5 e 3,14": "zero vírgula cinco e três vírgula quatorze",
    "R$ 12,50 e US$ 3 milhões": "doze vírgula cinquenta reais e três milhões de dólares",
    "2 horas, 200 pessoas, 1 km, 21 dias": "duas horas, duzentas pessoas, um quilômetro, vinte e um dias",
    "1.250.021": "um milhão duzentos e cinquenta mil e vinte e um",
    "às 18h30, às 7:05, 9h": "às dezoito horas e trinta, às sete horas e cinco, nove horas",
    "5/3/2026, 1º de maio, 1 de maio": "cinco de março de dois mil e vinte e seis, primeiro de maio, primeiro de maio",
    "5-10 %, 80 km/h, -5 °C": "cinco a dez por cento, oitenta quilômetros por hora, menos cinco graus Celsius",
    "a Dra. Souza, o Sr. Lima": "a doutora Souza, o senhor Lima",
    "a 2ª vez no século XXI": "a segunda vez no século vinte e um",
    "www.exemplo.com.br/x e oi@exemplo.pt": "exemplo ponto com ponto bê erre e oi arroba exemplo ponto pê tê",
    "UE, PT e G7": "u é, pê tê e G sete",
    "007": "zero zero sete",
    "Festa 🎉!": "Festa!",
}


@pytest.mark.parametrize(("written", "said"), SAID.items(), ids=list(SAID))
def test_portuguese_is_read_the_way_people_read_it(written: str, said: str) -> None:
    assert spell_out(written) == said


@given(st.text(max_size=100))
def test_any_text_becomes_words_without_figures(text: str) -> None:
    assert not re.search(r"[0-9]", spell_out(text))


@given(st.integers(0, 10**15 - 1))
def test_numbers_are_said_in_different_ways_and_without_figures(n: int) -> None:
    assert cardinal(n) != cardinal(n + 1)
    assert re.fullmatch(r"[a-zêãõ ]+", cardinal(n))


SOUNDS = {
    "casa": "kˈazæ",
    "cidade": "sidˈaʤi",
    "mulher": "muljˈɛr",
    "irmão": "iɾəmˈɐ̃ʊ̃",
    "nações": "nasˈõjs",
    "mãe": "mˈɐ̃j",
    "bem": "bˈAŋ",
    "tempo": "tˈAmpʊ",
    "carro": "kˈaxʊ",
    "caro": "kˈaɾʊ",
    "honra": "ˈoŋxæ",
    "quente": "kˈAŋʧi",
    "água": "ˈaɡwæ",
    "guerra": "ɡˈɛxæ",
    "linguiça": "liŋɡwˈisæ",
    "exemplo": "ezˈAmplʊ",
    "peixe": "pˈAʃi",
    "táxi": "tˈaksi",
    "próximo": "prˈɔsimʊ",
    "país": "paˈis",
    "saúde": "saˈuʤi",
    "juiz": "ʒuˈis",
    "dia": "ʤˈiæ",
    "história": "istˈɔɾjæ",
    "Brasil": "brazˈiʊ",
    "amanhã": "ˌamaɲˈɐ̃",
    "falaram": "falˈaɾɐ̃ʊ̃",
    "três dias": "trˈez ʤˈiæs",
    "as casas": "as kˈazæs",
    "muito": "mwˈiŋtʊ",
    "janeiro": "ʒanˈAɾʊ",
    "claramente": "klˌaɾamˈAŋʧi",
}


@pytest.mark.parametrize(("word", "sounds"), SOUNDS.items(), ids=list(SOUNDS))
def test_spelling_says_how_a_word_sounds(word: str, sounds: str) -> None:
    assert phonemes(word) == unicodedata.normalize("NFD", sounds)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzáâãàéêíóôõúç ,.", max_size=60))
def test_any_portuguese_letters_have_sounds_that_the_voice_knows(text: str) -> None:
    made = phonemes(text)
    assert set(made) <= ALPHABET
    assert made.count(" ") == text.count(" ")
