"""One story in two wordings is found by a small model of meanings, where it is installed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import time_machine

from scraper.autopilot import scrape_request
from scraper.dedupe import SAME_MEANING, Known, unpacked
from scraper.job import Helpers, scrape
from scraper.meaning import FILES, NAME, MeaningModel, figures, meaning_model, packed
from scraper.recording import order_clip
from storage import catalogue
from storage.artifacts import FolderStore
from storage.database import reading
from storage.orders import PresenterSpec, ShowSpec, SourceSpec
from storage.topics import KnownTopic, Meaning, ScrapeReport
from storage.writer import Writer
from tests.support.pulled import weights
from tests.support.retold import RESEMBLING, RETOLD
from tests.support.small_web import Web, item, request, rss
from tests.support.tiny_meaning import tiny_model


def direction(*numbers: float, named: tuple[str, ...] = ()) -> Meaning:
    return Meaning(vector=packed(np.array(numbers)), figures=named)


def topic(number: int, meaning: Meaning | None) -> KnownTopic:
    return KnownTopic(canonical_url=f"https://a.example/{number}", title=f"Title {number}", meaning=meaning, label="x")


def test_a_vector_keeps_its_direction_in_letters() -> None:
    vector = np.random.default_rng(7).normal(size=384)
    again = unpacked(packed(vector))
    assert float(again @ vector) / np.linalg.norm(vector) > 0.999
    assert np.linalg.norm(again) == pytest.approx(1, abs=1e-5)


def test_figures_are_told_from_each_other_however_thousands_are_marked() -> None:
    assert figures("4,000 roofs, 3.75 percent and 4000 again; 1.200.000 in all") == ("4000", "3.75", "1200000")


def test_the_likest_topic_is_named_with_how_alike_it_is() -> None:
    known = Known([topic(1, direction(1, 0.9)), topic(2, direction(1, 0)), topic(3, None)])
    match = known.match(topic(9, direction(1, 0.3)))
    assert match is not None
    assert match.topic.canonical_url == "https://a.example/2"
    assert match.reason == "It tells of the same in other words (96% alike)."
    assert known.match(topic(9, direction(-1, 0.2))) is None
    assert known.match(topic(9, None)) is None


def test_stories_whose_figures_disagree_are_two() -> None:
    known = Known([topic(1, direction(1, 0, named=("900",)))])
    assert known.match(topic(2, direction(1, 0, named=("200", "1986")))) is None
    assert known.match(topic(2, direction(1, 0, named=("900", "12")))) is not None
    assert known.match(topic(2, direction(1, 0))) is not None


def test_vectors_of_another_model_compare_with_nothing() -> None:
    assert Known([topic(1, direction(1, 0))]).match(topic(2, direction(1, 0, 0))) is None


def test_without_its_files_there_is_no_model(tmp_path: Path) -> None:
    assert meaning_model(tmp_path) is None
    (tmp_path / NAME).mkdir()
    (tmp_path / NAME / FILES[0]).write_bytes(b"half")
    assert meaning_model(tmp_path) is None


def scraped(
    web: Web, store: FolderStore, model: MeaningModel | None, known: tuple[KnownTopic, ...] = ()
) -> ScrapeReport:
    told = [item(*RETOLD[0][side], f"https://{side}.example/ferry") for side in (0, 1)]
    feeds = [SourceSpec(kind="feed", url=web.page(f"/{n}", rss(one)), name=f"Paper {n}") for n, one in enumerate(told)]
    job = request(*feeds, policy=web.policy(), known=known)
    return scrape(job, store, lambda _fraction, _message: None, helpers=Helpers(meanings=model))


def test_a_scrape_runs_the_model_on_every_english_topic(web: Web, store: FolderStore, tmp_path: Path) -> None:
    pytest.importorskip("tokenizers")
    model = meaning_model(tiny_model(tmp_path))
    report = scraped(web, store, model)
    assert report.notes == ()
    assert [topic.meaning is not None for topic in report.topics] == [True] * len(report.topics)
    assert all(topic.meaning is None for topic in scraped(web, store, None).topics)


def test_damaged_weights_cost_the_verdict_and_nothing_else(web: Web, store: FolderStore, tmp_path: Path) -> None:
    pytest.importorskip("tokenizers")
    folder = tiny_model(tmp_path)
    (folder / NAME / FILES[0]).write_bytes(b"no network")
    report = scraped(web, store, meaning_model(folder))
    assert len(report.topics) == 2
    (note,) = report.notes
    assert note.startswith("Retellings were not looked for: the model of meanings failed")
    assert "run.py pull meaning" in note


def test_what_was_made_is_remembered_by_meaning_for_a_week(tmp_path: Path, web: Web, store: FolderStore) -> None:
    pytest.importorskip("tokenizers")
    report = scraped(web, store, meaning_model(tiny_model(tmp_path)))
    show = ShowSpec(slug=report.show, name="Show")
    writer = Writer(tmp_path / "studio.db").start()
    writer.do(partial(catalogue.put_presenter, presenter=PresenterSpec(slug="mara", name="Mara")))
    writer.do(partial(catalogue.put_show, show=show))
    writer.do(partial(catalogue.record_topics, report=report))
    with reading(tmp_path / "studio.db") as db:
        found = catalogue.topics(db, show.slug)[0]
    writer.do(partial(order_clip, topic=found, author="autopilot"))
    writer.stop()
    for days, remembered in ((1, True), (8, False)):
        with time_machine.travel(datetime.now(UTC) + timedelta(days=days)), reading(tmp_path / "studio.db") as db:
            known = scrape_request(db, show.slug, web.policy()).known
        assert len(known) == 1 + len(report.topics)
        assert {bool(one.meaning) for one in known} == {remembered}


@pytest.mark.proof
def test_the_real_model_finds_retellings_and_lets_others_be(web: Web, store: FolderStore) -> None:
    model = meaning_model(weights("meaning").parent)
    assert model is not None
    told = [[model.of(f"{title}. {text}") for title, text in pair] for pair in RETOLD]
    known = Known(topic(number, first) for number, (first, _) in enumerate(told))
    found = [known.match(topic(100 + number, second)) for number, (_, second) in enumerate(told)]
    right = [bool(match) and match.topic.canonical_url == f"https://a.example/{n}" for n, match in enumerate(found)]
    wrong = [match for n, match in enumerate(found) if match and match.topic.canonical_url != f"https://a.example/{n}"]
    assert sum(right) >= len(RETOLD) - 1
    assert wrong == []
    for title, text in RESEMBLING:
        assert known.match(topic(200, model.of(f"{title}. {text}"))) is None, title
    # and as a scrape does it: one topic, which names the other report and the reason
    report = scraped(web, store, model)
    (kept,) = report.topics
    (left,) = report.left_out
    assert left.kind == "merged"
    assert "in other words" in left.reason
    assert [mention.source for mention in kept.mentions] == [left.source]
    again = scraped(
        web, store, model, known=(topic(7, kept.meaning).model_copy(update={"label": "clip 12 of 3 May 2026"}),)
    )
    assert again.topics == ()
    assert any(line.reason.startswith("Already covered by clip 12 of 3 May 2026.") for line in again.left_out)
    assert SAME_MEANING < 1
