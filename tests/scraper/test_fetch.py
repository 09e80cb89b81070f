"""The guarded client against servers that misbehave. Each failure is one sentence and a cure."""

from __future__ import annotations

import gzip
import socket
import time
from http.server import BaseHTTPRequestHandler
from importlib.metadata import version

import pytest

from config.errors import Blocked, SourceError
from scraper.fetch import REDIRECTS, Client
from storage.topics import FetchPolicy, SourceState
from tests.support.small_web import Web


def test_it_says_truthfully_who_asks(web: Web) -> None:
    web.client().get(web.page("/feed", "x"))
    assert web.headers[0]["user-agent"] == f"Dailies/{version('dailies')} (+local studio)"
    assert web.headers[0]["accept-encoding"] == "gzip, deflate, br"


def test_a_second_question_is_conditional_and_304_means_unchanged(web: Web) -> None:
    def feed(handler: BaseHTTPRequestHandler) -> None:
        fresh = handler.headers.get("If-None-Match") != '"v1"'
        handler.send_response(200 if fresh else 304)
        handler.send_header("ETag", '"v1"')
        handler.send_header("Last-Modified", "Thu, 19 Nov 2026 08:00:00 GMT")
        handler.send_header("Content-Length", "4" if fresh else "0")
        handler.end_headers()
        handler.wfile.write(b"news" if fresh else b"")

    web.pages["/feed"] = feed
    first = web.client().get(web.url("/feed"))
    again = web.client().get(web.url("/feed"), first.state)
    assert first.body == b"news"
    assert not first.unchanged
    assert again.unchanged
    assert again.state == first.state == SourceState(etag='"v1"', last_modified="Thu, 19 Nov 2026 08:00:00 GMT")
    assert web.headers[1]["if-modified-since"] == "Thu, 19 Nov 2026 08:00:00 GMT"


def test_redirects_are_followed_and_permanent_ones_remembered(web: Web) -> None:
    web.page("/new", "news")
    web.redirect("/middle", "new", status=308)
    web.redirect("/old", web.url("/middle"), status=301)
    answer = web.client().get(web.url("/old"))
    assert (answer.body, answer.url, answer.moved_to) == (b"news", web.url("/new"), web.url("/new"))


def test_only_the_permanent_beginning_of_a_chain_moves_the_source(web: Web) -> None:
    web.page("/archive/today", "news")
    web.redirect("/today", "/archive/today", status=301)
    web.redirect("/feed", "/today", status=302)
    web.redirect("/old", "/feed", status=301)
    assert web.client().get(web.url("/old")).moved_to == web.url("/feed")
    assert web.client().get(web.url("/feed")).moved_to == ""


def test_a_redirect_loop_ends(web: Web) -> None:
    web.redirect("/a", "/b")
    web.redirect("/b", "/a")
    with pytest.raises(SourceError, match=f"more than {REDIRECTS} times"):
        web.client().get(web.url("/a"))
    assert len(web.hits) == REDIRECTS + 1


@pytest.mark.parametrize(
    "location",
    ["http://127.0.0.1:1/secret", "http://localhost/", "http://169.254.169.254/latest/meta-data", "file:///etc/passwd",
     "gopher://127.0.0.1:6379/_FLUSHALL", "unix:///run/redis.sock", "ftp://news.example/", "http://user:pass@news.example/",
     "javascript:alert(1)", "data:text/xml,<rss/>", "http://[::1]/", "//0/", "http://news.example:99999/", "http://[::1", "//["],
)  # fmt: skip
def test_a_redirect_leads_only_where_one_may_go(web: Web, location: str) -> None:
    start = web.redirect("/feed", location)
    with pytest.raises(SourceError):
        web.client().get(start)
    assert web.hits == ["/feed"]


@pytest.mark.parametrize("url", ["ftp://news.example/", "http://user@news.example/", "https://", "news.example/feed"])
def test_only_plain_web_addresses_are_asked(web: Web, url: str) -> None:
    with pytest.raises(Blocked):
        web.client().get(url)


def test_a_gzip_bomb_stops_at_the_limit(web: Web) -> None:
    bomb = web.page("/bomb", gzip.compress(bytes(50_000_000), 9), Content_Encoding="gzip")
    with pytest.raises(SourceError, match="larger than 1 MB"):
        web.client().get(bomb)


def test_a_large_answer_stops_at_the_limit(web: Web) -> None:
    with pytest.raises(SourceError, match="larger than 1 MB"):
        web.client().get(web.page("/large", bytes(1_000_001)))


def _drip(handler: BaseHTTPRequestHandler, first: bytes) -> None:
    handler.wfile.write(first)
    for _ in range(200):
        handler.wfile.write(b"x")
        handler.wfile.flush()
        time.sleep(0.02)


@pytest.mark.parametrize("first", [b"HTTP/1.1 200 OK\r\nX-Slow: ", b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n"])
def test_a_server_that_drips_does_not_hold_us(web: Web, first: bytes) -> None:
    web.pages["/slow"] = lambda handler: _drip(handler, first)
    with pytest.raises(SourceError, match=r"too long|not complete after"):
        web.client(timeout_s=0.3).get(web.url("/slow"))


def test_the_deadline_covers_all_redirects_together(web: Web) -> None:
    def dawdle(handler: BaseHTTPRequestHandler) -> None:
        time.sleep(0.15)
        handler.send_response(302)
        handler.send_header("Location", handler.path)
        handler.end_headers()

    web.pages["/slow"] = dawdle
    with pytest.raises(SourceError, match=r"too long|not complete after"):
        web.client(timeout_s=0.3).get(web.url("/slow"))


@pytest.mark.parametrize(
    ("reply", "words"),
    [(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", "broke off"), (b"SSH-2.0-OpenSSH_9.9\r\n", "broke off"), (b"", "broke off")],
)  # fmt: skip
def test_an_answer_that_breaks_off_is_an_error(web: Web, reply: bytes, words: str) -> None:
    def play(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(reply)

    web.pages["/feed"] = play
    with pytest.raises(SourceError, match=words):
        web.client().get(web.url("/feed"))


@pytest.mark.parametrize(
    ("status", "headers", "words", "pause"),
    [
        (404, {}, "nothing at", 0),
        (410, {}, "nothing at", 0),
        (403, {}, "lets nobody in", 0),
        (500, {}, "status 500", 0),
        (304, {}, "status 304", 0),
        (429, {"Retry_After": "120"}, "left alone", 120),
        (503, {"Retry_After": "99999999999999"}, "left alone", 604_800),
        (503, {"Retry_After": "Wed, 21 Oct 2015 07:28:00 GMT"}, "left alone", 0),
        (503, {"Retry_After": "soon"}, "left alone", 0),
    ],
)
def test_refusals_say_what_happened(web: Web, status: int, headers: dict[str, str], words: str, pause: int) -> None:
    with pytest.raises(SourceError, match=words) as refusal:
        web.client().get(web.page("/feed", status=status, **headers) + "?key=secret")
    assert refusal.value.retry_after_s == pause
    assert refusal.value.cure
    assert "secret" not in str(refusal.value)


def test_a_server_that_is_not_there_is_an_error() -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    url = f"http://127.0.0.1:{port}/feed"
    with pytest.raises(SourceError, match="could not be reached"):
        Client(url, FetchPolicy(hosts=(f"127.0.0.1:{port}",))).get(url)


def test_an_unknown_name_is_an_error(web: Web) -> None:
    with pytest.raises(SourceError, match="No address is known"):
        web.client().get("http://no-such-host.invalid/")
