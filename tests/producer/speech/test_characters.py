"""Which characters can be spoken."""

from __future__ import annotations

import pytest

from producer.speech.characters import speakable, tidy, without_emoji


@pytest.mark.parametrize("text", ["🎉", "1️⃣", "🇩🇪", "👩‍👩‍👧‍👦", "👍🏽 ❤️", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "…", "— !?", "", " \n"])
def test_emoji_and_marks_cannot_be_said(text: str) -> None:
    assert not speakable(text)


@pytest.mark.parametrize("text", ["a", "7", "第", "हाँ", "نعم", "Party 🎉", "#1"])
def test_letters_and_figures_of_any_script_can(text: str) -> None:
    assert speakable(text)


def test_figures_and_trade_marks_are_no_emoji() -> None:
    assert without_emoji("© 2026 Acme™, #1 *") == "© 2026 Acme™, #1 *"


def test_tidy_takes_out_what_is_not_seen_and_keeps_the_joiners_that_spelling_needs() -> None:
    assert tidy("soft\u00adhyphen\u200f  and\u200b 🎉 space") == "softhyphen and space"
    assert tidy("می\u200cخواهم क्\u200dष") == "می\u200cخواهم क्\u200dष"
