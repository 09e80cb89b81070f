"""Turns whatever a source sends into plain text: no markup, no entities, no characters that lie about order.

What comes out is data. It is still escaped wherever it is shown, and fenced off wherever a model reads it.
"""

from __future__ import annotations

import html
import re
import unicodedata

import nh3

MARKUP_LIMIT = 120_000
"""Characters of markup that are looked at: deep nesting costs a parser the square of it."""
BLOCKS = (
    "address|article|aside|blockquote|br|center|dd|div|dl|dt|fieldset|footer|form|h[1-6]|header|hr|li|main|nav|ol|p|pre"
    "|section|table|tbody|td|tfoot|th|thead|tr|ul"
)
"""Tags that begin a new paragraph (HTML Living Standard, 15.3, display: block), and <br>."""
DROPPED = (
    "audio|button|canvas|embed|figcaption|figure|frame|frameset|iframe|math|noembed|noframes|noscript|object|option"
    "|script|select|style|svg|template|textarea|title|video"
)
"""Tags whose content is no part of the story."""
INLINE = (
    "a|abbr|acronym|b|bdo|big|body|cite|code|del|em|font|head|html|i|img|input|ins|kbd|label|link|mark|meta|q|s|samp"
    "|small|source|span|strike|strong|sub|sup|time|tt|u|var|wbr"
)
KEPT_TAGS = {*BLOCKS.replace("h[1-6]", "h1|h2|h3|h4|h5|h6").split("|")}
DROPPED_TAGS = {*DROPPED.split("|")}

BLOCK = re.compile(rf"</?(?:{BLOCKS})\b[^<>]*>", re.IGNORECASE)
TAG = re.compile(
    rf"</?(?:{BLOCKS}|{DROPPED}|{INLINE})\b[^<>]*>|<[a-z][\w:-]*\s[^<>]*=[^<>]*>|<!--.*?(?:-->|$)",
    re.IGNORECASE | re.DOTALL,
)
"""Something that a reader would not take for words: “2 < 3” and “<3” stay."""
ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,30}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")
LINE_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff\ue000-\uf8ff\U000e0000-\U000e007f\U000f0000-\U0010ffff]"
)
"""Controls, direction overrides, blanks that pose as letters, hidden tag characters, surrogates, private use.
The joiners U+200C and U+200D stay: Persian, Hindi and emoji need them."""
BOILERPLATE = re.compile(
    r"(?:continue reading|read more|read (?:on|the (?:full|rest)\b.*)|view (?:the )?(?:full|original) (?:article|story)"
    r"|leer más|seguir leyendo|sigue leyendo|阅读全文|阅读更多|继续阅读|查看全文|the post .+ appeared first on .+"
    r"|la entrada .+ (?:se publicó|apareció) primero en .+)[\s.…:»→>\]]*",
    re.IGNORECASE,
)
CUT_MARK = re.compile(r"\s*(?:\[(?:…|\.{3})\]|\((?:…|\.{3})\))\s*$")
MARKS_IN_A_ROW = 4
SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*(?=\s)|[。！？][”’」』）]*")


def plain_text(markup: str) -> str:
    """HTML, plain text, or HTML escaped once or twice too often, as plain paragraphs split by a blank line."""
    text = _visible(markup[:MARKUP_LIMIT])
    if TAG.search(text):
        text = _without_tags(" ".join(text.split()) if BLOCK.search(text) else text)
    for _ in range(3):
        if ENTITY.search(text):
            text = _visible(ENTITY.sub(lambda entity: html.unescape(entity[0]), text))
        if TAG.search(text):
            text = _without_tags(text)
    paragraphs = (" ".join(p.split()) for p in re.split(r"\n\s*\n", TAG.sub(" ", text)))
    return "\n\n".join(_without_boilerplate([p for p in paragraphs if p]))


def plain_line(markup: str) -> str:
    """Like `plain_text`, on one line."""
    return " ".join(plain_text(markup).split())


def headline(markup: str, source: str = "") -> str:
    """A title on one line, without the source's name that many feeds put at its end."""
    line = plain_line(markup)
    for bar in (" - ", " | ", " – ", " — ", " · "):
        head, found, tail = line.rpartition(bar)
        if found and head and tail.casefold() == source.casefold():
            return head
    return line


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters, ending with a sentence if one ends in the second half, else with a word and “…”."""
    if len(text) <= limit:
        return text
    ends = [match.end() for match in SENTENCE_END.finditer(text, limit // 2, limit + 1) if match.end() <= limit]
    if ends:
        return text[: ends[-1]]
    cut = text[: limit - 1]
    space = cut.rfind(" ", limit // 2)
    return cut[: space if space > 0 else None].rstrip(" ,;:–—-") + "…"


def has_words(text: str) -> bool:
    """Whether anything in it can be spoken: a letter or a digit of any script."""
    return any(c.isalnum() for c in text)


def _visible(text: str) -> str:
    """Composed characters, only those that a reader can see, and no towers of combining marks."""
    text = unicodedata.normalize("NFC", INVISIBLE.sub("", LINE_BREAKS.sub("\n", text)))
    return text if text.isascii() else _without_towers(text)


def _without_towers(text: str) -> str:
    kept, marks = [], 0
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= MARKS_IN_A_ROW:
            kept.append(character)
    return "".join(kept)


def _without_tags(markup: str) -> str:
    """Text with entities. Blocks become blank lines, <br> a line break; scripts, styles and figures are dropped."""
    blocks = nh3.clean(markup, tags=KEPT_TAGS, clean_content_tags=DROPPED_TAGS, attributes={})
    return re.sub(r"<[^>]*>", "\n\n", blocks.replace("<br>", "\n"))


def _without_boilerplate(paragraphs: list[str]) -> list[str]:
    """Closing lines that lead to the rest of the story are no part of it."""
    while paragraphs:
        last = CUT_MARK.sub("", paragraphs[-1])
        if last and not BOILERPLATE.fullmatch(last):
            return [*paragraphs[:-1], last]
        paragraphs = paragraphs[:-1]
    return []
