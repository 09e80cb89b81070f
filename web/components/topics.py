"""A show's topics, best first: what each is worth and why, what the source said, and what became of it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Literal
from urllib.parse import urlsplit

from storage.catalogue import TopicRow
from storage.topics import ScoreTerm
from web.components.basics import chip
from web.components.deeds import deed
from web.theme.marks import icon
from web.words import day_and_time, language, several

State = Literal["open", "made", "dismissed"]
STATES: dict[State, str] = {"open": "To choose from", "made": "Made", "dismissed": "Dismissed"}
FLAGS = {
    "no-date": "no date", "no-link": "no link", "teaser": "only a teaser", "title-made": "title made from the text",
    "title-shortened": "title shortened", "text-shortened": "text shortened", "picture-refused": "picture left out",
    "adult": "for adults", "violent": "warns of violence",
}  # fmt: skip
RIGHTS = {"own": "own words", "licensed": "licensed", "quote": "quoted with credit"}
EXCERPT = 1200


def state_of(topic: TopicRow) -> State:
    if topic.clip_id:
        return "made"
    return "dismissed" if topic.dismissed_by else "open"


def topic_list(topics: Sequence[TopicRow], *, may_act: bool) -> str:
    rows = "".join(_topic(number, topic, may_act=may_act) for number, topic in enumerate(topics, 1))
    return f'<ol class="topics">{rows}</ol>'


def _topic(number: int, topic: TopicRow, *, may_act: bool) -> str:
    found = topic.found
    facts = [found.source.name, language(found.language), RIGHTS[found.source.rights]]
    facts += [day_and_time(found.published_at)] if found.published_at else []
    flags = "".join(chip(FLAGS.get(flag, flag.replace("-", " ")), "tungsten") for flag in found.flags)
    told = [m.source for m in found.mentions]
    flags += (
        chip(f"also told by {', '.join(told[:2])}{' and others' if len(told) > 2 else ''}", "slate") if told else ""
    )
    return (
        f'<li class="topic"><div class="topic-score"><b class="num">{found.score * 100:.0f}</b>'
        f'<span class="unseen"> of 100, rank {number}</span><span class="meter"><b style="width:{found.score * 100:.0f}%"></b></span></div>'
        f'<div class="topic-main"><h2 class="topic-title" lang="{escape(found.language)}" dir="auto">{escape(found.title)}</h2>'
        f'<p class="topic-facts">{escape(" · ".join(facts))}</p>{_why(found.score_terms)}'
        f"<details><summary>{icon('text-quote')}<span>What the source says</span></summary>{_said(topic)}</details>"
        f"{f'<p class=topic-flags>{flags}</p>' if flags else ''}</div>"
        f'<div class="topic-deeds">{_deeds(topic, may_act=may_act)}</div></li>'
    )


def _why(terms: Sequence[ScoreTerm]) -> str:
    shown = "".join(
        f'<li><span class="meter" aria-hidden="true"><b style="width:{term.value * 100:.0f}%"></b></span>'
        f"<span>{escape(term.why)}</span></li>"
        for term in terms
    )
    return f'<ul class="topic-why" aria-label="Why it stands here">{shown}</ul>' if shown else ""


def _said(topic: TopicRow) -> str:
    found = topic.found
    text = found.text if len(found.text) <= EXCERPT else f"{found.text[:EXCERPT].rsplit(maxsplit=1)[0]}…"
    paragraphs = "".join(f'<p dir="auto">{escape(part)}</p>' for part in text.split("\n\n"))
    length = several(len(found.text.split()), "word")
    link = ""
    if urlsplit(found.url).scheme in ("http", "https"):
        link = (
            f'<a class="btn btn-ghost btn-small" href="{escape(found.url)}" target="_blank" rel="noopener noreferrer nofollow">'
            f"{icon('arrow-up-right')}<span>Original</span></a>"
        )
    body = paragraphs or '<p class="muted">Nothing but its title.</p>'
    foot = f'<div class="src-foot"><span>{length}</span><span class="grow"></span>{link}</div>'
    return f'<div class="src" lang="{escape(found.language)}">{body}</div>{foot}'


def _deeds(topic: TopicRow, *, may_act: bool) -> str:
    title = topic.found.title
    if topic.clip_id:
        return f'<a class="btn btn-quiet btn-small" href="/clip/{escape(topic.clip_id)}">{icon("play")}<span>Its clip</span></a>'
    if not may_act:
        return ""
    if topic.dismissed_by:
        by = f'<span class="faint small">by {escape(topic.dismissed_by)}</span>'
        return by + deed("back", topic.id, "Bring back", "undo-2", about=title)
    return deed("make", topic.id, "Make now", "clapperboard", about=title) + deed(
        "dismiss", topic.id, "Dismiss", "x", kind="ghost", about=title
    )
