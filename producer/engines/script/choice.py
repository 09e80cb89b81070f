"""Which sentences go into a script of a wanted length, and how they become lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from producer.engines.script.candidates import Candidate
from producer.engines.script.cleaning import shortened
from producer.engines.script.summary import Vector, say_the_same, vectors, weights, worth
from producer.engines.script.terms import terms
from producer.speech.languages import UNSPACED, primary
from producer.speech.pace import seconds_to_say

FEWEST_LINES, MOST_LINES = 3, 6
LONG_S = 9.0
"""A line longer than this is better without its last clause."""
OVER = 1.06
"""How far the lines may run over their time…"""
OVER_FOR_FEW = 1.4
"""…and how far when there would else be fewer than three."""
FAIR_SHARE = 1.3
"""How much more than an equal share of the time each of the first three lines may take."""
DEPENDENT_PENALTY = 0.15
FOLLOWS_BONUS = 0.08
SHORT_S, SHORT_PENALTY = 2.6, 0.1


@dataclass(frozen=True)
class Limits:
    """What a choice must keep to. `allowed` says whether so much may be quoted."""

    seconds: float
    most_lines: int = MOST_LINES
    per_line: int = 2
    """Sentences that one line may hold, when they stand together in the source."""
    allowed: Callable[[Sequence[Candidate]], bool] = lambda _chosen: True

    def keep(self, chosen: Sequence[Candidate], over: float) -> bool:
        seconds = sum(c.seconds for c in chosen)
        return (
            seconds <= self.seconds * over
            and fewest_lines(chosen, self.per_line) <= self.most_lines
            and self.allowed(chosen)
        )


def choose(
    found: Sequence[Candidate], title: str, hook: str, language: str, limits: Limits, jitter: Callable[[], float]
) -> list[Candidate]:
    """The sentences worth telling, in source order. `jitter` (about 1.0) lets another take choose differently."""
    scales = Scales.of(found, title, hook, language, jitter)
    pool = [_unburdened(c, language) for c in found if not scales.repeats(c, [])]
    fair_share = limits.seconds / FEWEST_LINES * FAIR_SHARE
    chosen = _more([], [c for c in pool if c.seconds <= fair_share], scales, limits, OVER, FEWEST_LINES)
    chosen = _more(chosen, pool, scales, limits, OVER, len(pool))
    shortest = sorted(pool, key=lambda c: c.seconds)[: 2 * FEWEST_LINES]
    return _more(chosen, shortest, scales, limits, OVER_FOR_FEW, FEWEST_LINES)


def _more(
    chosen: list[Candidate], pool: Sequence[Candidate], scales: Scales, limits: Limits, over: float, most: int
) -> list[Candidate]:
    """Add the best sentence that fits, until none does or there are enough."""
    while len(chosen) < most:
        told = {c.place for c in chosen}
        fitting = [
            c
            for c in pool
            if c.place not in told
            and (c.place - 1 in told or not c.bare_quotation)
            and not scales.repeats(c, chosen)
            and limits.keep([*chosen, c], over)
        ]
        if not fitting:
            break
        best = max(fitting, key=lambda c: scales.value(c, chosen))
        chosen = sorted([*chosen, best], key=lambda c: c.place)
    return chosen


@dataclass(frozen=True)
class Scales:
    """What each sentence (by its place) is about and how much it is worth, and what the hook says already."""

    vector: dict[int, Vector]
    weight: dict[int, float]
    hook: Vector

    @classmethod
    def of(
        cls, found: Sequence[Candidate], title: str, hook: str, language: str, jitter: Callable[[], float]
    ) -> Scales:
        *made, of_title, of_hook = vectors([terms(text, language) for text in (*(c.line for c in found), title, hook)])
        places = [c.place for c in found]
        weight = {place: w * jitter() for place, w in zip(places, weights(made, of_title), strict=True)}
        return cls(dict(zip(places, made, strict=True)), weight, of_hook)

    def value(self, candidate: Candidate, chosen: Sequence[Candidate]) -> float:
        """Worth beside the others: less for a sentence that is lost without the one before it, or says little."""
        follows = any(c.place == candidate.place - 1 for c in chosen)
        told = worth(self.weight[candidate.place], self.vector[candidate.place], self._told(chosen))
        told += FOLLOWS_BONUS if follows else -DEPENDENT_PENALTY * candidate.dependent
        return told - SHORT_PENALTY * (candidate.seconds < SHORT_S)

    def repeats(self, candidate: Candidate, chosen: Sequence[Candidate]) -> bool:
        return any(say_the_same(self.vector[candidate.place], other) for other in self._told(chosen))

    def _told(self, chosen: Sequence[Candidate]) -> list[Vector]:
        return [self.hook, *(self.vector[c.place] for c in chosen)]


def in_lines(chosen: Sequence[Candidate], text: str, limits: Limits, language: str) -> list[Candidate]:
    """The sentences in few enough lines, as even as can be: only neighbours in the source may share a line."""
    count = min(len(chosen), limits.most_lines)
    best: dict[tuple[int, int], tuple[float, list[Candidate]]] = {(0, 0): (0.0, [])}
    for end in range(1, len(chosen) + 1):
        for start in range(max(0, end - limits.per_line), end):
            group = chosen[start:end]
            if group[-1].last - group[0].place != len(group) - 1:
                continue
            line = _joined(group, text, language)
            for lines in range(1, count + 1):
                if (before := best.get((start, lines - 1))) is None:
                    continue
                cost = before[0] + line.seconds**2
                if (end, lines) not in best or cost < best[end, lines][0]:
                    best[end, lines] = (cost, [*before[1], line])
    return best[len(chosen), count][1] if chosen else []


def fewest_lines(chosen: Sequence[Candidate], per_line: int) -> int:
    """How few lines can hold the sentences."""
    count = run = 0
    last = None
    for place in sorted(c.place for c in chosen):
        run = run + 1 if place - 1 == last else 1
        count += (run - 1) % per_line == 0
        last = place
    return count


def _unburdened(candidate: Candidate, language: str) -> Candidate:
    """A long sentence without its last clause; any other as it is."""
    line = shortened(candidate.line, language) if candidate.seconds > LONG_S else None
    return replace(candidate, line=line, seconds=seconds_to_say(line, language)) if line else candidate


def _joined(group: Sequence[Candidate], text: str, language: str) -> Candidate:
    first, last = group[0], group[-1]
    return replace(
        first,
        last=last.last,
        end=last.end,
        quote=text[first.start : last.end],
        line=("" if primary(language) in UNSPACED else " ").join(c.line for c in group),
        seconds=sum(c.seconds for c in group),
    )
