"""The sentences of a topic that a script could use."""

from __future__ import annotations

import re
from dataclasses import dataclass

from producer.engines.script.cleaning import masked, plain, spoken_form
from producer.engines.script.headlines import quietened
from producer.engines.script.terms import words
from producer.speech.characters import speakable
from producer.speech.languages import UNSPACED, primary
from producer.speech.pace import seconds_to_say
from producer.speech.sentences import spans

MOST = 120
"""Only so many sentences are weighed; news says first what matters most."""
FEWEST_WORDS = 4
FEWEST_CHARACTERS = 6
BOILERPLATE = re.compile(
    r"\b(?:read more|read (?:the )?full|read the story|click here|subscribe|sign up|newsletter|follow us|share this|"
    r"advertisement|cookies?|all rights reserved|copyright|getty images|continue reading|related (?:articles?|stor)|"
    r"view comments|leer más|suscríb\w*|lire la suite|abonnez|weiterlesen|anzeige|leggi anche|leia mais|saiba mais|"
    r"читайте также|подробнее|this article (?:was|is|first|originally))|"
    r"©|^(?:photo|image|picture|video|watch|source|via|foto|bild|quelle|fuente|fonte|фото)s?\s*[:：/]|"
    r"اقرأ أيضا|阅读全文|点击|原标题|责任编辑|続きを読む|関連記事|\[…\]|\[\.\.\.\]|(?:…|\.\.\.)$|https?://",
    re.IGNORECASE,
)
DEPENDENT = re.compile(
    r"^(?:he|she|it|they|this|that|these|those|his|her|its|their|there|such|then|instead|otherwise|"
    r"él|ella|ellos|ellas|esto|esta|este|eso|esa|ese|su|sus|allí|entonces|il|elle|ils|elles|ce|cela|cette|ces|son|sa|ses|"
    r"er|sie|es|dies|diese|dieser|dieses|das|sein|seine|ihr|ihre|dort|lui|lei|loro|questo|questa|ciò|suo|sua|"
    r"ele|ela|eles|elas|isso|isto|essa|esse|seu|sua|он|она|они|это|эта|этот|его|её|ее|их|там)\b|^[他她它这那此其该]",
    re.IGNORECASE,
)
"""A sentence that begins so speaks of something said before."""
BARE_QUOTATION = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»|„[^“”]*[“”]|「[^」]*」")


@dataclass(frozen=True)
class Candidate:
    """A sentence of the source (or two neighbours), by its place in it.

    `quote` is `source[start:end]` to the character; `line` is how it would be spoken.
    """

    place: int
    last: int
    start: int
    end: int
    quote: str
    line: str
    seconds: float

    @property
    def dependent(self) -> bool:
        return DEPENDENT.match(self.line.lstrip("“\"'«„「")) is not None

    @property
    def bare_quotation(self) -> bool:
        """Whether it is somebody's words without a word of who said them."""
        return BARE_QUOTATION.fullmatch(self.line) is not None


def candidates(text: str, language: str, verbatim: bool = False) -> list[Candidate]:
    """The usable sentences of a text, in order. `verbatim`: nothing but markup may be taken from them."""
    page = masked(text)
    found = []
    for place, (start, end) in enumerate(spans(page, language)[:MOST]):
        line = plain(page[start:end]) if verbatim else quietened(spoken_form(page[start:end], language), page)
        if usable(line, language):
            line = ended(line, language)
            found.append(Candidate(place, place, start, end, text[start:end], line, seconds_to_say(line, language)))
    return found


def usable(line: str, language: str) -> bool:
    """Whether a line is a sentence of its own: long enough, whole quotation marks, no label or advertisement."""
    if not speakable(line) or BOILERPLATE.search(line) or line.endswith((":", "：")):
        return False
    if line.count("“") != line.count("”") or line.count("«") != line.count("»") or line.count('"') % 2:
        return False
    letters = sum(character.isalpha() for character in line)
    if letters < 0.5 * len(line.replace(" ", "")):
        return False
    if primary(language) in UNSPACED:
        return letters >= FEWEST_CHARACTERS
    return len(words(line)) >= FEWEST_WORDS


def ended(line: str, language: str) -> str:
    """The line with a mark at its end."""
    if re.search(r"[.!?…。！？।؟۔][\"”’»」』)）]*$", line):
        return line
    return line.rstrip(" ,;:–—-") + {"zh": "。", "ja": "。", "hi": "।"}.get(primary(language), ".")
