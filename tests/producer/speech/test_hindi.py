"""Hindi read aloud, and Devanagari as sounds."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producer.speech.hindi import ONES, cardinal, spell_out
from producer.speech.hindi_sounds import phonemes
from tests.support.alphabet import ALPHABET

SAID = {
    "1999 और 2024 में": "उन्नीस सौ निन्यानवे और दो हज़ार चौबीस में",
    "3,000 में 94%": "तीन हज़ार में चौरानवे प्रतिशत",
    "0.5 और 3.14": "शून्य दशमलव पाँच और तीन दशमलव एक चार",
    "₹45 करोड़, $12.50": "पैंतालीस करोड़ रुपये, बारह दशमलव पाँच शून्य डॉलर",
    "12,50,021": "बारह लाख पचास हज़ार इक्कीस",
    "शाम 6:30 बजे, 18:00": "शाम छह बजकर तीस मिनट, अठारह बजे",
    "5/3/2026": "पाँच मार्च दो हज़ार छब्बीस",
    "5-10 km, 80 km/h, -5 °C": "पाँच से दस किलोमीटर, अस्सी किलोमीटर प्रति घंटा, ऋण पाँच डिग्री सेल्सियस",
    "डॉ. शर्मा, नं. 7": "डॉक्टर शर्मा, नंबर सात",
    "21वीं सदी, २१वीं सदी": "इक्कीसवीं सदी, इक्कीसवीं सदी",
    "www.example.in/x और a@example.com": "example डॉट in और a ऐट example डॉट com",
    "007": "शून्य शून्य सात",
    "मेला 🎉!": "मेला!",
}


@pytest.mark.parametrize(("written", "said"), SAID.items(), ids=range(len(SAID)))
def test_hindi_is_read_the_way_people_read_it(written: str, said: str) -> None:
    assert spell_out(written) == unicodedata.normalize("NFC", said)


def test_every_number_below_a_hundred_is_a_word_of_its_own() -> None:
    assert len(set(ONES)) == 100


@given(st.text(max_size=100))
def test_any_text_becomes_words_without_figures(text: str) -> None:
    assert not re.search(r"\d", spell_out(text))


@given(st.integers(0, 10**13 - 1))
def test_numbers_are_said_in_different_ways(n: int) -> None:
    assert cardinal(n) != cardinal(n + 1)


SOUNDS = {
    "पानी": "pˈaːni",
    "लोग": "lˈoːɡ",
    "सरकार": "səɾkˈaːɾ",
    "जनता": "ʤˈʌntaː",
    "समझ": "sˈʌməʤʰ",
    "समझना": "səmˈʌʤʰnaː",
    "राष्ट्र": "ɾˈaːʂʈɾə",
    "लड़का": "lˈʌɽkaː",
    "हज़ार": "həzˈaːɾ",
    "हिंदी": "hˈɪndi",
    "अंग्रेज़ी": "əŋɡɾˈeːzi",
    "आँख": "ˈãːkʰ",
    "ज्ञान": "ɡjˈaːn",
    "कहना": "kˈɛhnaː",
    "यह और वह": "jˈeː ɔːɾ ʋˈoː",
}


@pytest.mark.parametrize(("word", "sounds"), SOUNDS.items(), ids=range(len(SOUNDS)))
def test_spelling_says_how_a_word_sounds(word: str, sounds: str) -> None:
    assert phonemes(word, str) == unicodedata.normalize("NFD", sounds)


@given(st.text(alphabet="अआइईउएऐओऔकखगचजटडतनपबमयरलवशसहािीुूेैोौंँः़् ,.", max_size=40))
def test_any_devanagari_has_sounds_that_the_voice_knows(text: str) -> None:
    assert set(phonemes(text, str)) <= ALPHABET
