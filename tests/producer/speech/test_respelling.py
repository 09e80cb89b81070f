"""A pronunciation dictionary at work: words are said otherwise, and only where they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producer.speech.respelling import hints_for, respelling

DICTIONARY = {"Nguyen": "win", "GIF": "jif", "San José": "san hosay", "林芳": "李雷", "C++": "see plus plus"}
SAID = {
    "Dr. Nguyen's nguyen": "Dr. win's win",
    "a gif, two GIFs": "a jif, two GIFs",
    "in San José": "in san hosay",
    "今天林芳来了": "今天李雷来了",
    "learn C++ now": "learn see plus plus now",
    "nothing of it": "nothing of it",
}


@pytest.mark.parametrize(("written", "said"), SAID.items(), ids=list(SAID))
def test_whole_words_are_respelled_whatever_their_capitals(written: str, said: str) -> None:
    assert respelling(DICTIONARY)(written) == said


def test_of_two_entries_the_longer_counts() -> None:
    assert respelling({"York": "yok", "New York": "noo yok"})("New York and York") == "noo yok and yok"


def test_a_respelling_is_not_respelled_again() -> None:
    assert respelling({"a": "b", "b": "a"})("a b") == "b a"


def test_a_line_gets_only_the_entries_that_it_says_and_its_own_go_first() -> None:
    own = {"nguyen": "nwen"}
    assert hints_for("Nguyen made a gif.", own, DICTIONARY) == {"nguyen": "nwen", "GIF": "jif"}
    assert hints_for("Nothing here.", {}, DICTIONARY) == {}


@given(
    st.text("aB .+*(\\[林芳é", max_size=30), st.dictionaries(st.text("aB.+*(\\[林é", max_size=4), st.text(max_size=4))
)
def test_what_is_left_out_for_a_line_would_have_changed_nothing(text: str, dictionary: dict[str, str]) -> None:
    entries = {word.casefold(): said for word, said in dictionary.items() if word.strip()}
    assert respelling(hints_for(text, {}, entries))(text) == respelling(entries)(text)
