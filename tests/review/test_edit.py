"""Editing a script: untouched lines stay untouched, changed ones look for new support."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.errors import UsageError
from review.edit import EditedLine, changes, edited_script
from storage.documents import Script, ScriptLine

SOURCE = "Friction charges the beans. Half a millilitre of water is enough for a double shot."
SCRIPT = Script(
    title="Coffee",
    lines=(
        ScriptLine(text="Hello.", role="hook"),
        ScriptLine(text="Friction charges the beans.", quote="Friction charges the beans.", hints={"beans": "biːnz"}),
        ScriptLine(text="Goodbye.", role="close"),
    ),
    keywords=("coffee",),
)


def edit(*lines: tuple[str, int | None], title: str = "Coffee", source: str = SOURCE) -> Script:
    return edited_script(SCRIPT, title, [EditedLine(text=t, was=w) for t, w in lines], source, "en")


def test_an_untouched_script_is_the_same_script() -> None:
    same = edit(("Hello.", 1), ("  Friction charges the beans. ", 2), ("Goodbye.", 3))
    assert same == SCRIPT
    assert same.content_hash == SCRIPT.content_hash


def test_a_changed_line_finds_the_sentence_that_supports_it_now() -> None:
    line = edit(("Hello.", 1), ("Half a millilitre of water is enough.", 2), ("Goodbye.", 3)).lines[1]
    assert line.quote == "Half a millilitre of water is enough for a double shot."
    assert line.supported
    assert line.hints == {}


def test_a_changed_line_that_nothing_supports_says_so() -> None:
    line = edit(("Hello.", 1), ("Everybody loves tea.", 2), ("Goodbye.", 3)).lines[1]
    assert (line.quote, line.supported) == ("", False)


def test_a_changed_greeting_needs_no_support() -> None:
    assert edit(("Good evening.", 1), ("Goodbye.", 3)).lines[0].supported


def test_ones_own_words_need_no_support() -> None:
    assert edit(("Everybody loves tea.", 2), source="").lines[0].supported


def test_lines_can_be_added_removed_and_moved() -> None:
    made = edit(("Goodbye.", 3), ("", 1), ("Friction charges the beans, they say.", None))
    assert [line.text for line in made.lines] == ["Goodbye.", "Friction charges the beans, they say."]
    assert made.lines[0] == SCRIPT.lines[2]
    assert made.keywords == SCRIPT.keywords


@pytest.mark.parametrize(
    ("lines", "title", "says"),
    [
        ([], "Coffee", "nothing to say"),
        (["  "], "Coffee", "nothing to say"),
        (["🎉🎉", "…"], "Coffee", "nothing to say"),
        (["Hello."], "  ", "no title"),
        (["Hello."], "x" * 161, "title has 161"),
        (["x" * 401], "Coffee", "Line 1 has 401"),
        (["Hello."] * 25, "Coffee", "25 lines"),
    ],
)
def test_what_cannot_be_spoken_is_refused_with_a_cure(lines: list[str], title: str, says: str) -> None:
    with pytest.raises(UsageError, match=says) as caught:
        edit(*((text, None) for text in lines), title=title)
    assert caught.value.cure


@given(before=st.text(max_size=60), after=st.text(max_size=60))
def test_a_difference_holds_both_texts(before: str, after: str) -> None:
    found = changes(before, after)
    assert "".join(c.text for c in found if c.op != "in") == before
    assert "".join(c.text for c in found if c.op != "out") == after


def test_a_difference_shows_only_what_changed() -> None:
    found = [(c.op, c.text) for c in changes("Every dot is a star. 三千个星系", "Every dot is a galaxy. 三百个星系")]
    assert found == [
        ("same", "Every dot is a "), ("out", "star. "), ("in", "galaxy. "), ("same", "三"), ("out", "千"), ("in", "百"),
        ("same", "个星系"),
    ]  # fmt: skip


class TestALineInAnotherLanguage:
    SPANISH = ScriptLine(text="Volvemos al mar.", language="es")
    BOTH = Script(title="Coffee", lines=(SCRIPT.lines[0], SPANISH))

    def edit(self, *lines: tuple[str, int | None]) -> Script:
        return edited_script(self.BOTH, "Coffee", [EditedLine(text=t, was=w) for t, w in lines], "", "en")

    def test_is_shown_with_a_mark_and_stays_as_it_is(self) -> None:
        assert self.edit(("Hello.", 1), ("[es] Volvemos al mar.", 2)) == self.BOTH

    def test_can_be_reworded_and_written_anew(self) -> None:
        made = self.edit(("Hello.", 1), ("[es] Volvemos mañana.", 2), ("[fr] Bonjour.", None)).lines
        said = [(line.language, line.text) for line in made]
        assert said == [("en", "Hello."), ("es", "Volvemos mañana."), ("fr", "Bonjour.")]

    def test_is_in_the_clips_own_language_again_without_its_mark(self) -> None:
        assert self.edit(("We return to the sea.", 2)).lines[0].language == "en"

    def test_needs_words_behind_its_mark(self) -> None:
        assert self.edit(("Hello.", 1), ("[es] ", None)).lines == self.BOTH.lines[:1]
