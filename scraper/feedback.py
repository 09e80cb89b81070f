"""What people decided about a show's clips, counted by source and by the show's words. It is shown; nothing learns from it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable

from sqlite_utils import Database

from scraper.screen import phrases_in
from storage.documents import Frozen
from storage.orders import ShowSpec

STANDING = """
SELECT d.kind, b.document FROM (SELECT id FROM clips WHERE show = ? ORDER BY id DESC LIMIT 2000) c
JOIN briefs b ON b.clip_id = c.id AND b.revision = 1
JOIN decisions d ON d.clip_id = c.id
WHERE d.kind IN ('approve', 'reject') AND NOT EXISTS (SELECT 1 FROM decisions u WHERE u.undoes = d.id)
    AND d.rowid = (SELECT max(l.rowid) FROM decisions l WHERE l.clip_id = c.id AND l.kind IN ('approve', 'reject')
                AND NOT EXISTS (SELECT 1 FROM decisions u WHERE u.undoes = l.id))
"""


class Tally(Frozen):
    """How clips fared."""

    approved: int = 0
    rejected: int = 0


class Feedback(Frozen):
    sources: dict[str, Tally]
    words: dict[str, Tally]
    """By the words that the show wants or avoids."""


def feedback(db: Database, show: ShowSpec) -> Feedback:
    """Counts the newest standing decision on each of a show's newest 2,000 clips."""
    sources, words = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
    phrases = (*show.topics.want, *show.topics.avoid)
    for kind, document in db.execute(STANDING, [show.slug]).fetchall():
        topic = json.loads(document)["topic"]
        sources[(topic.get("source") or {}).get("name", "")].append(kind)
        for phrase in phrases_in(f"{topic['title']}\n{topic.get('text', '')}", phrases):
            words[phrase].append(kind)
    return Feedback(
        sources={name: _tally(kinds) for name, kinds in sorted(sources.items()) if name},
        words={phrase: _tally(words[phrase]) for phrase in phrases if phrase in words},
    )


def _tally(kinds: Iterable[str]) -> Tally:
    kinds = list(kinds)
    return Tally(approved=kinds.count("approve"), rejected=kinds.count("reject"))
