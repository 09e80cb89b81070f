"""What a site lets a program read (RFC 9309). Asked before a page is fetched; feeds and APIs are made for programs.

No robots.txt means yes. One that cannot be had because the server fails means no (RFC 9309, 2.3.1.4).
"""

from __future__ import annotations

from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from config.errors import SourceError
from scraper.charset import decode
from scraper.fetch import Client

NAME = "Dailies"
LIMIT = 500_000
"""Bytes that a crawler must read at least (RFC 9309, 2.5)."""


def may_read(client: Client, url: str) -> bool:
    """Whether the site of a page lets us read it."""
    parts = urlsplit(url)
    reply = client.exchange(
        "GET", f"{parts.scheme}://{parts.netloc}/robots.txt", {"User-Agent": client.agent}, b"", client.deadline()
    )
    if reply.status >= 500:
        return False
    if reply.status != 200:
        return True
    rules = RobotFileParser()
    rules.parse(decode(reply.body[:LIMIT], "text/plain").splitlines())
    return rules.can_fetch(NAME, url)


def need_leave(client: Client, url: str) -> None:
    """Raises SourceError when the site does not want the page to be read by programs."""
    if not may_read(client, url):
        host = urlsplit(url).hostname or ""
        raise SourceError(f"{host} does not want programs to read this page.", "Its robots.txt says so: use its feed.")
