"""Several reports of one story become one topic; what the show already has is left out. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Literal

from scraper.dedupe import Known, Match
from scraper.intake import Draft
from storage.topics import FoundTopic, KnownTopic, LeftOut, Mention


def merge(drafts: Iterable[Draft], known: Iterable[KnownTopic]) -> tuple[list[Draft], list[LeftOut]]:
    """The distinct topics, and the rest with reasons. Of several reports the first is kept: give the best first."""
    had, found = Known(known), Known()
    kept: dict[str, Draft] = {}
    left_out: list[LeftOut] = []
    for draft in drafts:
        me = as_known(draft.topic)
        if match := had.match(me):
            left_out.append(_left_out("known", draft.topic, match))
        elif match := found.match(me):
            left_out.append(_left_out("merged", draft.topic, match))
            first = kept[match.topic.canonical_url]
            kept[match.topic.canonical_url] = replace(first, topic=_mentioning(first.topic, draft.topic, match))
        else:
            found.add(me)
            kept[me.canonical_url] = draft
    return list(kept.values()), left_out


def as_known(topic: FoundTopic) -> KnownTopic:
    """What tells a topic from others."""
    return KnownTopic(
        canonical_url=topic.canonical_url,
        title=topic.title,
        fingerprint=topic.fingerprint,
        meaning=topic.meaning,
        label=f"“{topic.title}” from {topic.source.name}",
    )


def _left_out(kind: Literal["known", "merged"], topic: FoundTopic, match: Match) -> LeftOut:
    covered = match.topic.label.startswith("clip ")
    what = "It repeats" if kind == "merged" else "Already covered by" if covered else "The show already has"
    label = match.topic.label or f"“{match.topic.title or match.topic.canonical_url}”"
    return LeftOut(
        kind=kind,
        source_url=topic.source.url,
        source=topic.source.name,
        title=topic.title,
        url=topic.url,
        reason=f"{what} {label}. {match.reason}",
        same_as=match.topic.canonical_url,
    )


def _mentioning(topic: FoundTopic, other: FoundTopic, match: Match) -> FoundTopic:
    mention = Mention(source=other.source.name, title=other.title, url=other.url, reason=match.reason)
    return topic.model_copy(update={"mentions": (*topic.mentions, mention)})
