"""Direct mode: the user's own words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.errors import BadInput
from producer.engines.script.direct import script_from_text
from producer.speech.characters import speakable

TEXT = """# The ferry is back
Good morning. The ferry is back!

It runs every forty minutes from midnight to five, and it links the fish market with the hospital on the south side of the harbour. A ticket costs two euros.
- It takes eleven minutes.
---
Thank you for watching."""


def test_the_first_line_is_the_title_and_every_other_line_is_spoken() -> None:
    script = script_from_text(TEXT, "en")
    assert script.title == "The ferry is back"
    assert [(line.role, line.text) for line in script.lines] == [
        ("hook", "Good morning. The ferry is back!"),
        (
            "body",
            "It runs every forty minutes from midnight to five, and it links the fish market with the hospital on the "
            "south side of the harbour.",
        ),
        ("body", "A ticket costs two euros."),
        ("body", "It takes eleven minutes."),
        ("close", "Thank you for watching."),
    ]
    assert script.source is None
    assert all(line.supported and not line.quote for line in script.lines)


def test_a_given_title_wins_and_a_missing_one_is_taken_from_the_first_words() -> None:
    assert script_from_text(TEXT, "en", "Mine").title == "Mine"
    assert script_from_text("Hello there. Bye.", "en").title == "Hello there."
    long = script_from_text("word " * 60, "en").title
    assert len(long) <= 90
    assert long.endswith("…")


def test_one_line_is_neither_hook_nor_close() -> None:
    assert [line.role for line in script_from_text("Only this.", "en").lines] == ["body"]
    assert [line.role for line in script_from_text("This.\nThat.", "en").lines] == ["hook", "body"]


def test_an_emoji_stays_with_the_sentence_beside_it() -> None:
    assert [line.text for line in script_from_text("Hello! 🎉\n🎉🎉\nBye.", "en").lines] == ["Hello! 🎉", "Bye."]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Good morning and welcome to the programme.", "en"),
        ("Buenos días y bienvenidos al programa.", "es"),
        ("机器人很小。它会飞。", "zh"),
        ("ロボットは小さいです。", "ja"),
        ("مرحبا بكم في البرنامج.", "ar"),
        ("Доброе утро, это новости.", "ru"),
        ("Guten Morgen und willkommen zur Sendung.", "de"),
        ("Hm.", "en"),
    ],
)
def test_the_language_is_recognised(text: str, language: str) -> None:
    assert {line.language for line in script_from_text(text, "").lines} == {language}


def test_a_named_language_is_believed() -> None:
    assert script_from_text("Bonjour.", "pt-BR").lines[0].language == "pt"


@pytest.mark.parametrize("text", ["", "  \n", "🎉🎉", "# Only a title", "---\n…"])
def test_nothing_to_say_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="at least one sentence"):
        script_from_text(text, "en")


def test_too_long_a_text_is_refused_with_both_numbers() -> None:
    with pytest.raises(BadInput, match=r"20,001 characters; 20,000 are allowed"):
        script_from_text("a" * 20_001, "en")
    assert script_from_text("Some words. " * 1600, "en").lines


@given(st.text(alphabet="aB1 .!?…”“\n#-🎉中。", max_size=120))
def test_no_word_is_lost_or_moved(text: str) -> None:
    if not speakable(text) or text.strip().startswith("# "):
        return
    script = script_from_text(text, "en")
    said = "".join(character for line in script.lines for character in line.text if character.isalnum())
    assert said == "".join(character for character in text if character.isalnum())
    assert all(speakable(line.text) for line in script.lines)


class TestAScriptThatSwitches:
    TEXT = "The captain said one thing.\n- [es] Volvemos al mar. Después de nueve años.\nThe harbour cheered."

    def test_has_the_marked_lines_in_their_own_language(self) -> None:
        said = [(line.language, line.text) for line in script_from_text(self.TEXT, "en").lines]
        assert said == [
            ("en", "The captain said one thing."),
            ("es", "Volvemos al mar. Después de nueve años."),
            ("en", "The harbour cheered."),
        ]

    def test_is_in_the_language_of_what_is_not_marked(self) -> None:
        lines = script_from_text("[es] Volvemos al mar.\nThe whole harbour cheered when they heard it.", "").lines
        assert [line.language for line in lines] == ["es", "en"]

    def test_may_be_marked_all_over(self) -> None:
        assert [line.language for line in script_from_text("[es] Hola.\n[fr] Bonjour.", "").lines] == ["es", "fr"]

    def test_needs_words_behind_the_marks(self) -> None:
        with pytest.raises(BadInput):
            script_from_text("[es]\n[fr] …", "en")
