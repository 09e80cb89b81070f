"""The mark of a line's language: written as it is read, and nothing else is taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producer.engines.script.styles import LANGUAGES
from storage.documents import ScriptLine
from storage.spoken_in import CODES, marked, read_mark


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("[es] Hola.", ("es", "Hola.")),
        (" [pt-BR]  Olá.", ("pt-BR", "Olá.")),
        ("[zh]你好。", ("zh", "你好。")),
        ("[ok] Hello.", ("", "[ok] Hello.")),
        ("Hola [es] there.", ("", "Hola [es] there.")),
        ("[ES] Hola.", ("", "[ES] Hola.")),
        ("[es]", ("es", "")),
    ],
)
def test_a_mark_names_a_language_and_stands_at_the_beginning(text: str, read: tuple[str, str]) -> None:
    assert read_mark(text) == read


@given(language=st.sampled_from(sorted(CODES)), text=st.text(min_size=1).filter(lambda t: t.strip() and "[" not in t))
def test_a_line_is_read_back_as_it_is_shown(language: str, text: str) -> None:
    line = ScriptLine(text=text.strip(), language=language)
    assert read_mark(marked(line, "xx")) == (language, text.strip())
    assert marked(line, f"{language}-XX") == line.text, "what everybody expects is not said"


def test_every_language_that_a_writer_knows_by_name_can_be_marked() -> None:
    assert frozenset(LANGUAGES) == CODES
