"""English read aloud: what is written, and the words that are said."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producer.speech.english import spell_out
from producer.speech.english_numbers import cardinal, decade, digits, number, ordinal, year

SAID = {
    # numbers
    "3,000 bottles and 1,234,567 people": "three thousand bottles and one million two hundred thirty-four thousand "
    "five hundred sixty-seven people",
    "0.5 of 3.14": "zero point five of three point one four",
    "agent 007 dialled 12345678901234567": "agent zero zero seven dialled one two three four five six seven eight nine "
    "zero one two three four five six seven",
    "the 1st, 2nd, 21st and 100th": "the first, second, twenty-first and one hundredth",
    "1/2 a cup, 3/4. And 2½ more": "one half a cup, three quarters. And two and a half more",
    "−5 or -5": "minus five or minus five",
    "version 2.0.1": "version two point zero point one",
    "12.5bn, 3 mn, 1M users, 40k views": "twelve point five billion, three million, one million users, "
    "forty thousand views",
    "10x faster, a 4x4": "ten times faster, a four by four",
    "No. 10 and #7": "number ten and number seven",
    # years, dates, times
    "In 1999, 1905, 2000, 2005 and 2024": "In nineteen ninety-nine, nineteen oh five, two thousand, two thousand five "
    "and twenty twenty-four",
    "the 1990s and '80s, mid-2010s": "the nineteen nineties and eighties, mid-twenty tens",
    "1914-18 and 2019–2024": "nineteen fourteen to eighteen and twenty nineteen to twenty twenty-four",
    "5 March 2026": "the fifth of March twenty twenty-six",
    "the 5th of May": "the fifth of May",
    "Mar. 3rd, 2025": "March third, twenty twenty-five",
    "2026-03-05": "March fifth, twenty twenty-six",
    "May 5-7": "May fifth to seventh",
    "in June 2024": "in June twenty twenty-four",
    "at 7:30 pm": "at seven thirty P.M",
    "at 7.05 a.m. today": "at seven oh five A.M today",
    "It ends at 5 p.m.": "It ends at five P.M.",
    "from 12:00 to 14:05": "from twelve o'clock to fourteen oh five",
    # money
    "$3.2bn or €45,000": "three point two billion dollars or forty-five thousand euros",
    "£1.50 each, $0.99, $1": "one pound and fifty pence each, ninety-nine cents, one dollar",
    "$1.5 trillion and €2 billion": "one point five trillion dollars and two billion euros",
    "$20-30 and £5–£10 million": "twenty to thirty dollars and five to ten million pounds",
    "US$5, 5 USD, CHF 20, ¥300": "five dollars, five dollars, twenty Swiss francs, three hundred yen",
    # measures
    "94%, 5 % and 5-10%": "ninety-four percent, five percent and five to ten percent",
    "12 km/h at -5°C": "twelve kilometers per hour at minus five degrees Celsius",
    "1 km, 5ft 10in, 3 m², 1.5 MW": "one kilometer, five feet ten, three square meters, one point five megawatts",
    "100m people ran 100m": "one hundred million people ran one hundred meters",
    "a 20-year-old": "a twenty-year-old",
    "They won 3–1": "They won three one",
    # addresses and codes
    "see https://www.nasa.gov/mission/artemis-2?x=1.": "see nasa dot gov.",
    "at example.com/news or bbc.co.uk": "at example dot com or bbc dot co dot U.K",
    "write to info@example.org": "write to info at example dot org",
    "H5N1, F-16, A320, MH370 and COVID-19": "H five N one, F sixteen, A three twenty, MH three seventy and COVID nineteen",
    "5G, 4K and 1080p": "five G, four K and ten eighty p",
    "CO2 and CO₂": "C.O two and C.O two",
    "The WHO said IT staff": "The W.H.O said I.T staff",
    "who said it": "who said it",
    "call 555-1234": "call five five five, one two three four",
    "24/7, 50/50 and 9/11": "twenty-four seven, fifty-fifty and nine eleven",
    "e.g. this, i.e. that": "for example this, that is that",
    # everything else
    "PRESIDENT SIGNS CLIMATE BILL, NASA SAYS": "president signs climate bill, NASA says",
    "Party 🎉 time": "Party time",
    "Kyiv (Київ) — 北京": "Kyiv () —",
    "Beyoncé’s “café”": "Beyoncé's “café”",
}


@pytest.mark.parametrize(("written", "said"), SAID.items(), ids=list(SAID))
def test_english_is_read_the_way_people_read_it(written: str, said: str) -> None:
    assert spell_out(written) == said


@given(st.text(max_size=120))
def test_any_text_becomes_words_without_figures(text: str) -> None:
    assert not re.search(r"\d", spell_out(text))


@given(st.from_regex(r"[$€£#+-]?[0-9]{1,4}[.,:/%-]?[0-9]{0,4}( ?(km|bn|pm|%|kg|USD|m|st|th|s))?", fullmatch=True))
def test_anything_that_looks_like_a_figure_is_said(text: str) -> None:
    said = spell_out(text)
    assert said
    assert not re.search(r"\d", said)


@given(st.integers(min_value=0, max_value=10**15 - 1))
def test_every_number_is_said_in_its_own_way(n: int) -> None:
    assert _value(cardinal(n)) == n


@given(st.integers(min_value=1, max_value=10**6))
def test_ordinals_end_like_ordinals(n: int) -> None:
    assert re.search(r"(first|second|third|th)$", ordinal(n))
    assert n % 100 not in (11, 12, 13) or ordinal(n).endswith("th")


def test_years_decades_and_figures() -> None:
    assert [year(n) for n in (1066, 1900, 2010, 2100)] == [
        "ten sixty-six",
        "nineteen hundred",
        "twenty ten",
        "twenty-one hundred",
    ]
    assert [decade(n) for n in (1990, 80, 2000)] == ["nineteen nineties", "eighties", "two thousands"]
    assert digits("9-1-1") == "nine one one"
    assert number("1,250.50") == "one thousand two hundred fifty point five zero"


def _value(words: str) -> int:
    """The number that the words mean: the way back, written independently."""
    from producer.speech.english_numbers import ONES, SCALES, TENS

    total = group = 0
    scales = {name: scale for scale, name in SCALES}
    for word in words.replace("-", " ").split():
        if word == "hundred":
            group *= 100
        elif word in scales:
            total, group = total + group * scales[word], 0
        else:
            group += ONES.index(word) if word in ONES else 10 * TENS.index(word)
    return total + group
