"""Whatever a server does, to whatever kind of source: nothing gets through, nothing hangs, and one line says what it was."""

from __future__ import annotations

import contextlib
import gzip
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler

import brotli
import pytest

from scraper.job import scrape
from scraper.sources.registry import BUILT_IN
from storage.artifacts import FolderStore
from storage.orders import SourceSpec
from tests.support.reddit import KEYS
from tests.support.small_web import Play, Web, request

PATHS = {
    "feed": "/feed",
    "hackernews": "/v0/topstories.json",
    "newsapi": "/v2/everything",
    "page": "/ferry",
    "reddit": "/r/harbour",
}
"""One address for each kind that reads the web."""
SECRET = "root:x:0:0"


def answer(body: bytes, status: int = 200, **headers: str) -> Play:
    def play(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return play


def drip(handler: BaseHTTPRequestHandler) -> None:
    """A slow loris: a byte now and then, for ever."""
    handler.send_response(200)
    handler.end_headers()
    with contextlib.suppress(OSError):
        while True:
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(0.05)


def flood(handler: BaseHTTPRequestHandler) -> None:
    """A feed of 50 MB."""
    handler.send_response(200)
    handler.end_headers()
    with contextlib.suppress(OSError):
        handler.wfile.write(b"<rss><channel>")
        for _ in range(50):
            handler.wfile.write(b"<item><title>more and more</title></item>" * 25_000)


TROUBLES: dict[str, Play] = {
    "redirects in a circle": lambda handler: answer(b"", 302, Location=handler.path)(handler),
    "a redirect to the machine next door": answer(b"", 302, Location="http://192.168.0.1/"),
    "a redirect to a cloud's secrets": answer(b"", 301, Location="http://169.254.169.254/latest/meta-data/"),
    "a redirect to a file": answer(b"", 302, Location="file:///etc/passwd"),
    "a private address in octal": answer(b"", 302, Location="http://0177.0.0.1/"),
    "a private address in one number": answer(b"", 302, Location="http://2130706433/"),
    "a slow loris": drip,
    "50 MB": flood,
    "a gzip bomb": answer(gzip.compress(bytes(30_000_000)), Content_Encoding="gzip"),
    "a brotli bomb": answer(brotli.compress(bytes(30_000_000)), Content_Encoding="br"),
    "damaged gzip": answer(b"\x1f\x8b damaged", Content_Encoding="gzip"),
    "an external entity": answer(
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
    ),
    "nothing at all": answer(b""),
    "half of an answer": answer(b"<rss", Content_Length="1000"),
    "bytes of no meaning": answer(bytes(range(256)) * 8),
    "deep nesting": answer(b"[" * 200_000),
    "an error page": answer(b"<html><body>Sorry</body></html>", 500),
}


@pytest.mark.parametrize("kind", PATHS)
@pytest.mark.parametrize("trouble", TROUBLES)
def test_every_trouble_is_one_line(web: Web, store: FolderStore, kind: str, trouble: str) -> None:
    play: Callable[[BaseHTTPRequestHandler], None] = TROUBLES[trouble]
    token = '{"access_token": "a-token", "token_type": "bearer", "expires_in": 86400, "scope": "*"}'
    web.pages["/api/v1/access_token"] = answer(token.encode())
    for path in (PATHS[kind], "/r/harbour/hot", "/r/harbour/hot/.rss"):
        web.pages[path] = play
    job = request(SourceSpec(kind=kind, url=web.url(PATHS[kind])), policy=web.policy(timeout_s=0.4, max_bytes=300_000))
    start = time.monotonic()
    report = scrape(job, store, lambda _fraction, _message: None, KEYS)
    (health,) = report.sources
    assert health.error
    assert "\n" not in health.error
    assert "fault in Dailies" not in health.error, health.error
    assert SECRET not in report.model_dump_json()
    assert report.topics == ()
    assert time.monotonic() - start < 20


def test_every_kind_that_reads_the_web_is_put_to_it() -> None:
    assert set(BUILT_IN) - {"folder"} == set(PATHS)
