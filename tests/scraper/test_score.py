"""A topic's rank is a mean of named terms, and never falls because the topic got better."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.score import ENOUGH_WORDS, WEIGHTS, Taste, rescored, score_terms, total
from storage.orders import SourceSpec
from storage.schedule import Term, TopicRules
from storage.topics import FoundTopic, Mention, ScoreTerm

NOW = datetime(2026, 11, 20, 7, tzinfo=UTC)
SOURCE = SourceSpec(kind="feed", url="https://a.example/feed", name="Paper")
TASTE = Taste(
    TopicRules(want=("ferry", "night market"), avoid=("crime",)), ("The ferry that came back", "Otters in the dock")
)


def found(**changes: Any) -> FoundTopic:
    basics = {"source": SOURCE, "url": "", "canonical_url": "x", "title": "Any story", "text": "", "language": "en"}
    return FoundTopic.model_validate({**basics, **changes})


def mentions(*sources: str) -> tuple[Mention, ...]:
    return tuple(Mention(source=name, title="", url="", reason="") for name in sources)


def terms(topic: FoundTopic, *, picture: bool = False, taste: Taste | None = None) -> dict[str, ScoreTerm]:
    return {term.name: term for term in score_terms(topic, picture, NOW, taste or Taste())}


topics = st.builds(
    lambda hours, words, points, comments, others, weight, title: found(
        published_at=(NOW - timedelta(hours=hours)).isoformat(), text="word " * words, points=points, comments=comments,
        mentions=mentions(*map(str, range(others))), source=SOURCE.model_copy(update={"weight": weight}), title=title,
    ),
    st.floats(0, 24 * 400), st.integers(0, 400), st.integers(0, 10**6), st.integers(0, 10**5), st.integers(0, 9),
    st.floats(0, 1), st.sampled_from(["Any story", "A ferry and a crime", "Night market", "夜市"]),
)  # fmt: skip
better = st.sampled_from(
    [
        lambda t: t.model_copy(update={"published_at": NOW.isoformat()}),
        lambda t: t.model_copy(update={"text": t.text + "word " * 30}),
        lambda t: t.model_copy(update={"points": t.points + 7}),
        lambda t: t.model_copy(update={"comments": t.comments + 7}),
        lambda t: t.model_copy(update={"mentions": (*t.mentions, *mentions("one more"))}),
        lambda t: t.model_copy(update={"source": SOURCE.model_copy(update={"weight": 1.0})}),
        lambda t: t.model_copy(update={"text": f"{t.text} night market"}),
    ]
)


@given(topics, better, st.booleans(), st.sampled_from([Taste(), TASTE]))
def test_a_topic_that_gets_better_never_ranks_lower(
    topic: FoundTopic, improve: Any, picture: bool, taste: Taste
) -> None:
    before, now = (total(score_terms(t, picture, NOW, taste)) for t in (topic, improve(topic)))
    assert now >= before


@given(topics)
def test_illustrated_ranks_higher(topic: FoundTopic) -> None:
    assert total(score_terms(topic, True, NOW, TASTE)) > total(score_terms(topic, False, NOW, TASTE))


@given(topics, st.booleans(), st.sampled_from([Taste(), TASTE]))
def test_every_term_and_the_score_are_between_nought_and_one_and_say_why(
    topic: FoundTopic, picture: bool, taste: Taste
) -> None:
    scored = score_terms(topic, picture, NOW, taste)
    assert 0 <= total(scored) <= 1
    assert all(0 <= term.value <= 1 and term.why.endswith(".") for term in scored)


@given(topics, st.floats(0, 1000))
def test_time_never_lifts_a_topic(topic: FoundTopic, hours: float) -> None:
    scored = topic.model_copy(update={"score_terms": score_terms(topic, False, NOW, Taste())})
    assert rescored(scored, NOW + timedelta(hours=hours)).score <= rescored(scored, NOW).score


def test_a_show_weighs_terms_in_its_own_way() -> None:
    fresh = found(published_at=NOW.isoformat())
    only_fresh = Taste(TopicRules(weights=dict.fromkeys(WEIGHTS, 0.0) | {"freshness": 1.0}))
    assert total(score_terms(fresh, False, NOW, only_fresh)) == 1.0
    assert total(score_terms(fresh, False, NOW, Taste())) < 1.0
    nothing = Taste(TopicRules(weights=dict.fromkeys(WEIGHTS, 0.0)))
    assert total(score_terms(fresh, False, NOW, nothing)) == 0.0


def test_new_weights_hold_for_topics_that_were_found_before() -> None:
    before = found(published_at=NOW.isoformat())
    scored = before.model_copy(update={"score_terms": score_terms(before, False, NOW, Taste())})
    now = rescored(scored, NOW, {"freshness": 9.0})
    assert {term.name: term.weight for term in now.score_terms}["freshness"] == 9.0
    assert now.score > rescored(scored, NOW).score


def test_every_term_has_a_weight_and_a_name_that_a_show_may_use() -> None:
    assert set(WEIGHTS) == set(get_args(Term))
    assert {term.name for term in score_terms(found(), False, NOW, TASTE)} | {"judgement"} == set(WEIGHTS)


def test_a_day_halves_the_freshness() -> None:
    values = [terms(found(published_at=(NOW - timedelta(hours=h)).isoformat()))["freshness"].value for h in (0, 24)]
    assert values == [1.0, 0.5]


def test_a_topic_without_a_date_is_worth_as_much_as_one_of_two_days_ago() -> None:
    undated, old = terms(found())["freshness"], terms(found(published_at="2026-11-18T07:00:00Z"))["freshness"]
    assert undated.value == old.value
    assert undated.why == "Its source gives no date."


def test_a_date_ahead_of_us_is_not_fresher_than_now() -> None:
    assert terms(found(published_at="2026-11-20T20:00:00Z"))["freshness"].value == 1.0


def test_chinese_is_measured_by_the_time_it_takes_to_say() -> None:
    chinese, english = (terms(found(text=text))["length"].value for text in ("字" * 240, "word " * ENOUGH_WORDS))
    assert chinese == english == 1.0


@pytest.mark.parametrize(
    ("age_h", "why"),
    [(0.5, "Published within the last hour."), (1, "Published 1 hour ago."), (26, "Published 26 hours ago."), (72, "Published 3 days ago.")],
)  # fmt: skip
def test_age_is_said_as_people_say_it(age_h: float, why: str) -> None:
    assert terms(found(published_at=(NOW - timedelta(hours=age_h)).isoformat()))["freshness"].why == why


def test_votes_lift_and_their_absence_does_not_hurt() -> None:
    silent, lively = terms(found())["engagement"], terms(found(points=812, comments=64))["engagement"]
    assert (silent.value, silent.why) == (0.5, "Its source counts no votes.")
    assert lively.value > 0.9
    assert lively.why == "812 votes and 64 comments at its source."


def test_others_who_report_it_are_named() -> None:
    term = terms(found(mentions=mentions("Gazette", "Paper", "Herald", "Gazette")))["corroboration"]
    assert (term.value, term.why) == (0.75, "Also reported by Gazette, Herald.")
    assert terms(found(mentions=mentions(*"abcdef")))["corroboration"].why == "Also reported by a, b, c and others."


def test_what_the_show_wants_lifts_and_what_it_avoids_lowers() -> None:
    def keywords(title: str, text: str = "") -> tuple[float, str]:
        term = terms(found(title=title, text=text), taste=TASTE)["keywords"]
        return round(term.value, 2), term.why

    assert keywords("Nothing of the kind") == (0.5, "It has none of the show's words.")
    assert keywords("A Ferry", "at the night-market") == (
        1.0,
        "It speaks of night market, ferry, which the show wants.",
    )
    assert keywords("A story", "of crime") == (0.33, "It speaks of crime, which the show avoids.")
    assert keywords("Ferryman")[0] == 0.5, "whole words only"
    assert "keywords" not in terms(found())


def test_more_of_the_same_ranks_lower() -> None:
    same, other = (
        terms(found(title=t), taste=TASTE)["variety"] for t in ("That ferry came back again", "A new bridge")
    )
    assert same.value < other.value == 1.0
    assert same.why == "Much like a recent clip, “The ferry that came back”."


def test_the_score_is_the_weighted_mean() -> None:
    pair = [ScoreTerm(name="a", value=1, weight=3, why=""), ScoreTerm(name="b", value=0, weight=1, why="")]
    assert total(pair) == 0.75
