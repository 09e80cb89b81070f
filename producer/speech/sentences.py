"""A text as sentences, and a sentence as clauses. Works for scripts with and without spaces.

Sentences are found as spans of the given text, so that a quotation of them is exact to the character.
"""

from __future__ import annotations

import re

from producer.speech.wordlists import word_set

Span = tuple[int, int]

PARAGRAPH = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*•–]|\d{1,2}[.)])\s)|[\u2028\u2029]")
CLOSERS = "\"'”’»›)）］】」』〉》\\]"
ENDS = re.compile(rf"[.!?…؟۔]+[{CLOSERS}]*(?=\s|$)|[。！？｡]+[{CLOSERS}]*|[।॥]+[{CLOSERS}]*")
"""Where a sentence may end. Latin, Arabic and Urdu marks need a space after them; CJK marks and the danda do not."""

TITLES = word_set(
    "mr mrs ms dr prof messrs st mt gen gov sen rep capt lt col sgt cmdr rev hon maj adm sr sra srta dra ud uds "
    "exmo exma sig dott avv ing mme mlle mm"
)
"""Abbreviations that a name follows: never the end of a sentence."""
ABBREVIATIONS = word_set(
    "jr vs ft ed eds approx dept univ inc ltd corp co bros etc al cf ca ee uu av avda tel bzw ggf inkl z.b u.a d.h usw sog "
    "vgl mio mrd г гг ул тыс млн млрд руб им т.е т.д т.п др см p.ej"
)
"""Others: the end of a sentence only when the next word plainly begins one."""
BEFORE_FIGURES = word_set(
    "no nos vol fig pp art núm nro nr pág págs str abs стр jan feb mar apr jun jul aug sep sept oct nov dec "
    "mon tue tues wed thu thurs fri sat sun"
)
"""Abbreviations only before a figure; elsewhere they are words: “Ten said no.”"""
SURE_STARTS = word_set(
    "The A An In It He She They We But And This That These Those On At As For If When While After Before His Her Its "
    "Their There Our You I So Yet Now Then Also However Meanwhile"
)
"""Words that, after an abbreviation such as “U.S.”, show that a new sentence has begun."""

OPEN_QUOTES = {"“": "”", "«": "»", "「": "」", "『": "』"}
LONGEST_QUOTATION = 320  # characters; beyond this an opening mark is taken for a typing error


def spans(text: str, language: str = "en") -> list[Span]:
    """Where each sentence lies in the text: start and end, in order, without the space around them.

    A quotation is kept whole: “I came. I saw.” is one sentence when it stands in quotation marks.
    """
    found: list[Span] = []
    for start, end in _paragraphs(text):
        found += _joined_quotations(text, _sentences(text, start, end, language))
    return found


def split(text: str, language: str = "en") -> list[str]:
    """The sentences of a text, each on one line with single spaces."""
    return [" ".join(text[a:b].split()) for a, b in spans(text, language)]


def halves(sentence: str) -> tuple[str, str] | None:
    """A long sentence in two, at the strongest break nearest its middle; None when nothing can be split.

    Breaks, strongest first: semicolon, colon and dash; comma; any space.
    """
    middle = len(sentence) / 2
    for pattern in (r"[;:；：—](?!\d)\s*|\s[–-]\s", r",\s+|[，、،]\s*", r"\s+"):
        cuts = [m.end() for m in re.finditer(pattern, sentence) if 0.2 < m.end() / len(sentence) < 0.8]
        if cuts:
            cut = min(cuts, key=lambda at: abs(at - middle))
            return sentence[:cut].strip(), sentence[cut:].strip()
    return None


def _paragraphs(text: str) -> list[Span]:
    edges = [0, *(at for m in PARAGRAPH.finditer(text) for at in m.span()), len(text)]
    return [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if text[a:b].strip()]


def _sentences(text: str, start: int, end: int, language: str) -> list[Span]:
    found, begin = [], start
    for mark in ENDS.finditer(text, start, end):
        if _ends(text[:end], mark, language):
            found.append(_trimmed(text, begin, mark.end()))
            begin = mark.end()
    found.append(_trimmed(text, begin, end))
    return [(a, b) for a, b in found if a < b]


def _ends(text: str, mark: re.Match[str], language: str) -> bool:
    following = text[mark.end() :].lstrip().lstrip("\"'“‘«(¿¡„")
    if not following:
        return True
    if mark[0][0] in "。！？｡।॥":
        return True
    if following[0].islower():  # “Yahoo! shares”, “wait… what”; but “iPhone sales” may begin a sentence
        return following[1:2].isupper()
    if mark[0] != ".":
        return True
    word = re.split(r"[\s(\[“\"'«]", text[: mark.start()])[-1]
    if re.fullmatch(r"(?:[^\W\d_]\.)*[^\W\d_]", word):  # U.S., D.C., J.R.R., an initial
        return following.split()[0].strip(",;") in SURE_STARTS
    if language == "de" and re.fullmatch(r"\d{1,2}", word):  # am 5. März
        return False
    if word.lower() in BEFORE_FIGURES:
        return not following[0].isdigit()
    if word.lower() in ABBREVIATIONS:
        return following.split()[0].strip(",;") in SURE_STARTS
    return word.lower() not in TITLES


def _joined_quotations(text: str, sentences: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in sentences:
        if joined and _open_quotation(text[joined[-1][0] : joined[-1][1]]):
            whole = (joined[-1][0], span[1])
            if whole[1] - whole[0] <= LONGEST_QUOTATION:
                joined[-1] = whole
                continue
        joined.append(span)
    return joined


def _open_quotation(sentence: str) -> bool:
    straight = len(re.findall(r"(?:^|[\s(])\"(?=\S)", sentence))
    if straight > sentence.count('"') - straight:
        return True
    marks = OPEN_QUOTES if "„" not in sentence else {"„": "“”"}
    return any(sentence.rfind(mark) > max(sentence.rfind(c) for c in closing) for mark, closing in marks.items())


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
