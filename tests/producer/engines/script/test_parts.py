"""The parts of the default writer: cleaning, headlines, terms, and choosing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producer.engines.script.candidates import candidates
from producer.engines.script.choice import Limits, fewest_lines, in_lines
from producer.engines.script.cleaning import masked, plain, shortened, spoken_form
from producer.engines.script.headlines import headline
from producer.engines.script.summary import say_the_same, similarity, text_rank, vectors
from producer.engines.script.terms import keywords, terms


@pytest.mark.parametrize(
    ("language", "sentence", "said"),
    [
        ("en", "LONDON (Reuters) - The bridge opened.", "The bridge opened."),
        ("en", "PARIS, March 5 (AFP) – The bridge opened.", "The bridge opened."),
        ("en", "LAGOS — The bridge opened.", "The bridge opened."),
        ("en", "(AP) The bridge opened.", "The bridge opened."),
        ("en", "- But the bridge stayed shut.", "The bridge stayed shut."),
        ("en", "So far nobody has crossed it.", "So far nobody has crossed it."),
        ("en", "But why?", "But why?"),
        ("en", "The World Health Organization (WHO) agreed.", "The World Health Organization agreed."),
        ("en", "The mayor (allegedly) agreed.", "The mayor (allegedly) agreed."),
        ("es", "Sin embargo, el puente sigue cerrado.", "El puente sigue cerrado."),
        ("fr", "Cependant, le pont reste fermé.", "Le pont reste fermé."),
        ("de", "Aber die Brücke bleibt zu.", "Die Brücke bleibt zu."),
        ("de", "Allerdings bleibt die Brücke zu.", "Allerdings bleibt die Brücke zu."),
        ("zh", "但是，大桥没有开放。", "大桥没有开放。"),
        ("ja", "しかし、橋は閉まっています。", "橋は閉まっています。"),
    ],
)
def test_a_sentence_loses_only_what_ties_it_to_the_page(language: str, sentence: str, said: str) -> None:
    assert spoken_form(sentence, language) == said


def test_a_long_sentence_is_cut_at_a_clause_and_never_where_the_clause_limits_the_claim() -> None:
    kept = "The new bridge over the river will open to traffic on Monday"
    assert shortened(f"{kept}, which is a week earlier than planned.", "en") == f"{kept}."
    assert shortened(f"{kept}, which is not sure yet.", "en") is None
    assert shortened(f"{kept}, unless it rains.", "en") is None
    assert shortened("The bridge, which is old, opens on Monday.", "en") is None
    assert shortened(f"“{kept}, which is early,” she said.", "en") is None


@given(st.text(alphabet="ab<>/p \n&;!-", max_size=60))
def test_masking_markup_moves_nothing(text: str) -> None:
    page = masked(text)
    assert len(page) == len(text)
    assert all(a in (b, " ") for a, b in zip(page, text, strict=True))


def test_entities_are_read_even_when_escaped_twice() -> None:
    assert plain("Fish &amp;amp; chips&nbsp;cost &pound;5 <br/>") == "Fish & chips cost £5"


@pytest.mark.parametrize(
    ("title", "source", "shown"),
    [
        ("Ferry returns | The Gazette", "", "Ferry returns"),
        (
            "Ferry returns after nine years - The Harbour Gazette",
            "The Harbour Gazette",
            "Ferry returns after nine years",
        ),
        ("Ferry returns after nine years - BBC News", "", "Ferry returns after nine years"),
        ("Ferry returns - and nobody knows why", "", "Ferry returns - and nobody knows why"),
        ("Spain 2 - 1 Italy", "", "Spain 2 - 1 Italy"),
        ("FERRY RETURNS TO THE HARBOUR", "", "Ferry returns to the harbour"),
        ("NASA returns", "", "NASA returns"),
        ("🎉", "", ""),
    ],
)
def test_headlines_lose_the_sites_name_and_the_shouting(title: str, source: str, shown: str) -> None:
    assert headline(title, "", source) == shown


@given(st.text(max_size=200))
def test_headlines_are_never_longer_than_90_characters(title: str) -> None:
    assert len(headline(title)) <= 90


def test_labels_advertisements_and_torn_quotations_are_no_candidates() -> None:
    text = (
        "The bridge opened on Monday. Photo: Somebody. Read more about the bridge here. Prices: 3 | 4 | 5 | 6 | 7. "
        "Subscribe to our newsletter for more. Why? The council paid for all of it."
    )
    assert [c.line for c in candidates(text, "en")] == [
        "The bridge opened on Monday.",
        "The council paid for all of it.",
    ]


@given(st.text(alphabet="abc DEF.!?“”\n", max_size=200))
def test_a_candidates_quote_is_exactly_what_the_source_says_there(text: str) -> None:
    for candidate in candidates(text, "en"):
        assert text[candidate.start : candidate.end] == candidate.quote


def test_terms_are_stems_without_little_words() -> None:
    assert terms("The batteries of the battery’s ferry", "en") == ["batter", "batter", "ferry"]
    assert terms("大桥开放", "zh") == ["大桥", "桥开", "开放"]


def test_keywords_are_phrases_of_the_text_without_overlap() -> None:
    found = keywords(
        "Night ferry returns", "The night ferry is a battery ferry. The battery charges at the fish market.", "en"
    )
    assert found[0] == "Night ferry returns"
    assert {"fish market", "battery charges"} & set(found)
    assert "水库" in keywords("老水库", "水库很大。水库里有鱼，水库的水很清。", "zh")


def test_the_central_sentence_ranks_first() -> None:
    about = ["ferry harbour night", "ferry night battery", "ferry harbour battery night", "cheese"]
    ranks = text_rank(vectors([sentence.split() for sentence in about]))
    assert ranks.index(max(ranks)) == 2
    assert ranks.index(min(ranks)) == 3
    assert max(ranks) == 1


@given(st.lists(st.lists(st.sampled_from("abcdef"), max_size=6), min_size=1, max_size=6))
def test_similarity_is_symmetric_and_between_0_and_1(documents: list[list[str]]) -> None:
    made = vectors(documents)
    for a in made:
        for b in made:
            assert similarity(a, b) == pytest.approx(similarity(b, a))
            assert -1e-9 <= similarity(a, b) <= 1 + 1e-9
        assert say_the_same(a, a) == bool(a)


TEN = candidates(" ".join(f"Sentence number {n} says something new about it." for n in range(10)), "en")
TEXT = " ".join(f"Sentence number {n} says something new about it." for n in range(10))


@given(st.sets(st.integers(0, 9), min_size=1), st.integers(1, 3))
def test_lines_hold_every_chosen_sentence_once_and_only_neighbours_together(places: set[int], per_line: int) -> None:
    chosen = [TEN[place] for place in sorted(places)]
    fewest = fewest_lines(chosen, per_line)
    lines = in_lines(chosen, TEXT, Limits(99, most_lines=fewest, per_line=per_line), "en")
    assert len(lines) == fewest
    assert " ".join(line.line for line in lines) == " ".join(c.line for c in chosen)
    assert all(line.quote == TEXT[line.start : line.end] for line in lines)
    assert all(line.last - line.place < per_line for line in lines)
