"""What a language model thinks of the most promising topics, as one more term of their score. Off unless a show asks.

Which model, and how it is asked, is the business of whoever starts the scrape: this package only knows that a topic
goes in and a rating comes out. A model that is down or slow costs its ratings and one note in the run's report.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from config.errors import Cancelled, DailiesError
from scraper.intake import Draft
from scraper.score import WEIGHTS, judged
from storage.orders import ShowSpec
from storage.topics import FoundTopic, ScoreTerm

JUDGED = 12
"""Topics of one scrape that are rated, the most promising first."""
PATIENCE_S = 120.0
"""For all of them together."""


@dataclass(frozen=True)
class Judgement:
    """`value` 0..1, and a sentence that says whose it is and why."""

    value: float
    why: str


Judge = Callable[[FoundTopic, ShowSpec, float], Judgement | None]
"""Rates one topic for a show within so many seconds; None for one that it has no words of. Raises DailiesError."""


def with_judgements(
    drafts: Sequence[Draft], show: ShowSpec, judge: Judge, before_each: Callable[[FoundTopic], None],
    clock: Callable[[], float] = time.monotonic,
) -> tuple[list[Draft], str]:  # fmt: skip
    """The drafts, best first again, and a note when not all could be rated. `before_each` may raise to end it."""
    end, rated, note = clock() + PATIENCE_S, list(drafts), ""
    asked = drafts[:JUDGED]
    for number, draft in enumerate(asked):
        before_each(draft.topic)
        left = end - clock()
        if left <= 0:
            note = f"The language model rated {number} of {len(asked)} topics: its {PATIENCE_S:.0f} seconds were over."
            break
        try:
            judgement = judge(draft.topic, show, left)
        except Cancelled:
            raise
        except DailiesError as error:
            note = f"The language model rated {number} of {len(asked)} topics. {error.message} {error.cure}".strip()
            break
        if judgement:
            term = ScoreTerm(name="judgement", value=judgement.value, weight=WEIGHTS["judgement"], why=judgement.why)
            rated[number] = replace(draft, topic=judged(draft.topic, term, show.topics))
    return sorted(rated, key=lambda draft: -draft.topic.score), note
