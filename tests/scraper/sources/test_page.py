"""A web page as a source: its article, and nothing that stands around it."""

from __future__ import annotations

import pytest

from config.errors import SourceError
from scraper.article import is_stub, read_article
from scraper.robots import may_read
from scraper.sources.base import FetchResult
from scraper.sources.page import Page
from storage.orders import SourceSpec
from storage.topics import SourceState
from tests.support.small_web import Web

STORY = (
    "For the first time in nine years a ferry will cross the harbour after midnight, the port said on Thursday.",
    "It links the market with the hospital, and nurses had asked for it since the old line was cancelled.",
    "The first boat leaves at ten past twelve, and a ticket costs as much as one for the bus.",
)
PAGE = f"""<!doctype html><html lang="en"><head><title>Ferry returns | Harbour Paper</title>
<meta property="og:site_name" content="Harbour Paper"><meta property="og:image" content="https://paper.example/f.jpg">
<meta property="article:published_time" content="2026-11-19T08:00:00Z"></head><body>
<nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><div id="cookies">We use cookies. Accept all.</div>
<article><h1>Ferry returns</h1>{"".join(f"<p>{p}</p>" for p in STORY)}</article>
<aside><p>Most read: ten tips for a better sofa.</p></aside><footer>Copyright Harbour Paper</footer></body></html>"""


def read(web: Web) -> FetchResult:
    return Page().fetch(SourceSpec(kind="page", url=web.url("/ferry")), web.client(), SourceState())


def test_a_page_gives_its_article(web: Web) -> None:
    web.page("/ferry", PAGE, Content_Type="text/html; charset=utf-8", ETag='"1"')
    result = read(web)
    (entry,) = result.candidates
    assert entry.title == "Ferry returns"
    assert entry.body.split("\n\n") == ["Ferry returns", *STORY] or entry.body.split("\n\n") == [*STORY]
    assert (entry.published_at, entry.language) == ("2026-11-19T00:00:00+00:00", "en")
    assert entry.pictures == ("https://paper.example/f.jpg",)
    assert (result.name, result.state) == ("Harbour Paper", SourceState(etag='"1"'))


def test_a_site_that_forbids_it_is_not_read(web: Web) -> None:
    web.page("/robots.txt", "User-agent: *\nDisallow: /ferry")
    web.page("/ferry", PAGE)
    with pytest.raises(SourceError, match="does not want programs"):
        read(web)
    assert web.hits == ["/robots.txt"]


def test_robots_rules_are_for_us_or_for_all_and_a_failing_server_means_no(web: Web) -> None:
    assert may_read(web.client(), web.url("/ferry"))
    web.page("/robots.txt", "User-agent: Dailies\nDisallow:\n\nUser-agent: *\nDisallow: /")
    assert may_read(web.client(), web.url("/ferry"))
    web.page("/robots.txt", status=500)
    assert not may_read(web.client(), web.url("/ferry"))


def test_a_page_without_an_article_is_said_so(web: Web) -> None:
    web.page("/ferry", "<html><body><nav>Home</nav></body></html>")
    with pytest.raises(SourceError, match="No article can be found"):
        read(web)


def test_what_is_for_subscribers_is_marked() -> None:
    marked = PAGE.replace(
        "</head>", '<script type="application/ld+json">{"isAccessibleForFree": "False"}</script></head>'
    )
    assert read_article(marked, "https://paper.example/f").closed
    assert not read_article(PAGE, "https://paper.example/f").closed
    assert is_stub("The harbour had a long night. Subscribe to continue reading.")
    assert not is_stub("The harbour had a long night. " * 200 + "Subscribe to continue reading.")


@pytest.mark.parametrize("page", ["<div>" * 20_000 + PAGE, "<b>" * 40_000, PAGE[:300], "\0\ud800 <", ""])
def test_hostile_pages_cost_nothing_and_give_nothing(page: str) -> None:
    assert read_article(page, "https://paper.example/f").text == ""


def test_rules_that_lie_elsewhere_hold_too(web: Web) -> None:
    web.page("/rules", "User-agent: *\nDisallow: /ferry")
    web.redirect("/robots.txt", "/rules", status=301)
    assert not may_read(web.client(), web.url("/ferry"))
    assert may_read(web.client(), web.url("/otters"))
    web.redirect("/robots.txt", "/robots.txt")
    assert may_read(web.client(), web.url("/ferry")), "rules that nobody can reach are none (RFC 9309, 2.3.1.2)"
