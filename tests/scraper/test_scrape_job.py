"""One scrape, from sources on a real server to the report: what is new, what is not and why, and how each source did."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from PIL import Image

from scraper.job import scrape
from scraper.reading import Reading
from scraper.turns import Turns
from storage.artifacts import FolderStore
from storage.documents import Rights
from storage.orders import SourceSpec
from storage.topics import KnownTopic, ScrapeReport, ScrapeRequest, SourceReport, SourceState
from tests.support.small_web import Web, item, request, rss

FERRY = (
    "For the first time in nine years a ferry will cross the harbour after midnight. It links the market with the hospital. "
    * 4
)
OTTERS = (
    "A family of otters has moved into the old dry dock and the builders have agreed to wait until the spring. " * 4
)


def run(job: ScrapeRequest, store: FolderStore) -> ScrapeReport:
    return scrape(job, store, lambda _fraction, _message: None)


def source(url: str, name: str = "", rights: Rights = "own", kind: str = "feed") -> SourceSpec:
    return SourceSpec(kind=kind, url=url, name=name, rights=rights)


def png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (640, 360), "teal").save(out, "PNG")
    return out.getvalue()


def test_a_scrape_finds_topics_best_first(web: Web, store: FolderStore) -> None:
    fresh, old = "<pubDate>Fri, 20 Nov 2026 06:00:00 GMT</pubDate>", "<pubDate>Wed, 18 Nov 2026 06:00:00 GMT</pubDate>"
    feed = web.page(
        "/feed",
        rss(
            item("Otters in the dock", OTTERS, "https://a.example/1", old),
            item("Ferry at night", FERRY, "https://a.example/2", fresh),
        ),
    )
    report = run(request(source(feed), policy=web.policy()), store)
    assert [t.title for t in report.topics] == ["Ferry at night", "Otters in the dock"]
    assert [t.source.name for t in report.topics] == ["Paper", "Paper"]
    assert report.topics[0].score > report.topics[1].score > 0
    assert [term.name for term in report.topics[0].score_terms] == [
        "freshness", "length", "picture", "source", "engagement", "corroboration", "variety"
    ]  # fmt: skip
    (health,) = report.sources
    assert (health.ok, health.entries, health.topics, health.name) == (True, 2, 2, "Paper")


def test_one_story_of_three_sources_is_one_topic_that_mentions_the_others(web: Web, store: FolderStore) -> None:
    a = web.page("/a", rss(item("Ferry at night", FERRY, "https://a.example/ferry")))
    b = web.page("/b", rss(item("A boat returns", FERRY[:-40], "https://b.example/boat")))
    c = web.page("/c", rss(item("Ferry at night again", "", "http://www.a.example/ferry/?utm_source=c")))
    report = run(request(source(a, "A"), source(b, "B"), source(c, "C"), policy=web.policy()), store)
    (topic,) = report.topics
    assert topic.source.name == "A"
    assert {m.source for m in topic.mentions} == {"B", "C"}
    assert ["“Ferry at night” from A" in left.reason for left in report.left_out] == [True, True]
    assert {(left.kind, left.same_as) for left in report.left_out} == {("merged", "https://a.example/ferry")}
    assert [s.topics for s in report.sources] == [1, 0, 0]


def test_what_the_show_already_has_is_left_out_with_the_reason(web: Web, store: FolderStore) -> None:
    feed = web.page(
        "/feed",
        rss(
            item("Ferry at night", FERRY, "https://a.example/ferry"),
            item("Otters in the dock", OTTERS, "https://a.example/otters"),
        ),
    )
    first = run(request(source(feed), policy=web.policy()), store)
    known = [
        KnownTopic(
            canonical_url=f"https://old.example/{i}", title="", fingerprint=t.fingerprint, label=f"clip {i} of 3 May"
        )
        for i, t in enumerate(first.topics)
    ]
    again = run(request(source(feed), policy=web.policy(), known=known[:1]), store)
    assert [t.title for t in again.topics] == [first.topics[1].title]
    (left,) = again.left_out
    assert (left.kind, left.same_as) == ("known", "https://old.example/0")
    assert left.reason == "Already covered by clip 0 of 3 May. About 100% of its wording is the same."


def test_a_source_that_fails_costs_only_itself(web: Web, store: FolderStore) -> None:
    good = web.page("/good", rss(item("Ferry at night", FERRY)))
    page = web.page("/page", "<html>No feed here</html>")
    sources = [source(page), source(web.url("/gone")), source("http://169.254.169.254/feed"), source("file:///etc/passwd"),
               source("not an address"), source(good, kind="telepathy"), source(good)]  # fmt: skip
    report = run(request(*sources, policy=web.policy()), store)
    assert [t.title for t in report.topics] == ["Ferry at night"]
    assert [s.ok for s in report.sources] == [False] * 6 + [True]
    for health in report.sources[:6]:
        assert health.error
        assert health.cure
        assert "\n" not in health.error
    assert "web page, not a feed" in report.sources[0].error
    assert "not on the public internet" in report.sources[2].error
    assert "no kind of source “telepathy”" in report.sources[5].error


def test_a_fault_of_ours_in_one_source_does_not_stop_the_others(
    web: Web, store: FolderStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken:
        kind = "broken"

        def fetch(self, *_: object) -> None:
            raise KeyError("surprise")

    monkeypatch.setattr("scraper.reading.create", _either(Broken))
    good = source(web.page("/good", rss(item("Ferry at night", FERRY))))
    report = run(request(source("https://x.example/", kind="broken"), good, policy=web.policy()), store)
    assert report.sources[0].error == "It could not be read because of a fault in Dailies (KeyError)."
    assert len(report.topics) == 1


def _either(broken: type) -> Callable[[str], object]:
    from scraper.sources.registry import create

    return lambda kind: broken() if kind == "broken" else create(kind)


def test_a_source_that_says_nothing_is_new_is_healthy(web: Web, store: FolderStore) -> None:
    feed = web.page("/feed", status=304)
    state = SourceState(etag='"7"')
    report = run(request(source(feed), policy=web.policy(), states={feed: state}), store)
    (health,) = report.sources
    assert (health.ok, health.unchanged, health.state, report.topics) == (True, True, state, ())


def test_a_failing_source_keeps_its_state_and_says_when_to_come_back(web: Web, store: FolderStore) -> None:
    feed = web.page("/feed", status=503, Retry_After="90")
    state = SourceState(etag='"7"')
    (health,) = run(request(source(feed), policy=web.policy(), states={feed: state}), store).sources
    assert (health.ok, health.state, health.retry_after_s) == (False, state, 90)


def test_a_host_that_asks_to_be_left_alone_is_asked_nothing_more(
    web: Web, store: FolderStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scraper.job.AT_ONCE", 1)  # in the order of the sources
    first, second = web.page("/a", status=429, Retry_After="90"), web.page("/b", rss(item("Ferry at night", FERRY)))
    state = SourceState(etag='"7"')
    report = run(request(source(first), source(second, "B"), policy=web.policy(), states={second: state}), store)
    assert web.hits == ["/a"]
    assert [(s.url, s.ok, s.retry_after_s) for s in report.sources] == [(first, False, 90), (second, False, 90)]
    assert report.sources[1].state == state
    assert "asks to be left alone" in report.sources[1].error


def test_two_questions_to_one_host_have_a_pause_between_them() -> None:
    def read(url: str) -> None:
        spec = SourceSpec(kind="feed", url=url)
        turns.read(spec, SourceState(), lambda: Reading(SourceReport(url=url, kind="feed")))

    slept: list[float] = []
    turns = Turns(1.5, slept.append)
    for url in ("https://a.example/1", "https://b.example/1", "https://a.example/2", "file:///a", "file:///b"):
        read(url)
    assert slept == [1.5]


def test_a_source_that_moved_for_good_says_where(web: Web, store: FolderStore) -> None:
    new = web.page("/new", rss(item("Ferry at night", FERRY)))
    (health,) = run(request(source(web.redirect("/old", new, status=301)), policy=web.policy()), store).sources
    assert (health.url, health.moved_to) == (web.url("/old"), new)


@pytest.mark.parametrize(("rights", "shown"), [("own", True), ("licensed", True), ("quote", False)])
def test_pictures_are_fetched_only_by_right(web: Web, store: FolderStore, rights: Rights, shown: bool) -> None:
    picture = f'<enclosure url="{web.page("/a.png", png())}" type="image/png" length="9"/>'
    feed = web.page("/feed", rss(item("Ferry at night", FERRY, extra=picture)))
    (topic,) = run(request(source(feed, rights=rights), policy=web.policy()), store).topics
    assert (topic.image is not None) is shown
    assert ("/a.png" in web.hits) is shown
    assert topic.score_terms[2].value == float(shown)


def test_a_picture_that_fails_is_a_warning_and_lowers_the_rank(web: Web, store: FolderStore) -> None:
    broken = f'<enclosure url="{web.page("/a.png", b"no picture")}" type="image/png" length="9"/>'
    feed = web.page("/feed", rss(item("Ferry at night", FERRY, extra=broken)))
    report = run(request(source(feed), policy=web.policy()), store)
    assert "picture-refused" in report.topics[0].flags
    assert "damaged or of an unknown kind" in report.sources[0].warnings[0]
    assert report.topics[0].score_terms[2].value == 0


def test_entries_that_nothing_can_be_made_of_are_listed(web: Web, store: FolderStore) -> None:
    feed = web.page("/feed", rss(item("🎉", "🎊", "https://a.example/party"), item("Ferry at night", FERRY)))
    report = run(request(source(feed), policy=web.policy()), store)
    assert [(left.kind, left.reason, left.url) for left in report.left_out] == [
        ("refused", "It contains no words.", "https://a.example/party")
    ]


def test_a_report_travels_as_json(web: Web, store: FolderStore) -> None:
    job = request(source(web.page("/feed", rss(item("Ferry at night", FERRY)))), policy=web.policy())
    report = run(job, store)
    assert ScrapeRequest.model_validate_json(job.model_dump_json()) == job
    assert ScrapeReport.model_validate_json(report.model_dump_json()) == report


def test_progress_is_reported_and_an_objection_ends_the_scrape(web: Web, store: FolderStore) -> None:
    job = request(source(web.page("/feed", rss(item("Ferry at night", FERRY)))), policy=web.policy())
    fractions: list[float] = []
    scrape(job, store, lambda fraction, _message: fractions.append(fraction))
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0

    def cancel(_fraction: float, _message: str) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        scrape(job, store, cancel)


def test_a_show_without_sources_finds_nothing(store: FolderStore) -> None:
    report = run(request(), store)
    assert (report.topics, report.sources) == ((), ())
