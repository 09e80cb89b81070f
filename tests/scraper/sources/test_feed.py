"""Feeds of every family, whole, wounded and hostile."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.errors import SourceError
from scraper.sources.base import FetchResult
from scraper.sources.feed import Feed, read_feed
from scraper.sources.xml_feed import ENTRIES
from storage.orders import SourceSpec
from storage.topics import SourceState
from tests.support.small_web import Web, item, rss

HERE = "https://news.example/feeds/main.xml"

ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><title>Journal</title><entry>
<title type="html">&lt;b&gt;Bateau&lt;/b&gt;</title><link href="../a"/><link rel="enclosure" type="image/png" href="i.png"/>
<updated>2026-11-18T08:00:00+01:00</updated><summary>court</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Un texte plus long.</p></div></content></entry></feed>"""

RDF = """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>Old</title><dc:language>de</dc:language></channel>
<item rdf:about="https://news.example/1"><title>Fähre</title><link>https://news.example/1</link>
<dc:date>2026-11-18T08:00:00Z</dc:date></item></rdf:RDF>"""

JSON = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Paper",
    "language": "es",
    "items": [
        {"id": "1", "url": "/uno", "title": "2 < 3", "content_html": "<p>Hola</p>", "image": "uno.jpg", "date_published": "2026-11-18T08:00:00-05:00"},
        {"id": "https://news.example/2", "content_text": "a <b> c\n\nd", "date_published": "yesterday", "language": "en"},
        {"id": 3, "title": None, "tags": [[]]},
        "no item",
    ],
}  # fmt: skip


def titles(feed: FetchResult) -> list[str]:
    return [candidate.title for candidate in feed.candidates]


def test_rss_gives_its_longest_text_its_pictures_and_its_date() -> None:
    feed = read_feed(
        """<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/"
        xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Paper</title><language>en-gb</language><item><title>Ferry</title>
        <link>/a</link><description>short</description><content:encoded><![CDATA[<p>longer <img src="in-text.jpg"></p>]]></content:encoded>
        <media:content url="small.jpg" type="image/jpeg" width="100"/><media:content url="large.jpg" medium="image" width="1280"/>
        <media:content url="film.mp4" type="video/mp4" width="4000"/><media:thumbnail url="thumb.jpg"/>
        <enclosure url="enclosed.png" type="image/png" length="1"/><pubDate>Wed, 18 Nov 2026 09:00:00 +0100</pubDate>
        <dc:language>es</dc:language></item></channel></rss>""",
        HERE,
    )
    (entry,) = feed.candidates
    assert (feed.name, entry.title, entry.url) == ("Paper", "Ferry", "https://news.example/a")
    assert entry.body.startswith("<p>longer")
    assert (entry.published_at, entry.language) == ("2026-11-18T08:00:00+00:00", "es")
    names = ["large.jpg", "small.jpg", "enclosed.png", "thumb.jpg", "in-text.jpg"]
    assert list(entry.pictures) == [f"https://news.example/feeds/{name}" for name in names]


def test_atom() -> None:
    (entry,) = read_feed(ATOM, HERE).candidates
    assert (entry.title, entry.url, entry.language) == ("<b>Bateau</b>", "https://news.example/a", "fr")
    assert (entry.body, entry.published_at) == ("<p>Un texte plus long.</p>", "2026-11-18T07:00:00+00:00")
    assert entry.pictures == ("https://news.example/feeds/i.png",)


def test_rdf() -> None:
    (entry,) = read_feed(RDF, HERE).candidates
    assert (entry.title, entry.url, entry.published_at) == (
        "Fähre",
        "https://news.example/1",
        "2026-11-18T08:00:00+00:00",
    )


def test_json_feed() -> None:
    feed = read_feed(json.dumps(JSON), HERE)
    first, second, third = feed.candidates
    assert (feed.name, first.title, first.url, first.language) == (
        "Paper",
        "2 &lt; 3",
        "https://news.example/uno",
        "es",
    )
    assert (first.body, first.published_at) == ("<p>Hola</p>", "2026-11-18T13:00:00+00:00")
    assert first.pictures == ("https://news.example/feeds/uno.jpg",)
    assert (second.body, second.url, second.published_at) == ("a &lt;b&gt; c\n\nd", "https://news.example/2", "")
    assert second.language == "en"
    assert third.title == ""


def test_a_feed_is_read_through_its_client_in_its_own_encoding(web: Web) -> None:
    text = rss(item("El niño")).replace("UTF-8", "iso-8859-1")
    spec = SourceSpec(kind="feed", url=web.page("/feed", text.encode("latin-1"), ETag='"1"', Content_Type="text/xml"))
    feed = Feed().fetch(spec, web.client("/feed"), SourceState())
    assert titles(feed) == ["El niño"]
    assert feed.state.etag == '"1"'


def test_an_unchanged_feed_is_not_read_again(web: Web) -> None:
    spec = SourceSpec(kind="feed", url=web.page("/feed", status=304))
    state = SourceState(etag='"1"')
    assert Feed().fetch(spec, web.client("/feed"), state) == FetchResult(state=state, unchanged=True)


@pytest.mark.parametrize(
    ("text", "words", "cure"),
    [
        ("", "is empty", "browser"),
        (" \n", "is empty", "browser"),
        ("<!DOCTYPE html><html><body>News</body></html>", "web page, not a feed", "RSS or Atom address"),
        ("<!-- x --> <HTML><head><title>x</title></head></HTML>", "web page, not a feed", "RSS or Atom address"),
        ('<html><link rel="alternate" type="application/rss+xml" href="/feed.xml?utm_source=x"></html>', "web page, not a feed", "https://news.example/feed.xml"),
        ("just words", "not a feed", "/feed"),
        ("<sitemapindex><sitemap/></sitemapindex>", "not a feed", "/feed"),
        ("\x89PNG\r\n", "not a feed", "/feed"),
        ('{"articles": []}', "not a JSON Feed", "JSON Feed"),
        ("[1, 2]", "not a JSON Feed", "JSON Feed"),
        ('{"version": ', "damaged", "later"),
        ("[" * 100_000, "damaged", "later"),
        ('{"version": ' + "9" * 5000 + "}", "damaged", "later"),
        ("<rss><channel><title>x", "no entry can be read", "later"),
        ("<rss>" + "<a>" * 400_000, "more than 300,000 tags", "smaller"),
    ],
)  # fmt: skip
def test_what_is_no_feed_says_so_in_one_line_with_a_cure(text: str, words: str, cure: str) -> None:
    with pytest.raises(SourceError, match=words) as refusal:
        read_feed(text, HERE)
    assert cure in refusal.value.cure
    assert "\n" not in str(refusal.value)


def test_a_feed_without_entries_is_fine() -> None:
    assert read_feed(rss(), HERE).candidates == ()
    assert read_feed('{"version": "https://jsonfeed.org/version/1", "items": null}', HERE).candidates == ()


def test_a_feed_that_breaks_off_keeps_its_whole_entries() -> None:
    whole = rss(item("One", "first"), item("Two", "second"), item("Three", "third"))
    feed = read_feed(whole[: whole.index("third")], HERE)
    assert titles(feed) == ["One", "Two"]
    assert feed.warnings == ("The feed breaks off; its last entry was left out.",)


@pytest.mark.parametrize(
    "wound",
    [
        item("R&D &nbsp; lab"),
        "<item><title>Open <b>tag</title></item>",
        item("\x0b\x00control"),
        "<item attr=bare><title>x</title></item>",
    ],
)
def test_a_feed_that_is_not_quite_xml_is_read(wound: str) -> None:
    assert "Whole" in titles(read_feed(rss(wound, item("Whole", "text")), HERE))


def test_what_stands_before_the_feed_does_not_matter() -> None:
    assert titles(read_feed(f"Warning: line 3\n\n{rss(item('One'))}", HERE)) == ["One"]
    assert titles(
        read_feed(
            '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://x.example/rss.dtd">' + rss(item("One"))[38:],
            HERE,
        )
    ) == ["One"]


def bomb(declarations: str, title: str) -> str:
    return f'<?xml version="1.0"?><!DOCTYPE rss [{declarations}]>{rss(item(title, "text"))[38:]}'


NESTED = '<!ENTITY a "AAAAAAAAAA">' + "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    "text",
    [
        bomb(NESTED, "&i;"),
        bomb(f'<!ENTITY a "{"A" * 50_000}">', "&a;" * 20_000),
        bomb(f'<!ENTITY r "<rss>"><!ENTITY a "{"A" * 50_000}">', "&a;" * 20_000),
        bomb('<!ENTITY % p SYSTEM "http://127.0.0.1/x.dtd"> %p;', "x"),
    ],
    ids=["nested", "quadratic", "hidden behind a root", "parameter"],
)
def test_entities_are_not_expanded(text: str) -> None:
    try:
        feed = read_feed(text, HERE)
    except SourceError:
        return
    assert sum(len(c.title) + len(c.body) for c in feed.candidates) < 100_000


def test_a_feed_has_no_entities_of_its_own() -> None:
    (entry,) = read_feed(bomb('<!ENTITY own "expanded">', "An &own; title"), HERE).candidates
    assert "expanded" not in entry.title


def test_no_entity_reads_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the family silver")
    for system in (secret.as_uri(), str(secret)):
        feed = read_feed(bomb(f'<!ENTITY x SYSTEM "{system}">', "&x;"), HERE)
        assert "silver" not in repr(feed)


@pytest.mark.parametrize("name", ["/etc/hostname", "file:///etc/hostname", "http://127.0.0.1:1/", "feed.xml"])
def test_a_feed_that_is_the_name_of_a_file_opens_nothing(name: str) -> None:
    with pytest.raises(SourceError, match="not a feed"):
        read_feed(name, HERE)


def test_a_feed_that_looks_like_a_file_here_opens_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "<rss>").write_text(rss(item("The family silver")))
    try:
        assert titles(read_feed("<rss>", HERE)) == []
    except SourceError as refusal:
        assert "no entry can be read" in refusal.message  # noqa: PT017  empty or damaged: both are right


def test_only_so_many_entries_are_looked_at() -> None:
    assert len(read_feed(rss(*(item(f"Title {i}") for i in range(ENTRIES + 50))), HERE).candidates) == ENTRIES
    many = {**JSON, "items": [{"id": str(i)} for i in range(ENTRIES + 50)]}
    assert len(read_feed(json.dumps(many), HERE).candidates) == ENTRIES


@pytest.mark.parametrize(
    "date", ["", "yesterday", "0000-00-00", "Wed, 99 Foo 9999 99:99:99 +9999", "18/11/2026", "9" * 400, "-1"]
)
def test_a_senseless_date_is_no_date(date: str) -> None:
    (entry,) = read_feed(rss(item("One", extra=f"<pubDate>{date}</pubDate>")), HERE).candidates
    assert entry.published_at == "" or entry.published_at[:4].isdigit()


def test_a_character_that_does_not_exist_is_left_out() -> None:
    """With the end of a tag missing feedparser takes to its other parser, which fell over it."""
    feed = read_feed(
        "<rss><channel><title>Paper</title><item><title>Fer&#x110000;ry &#x1F6A2; &#128674; &#9999999999999;</title><link></item></channel></rss>",
        HERE,
    )
    assert titles(feed) == ["Ferry 🚢 🚢"]


@pytest.mark.parametrize(
    "link", ["http://[::1", "http://[x]/", "//[", "http://a b/", "\\\\", "http://x:port/", "?", "x" * 3000]
)
def test_a_link_that_makes_no_sense_harms_nobody(link: str) -> None:
    picture = f'<enclosure url="{link}" type="image/png" length="1"/>'
    feed = read_feed(rss(item("Odd", f'<img src="{link}">', link, picture), item("Whole", "text")), HERE)
    assert titles(feed) == ["Odd", "Whole"]
    odd = {"id": "1", "title": "Odd", "url": link, "image": link}
    assert titles(read_feed(json.dumps({**JSON, "items": [odd]}), HERE)) == ["Odd"]


@given(st.text(max_size=200))
def test_any_text_is_a_feed_or_an_error(text: str) -> None:
    for whole in (text, rss(text), rss(item(text, text)), json.dumps({**JSON, "items": [{"id": text, "image": text}]})):
        try:
            read_feed(whole, HERE)
        except SourceError as refusal:
            assert refusal.message  # noqa: PT017  either way is right, but nothing else is
