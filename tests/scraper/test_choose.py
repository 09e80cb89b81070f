"""Which topics become clips, and the sentence that says why or why not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from scraper.choose import Room, choose
from scraper.score import Taste, score_terms, total
from storage.catalogue import TopicRow
from storage.orders import ShowSpec, SourceSpec
from storage.runs import LedgerEntry
from storage.schedule import TopicRules
from storage.topics import FoundTopic

NOW = datetime(2026, 11, 20, 7, tzinfo=UTC)
SHOW = ShowSpec(slug="show", name="Show", clips_per_run=2)
SOURCE = SourceSpec(kind="feed", url="https://a.example/feed", name="Paper")


def row(title: str, hours: float = 1, language: str = "en", clip: str | None = None, words: int = 100) -> TopicRow:
    published = (NOW - timedelta(hours=hours)).isoformat()
    found = FoundTopic(
        source=SOURCE, url=f"https://a.example/{title}", canonical_url=f"https://a.example/{title}", title=title,
        text="word " * words, language=language, published_at=published,
    )  # fmt: skip
    terms = score_terms(found, False, NOW - timedelta(hours=hours), Taste())
    found = found.model_copy(update={"score": total(terms), "score_terms": terms})
    return TopicRow(id=title, show="show", found=found, found_at=published, clip_id=clip)


def reasons(topics: list[TopicRow], show: ShowSpec = SHOW, rooms: tuple[Room, ...] = (), ledger: tuple[LedgerEntry, ...] = ()) -> dict[str, str]:  # fmt: skip
    picked = choose(topics, show, ledger, rooms, NOW)
    chosen = {choice.topic.id: f"yes: {choice.why}" for choice in picked.chosen}
    return chosen | {choice.topic.id: choice.why for choice in picked.passed_over}


def test_the_best_of_each_language_are_chosen_with_their_reasons() -> None:
    show = SHOW.model_copy(update={"languages": ("en", "es")})
    told = reasons([row("a"), row("b", 5), row("c", 9), row("d", language="es"), row("e", language="fr")], show)
    assert [name for name, why in told.items() if why.startswith("yes")] == ["a", "d", "b"]
    assert (
        told["a"]
        == "yes: Rank 1, score 0.58. Published 1 hour ago. Unlike the show's recent clips. 100 words to tell it with."
    )
    assert told["c"] == "The show makes 2 clips in this language per run, and there were better ones."
    assert told["e"] == "The show does not speak its language (fr)."


def test_scores_are_as_of_now_not_as_of_when_a_topic_was_found() -> None:
    old, new = row("old", 60), row("new", 20)
    assert old.found.score == new.found.score
    assert reasons([old, new], SHOW.model_copy(update={"clips_per_run": 1}))["new"].startswith("yes: Rank 1")


def test_what_the_ledger_knows_is_never_made_again_even_when_its_clip_is_gone() -> None:
    entry = LedgerEntry(number=12, show="show", language="en", canonical_url="https://a.example/a", title="a", fingerprint="", clip_id="gone", made_at="2026-05-03T08:00:00.000Z")  # fmt: skip
    assert reasons([row("a")], ledger=(entry,)) == {
        "a": "Already covered by clip 12 of 3 May 2026. It has the same address."
    }
    assert reasons([row("a", clip="x")]) == {"a": "It has a clip already."}


def test_old_and_poor_topics_are_passed_over() -> None:
    show = SHOW.model_copy(update={"topics": TopicRules(expires_h=24, minimum_score=0.5)})
    told = reasons([row("a", 25), row("b", 20, words=5)], show)
    assert told == {
        "a": "It is older than 24 hours.",
        "b": "Its score, 0.38, is below the show's minimum of 0.50.",
    }


def test_the_tightest_limit_holds_and_says_so() -> None:
    rooms = (Room(5, "five"), Room(1, "The show makes 3 clips a day."))
    told = reasons([row("a"), row("b", 5)], rooms=rooms)
    assert told["b"] == "The show makes 3 clips a day."
    assert told["a"].startswith("yes")
