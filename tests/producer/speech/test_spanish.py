"""Spanish read aloud, and its letters as sounds."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producer.speech.spanish import cardinal, spell_out
from producer.speech.spanish_sounds import phonemes

SAID = {
    "En 1999 y 2024": "En mil novecientos noventa y nueve y dos mil veinticuatro",
    "el 94 % de 3.000 casos": "el noventa y cuatro por ciento de tres mil casos",
    "0,5 y 3,14": "cero coma cinco y tres coma catorce",
    "12,50 € y $3 millones": "doce coma cincuenta euros y tres millones de dólares",
    "21 años, 1 km, 31 libros": "veintiún años, un kilómetro, treinta y un libros",
    "200 personas y 500 días": "doscientas personas y quinientos días",
    "1.250.021": "un millón doscientos cincuenta mil veintiuno",
    "a las 18:30": "a las dieciocho treinta",
    "5-10 %, 80 km/h, -5 °C": "cinco a diez por ciento, ochenta kilómetros por hora, menos cinco grados Celsius",
    "la Dra. Pérez de EE. UU.": "la doctora Pérez de Estados Unidos",
    "el 1.º y la 2.ª del siglo XXI": "el primero y la segunda del siglo veintiuno",
    "www.ejemplo.com/x y hola@ejemplo.es": "ejemplo punto com y hola arroba ejemplo punto es",
    "COVID-19, G7 y DVD": "COVID diecinueve, G siete y de uve de",
    "007": "cero cero siete",
    "¡Fiesta 🎉!": "¡Fiesta!",
}


@pytest.mark.parametrize(("written", "said"), SAID.items(), ids=list(SAID))
def test_spanish_is_read_the_way_people_read_it(written: str, said: str) -> None:
    assert spell_out(written) == said


@given(st.text(max_size=100))
def test_any_text_becomes_words_without_figures(text: str) -> None:
    assert not re.search(r"[0-9]", spell_out(text))


@given(st.integers(0, 10**15 - 1))
def test_numbers_are_said_in_different_ways_and_without_figures(n: int) -> None:
    assert cardinal(n) != cardinal(n + 1)
    assert re.fullmatch(r"[a-záéíóúñ ]+", cardinal(n))


SOUNDS = {
    "casa": "kˈasa",
    "ciudad": "θjuðˈað",
    "guitarra": "ɡitˈara",
    "queso": "kˈeso",
    "pingüino": "piŋɡwˈino",
    "llave": "ʎˈaβe",
    "año": "ˈaɲo",
    "mucho": "mˈuʧo",
    "perro": "pˈero",
    "pero": "pˌeɾo",
    "jefe": "xˈefe",
    "huevo": "wˈeβo",
    "rey": "rˈA",
    "aire": "ˈIɾe",
    "causa": "kˈWsa",
    "país": "paˈis",
    "había": "aβˈia",
    "canción": "kanθjˈon",
    "universidad": "ˌuniβˌeɾsiðˈað",
    "rápidamente": "rˈapiðamˈente",
    "ciencia": "θjˈɛnθja",
    "un beso": "ˈum bˈeso",
    "a Madrid": "a maðɾˈið",
    "de día": "de ðˈia",
    "examen": "eksˈamen",
    "México": "mˈexiko",
    "yo y muy": "ʝˈo i mwˈi",
}


@pytest.mark.parametrize(("word", "sounds"), SOUNDS.items(), ids=list(SOUNDS))
def test_spelling_says_how_a_word_sounds(word: str, sounds: str) -> None:
    assert phonemes(word) == sounds


def test_marks_stay_and_harden_what_follows() -> None:
    assert phonemes("¿Vale, Berta?") == "bˈale, bˈeɾta?"


@given(st.text(alphabet="abcdefghijlmnñopqrstuvxyzáéíóúü ,.", max_size=60))
def test_any_spanish_letters_have_sounds(text: str) -> None:
    made = phonemes(text)
    assert re.fullmatch(r"[abdefɡiklmnoprstuwxβðɣθʎɲŋɾʝʧjAIWɪʊɛˈˌ ,.]*", made)
    assert made.count(" ") == text.count(" ")
