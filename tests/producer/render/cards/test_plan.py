"""Which card is shown when: never nothing, never the same twice, never for long."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producer.render.cards.changes import LONGEST_S, SHORTEST_S, changes
from producer.render.cards.plan import Headline, Items, Link, Number, Photo, Quote, Story, plan
from producer.render.offers.figures import figure_in
from producer.render.offers.lists import items_in
from producer.render.offers.quotes import quote_in
from storage.documents import ScriptLine, SpokenSpan

TEXTS = (
    "Night trams return to the old town this winter.",
    "The city spent 4.2 million euros on new tracks.",
    "“We have waited nine years for this evening to come,” the driver said.",
    "One ticket is enough for trams, buses and ferries.",
)


def story(*texts: str, each_s: float = 6.0, photo: bool = False, url: str = "https://gazette.example/trams") -> Story:
    spans = tuple(SpokenSpan(start=i * each_s, end=(i + 1) * each_s) for i in range(len(texts)))
    return Story(tuple(ScriptLine(text=t) for t in texts), spans, source="Harbour Gazette", url=url, photo=photo)


@given(
    each=st.floats(1.0, 20.0),
    texts=st.lists(st.sampled_from(TEXTS), min_size=1, max_size=12),
    photo=st.booleans(),
)
def test_cards_follow_each_other_without_a_gap_and_change_every_few_seconds(
    each: float, texts: list[str], photo: bool
) -> None:
    end = each * len(texts)
    beats = plan(story(*texts, each_s=each, photo=photo), 0.0, end)
    assert beats[0].start == 0
    assert beats[-1].end == end
    assert all(a.end == b.start for a, b in pairwise(beats))
    if end > LONGEST_S:
        assert all(SHORTEST_S - 1e-6 <= beat.end - beat.start <= LONGEST_S + 1e-6 for beat in beats)


@given(start=st.floats(0, 5), length=st.floats(0.1, 400))
def test_changes_hold_their_distance_whatever_is_said(start: float, length: float) -> None:
    times = changes(start, start + length, ())
    assert times[0] == start
    assert times[-1] == start + length
    if length > LONGEST_S:
        assert all(SHORTEST_S - 1e-6 <= b - a <= LONGEST_S + 1e-6 for a, b in pairwise(times))


def test_the_headline_comes_first_and_the_sources_link_last() -> None:
    beats = plan(story(*TEXTS), 0.0, 24.0)
    assert beats[0].content == Headline()
    assert beats[-1].content == Link("https://gazette.example/trams")


def test_what_is_told_decides_what_is_shown() -> None:
    kinds = {type(beat.content) for beat in plan(story(*TEXTS, *TEXTS, url=""), 0.0, 48.0)}
    assert {Number, Quote, Items} <= kinds


def test_a_picture_is_shown_only_where_there_is_one() -> None:
    told = ("The old town sleeps.", "Nobody walks there.", "Then a bell rings.", "A door opens slowly.")
    assert any(isinstance(beat.content, Photo) for beat in plan(story(*told, photo=True), 0.0, 24.0))
    assert not any(isinstance(beat.content, Photo) for beat in plan(story(*told), 0.0, 24.0))


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("The city spent 4.2 million euros on new tracks.", "en", "4.2 million"),
        ("It closed in 1987.", "en", None),
        ("They meet at 10:30 on 3 May.", "en", None),
        ("Nearly 18 percent of the electricity is lost.", "en", "18%"),
        ("Todo se decidió en 1987.", "es", None),
    ],
)
def test_figures_are_shown_only_where_they_tell_something(text: str, language: str, value: str | None) -> None:
    found = figure_in(text, language)
    assert (found.value if found else None) == value


def test_lists_and_quotations_are_found() -> None:
    assert items_in("One ticket is enough for trams, buses and ferries.", "en") == ("trams", "buses", "ferries")
    assert quote_in(TEXTS[2]) == "We have waited nine years for this evening to come"
    assert quote_in("A “tram” is not enough.") == ""
