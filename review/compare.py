"""What changed between two scripts: their lines, side by side, word by word. Pure."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence

from review.edit import Change, changes
from storage.documents import Frozen

ALIKE = 0.4
"""Two lines that share less than this are not one line that was changed, but one gone and one new."""


class LinePair(Frozen):
    """One line in both scripts. None: the script has no such line."""

    before: str | None
    after: str | None
    changes: tuple[Change, ...] = ()
    """Empty where nothing changed, and where there is only one line."""


def line_pairs(before: Sequence[str], after: Sequence[str]) -> list[LinePair]:
    """Every line of both, in their order; those that are one line changed stand beside each other."""
    pairs: list[LinePair] = []
    for op, a0, a1, b0, b1 in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if op == "equal":
            pairs += [LinePair(before=line, after=line) for line in before[a0:a1]]
        else:
            pairs += _changed(before[a0:a1], after[b0:b1])
    return pairs


def _changed(before: Sequence[str], after: Sequence[str]) -> Iterator[LinePair]:
    """Of lines that differ: the likest two belong together, then what stands before them, and what stands after."""
    likeness, a, b = max(
        ((_likeness(one, other), i, j) for i, one in enumerate(before) for j, other in enumerate(after)),
        key=lambda found: found[0], default=(0.0, 0, 0),
    )  # fmt: skip
    if likeness < ALIKE:
        yield from (LinePair(before=line, after=None) for line in before)
        yield from (LinePair(before=None, after=line) for line in after)
        return
    yield from _changed(before[:a], after[:b])
    yield LinePair(before=before[a], after=after[b], changes=tuple(changes(before[a], after[b])))
    yield from _changed(before[a + 1 :], after[b + 1 :])


def _likeness(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()
