"""Which spoken words belong to which caption word.

“94%” is one caption word and two spoken ones; “5 March” is two and four. Each caption word is phonemised by
itself, and its letters are laid along the letters really spoken by global alignment (Needleman & Wunsch 1970):
a spoken word then belongs to the caption word that most of its letters met.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise


def owners(tokens: Sequence[str], spoken: Sequence[str]) -> list[int]:
    """For each spoken word, the index of the caption word it belongs to; never decreasing.

    Both are phoneme letters without stress marks. A spoken word that met nothing (“the”, “of” in
    “the fifth of March”) joins the caption word before it, or the first one.
    """
    token_of = [i for i, token in enumerate(tokens) for _ in token]
    group_of = [i for i, group in enumerate(spoken) for _ in group]
    votes: list[Counter[int]] = [Counter() for _ in spoken]
    for a, b in _met("".join(tokens), "".join(spoken)):
        votes[group_of[b]][token_of[a]] += 1
    found: list[int] = []
    for vote in votes:
        earlier = found[-1] if found else 0
        found.append(max(earlier, vote.most_common(1)[0][0]) if vote else earlier)
    return found


def spread(tokens: Sequence[str], spans: Sequence[tuple[float, float] | None]) -> list[tuple[float, float]]:
    """Times for every caption word: a word with no sound of its own shares its neighbour's, by length of text."""
    owned = [i for i, span in enumerate(spans) if span is not None]
    if not owned:
        return [(0.0, 0.0) for _ in tokens]
    firsts = [0, *owned[1:], len(tokens)]
    times: list[tuple[float, float]] = []
    for owner, (first, end) in zip(owned, pairwise(firsts), strict=True):
        start, stop = spans[owner] or (0.0, 0.0)
        lengths = [len(token) for token in tokens[first:end]]
        total, passed = sum(lengths), 0
        for length in lengths:
            begin = start + (stop - start) * passed / total
            passed += length
            times.append((begin, start + (stop - start) * passed / total))
    return times


def _met(a: str, b: str) -> list[tuple[int, int]]:
    """Pairs of positions that a cheapest global alignment puts on each other (gap 1, mismatch 1)."""
    width = len(b) + 1
    above = list(range(width))
    moves = [bytes([LEFT]) * width]
    for i, letter in enumerate(a, 1):
        row, move = [i], bytearray([UP])
        for j in range(1, width):
            diagonal = above[j - 1] + (letter != b[j - 1])
            up, left = above[j] + 1, row[j - 1] + 1
            cost = min(diagonal, up, left)
            row.append(cost)
            move.append(DIAGONAL if cost == diagonal else UP if cost == up else LEFT)
        moves.append(bytes(move))
        above = row
    i, j, pairs = len(a), len(b), []
    while i and j:
        move_back = moves[i][j]
        if move_back == DIAGONAL:
            i, j = i - 1, j - 1
            pairs.append((i, j))
        elif move_back == UP:
            i -= 1
        else:
            j -= 1
    return pairs[::-1]


DIAGONAL, UP, LEFT = 0, 1, 2
