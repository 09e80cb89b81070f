"""Which lines the source supports, which it does not, and where the evidence sits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.support import pieces, source_text, support
from storage.documents import Script, ScriptLine
from storage.grounding import best_passage, locate
from storage.orders import TopicCopy

SOURCE = (
    "Three thousand galaxies\n\nHubble was aimed at a speck of sky near the Big Dipper. “It looked empty,” said the "
    "director.\n\nThe picture revealed more than 3,000 galaxies, some 12.5 billion years old."
)


def judge(*lines: ScriptLine | str, source: str = SOURCE, known: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    script = Script(title="t", lines=tuple(x if isinstance(x, ScriptLine) else ScriptLine(text=x) for x in lines))
    return [(answer.state, answer.reason) for answer in support(script, source, known)]


def quoting(text: str, quote: str) -> ScriptLine:
    return ScriptLine(text=text, quote=quote)


def test_a_line_is_quoted_when_its_quote_is_in_the_source() -> None:
    line = quoting("The picture shows 3000 galaxies.", "more than 3,000 galaxies")
    assert judge(line) == [("quoted", "")]
    assert judge(quoting("The sky looked dark.", "the sky looked dark")) == [
        ("unsupported", "its quote is not in the source")
    ]


def test_a_greeting_claims_nothing() -> None:
    assert judge("Hello, and welcome back.") == [("no_claim", "")]


def test_what_the_writer_could_not_support_stays_unsupported() -> None:
    assert judge(ScriptLine(text="everybody was glad", supported=False)) == [
        ("unsupported", "nothing in the source says so")
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("That is 4,000 galaxies.", "number not in the source"),
        ("They are 12,5 billion years old.", ""),
        ("That was said by Edwin.", "name not in the source"),
        ("They looked near the Big Dipper.", ""),
        ("Edwin said it.", ""),  # the first word of a sentence may be any word
        ("One called it “a miracle”.", "quotation not in the source"),
        ("One said “it looked empty”.", ""),
    ],
)
def test_numbers_names_and_quotations_must_come_from_the_source(text: str, reason: str) -> None:
    assert judge(text) == [("unsupported" if reason else "no_claim", reason)]


def test_the_mark_covers_exactly_what_is_not_in_the_source() -> None:
    line = "There are 12 of them, says Edwin."
    (answer,) = support(Script(title="t", lines=(ScriptLine(text=line),)), SOURCE)
    assert [line[mark.start : mark.end] for mark in answer.marks] == ["12", "Edwin"]


def test_only_where_a_capital_tells_a_name_are_names_looked_for() -> None:
    german = ScriptLine(text="Das Teleskop sah Galaxien", language="de")
    assert judge(german, quoting("Hubble was aimed at the sky.", "Hubble was aimed")) == [
        ("no_claim", ""),
        ("quoted", ""),
    ]
    assert judge("I see that I’m near the Big Dipper.") == [("no_claim", "")]


def test_a_translation_writes_names_otherwise_but_keeps_its_figures() -> None:
    spanish = (
        "Un telescopio apuntado hacia la Osa Mayor mostró un cielo lleno de galaxias",
        "Algunas tienen 13 mil millones de años según dijo el director",
    )
    assert judge(*spanish) == [("no_claim", ""), ("unsupported", "number not in the source")]
    assert judge("Hubble was aimed at the sky near Osa Mayor") == [("unsupported", "name not in the source")]


def test_the_shows_and_presenters_names_need_no_source() -> None:
    assert judge("This is the Morning Desk, I am Mara.", known=("The Morning Desk", "Mara")) == [("no_claim", "")]


def test_without_a_source_all_words_are_ones_own() -> None:
    assert judge("There are 400 of them.", source="") == [("own", "")]
    topic = TopicCopy(title="Title", text="Text.")
    assert source_text(topic, direct=True) == ""
    assert source_text(topic) == "Title\n\nText."
    assert source_text(TopicCopy(title="Title", text="Title and more.")) == "Title and more."


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("hubble  was\naimed at a speck", ["Hubble was aimed at a speck"]),
        ('"It looked empty," said the director.', ["It looked empty,” said the director"]),
        ("Hubble was aimed … near the Big Dipper", ["Hubble was aimed", "near the Big Dipper"]),
        ("Hubble was aimed [...] at nothing", []),
        ("…", []),
        ("", []),
    ],
)
def test_quotes_are_found_whatever_their_case_spacing_and_marks(quote: str, found: list[str]) -> None:
    assert [SOURCE[span.start : span.end] for span in locate(quote, SOURCE)] == found


@given(source=st.text(min_size=1, max_size=80), data=st.data())
def test_any_stretch_of_the_source_is_found_in_it(source: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(source) - 1))
    quote = source[start : data.draw(st.integers(start + 1, len(source)))]
    if any(character.isalnum() for character in quote) and "…" not in quote and "..." not in quote:
        assert locate(quote, source)


@pytest.mark.parametrize(
    ("text", "source", "passage"),
    [
        ("The telescope Hubble was aimed near the Big Dipper", SOURCE, "Hubble was aimed at a speck of sky near the Big Dipper."),
        ("They all went home early", SOURCE, ""),
        ("十天曝光出现三千多个星系", "天很黑。经过十天的曝光，出现了三千多个星系。", "经过十天的曝光，出现了三千多个星系。"),
        ("", SOURCE, ""),
    ],
)  # fmt: skip
def test_the_best_passage_shares_most_words_in_any_language(text: str, source: str, passage: str) -> None:
    assert best_passage(text, source) == passage


def test_the_source_is_shown_whole_with_its_passages_numbered() -> None:
    script = Script(title="t", lines=(quoting("a", "Big Dipper"), quoting("b", "speck of sky near the Big Dipper")))
    shown = pieces(SOURCE, support(script, SOURCE))
    assert "\n\n".join("".join(piece.text for piece in paragraph) for paragraph in shown) == SOURCE
    assert [(p.text, p.lines) for paragraph in shown for p in paragraph if p.lines] == [
        ("speck of sky near the ", (2,)), ("Big Dipper", (1, 2)),
    ]  # fmt: skip


@given(
    source=st.text(alphabet="ab .\n", max_size=60), quotes=st.lists(st.text(alphabet="ab .", max_size=8), max_size=4)
)
def test_nothing_of_the_source_is_lost_or_doubled_by_showing_it(source: str, quotes: list[str]) -> None:
    script = Script(title="t", lines=tuple(quoting("x", quote) for quote in quotes) or (ScriptLine(text="x"),))
    paragraphs = ["".join(p.text for p in paragraph) for paragraph in pieces(source, support(script, source))]
    assert "\n\n".join(paragraphs).split() == source.split()
