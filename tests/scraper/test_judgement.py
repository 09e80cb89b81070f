"""What a language model thinks of a topic is one more term of its score; a model that is down changes nothing else."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count

import pytest

from config.errors import Cancelled, Unavailable
from scraper.intake import Draft
from scraper.job import Helpers, scrape
from scraper.judgement import JUDGED, PATIENCE_S, Judge, Judgement, with_judgements
from scraper.score import Taste, score_terms, total
from storage.artifacts import FolderStore
from storage.orders import ShowSpec, SourceSpec
from storage.schedule import TopicRules
from storage.topics import FoundTopic, ScrapeReport
from tests.support.small_web import Web, item, request, rss

NOW = datetime(2026, 11, 20, 7, tzinfo=UTC)
STORIES = [(f"Story of the {thing}", f"The {thing} " * (60 - n)) for n, thing in enumerate(("ferry", "otter", "mill"))]


def likes_the_mill(topic: FoundTopic, _show: ShowSpec, _seconds: float) -> Judgement:
    mill = "mill" in topic.title
    return Judgement(1.0 if mill else 0.0, f"a-model rates it {10 if mill else 0} of 10.")


def down(_topic: FoundTopic, _show: ShowSpec, _seconds: float) -> Judgement:
    raise Unavailable("Ollama does not answer at http://127.0.0.1:11434.", "ollama serve")


def scraped(
    web: Web, store: FolderStore, judge: Judge | None, *, asked: bool = True, weight: float = 2
) -> ScrapeReport:
    feed = web.page("/feed", rss(*(item(title, text, f"https://a.example/{title[-4:]}") for title, text in STORIES)))
    job = request(SourceSpec(kind="feed", url=feed), policy=web.policy())
    rules = TopicRules(judge=asked, weights={"judgement": weight})
    job = job.model_copy(update={"show": job.show.model_copy(update={"topics": rules})})
    return scrape(job, store, lambda _fraction, _message: None, helpers=Helpers(judge=judge))


def test_a_judgement_is_a_term_with_its_reason_and_moves_the_rank(web: Web, store: FolderStore) -> None:
    report = scraped(web, store, likes_the_mill)
    assert report.topics[0].title == "Story of the mill"
    (term,) = (term for term in report.topics[0].score_terms if term.name == "judgement")
    assert (term.value, term.weight, term.why) == (1.0, 2.0, "a-model rates it 10 of 10.")
    assert report.notes == ()
    assert [topic.score for topic in report.topics] == sorted((topic.score for topic in report.topics), reverse=True)


def test_a_show_decides_whether_and_how_much(web: Web, store: FolderStore) -> None:
    unasked = scraped(web, store, likes_the_mill, asked=False)
    assert all(term.name != "judgement" for topic in unasked.topics for term in topic.score_terms)
    without_weight = scraped(web, store, likes_the_mill, weight=0)
    assert [topic.score for topic in without_weight.topics] == [topic.score for topic in unasked.topics]


def test_a_model_that_is_down_changes_nothing_but_a_note(web: Web, store: FolderStore) -> None:
    report, alone = scraped(web, store, down), scraped(web, store, None)
    assert report.topics == alone.topics
    assert report.notes == (
        "The language model rated 0 of 3 topics. Ollama does not answer at http://127.0.0.1:11434. ollama serve",
    )


def test_a_cancelled_scrape_ends(web: Web, store: FolderStore) -> None:
    def cancelled(_topic: FoundTopic, _show: ShowSpec, _seconds: float) -> Judgement:
        raise Cancelled

    with pytest.raises(Cancelled):
        scraped(web, store, cancelled)


def test_the_time_for_all_of_them_is_limited() -> None:
    def draft(number: int) -> Draft:
        source = SourceSpec(kind="feed", url="https://a.example/feed", name="Paper")
        topic = FoundTopic(
            source=source, url="", canonical_url=f"urn:{number}", title=f"Title {number}", text="", language="en"
        )
        terms = score_terms(topic, False, NOW, Taste())
        return Draft(topic.model_copy(update={"score": total(terms), "score_terms": terms}), ())

    ticks = count(0, PATIENCE_S / 4)
    given: list[float] = []

    def slow(_topic: FoundTopic, _show: ShowSpec, seconds: float) -> Judgement:
        given.append(seconds)
        return Judgement(0.5, "a-model rates it 5 of 10.")

    drafts = [draft(number) for number in range(JUDGED + 5)]
    rated, note = with_judgements(drafts, ShowSpec(slug="s", name="S"), slow, lambda _: None, lambda: next(ticks))
    assert given == [PATIENCE_S * 3 / 4, PATIENCE_S / 2, PATIENCE_S / 4]
    assert note == f"The language model rated 3 of {JUDGED} topics: its 120 seconds were over."
    assert len(rated) == len(drafts)
