"""French read aloud, and its letters as sounds."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producer.speech.french import cardinal, ordinal, spell_out
from producer.speech.french_sounds import phonemes
from tests.support.alphabet import ALPHABET

SAID = {
    "En 1999 et 2024": "En mille neuf cent quatre-vingt-dix-neuf et deux mille vingt-quatre",
    "94 % de 3 000 cas": "quatre-vingt-quatorze pour cent de trois mille cas",
    "0,5 et 3,14": "zéro virgule cinq et trois virgule quatorze",
    "12,50 € et 3 millions €": "douze virgule cinquante euros et trois millions d'euros",
    "21 personnes, 1 km, 80 ans, 200 pages": "vingt et une personnes, un kilomètre, quatre-vingts ans, deux cents pages",
    "71, 81, 91": "soixante et onze, quatre-vingt-un, quatre-vingt-onze",
    "1.250.021": "un million deux cent cinquante mille vingt et un",
    "à 18 h 30, à 9h05, à 7:00": "à dix-huit heures trente, à neuf heures cinq, à sept heures",
    "le 5/3/2026 et le 1er mai": "le cinq mars deux mille vingt-six et le premier mai",
    "le XXIe siècle, la 1re fois, le 9e": "le vingt et unième siècle, la première fois, le neuvième",
    "5-10 %, 80 km/h, -5 °C": "cinq à dix pour cent, quatre-vingts kilomètres heure, moins cinq degrés",
    "M. Roy, Mme Petit et le Dr Bon": "monsieur Roy, madame Petit et le docteur Bon",
    "www.exemple.fr/x et moi@exemple.org": "exemple point effe erre et moi arobase exemple point org",
    "UE, SNCF et G7": "u e, esse enne cé effe et G sept",
    "007": "zéro zéro sept",
    "Fête 🎉 !": "Fête!",
}


@pytest.mark.parametrize(("written", "said"), SAID.items(), ids=list(SAID))
def test_french_is_read_the_way_people_read_it(written: str, said: str) -> None:
    assert spell_out(written) == said


@given(st.text(max_size=100))
def test_any_text_becomes_words_without_figures(text: str) -> None:
    assert not re.search(r"[0-9]", spell_out(text))


@given(st.integers(0, 10**15 - 1))
def test_numbers_are_said_in_different_ways_and_without_figures(n: int) -> None:
    assert cardinal(n) != cardinal(n + 1)
    assert re.fullmatch(r"[a-zé -]+", cardinal(n))


def test_ordinals_end_alike() -> None:
    said = [ordinal(n) for n in (1, 4, 5, 9, 21, 80)]
    assert said == ["premier", "quatrième", "cinquième", "neuvième", "vingt et unième", "quatre-vingtième"]


SOUNDS = {
    "oiseau": "wazˈo",
    "fille": "fˈij",
    "ville": "vˈil",
    "travail": "tʁavˈaj",
    "feuille": "fˈœj",
    "juillet": "ʒyijˈɛ",
    "monsieur": "məsjˈø",
    "temps": "tˈɑ̃",
    "million": "miljˈɔ̃",
    "bien": "bjˈɛ̃",
    "patient": "pasjˈɑ̃",
    "ils mangent": "il mˈɑ̃ʒ",
    "moment": "mɔmˈɑ̃",
    "vraiment": "vʁɛmˈɑ̃",
    "ils aiment": "ilz ˈɛm",
    "premier": "pʁəmjˈe",
    "samedi": "samdˈi",
    "secret": "səkʁˈɛ",
    "parfum": "paʁfˈœ̃",
    "question": "kɛstjˈɔ̃",
    "nation": "nasjˈɔ̃",
    "chercheur": "ʃɛʁʃˈœʁ",
    "les enfants": "lez ɑ̃fˈɑ̃",
    "les héros": "le eʁˈo",
    "un homme": "œ̃n ˈɔm",
    "c'est un": "sɛt œ̃",
    "l’homme": "lˈɔm",
    "j'ai": "ʒˈe",
    "aujourd'hui": "oʒuʁdɥˈi",
    "neuf heures": "nˈœv ˈœʁ",
    "six cents": "sˈi sˈɑ̃",
    "deux heures": "dˈøz ˈœʁ",
    "chantent-ils": "ʃˈɑ̃t-il",
}


@pytest.mark.parametrize(("words", "sounds"), SOUNDS.items(), ids=list(SOUNDS))
def test_spelling_and_neighbours_say_how_a_word_sounds(words: str, sounds: str) -> None:
    assert phonemes(words) == unicodedata.normalize("NFD", sounds)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzàâçéèêëîïôùûœ' ,.", max_size=60))
def test_any_french_letters_have_sounds_that_the_voice_knows(text: str) -> None:
    made = phonemes(text)
    assert set(made) <= ALPHABET
    assert made.count(" ") == text.count(" ")
