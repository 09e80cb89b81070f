"""Source text made fit to be spoken, without changing what it says.

Nothing is reworded. A sentence may lose what only makes sense on the page or in its paragraph: markup, an agency's
byline, a leading “However,”, an acronym in brackets, a subordinate clause at the end of a very long sentence.
"""

from __future__ import annotations

import html
import re

from producer.speech.characters import tidy
from producer.speech.languages import primary

MARKUP = re.compile(
    r"<(script|style)\b.*?</\1\s*>|<!--.*?-->|</?[A-Za-z][^<>]{0,400}>|\[/?[a-z]{1,6}\]", re.DOTALL | re.I
)
AGENCIES = r"Reuters|AP|AFP|dpa|EFE|ANSA|APA|Lusa|Xinhua|Bloomberg|PTI|ANI|TASS|РИА|ТАСС|CNN|BBC|UPI|EP|Europa Press"
DATELINE = re.compile(
    rf"^(?:[A-ZÀ-Þ][\w.À-ÿ'’/ -]{{1,40}},?\s*(?:[A-Z][a-z]+\.? \d{{1,2}})?\s*)?\((?:{AGENCIES})[^)]{{0,30}}\)\s*[-–—:.]*\s*"
    r"|^[A-ZÀ-Þ][A-ZÀ-Þ .'’/-]{2,30}(?:,\s*[A-ZÀ-Þ][\w.]+(?: \d{1,2})?)?\s*[–—]\s*"
)
BULLET = re.compile(r"^(?:[-*•–·]|\d{1,2}[.)])\s+")
ACRONYM = re.compile(
    r"\s*\((?:[A-ZÀ-Þ]{2,8}s?|pictured|en la foto|photo|im Bild|nella foto|na foto|NYSE: \w+|NASDAQ: \w+)\)"
)

OPENERS = {
    "en": r"however|meanwhile|moreover|furthermore|in addition|additionally|nevertheless|nonetheless|but|and|yet|so|also|still",
    "es": r"sin embargo|además|por otra parte|mientras tanto|no obstante|asimismo|pero|y|e",
    "fr": r"cependant|toutefois|par ailleurs|de plus|en outre|pourtant|mais|et",
    "de": r"und|aber|denn|doch",
    "it": r"tuttavia|inoltre|intanto|però|ma|e",
    "pt": r"no entanto|além disso|entretanto|contudo|porém|mas|e",
    "ru": r"однако|кроме того|при этом|между тем|но|и|а",
    "hi": r"लेकिन|हालांकि|और",
    "zh": r"然而|但是|不过|此外|同时|另外|而且|但",
    "ja": r"しかし|また|一方|さらに|なお|そして",
}
"""Words that tie a sentence to the one before it. They add no claim, so they may go."""
OWN_COMMA = frozenset({"also", "still", "so", "yet", "однако", "sin embargo"})
"""These go only with a comma after them: “So far”, “Still water”, “Also sprach” begin otherwise."""
TAILS = {
    "en": r", (?:which|who|whose|where|including|such as|as well as)\b|; | — ",
    "es": r", (?:que|quien|quienes|cuyo|cuya|donde|incluido|incluida|entre ellos)\b|; | — ",
    "fr": r", (?:qui|que|dont|où|lequel|laquelle|notamment|y compris)\b|; | — ",
    "de": r", (?:der|die|das|wobei|darunter|wie etwa)\b|; | – ",
    "it": r", (?:che|cui|dove|tra cui|compreso)\b|; | — ",
    "pt": r", (?:que|quem|cujo|cuja|onde|incluindo|entre eles)\b|; | — ",
    "ru": r", (?:который|которая|которое|которые|где|в том числе|включая)\b|; | — ",
}
KEPT_WITH = re.compile(
    r"\b(?:but|unless|except|if|although|though|not|never|without|however|only|"
    r"pero|salvo|aunque|no|sin|mais|sauf|sans|pas|aber|nicht|kein|ohne|wenn|ma|non|senza|mas|não|sem|но|не|без|если)\b",
    re.IGNORECASE,
)
"""A clause with one of these limits what the sentence claims, and must stay."""
SHORTEST_HEAD = 8  # words


def masked(text: str) -> str:
    """The text with its markup replaced by spaces: every other character stays where it was."""
    return MARKUP.sub(lambda m: " " * len(m[0]), text)


def plain(text: str) -> str:
    """One line of characters that can be shown: no markup, entities or emoji."""
    return tidy(html.unescape(html.unescape(masked(text))))


def spoken_form(sentence: str, language: str) -> str:
    """A source sentence as a line that stands by itself."""
    line = ACRONYM.sub("", DATELINE.sub("", BULLET.sub("", plain(sentence))))
    return _capitalised(_without_opener(line, primary(language)))


def shortened(line: str, language: str) -> str | None:
    """The line without its last subordinate clause; None when nothing can go without changing what it claims."""
    tails = TAILS.get(primary(language), r"; |；")
    for match in reversed(list(re.finditer(tails, line))):
        head, tail = line[: match.start()], line[match.start() :]
        whole_quotations = all(head.count(a) == head.count(b) for a, b in ("“”", "«»", "()", "„“"))
        if len(head.split()) >= SHORTEST_HEAD and whole_quotations and '"' not in head and not KEPT_WITH.search(tail):
            return head.rstrip(" ,;") + "."
    return None


def _without_opener(line: str, language: str) -> str:
    openers = OPENERS.get(language)
    match = re.match(rf"({openers})(\s*[,，、]\s*|\s+|(?<=[一-鿿ぁ-ん]))", line, re.IGNORECASE) if openers else None
    if match is None or (match[1].lower() in OWN_COMMA and "," not in match[2]):
        return line
    rest = line[match.end() :]
    return rest if len(rest) > len(line) / 2 else line


def _capitalised(line: str) -> str:
    """“the ferry” → “The ferry”; “iPhone” and “«él” stay as they are."""
    return line if line[1:2].isupper() else line[:1].upper() + line[1:]
