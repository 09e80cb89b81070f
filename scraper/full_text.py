"""Fetches the page of a topic whose source gave only a teaser, if the page's site lets programs read it."""

from __future__ import annotations

import html
import threading
import time
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from config.errors import SourceError
from scraper.article import Article, read_article
from scraper.charset import decode
from scraper.clean import plain_line, plain_text, shorten
from scraper.dedupe import fingerprint
from scraper.fetch import Client
from scraper.intake import NAME_LIMIT, TEXT_LIMIT, Draft, believable
from scraper.language import language_of
from scraper.ratings import is_warned_of
from scraper.robots import NOTHING, Rules, rules_of
from scraper.sources.page import PAGES
from scraper.words import word_count
from storage.topics import FetchPolicy

PAUSE_S = 1.0
"""Between two pages of one host."""


class Pages:
    """Reads pages on behalf of one scrape: each host's robots.txt once, and its pages one after another with a pause."""

    def __init__(self, policy: FetchPolicy, now: datetime, pause_s: float = PAUSE_S) -> None:
        self._policy, self._now, self._pause_s = policy, now, pause_s
        self._turns: dict[str, threading.Lock] = {}
        self._rules: dict[str, Rules] = {}
        self._lock = threading.Lock()

    def with_full_text(self, draft: Draft) -> Draft:
        """The draft with its page's text, if that is longer than what the source gave; else the draft as it is."""
        topic = draft.topic
        if "teaser" not in topic.flags or urlsplit(topic.url).scheme not in ("http", "https"):
            return draft
        host, client = urlsplit(topic.url).netloc, Client(topic.source.url, self._policy)
        with self._lock:
            turn = self._turns.setdefault(host, threading.Lock())
        try:
            with turn:
                if host not in self._rules:
                    self._rules[host] = rules_of(client, topic.url)
                if not self._rules[host].allow(topic.url):
                    return draft
                answer = client.get(topic.url, accept=PAGES)
                time.sleep(self._pause_s)
        except SourceError:  # a teaser it stays; that is a flag already, and ranks low
            with self._lock:
                self._rules.setdefault(host, NOTHING)
            return draft
        return self._told_by(draft, read_article(decode(answer.body, answer.content_type), answer.url), host)

    def _told_by(self, draft: Draft, article: Article, host: str) -> Draft:
        topic = draft.topic
        full = plain_text(html.escape(article.text, quote=False))
        text = shorten(full, TEXT_LIMIT)
        if word_count(text) <= word_count(topic.text):
            return draft
        elsewhere = urlsplit(topic.source.url).netloc != host
        publisher = shorten(plain_line(article.publisher), NAME_LIMIT) or host.removeprefix("www.")
        flags = {*topic.flags} - {"teaser", "no-date"} | {"full-text"}
        flags |= {"paywall"} if article.closed else set()
        flags |= {"adult"} if article.adult else set()
        flags |= {"violent"} if is_warned_of(text) else set()
        published_at = topic.published_at or believable(article.published_at, self._now)
        told = topic.model_copy(
            update={
                "text": text,
                "language": language_of(f"{topic.title}\n{text}", article.language),
                "fingerprint": fingerprint(text),
                "source": topic.source.model_copy(update={"name": publisher}) if elsewhere else topic.source,
                "published_at": published_at,
                "flags": tuple(sorted(flags | (set() if published_at else {"no-date"}))),
            }
        )
        pictures = draft.pictures or ((article.picture,) if article.picture else ())
        return replace(draft, topic=told, pictures=pictures)
