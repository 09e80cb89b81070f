"""The story of a web page, without what stands around it: by trafilatura (Apache-2.0).

It gets the text of a page that was fetched through the guard, and fetches nothing itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from scraper.ratings import is_labelled
from scraper.urls import clean_link

PAGE_LIMIT = 1_500_000
"""Characters of a page that are looked at; real articles have a tenth of it."""
TAGS = 30_000
DEEPEST = 500
"""Deeper nesting is no article, and costs a parser the square of it."""
PAYWALL = re.compile(
    r"subscribe (?:now )?to (?:continue|read|keep reading|unlock)|sign in to (?:continue|read)|log in to (?:continue|read)"
    r"|to continue reading|this (?:article|story|content) is (?:only )?(?:for|available to) (?:paying )?(?:subscribers|members)"
    r"|the (?:article|story|content) is (?:only )?(?:for|available to) (?:paying )?(?:subscribers|members)"
    r"|already a subscriber|suscríbete para (?:seguir|leer)|abonnez-vous pour|nur für abonnenten|订阅后(?:阅读|继续)"
)
"""In small letters: where each choice begins with a plain one, a search need not try them all at every place."""
LANGUAGE = re.compile(r"<html\b[^>]{0,500}?\blang\s*=\s*[\"']?([A-Za-z-]{2,20})", re.IGNORECASE)
CLOSED = re.compile(r"\"isAccessibleForFree\"\s*:\s*\"?false", re.IGNORECASE)
"""How publishers mark what is behind a paywall (schema.org/isAccessibleForFree)."""


@dataclass(frozen=True)
class Article:
    """What a page tells. Every part may be empty; the text has paragraphs split by a blank line."""

    title: str = ""
    text: str = ""
    published_at: str = ""
    language: str = ""
    picture: str = ""
    publisher: str = ""
    closed: bool = False
    """Most of it is for subscribers."""
    adult: bool = False
    """It says so itself."""


def read_article(page: str, address: str) -> Article:
    """The article of a page; an empty one when there is none to be found."""
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    page = page[:PAGE_LIMIT]
    if page.count("<") > TAGS or _depth(page) > DEEPEST:
        return Article()
    found = bare_extraction(
        page, url=address, include_comments=False, include_tables=False, with_metadata=True, date_extraction_params={"extensive_search": False}
    )  # fmt: skip
    if not isinstance(found, Document):
        return Article(closed=bool(CLOSED.search(page)))
    text = "\n\n".join(line.strip() for line in (found.text or "").split("\n") if line.strip())
    return Article(
        title=found.title or "",
        text=text,
        published_at=f"{found.date}T00:00:00+00:00" if re.fullmatch(r"\d{4}-\d\d-\d\d", found.date or "") else "",
        language=spoken[1] if (spoken := LANGUAGE.search(page[:5_000])) else "",
        picture=clean_link(found.image or "", address),
        publisher=found.sitename or "",
        closed=bool(CLOSED.search(page)) or is_stub(text),
        adult=is_labelled(page),
    )


def is_stub(text: str) -> bool:
    """Whether a text asks for a subscription where the story should go on."""
    return len(text) < 3_000 and bool(PAYWALL.search(text[-600:].lower()))


def _depth(page: str) -> int:
    """A lower bound of how deep tags are nested: containers that are opened and not closed."""
    return page.count("<div") + page.count("<span") - page.count("</div") - page.count("</span")
