"""Which card is shown when: chosen from what each sentence offers, so that the picture keeps changing. Pure.

The headline comes first, the source's link last; between them, each stretch of the story gets the card that tells most
about it: a list, a quotation, a figure, the source's picture, or the source's own words.
To add a kind of card, add it to `Content` and to `_candidates`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from producer.render.cards.changes import changes
from producer.render.offers.figures import figure_in
from producer.render.offers.lists import items_in
from producer.render.offers.quotes import LONGEST_QUOTE, quote_in
from storage.documents import ScriptLine, SpokenSpan, Word

Motion = Literal["closer", "farther", "leftwards", "rightwards"]
MOTIONS: tuple[Motion, ...] = ("closer", "leftwards", "farther", "rightwards")


@dataclass(frozen=True)
class Headline:
    """The title."""


@dataclass(frozen=True)
class Photo:
    """The source's picture."""

    motion: Motion


@dataclass(frozen=True)
class Quote:
    text: str
    by: str


@dataclass(frozen=True)
class Number:
    value: str
    noun: str


@dataclass(frozen=True)
class Items:
    """`times`: when each of the `texts` is said, seconds."""

    texts: tuple[str, ...]
    times: tuple[float, ...]


@dataclass(frozen=True)
class Link:
    """Where the source is found."""

    url: str


Content = Headline | Photo | Quote | Number | Items | Link

WORTH: dict[type[Content], float] = {Items: 6.0, Quote: 5.5, Number: 5.0, Photo: 4.4, Headline: 1.0}
AGAIN = 1.6
"""What each earlier card of the same kind costs."""
TWICE_RUNNING = 3.0
"""What a card costs right after another one of its kind."""
SOURCES_WORDS = 2.6
"""What the source's sentence is worth when it holds no quotation."""


@dataclass(frozen=True)
class Beat:
    """One card and its time, in seconds."""

    start: float
    end: float
    content: Content


@dataclass(frozen=True)
class Story:
    """What the cards are made from. Times in seconds of the cut; `words` may be missing.

    `source`: its name. `url`: "" where there is nothing to link to.
    """

    lines: Sequence[ScriptLine]
    spans: Sequence[SpokenSpan]
    words: Sequence[Word] = ()
    source: str = ""
    url: str = ""
    photo: bool = False


@dataclass
class _Told:
    """What has been shown so far."""

    kinds: Counter[type[Content]] = field(default_factory=Counter)
    seen: set[object] = field(default_factory=set)
    last: Content = field(default_factory=Headline)
    moved: int = 0


def plan(story: Story, start: float, end: float) -> tuple[Beat, ...]:
    """Cards from `start` to `end` without a gap; each one differs from the one before."""
    times = changes(start, end, story.spans, story.words)
    stretches = list(pairwise(times))
    told, beats = _Told(), []
    for number, (first, last) in enumerate(stretches):
        if number == 0:
            content: Content = Headline()
        elif number == len(stretches) - 1 and story.url:
            content = Link(story.url)
        else:
            content = _best(story, first, last, told)
        _remember(told, content)
        beats.append(Beat(first, last, content))
    return tuple(beats)


def _best(story: Story, start: float, end: float, told: _Told) -> Content:
    best, worth = None, float("-inf")
    for content, offered in _candidates(story, start, end, told):
        if content == told.last:
            continue
        value = offered - AGAIN * told.kinds[type(content)] - TWICE_RUNNING * (type(content) is type(told.last))
        if value > worth:
            best, worth = content, value
    return best or Headline()


def _candidates(story: Story, start: float, end: float, told: _Told) -> Iterator[tuple[Content, float]]:
    """What could be shown from `start` to `end`, and what each is worth."""
    motion = MOTIONS[told.moved % len(MOTIONS)]
    for line, text in _said(story, start, end):
        yield from _offers(story, line, text, start, end, told)
    if story.photo:
        yield Photo(motion), WORTH[Photo]
    yield Headline(), WORTH[Headline]


def _offers(
    story: Story, line: ScriptLine, text: str, start: float, end: float, told: _Told
) -> Iterator[tuple[Content, float]]:
    items = items_in(text, line.language)
    if items:
        yield Items(items, _times(items, story.words, start, end)), WORTH[Items]
    quote = quote_in(text)
    if quote and quote not in told.seen:
        yield Quote(quote, story.source), WORTH[Quote]
    figure = figure_in(text, line.language)
    if figure and figure.value not in told.seen:
        yield Number(figure.value, figure.noun), WORTH[Number]
    if line.quote and not quote and len(line.quote) <= LONGEST_QUOTE and line.quote not in told.seen:
        yield Quote(line.quote, story.source), SOURCES_WORDS


def _remember(told: _Told, content: Content) -> None:
    told.kinds[type(content)] += 1
    told.last = content
    match content:
        case Photo():
            told.moved += 1
        case Quote(text=text):
            told.seen.add(text)
        case Number(value=value):
            told.seen.add(value)


def _said(story: Story, start: float, end: float) -> Iterator[tuple[ScriptLine, str]]:
    """The lines heard in a stretch, the longest heard first, each with what is heard of it then."""
    heard = []
    for number, (line, span) in enumerate(zip(story.lines, story.spans, strict=False)):
        overlap = min(end, span.end) - max(start, span.start)
        if overlap > 0.3:
            heard.append((overlap, line, _part(story, number, line, span, start, end)))
    for _, line, text in sorted(heard, key=lambda entry: -entry[0]):
        yield line, text


def _part(story: Story, number: int, line: ScriptLine, span: SpokenSpan, start: float, end: float) -> str:
    if span.start >= start - 0.5 and span.end <= end + 0.5:
        return line.text
    words = [word.text for word in story.words if word.line == number and start <= word.start < end]
    return " ".join(words) if words else line.text


def _times(items: Sequence[str], words: Sequence[Word], start: float, end: float) -> tuple[float, ...]:
    """When the first word of each item is said; without timed words, one after the other."""
    heard = [word for word in words if start <= word.start < end]
    times: list[float] = []
    for number, item in enumerate(items):
        first = item.split()[0].casefold()
        after = times[-1] if times else start
        said = (word.start for word in heard if word.start > after and word.text.casefold().startswith(first))
        times.append(next(said, start + (end - start) * 0.6 * number / len(items)))
    return tuple(max(a, b) for a, b in zip(times, [start, *times], strict=False))
