"""A topic made ready for writing: its headline, its usable sentences, its source's name, and how it may be used."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from config.errors import BadInput
from producer.engines.script.candidates import Candidate, candidates
from producer.engines.script.cleaning import masked, plain
from producer.engines.script.headlines import LONGEST, LOOKS_LIKE_A_SITE, cut, headline
from producer.engines.script.phrases import Phrases, phrases_for
from producer.engines.script.terms import words
from producer.speech.characters import speakable
from producer.speech.languages import could_be, detect, primary
from producer.speech.pace import UNSPACED_LETTER, seconds_to_say
from storage.documents import Attribution
from storage.orders import TopicCopy

QUOTED_SENTENCES = 3
QUOTED_SHARE = 0.45
QUOTED_WORDS = 90
CHARACTERS_PER_WORD = 1.6
"""Chinese and Japanese characters that count as one word of a quotation."""
NAME_PARTS = re.compile(r"\s+(?:[|»>·]|::|[-–—])\s+")


@dataclass(frozen=True)
class Material:
    """What the writer works from. `only_quotes`: the source's words may be used only as short attributed quotations."""

    language: str
    headline: str
    headline_quote: str
    """The headline as the source wrote it."""
    sentences: list[Candidate]
    text: str
    source: str
    """How the source is named aloud; "" when the words are the user's own."""
    only_quotes: bool
    quoted: tuple[Candidate, ...] = ()
    """Sentences that the hook has used up."""

    @property
    def phrases(self) -> Phrases:
        return phrases_for(self.language)

    def may_quote(self, chosen: Sequence[Candidate]) -> bool:
        """Whether so many sentences are still a short quotation: three, under half of the text, under 90 words."""
        if not self.only_quotes:
            return True
        sentences = (*self.quoted, *chosen)
        quoted, whole = sum(length(c.line) for c in sentences), length(plain(self.text))
        return len(sentences) <= QUOTED_SENTENCES and quoted <= min(QUOTED_WORDS, QUOTED_SHARE * whole)

    def attributed(self, line: str, number: int) -> str:
        """A line as it is spoken: by itself, or as a quotation with its source."""
        if not self.only_quotes:
            return line
        says = self.phrases.says
        return says[min(number, len(says) - 1)].format(source=self.source, quote=self.phrases.quoted(line))


def material(topic: TopicCopy, language: str) -> Material:
    """Raises BadInput when there is nothing to say, or not in the wanted language."""
    check_words(topic)
    check_language(topic, language)
    return gather(topic, language)


def gather(topic: TopicCopy, language: str) -> Material:
    """The material of a topic that is in this language. Raises BadInput when there is nothing to say."""
    check_words(topic)
    source, only_quotes = spoken_name(topic.source), topic.source is not None and topic.source.rights == "quote"
    if only_quotes and not source:
        raise BadInput(
            "The topic's words may only be quoted, and its source has no name to quote it by.",
            "Name the source, or set its rights to “own” or “licensed”.",
        )
    ready = Material(
        language=primary(language),
        headline=headline(topic.title, masked(topic.text), topic.source.name if topic.source else ""),
        headline_quote=topic.title.strip(),
        sentences=candidates(topic.text, language, verbatim=only_quotes),
        text=topic.text,
        source=source,
        only_quotes=only_quotes,
    )
    if not ready.headline and not ready.sentences:  # a word or two, and no title
        ready = replace(ready, headline=cut(plain(topic.text), LONGEST), headline_quote=topic.text.strip())
    timed = [replace(c, seconds=seconds_to_say(ready.attributed(c.line, 0), language)) for c in ready.sentences]
    return replace(ready, sentences=timed)


def check_words(topic: TopicCopy) -> None:
    """Raises BadInput when there is nothing to say."""
    if not speakable(plain(f"{topic.title} {topic.text}")):
        raise BadInput("The topic has no words to make a script from.", "Give it a title or a text.")


def check_language(topic: TopicCopy, language: str) -> None:
    """This writer keeps the source's own words, so the clip must be in the topic's language. Raises BadInput."""
    text = plain(f"{topic.title}. {topic.text}")
    theirs, ours = primary(topic.language), primary(language)
    if could_be(text, ours) and (theirs == ours or detect(text, (ours, theirs)) == ours):
        return
    actual = theirs if theirs != ours else detect(text)
    raise BadInput(
        f"The topic is not in the language “{ours}”, and this writer keeps the source's own words.",
        f"Order the clip in the topic's language (`--language {actual}`), or let a language model write the script.",
    )


def spoken_name(source: Attribution | None) -> str:
    """“World | The Daily Post” → “The Daily Post”; without a name, the host of its address."""
    if source is None:
        return ""
    parts = [part.strip() for part in NAME_PARTS.split(plain(source.name)) if part.strip()]
    name = next((part for part in parts if LOOKS_LIKE_A_SITE.search(part)), parts[0] if parts else "")
    return name or (urlsplit(source.url).hostname or "").removeprefix("www.")


def length(text: str) -> float:
    """Words of a text; characters of Chinese and Japanese count less."""
    unspaced = len(UNSPACED_LETTER.findall(text))
    return unspaced / CHARACTERS_PER_WORD if unspaced else len(words(text))
