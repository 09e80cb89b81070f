"""A dictionary that takes little memory."""

from __future__ import annotations

import tracemalloc

from hypothesis import given
from hypothesis import strategies as st

from producer.engines.line.packed import Packed

VALUES = st.none() | st.text(max_size=8) | st.dictionaries(st.text(max_size=4), st.floats(allow_nan=False) | st.none())


@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=5), VALUES), st.text(max_size=5))
def test_it_knows_what_the_dictionary_knows_and_nothing_else(entries: dict[str, object], other: str) -> None:
    packed = Packed(entries)
    assert len(packed) == len(entries)
    assert {key: packed.get(key, "gone") for key in entries} == entries
    assert packed.get(other, "gone") == entries.get(other, "gone")


def test_it_takes_a_quarter_of_the_memory() -> None:
    tracemalloc.start()
    try:
        entries: dict[str, str] = {f"word {number}": f"sound {number}" for number in range(5_000)}
        plain = tracemalloc.get_traced_memory()[0]
        packed = Packed(entries)
        kept = tracemalloc.get_traced_memory()[0] - plain
    finally:
        tracemalloc.stop()
    assert packed.get("word 4711") == "sound 4711"
    assert kept < plain / 4


def test_english_is_read_as_from_the_plain_dictionaries() -> None:
    from hibari.g2p import G2P

    from producer.engines.line import letters

    text = "The captain read that a live record of 400 Zürich ferries, Xylqor's included, would resume at 5 p.m.!"
    assert letters._english(True)(text) == G2P(british=True)(text)
