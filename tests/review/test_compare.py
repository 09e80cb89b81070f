"""Two scripts side by side: nothing is lost, and what is one line changed stands beside itself."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from review.compare import LinePair, line_pairs

lines = st.lists(st.text(st.characters(categories=("L", "Zs")), max_size=12), max_size=6)


@given(lines, lines)
def test_every_line_of_both_appears_once_and_in_order(before: list[str], after: list[str]) -> None:
    pairs = line_pairs(before, after)
    assert [pair.before for pair in pairs if pair.before is not None] == before
    assert [pair.after for pair in pairs if pair.after is not None] == after
    for pair in pairs:
        if pair.changes:
            assert "".join(c.text for c in pair.changes if c.op != "in") == pair.before
            assert "".join(c.text for c in pair.changes if c.op != "out") == pair.after


def test_a_line_that_was_changed_stands_beside_what_it_was() -> None:
    before = ["Hello.", "The bridge has five arches.", "Goodbye."]
    after = ["A new beginning, this is.", "The bridge has six arches.", "Goodbye."]
    pairs = line_pairs(before, after)
    assert pairs[0] == LinePair(before="Hello.", after=None)
    assert pairs[1] == LinePair(before=None, after="A new beginning, this is.")
    assert [(c.op, c.text.strip()) for c in pairs[2].changes] == [
        ("same", "The bridge has"), ("out", "five"), ("in", "six"), ("same", "arches."),
    ]  # fmt: skip
    assert pairs[3] == LinePair(before="Goodbye.", after="Goodbye.")


def test_of_scripts_without_spaces_characters_are_compared() -> None:
    (pair,) = line_pairs(["渡轮周五再次启航。"], ["渡轮周六再次启航。"])
    assert [(c.op, c.text) for c in pair.changes] == [
        ("same", "渡轮周"),
        ("out", "五"),
        ("in", "六"),
        ("same", "再次启航。"),
    ]
