"""What a show does not want, and why. Pure. It comes before ranking: no score makes up for it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from scraper.words import words
from storage.schedule import TopicRules
from storage.topics import FoundTopic


def objection(topic: FoundTopic, rules: TopicRules, now: datetime) -> str:
    """The reason, in a sentence, or ""."""
    if "paywall" in topic.flags:
        return "Most of it is for subscribers."
    if "adult" in topic.flags and not rules.adult:
        return "Its source marks it as not for everybody."
    if "violent" in topic.flags and not rules.violent:
        return "Its source warns of violence in it."
    if topic.published_at and expired(topic.published_at, rules.expires_h, now):
        return f"It is older than {rules.expires_h} hours."
    if domain := blocked_domain(topic.url, rules.blocked_domains):
        return f"The show blocks {domain}."
    if named := phrases_in(f"{topic.title}\n{topic.text}", rules.blocked_words):
        return f"The show blocks “{named[0]}”."
    return ""


def blocked_domain(url: str, domains: Iterable[str]) -> str:
    """The blocked domain that an address lies in, subdomains included, or ""."""
    host = (urlsplit(url).hostname or "").lower().rstrip(".")
    plain = (domain.lower().strip(". ") for domain in domains)
    return next((domain for domain in plain if domain and (host == domain or host.endswith(f".{domain}"))), "")


def phrases_in(text: str, phrases: Iterable[str]) -> list[str]:
    """The phrases that stand in a text as whole words, whatever their capitals and what stands between them."""
    spaced = f" {' '.join(words(text))} "
    return [phrase for phrase in phrases if (wanted := " ".join(words(phrase))) and f" {wanted} " in spaced]


def expired(published_at: str, hours: int, now: datetime) -> bool:
    """Whether a moment (ISO 8601 with a zone) is longer ago than that; 0 hours = never."""
    return hours > 0 and now - datetime.fromisoformat(published_at) > timedelta(hours=hours)
