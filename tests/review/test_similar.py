"""A reviewer learns that the studio told a story before, and how that shows; stories that only sound alike are left alone."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.similar import SHOWN, Similar, similar
from scraper.dedupe import fingerprint
from storage.told import Told

FERRY = "Night ferry returns to the old harbour after nine years"
STORY = " ".join(f"word{number}" for number in range(120))


def told(clip: str = "earlier", headline: str = "", address: str = "", text: str = "") -> Told:
    return Told(clip=clip, headline=headline, address=address, fingerprint=fingerprint(text))


def reasons(mine: Told, *earlier: Told) -> list[tuple[str, str]]:
    return [(found.clip, found.reason) for found in similar(mine, earlier)]


def test_the_same_page_is_the_same_story_whatever_it_is_called() -> None:
    page = "https://gazette.example/ferry"
    mine = told("mine", "Ferry again", page)
    assert reasons(mine, told("a", "Something else entirely", page), told("b", "Ferry", "https://other.example")) == [
        ("a", "same source")
    ]


def test_a_source_that_was_copied_shows_by_its_wording() -> None:
    half = " ".join(STORY.split()[:70]) + " " + " ".join(f"other{number}" for number in range(40))
    ((clip, reason),) = reasons(
        told("mine", "One title", text=STORY), told("a", "Another", text=half), told("b", text="")
    )
    assert clip == "a"
    assert reason.startswith("about ")
    assert reason.endswith(" % of the wording")


def test_headlines_show_by_the_words_that_they_share() -> None:
    mine = told("mine", FERRY)
    again = told("again", "The night ferry returns to its old harbour")
    assert reasons(mine, again, told("fish", "Nine fish markets to visit before breakfast")) == [
        ("again", "6 of 9 headline words")
    ]


@pytest.mark.parametrize(
    ("mine", "other"),
    [
        ("一片空白的天空里，藏着三千个星系", "空白的天空里藏着三千个星系"),
        ("العبارة الليلية تعود إلى الميناء القديم بعد تسع سنوات", "بعد تسع سنوات العبارة الليلية تعود إلى الميناء"),
        ("Los pulpos cambian de color incluso cuando sueñan", "Los pulpos también cambian de color cuando sueñan"),
    ],
)
def test_in_any_script(mine: str, other: str) -> None:
    ((clip, reason),) = reasons(told("mine", mine), told("a", other))
    assert clip == "a"
    assert reason.endswith("headline words")


def test_words_that_every_headline_has_tell_no_story() -> None:
    daily = [told(str(day), f"Weather for Lisbon and the coast: {word}") for day, word in enumerate(STORY.split())]
    assert similar(told("mine", "Weather for Lisbon and the coast: storm"), daily) == []
    storm = told("storm", "Storm floods Lisbon coast road")
    assert reasons(told("mine", "Storm floods the coast road near Lisbon"), storm, *daily)[0][0] == "storm"


def test_the_likest_come_first_and_of_those_the_newest() -> None:
    page = "https://gazette.example/ferry"
    mine = told("mine", FERRY, page)
    near = [told(f"near{number}", "The night ferry returns to its old harbour") for number in range(3)]
    assert [found.clip for found in similar(mine, [*near, told("same", "", page)])] == [
        "same",
        "near0",
        "near1",
        "near2",
    ]


stories = st.builds(
    told, st.sampled_from("abcdef"), st.sampled_from([FERRY, FERRY[:30], "Glass from the desert", ""]),
    st.sampled_from(["", "https://a.example", "https://b.example"]), st.sampled_from(["", STORY, STORY[:400]]),
)  # fmt: skip


@given(stories, st.lists(stories, max_size=30))
def test_however_much_was_told_a_few_are_named_each_with_a_reason(mine: Told, earlier: Sequence[Told]) -> None:
    found: list[Similar] = similar(mine, earlier)
    assert len(found) <= SHOWN
    assert all(like.reason for like in found)
    strengths = [like.strength for like in found]
    assert strengths == sorted(strengths, reverse=True)
    if mine.address and len(same := [one for one in earlier if one.address == mine.address]) <= SHOWN:
        assert [like.clip for like in found if like.reason == "same source"] == [one.clip for one in same]
