"""Two addresses of one page are one; what is no web address is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.provisional import urls

from scraper.urls import canonical_url, clean_link, shown

SAME_PAGE = [
    "https://news.example/a-b/1",
    "http://news.example/a-b/1",
    "https://www.news.example/a-b/1/",
    "https://m.news.example/a-b/1",
    "https://NEWS.example:443/a-b/1",
    "https://news.example/a-b/1?utm_source=rss&utm_medium=feed",
    "https://news.example/a-b/1?fbclid=IwAR0&gclid=x#comments",
    "https://news.example/a-b/1?utm%5Fsource=sly",
    "https://news.example/x/../a-b/./1",
    "https://news.example//a-b/1",
    "https://news.example/a%2Db/1",
    "https://amp.news.example/a-b/1/amp",
    "https://news.example./a-b/1",
]

OTHER_PAGES = [
    "https://news.example/a-b/1?page=2",
    "https://news.example/A-B/1",
    "https://news.example:8443/a-b/1",
    "https://news.example.org/a-b/1",
    "https://news.example/a-b/10",
]

NO_LINK = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<script>1</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "mailto:a@b.example",
    "ftp://news.example/",
    "http://user:pass@news.example/",
    "https:///",
    "http://a%20b/",
    "blob:https://x",
]

odd_urls = st.builds(
    lambda host, path, query: f"http://{host}/{path}?{query}",
    st.sampled_from(
        ["x.example", "www.m.x.example", "[::1]", "x.example.:80", "1.2.3.4:8080", "www.com", "münchen.example"]
    ),
    st.text(max_size=30),
    st.text(max_size=30),
)


@pytest.mark.parametrize("address", SAME_PAGE)
def test_one_page_has_one_identity(address: str) -> None:
    assert canonical_url(address) == "https://news.example/a-b/1"


@pytest.mark.parametrize("address", OTHER_PAGES)
def test_other_pages_have_others(address: str) -> None:
    assert canonical_url(address) != "https://news.example/a-b/1"


def test_the_order_of_parameters_does_not_matter() -> None:
    assert canonical_url("http://x.example/?b=2&a=1") == canonical_url("http://x.example/?a=1&b=2")


@given(urls() | odd_urls)
def test_canonical_is_idempotent(address: str) -> None:
    assert canonical_url(canonical_url(address)) == canonical_url(address)


@given(urls() | odd_urls)
def test_a_clean_link_is_clean_and_leads_to_the_same_page(address: str) -> None:
    link = clean_link(address)
    assert clean_link(link) == link
    assert canonical_url(link) == canonical_url(address)


@given(st.text())
def test_any_text_at_all_is_handled(text: str) -> None:
    assert clean_link(text) == "" or clean_link(text).startswith(("http://", "https://"))
    assert canonical_url(text) == "" or canonical_url(text).startswith("https://")


@pytest.mark.parametrize("address", ["", "   ", "//", "?", "#x", "x", *NO_LINK])
def test_what_is_no_web_address_is_no_link(address: str) -> None:
    assert clean_link(address) == canonical_url(address) == ""


def test_links_are_made_absolute_and_lose_only_their_tracking() -> None:
    assert (
        clean_link("/story?id=7&utm_source=x#part", "https://news.example/feed.xml")
        == "https://news.example/story?id=7#part"
    )
    assert clean_link("http://www.news.example/?a=&b") == "http://www.news.example/?a=&b"
    assert clean_link("https://photos.example/?fbid=12&vid=3") == "https://photos.example/?fbid=12&vid=3"


def test_what_is_shown_keeps_no_query() -> None:
    assert shown("https://api.example/news?apiKey=secret") == "https://api.example/news"
