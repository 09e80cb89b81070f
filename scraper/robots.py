"""What a site lets a program read (RFC 9309). Asked before a page is fetched; feeds and APIs are made for programs.

No robots.txt means yes. One that cannot be had because the server fails means no (RFC 9309, 2.3.1.4).
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from config.errors import SourceError
from scraper.charset import decode
from scraper.fetch import PERMANENT, REDIRECTS, TEMPORARY, Client
from scraper.urls import absolute

NAME = "Dailies"
LIMIT = 500_000
"""Bytes that a crawler must read at least (RFC 9309, 2.5)."""


@dataclass(frozen=True)
class Rules:
    """What one host lets us read. Without a file of rules, everything or nothing."""

    otherwise: bool
    file: RobotFileParser | None = None

    def allow(self, url: str) -> bool:
        return self.file.can_fetch(NAME, url) if self.file else self.otherwise


EVERYTHING, NOTHING = Rules(True), Rules(False)


def rules_of(client: Client, url: str) -> Rules:
    """The rules of a page's host, read anew. Redirects are followed (RFC 9309, 2.3.1.2). Raises SourceError."""
    here, deadline = absolute("/robots.txt", url), client.deadline()
    for _ in range(REDIRECTS + 1):
        reply = client.exchange("GET", here, {"User-Agent": client.agent}, b"", deadline)
        if reply.status in PERMANENT + TEMPORARY and reply.headers.get("location"):
            here = absolute(reply.headers["location"], here)
            continue
        if reply.status >= 500:
            return NOTHING
        if reply.status != 200:
            return EVERYTHING
        rules = RobotFileParser()
        rules.parse(decode(reply.body[:LIMIT], "text/plain").splitlines())
        return Rules(otherwise=True, file=rules)
    return EVERYTHING


def may_read(client: Client, url: str) -> bool:
    """Whether the site of a page lets us read it."""
    return rules_of(client, url).allow(url)


def need_leave(client: Client, url: str) -> None:
    """Raises SourceError when the site does not want the page to be read by programs."""
    if not may_read(client, url):
        host = urlsplit(url).hostname or ""
        raise SourceError(f"{host} does not want programs to read this page.", "Its robots.txt says so: use its feed.")
