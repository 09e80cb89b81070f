"""Whether what was heard is what was to be said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producer.speech.verify import Faults, faults, plausible

TEXT = "Otters have come back to the harbour after 40 years."


@pytest.mark.parametrize(
    ("heard", "wanted"),
    [
        (TEXT, Faults()),
        ("otters have come back to the harbor after forty years", Faults()),
        ("Otters have come back to the harbour.", Faults(missing=3)),
        (TEXT + " Thank you for watching.", Faults(added=4)),
        ("Daughters have come back to the harbour after forty years.", Faults()),
        ("", Faults(missing=10)),
    ],
)
def test_counts_what_is_missing_and_what_was_added(heard: str, wanted: Faults) -> None:
    assert faults(TEXT, heard, "en") == wanted


def test_counts_characters_where_no_spaces_are_written() -> None:
    assert faults("水獭回到了港口。", "水獭回到了港口", "zh") == Faults()
    assert faults("水獭回到了港口。", "水獭回到", "zh") == Faults(missing=3)


def test_compares_a_language_whose_figures_nobody_spells_out() -> None:
    assert faults("Die Otter sind zurück.", "Die Otter sind zurück", "de") == Faults()


@given(st.lists(st.sampled_from(["otters", "harbour", "town", "spring"]), max_size=8))
def test_a_text_has_no_fault_beside_itself(words: list[str]) -> None:
    assert faults(" ".join(words), " ".join(words), "en").count == 0


@pytest.mark.parametrize(("seconds", "expected"), [(3.0, True), (0.5, False), (12.0, False)])
def test_a_sentence_lasts_about_as_long_as_such_ones_do(seconds: float, expected: bool) -> None:
    assert plausible(seconds, 3.0) is expected
