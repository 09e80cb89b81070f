"""How a show is spoken: what may be written, and what is refused with a reason."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from storage.orders import ShowSpec
from storage.speaking import LONGEST_RESPELLING, LONGEST_WORD, MOST_ENTRIES, Speaking

TWINS = {"Nguyen": "win", "NGUYEN": "nwen"}


def test_words_are_kept_as_they_are_read() -> None:
    entries = Speaking(pronunciations={" Nin\u0303o ": "neen yo", "C++": "see plus plus", "می\u200cروم": "miravam"})
    assert entries.pronunciations == {"Niño": "neen yo", "C++": "see plus plus", "می\u200cروم": "miravam"}


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"rate": 2.0}, "less than or equal to 1.4"),
        ({"rate": 0.1}, "greater than or equal to 0.7"),
        ({"rate": float("nan")}, "finite"),
        ({"pause_s": -1}, "greater than or equal to 0"),
        ({"pronunciations": {"": "nothing"}}, "There is no letter in it"),
        ({"pronunciations": {"word": " "}}, "There is no letter in it"),
        ({"pronunciations": {"...": "dots"}}, "There is no letter in it"),
        ({"pronunciations": {"two\nlines": "one"}}, "line breaks cannot be said"),
        ({"pronunciations": {"word": "\u202edrow"}}, "Control characters"),
        ({"pronunciations": {"a" * (LONGEST_WORD + 1): "a"}}, f"At most {LONGEST_WORD} characters"),
        ({"pronunciations": {"a": "a" * (LONGEST_RESPELLING + 1)}}, f"At most {LONGEST_RESPELLING} characters"),
        ({"pronunciations": TWINS}, "“Nguyen” and “NGUYEN” are one word"),
        ({"pronunciations": {f"word {n}": "x" for n in range(MOST_ENTRIES + 1)}}, f"at most {MOST_ENTRIES} are"),
    ],
)
def test_what_cannot_be_said_is_refused_with_the_reason(wrong: dict[str, object], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        Speaking.model_validate(wrong)


@given(st.dictionaries(st.text(max_size=70), st.text(max_size=130), max_size=3))
def test_any_dictionary_is_refused_or_kept_for_good(entries: dict[str, str]) -> None:
    try:
        speaking = Speaking(pronunciations=entries)
    except ValidationError:
        return
    assert Speaking.model_validate(speaking.model_dump(mode="json")) == speaking


def test_a_show_from_before_reads_and_keeps_its_identity() -> None:
    old = {"slug": "evening", "name": "Evening"}
    show = ShowSpec.model_validate(old)
    assert show.speaking == Speaking()
    assert show.to_json() == {"tag": "show/1", **old}
