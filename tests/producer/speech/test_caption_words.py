"""A text as caption words, and the spoken words that belong to each."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from producer.speech.alignment import owners, spread
from producer.speech.captions import caption_words
from producer.speech.characters import speakable


def test_figures_with_their_signs_are_one_word() -> None:
    assert caption_words("It rose 94% — to $3,000. 🎉") == ["It", "rose", "94% —", "to", "$3,000. 🎉"]
    assert caption_words("🎉 Hello") == ["🎉 Hello"]


@given(st.text(alphabet="ab1%—🎉 \n“”.", max_size=40))
def test_caption_words_keep_every_character_and_always_have_something_to_say(text: str) -> None:
    words = caption_words(text)
    assert all(speakable(word) for word in words)
    assert " ".join(words) == (" ".join(text.split()) if speakable(text) else "")


def test_spoken_words_belong_to_the_caption_word_they_were_written_as() -> None:
    written = ["ʌbWt", "nIndifɔɹpɜɹsɛnt", "ʌv", "θɹiθWzᵊnd"]  # about 94% of 3,000
    said = ["əbWt", "nIndi", "fɔɹ", "pɜɹsɛnt", "əv", "θɹi", "θWzᵊnd"]
    assert owners(written, said) == [0, 1, 1, 1, 2, 3, 3]


def test_words_said_but_not_written_join_the_word_before() -> None:
    written = ["ɔn", "fIv", "mɑɹʧ"]  # on 5 March
    said = ["ɔn", "ðə", "fɪfθ", "ʌv", "mɑɹʧ"]
    assert owners(written, said) == [0, 0, 1, 1, 2]


WORDS = st.lists(st.text(alphabet="abcd", min_size=1, max_size=5), min_size=1, max_size=8)


@given(WORDS, WORDS)
def test_owners_are_in_order_and_exist(written: list[str], said: list[str]) -> None:
    found = owners(written, said)
    assert len(found) == len(said)
    assert found == sorted(found)
    assert all(0 <= owner < len(written) for owner in found)


@given(WORDS)
def test_equal_words_own_themselves(words: list[str]) -> None:
    assert owners(words, words) == list(range(len(words)))


def test_a_word_without_a_sound_shares_its_neighbours_time() -> None:
    assert spread(["aa", "bbb", "c"], [(0.0, 1.0), None, (1.0, 2.0)]) == [(0.0, 0.4), (0.4, 1.0), (1.0, 2.0)]
    assert spread(["aa", "bb"], [None, (1.0, 2.0)]) == [(1.0, 1.5), (1.5, 2.0)]
    assert spread(["a", "b"], [None, None]) == [(0.0, 0.0), (0.0, 0.0)]
