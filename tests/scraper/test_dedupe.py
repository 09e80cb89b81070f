"""One story under two addresses, titles or wordings is found; two stories are not taken for one."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.dedupe import HASHES, Known, fingerprint, likeness, title_key
from storage.topics import KnownTopic

WORDS = [
    "harbour",
    "ferry",
    "night",
    "market",
    "water",
    "council",
    "lantern",
    "museum",
    "robot",
    "kelp",
    "otter",
    "bread",
    "pool",
    "race",
    "crew",
    "bus",
    "hill",
    "stone",
    "field",
    "green",
    "tide",
    "mill",
    "bell",
    "tram",
    "school",
    "honey",
    "lamp",
    "book",
]


def story(seed: int, length: int = 200) -> str:
    """A text that is like no other: words at random from a small vocabulary, as in stories of one town."""
    dice = random.Random(seed)
    return " ".join(dice.choice(WORDS) for _ in range(length))


def edited(text: str, every: int) -> str:
    """The text with every n-th word replaced."""
    return " ".join(f"changed{i}" if i % every == 0 else word for i, word in enumerate(text.split()))


def topic(number: int, title: str = "", text: str = "", url: str = "") -> KnownTopic:
    address = url or f"https://news.example/{number}"
    return KnownTopic(
        canonical_url=address, title=title or f"Story number {number} of them", fingerprint=fingerprint(text)
    )


def test_the_same_address_is_the_same_story() -> None:
    known = Known([topic(1, text=story(1))])
    match = known.match(topic(2, text=story(2), url="https://news.example/1"))
    assert match is not None
    assert (match.topic.canonical_url, match.reason) == ("https://news.example/1", "It has the same address.")


def test_the_same_title_is_the_same_story_if_the_texts_do_not_contradict_it() -> None:
    known = Known([topic(1, "Night ferry returns to Tolmouth!", story(1))])
    assert known.match(topic(2, "NIGHT FERRY — returns to “Tolmouth”", "")).reason == "It has the same title."  # type: ignore[union-attr]
    assert known.match(topic(3, "Night ferry returns to Tolmouth", story(3))) is None


def test_short_titles_repeat_by_chance() -> None:
    assert Known([topic(1, "Weather")]).match(topic(2, "Weather")) is None


@pytest.mark.parametrize("every", [12, 20, 50])
def test_an_edited_text_is_recognised(every: int) -> None:
    for seed in range(40):
        known = Known([topic(n, text=story(n)) for n in range(seed, seed + 20)])
        match = known.match(topic(999, text=edited(story(seed), every)))
        assert match is not None, (seed, every)
        assert match.topic.canonical_url == f"https://news.example/{seed}"
        assert "of its wording is the same" in match.reason


def test_a_text_that_was_cut_or_continued_a_little_is_recognised() -> None:
    known = Known([topic(1, text=story(1))])
    assert known.match(topic(2, text=" ".join(story(1).split()[:150])))
    assert known.match(topic(3, text=f"{story(1)} {story(2, 40)}"))


def test_no_two_of_three_hundred_stories_are_taken_for_one() -> None:
    known = Known()
    for number in range(300):
        new = topic(number, text=story(number))
        assert known.match(new) is None
        known.add(new)


def test_half_rewritten_stories_are_two() -> None:
    assert Known([topic(1, text=story(1))]).match(topic(2, text=edited(story(1), 2))) is None


def test_chinese_is_compared_too() -> None:
    text = "托尔茅斯的老图书馆从这个月起夜里不关灯，三楼的阅览室一直开放到早上六点。这个主意来自一名护士。"
    assert likeness(fingerprint(text), fingerprint(text.replace("护士", "医生"))) > 0.6  # type: ignore[operator]


def test_short_texts_have_no_fingerprint() -> None:
    assert fingerprint("Too short to compare.") == fingerprint("") == fingerprint("🎉") == ""
    assert likeness("", fingerprint(story(1))) is None


def test_fingerprints_never_change() -> None:
    """They are stored for years: other numbers would make every old story new."""
    assert fingerprint(story(7))[:32] == "00e645050060b024006e2fdb016c4608"
    assert len(fingerprint(story(7))) == 8 * HASHES


@given(st.text())
def test_punctuation_case_and_space_do_not_matter(text: str) -> None:
    assert fingerprint(f"  {text.upper().lower()}!") == fingerprint(text.upper().lower())


def test_title_keys_are_words_only() -> None:
    assert title_key("“Night ferry”: returns, at LAST…") == "night ferry returns at last"
    assert title_key("老图书馆夜里不关灯") == "老 图 书 馆 夜 里 不 关 灯"
    assert title_key("🎉🎉🎉🎉") == ""
