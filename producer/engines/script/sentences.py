"""What a language model is given to work from: the source's sentences, numbered."""

from __future__ import annotations

from dataclasses import dataclass

from producer.engines.script.injection import speaks_to_a_model
from producer.engines.script.material import Material
from producer.speech.languages import UNSPACED, primary
from producer.speech.pace import seconds_to_say

MOST_CHARACTERS, MOST_UNSPACED = 9_000, 3_500
"""About 2,500 tokens: a source that long says what matters in its first part, and small models lose the thread."""


@dataclass(frozen=True)
class Sentence:
    """`text` is how it reads, `quote` the source's own characters."""

    text: str
    quote: str


@dataclass(frozen=True)
class Numbered:
    """The sentences that a script may rest on, from number 1; `withheld` is how many spoke to a model."""

    sentences: tuple[Sentence, ...]
    language: str
    withheld: int = 0

    @property
    def seconds(self) -> float:
        """How long all of them would take to say: no honest script is longer."""
        return sum(seconds_to_say(sentence.text, self.language) for sentence in self.sentences)

    @property
    def text(self) -> str:
        return "\n".join(sentence.text for sentence in self.sentences)

    def of(self, numbers: tuple[int, ...]) -> list[Sentence]:
        """The sentences with these numbers; others do not exist."""
        return [self.sentences[n - 1] for n in dict.fromkeys(numbers) if 1 <= n <= len(self.sentences)]


def numbered(topic: Material) -> Numbered:
    """The headline, then the usable sentences in order, as far as a model can keep in mind."""
    headline = [Sentence(topic.headline, topic.headline_quote)] if topic.headline else []
    found = [*headline, *(Sentence(c.line, c.quote) for c in topic.sentences)]
    kept = [sentence for sentence in found if not speaks_to_a_model(sentence.quote)]
    room, chosen = MOST_UNSPACED if primary(topic.language) in UNSPACED else MOST_CHARACTERS, list[Sentence]()
    for sentence in kept:
        room -= len(sentence.text)
        if room < 0:
            break
        chosen.append(sentence)
    return Numbered(tuple(chosen), topic.language, len(found) - len(kept))
