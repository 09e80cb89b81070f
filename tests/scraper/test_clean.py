"""What comes out is plain text: no markup, no entities, nothing invisible."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.clean import MARKS_IN_A_ROW, has_words, headline, plain_line, plain_text, shorten


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One <b>bold</b> word.</p><p>Two<br>lines.<br><br>Three.</p>", "One bold word.\n\nTwo lines.\n\nThree."),
        ("<div>a</div><div>b</div><ul><li>c</li><li>d</li></ul>", "a\n\nb\n\nc\n\nd"),
        ("plain\nwrapped\n\nparagraphs", "plain wrapped\n\nparagraphs"),
        ("<p>source\n\n  indentation</p>", "source indentation"),
        ("&lt;p&gt;escaped&lt;/p&gt;&lt;p&gt;once&lt;/p&gt;", "escaped\n\nonce"),
        ("Plumber&amp;amp;rsquo;s &amp;lt;b&amp;gt;app&amp;lt;/b&amp;gt; &amp;amp; more", "Plumber’s app & more"),
        ("a&nbsp;b&#8239;c&#x41;", "a b cA"),
        ("2 < 3 and x<y and y>z, I <3 you, AT&T, R&D;", "2 < 3 and x<y and y>z, I <3 you, AT&T, R&D;"),
        ("<script>alert(1)</script><style>p{}</style>Hi<!-- no --><iframe src=x>no</iframe>", "Hi"),
        ("<figure><img src=x><figcaption>Picture: us</figcaption></figure><p>Story.</p>", "Story."),
        ("<img src=x onerror=alert(1)>Hi <svg/onload=alert(1)>", "Hi"),
        ("Story.<p>Continue reading &rarr;</p>", "Story."),
        ("Story goes on […]<p>The post <a href=x>A</a> appeared first on <a href=y>B</a>.</p>", "Story goes on"),
        ("<p>Historia.</p><p>Leer más »</p>", "Historia."),
        ("", ""),
        ("<p> </p>", ""),
    ],
)
def test_markup_becomes_paragraphs(markup: str, text: str) -> None:
    assert plain_text(markup) == text


@pytest.mark.parametrize(
    "hostile",
    ["<scr<script>ipt>alert(1)</scr</script>ipt>", "&lt;script&gt;alert(1)&lt;/script&gt;", "<<b>script>alert(1)<</b>/script>",
     "&amp;lt;img src=x onerror=alert(1)&amp;gt;", "<a href='javascript:alert(1)'>x</a>", "<math><mi//xlink:href='data:x'>",
     "<x onclick=alert(1)>y", "<plaintext><script>", "<svg><script>alert(1)", "<img src=x onerror=alert(1)", "<!--<script>"],
)  # fmt: skip
def test_no_markup_survives(hostile: str) -> None:
    text = plain_text(f"Before {hostile}")
    assert not re.search(r"<\s*/?\s*(script|img|svg|a|math|x)\b[^>]*>", text, re.IGNORECASE)
    assert text.startswith("Before")


def test_characters_that_lie_about_order_or_hide_are_removed() -> None:
    assert (
        plain_line("abc\u202edcba\u202c \u2066x\u2069 &#8238;y\u200b\ufeff\u00ad\U000e0041\x00\x07\x9b")
        == "abcdcba x y"
    )
    assert plain_line("ok\ud800\ue000") == "ok"


def test_joiners_and_scripts_stay() -> None:
    for text in ("👨‍👩‍👧 family", "می‌خواهم", "שלום, سلام", "ক্ষ", "한국어", "e\u0301".replace("e\u0301", "é")):
        assert plain_line(text) == text


def test_towers_of_marks_are_cut_down() -> None:
    marks = [unicodedata.combining(c) > 0 for c in plain_line("z" + "\u0335\u0322\u0327\u031b" * 50 + "algo")]
    assert sum(marks) == MARKS_IN_A_ROW


@given(st.text(alphabet=st.characters(codec=None)))
def test_nothing_invisible_in_whatever_comes(text: str) -> None:
    cleaned = plain_text(text)
    assert not [c for c in cleaned if c != "\n" and unicodedata.category(c) in ("Cc", "Cs", "Co")]
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", cleaned)
    assert "\n\n\n" not in cleaned
    assert cleaned == cleaned.strip()


@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<b>",
                "<",
                ">",
                "&lt;",
                "&amp;",
                "script",
                "<script>",
                "x",
                " ",
                "=",
                "\n\n",
                "<!--",
                "-->",
            ]
        )
    )
)
def test_no_arrangement_of_tags_leaves_a_script(parts: list[str]) -> None:
    assert "<script>" not in plain_text("".join(parts))


def test_titles_lose_the_name_of_their_source() -> None:
    assert headline("Night ferry - The Harbour Gazette", "The Harbour Gazette") == "Night ferry"
    assert headline("<b>Night</b> ferry | the harbour gazette", "The Harbour Gazette") == "Night ferry"
    assert headline("Win - lose - draw", "The Harbour Gazette") == "Win - lose - draw"
    assert headline("The Harbour Gazette", "The Harbour Gazette") == "The Harbour Gazette"


@given(st.text(max_size=300), st.integers(2, 200))
def test_shortened_text_fits(text: str, limit: int) -> None:
    short = shorten(text, limit)
    assert len(short) <= limit
    assert short == text or len(text) > limit


def test_text_is_shortened_at_a_sentence_and_titles_at_a_word() -> None:
    assert shorten("One sentence here. Another one follows. And more", 42) == "One sentence here. Another one follows."
    assert shorten("第一句话在这里。第二句话在这里。第三句", 17) == "第一句话在这里。第二句话在这里。"
    assert shorten("a title that never ends, never, never", 27) == "a title that never ends…"


@pytest.mark.parametrize(
    ("text", "words"), [("🎉🎊 !!!", False), ("", False), ("…—“”", False), ("🎉 7", True), ("港", True), ("שלום", True)]
)
def test_words_of_any_script_count_as_words(text: str, words: bool) -> None:
    assert has_words(text) is words
