"""Does the source say what a line says? Pure reading, no judgement of meaning: shared words, figures, names, quotations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import regex

from producer.engines.script.material import CHARACTERS_PER_WORD
from producer.engines.script.sentences import Numbered, Sentence
from producer.engines.script.terms import terms
from producer.speech.languages import UNSPACED, primary
from storage.grounding import NUMBER, capitals_are_names, number_value, tokens, unsupported_marks

SHARED = 0.4
"""The share of a line's content words that its sentences must contain; below it, the line says something else."""
MOST_SENTENCES = 3
LONGEST_COPY = 9
"""Words in a row that a line may take over where the source's words are not ours; a name and a title are that long."""

NEGATION = regex.compile(
    r"\b(?:not?|never|none|nobody|nothing|without|cannot|neither|no one|\w+n['’]t"
    r"|nunca|jamás|sin|nadie|nada|ningun\w*|ningún|ne|pas|jamais|sans|rien|nicht|kein\w*|nie|ohne|niemand"
    r"|non|senza|mai|nessun\w*|não|sem|ninguém|nenhum\w*|не|нет|без|никогда|никто)\b"
    r"|[不没無无未]|ない|ません|ليس|لم|لن|لا |नहीं|बिना",
    regex.IGNORECASE,
)
WORD = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]|[^\W_]+(?:['’-][^\W_]+)*|\|")
"""A word; in scripts without spaces, a character."""


@dataclass(frozen=True)
class Evidence:
    """What supports a line. `complaint`: why nothing does, for the model; "" = it is supported."""

    sentences: tuple[Sentence, ...] = ()
    complaint: str = ""

    @property
    def quote(self) -> str:
        """The source's own words, in their order; parts that do not follow each other are joined by an ellipsis."""
        return " … ".join(sentence.quote for sentence in self.sentences)


def weigh(text: str, cited: tuple[int, ...], source: Numbered, language: str, known: Iterable[str] = ()) -> Evidence:
    """Hold a line against the sentences it names, and against all others where those do not carry it."""
    translated = primary(language) != primary(source.language)
    vocabulary = tokens(f"{source.text} {' '.join(known)}")
    names = not translated and capitals_are_names(language)
    marks = unsupported_marks(text, source.text, vocabulary, names=names)
    if marks:
        kind, span = marks[0]
        return Evidence(complaint=f"the {kind} “{text[span.start : span.end]}” is not in the source")
    named = source.of(cited)[:MOST_SENTENCES]
    if translated:
        return _translated(text, named)
    best = best_sentences(text, named, source, language)
    if best and NEGATION.search(text) and not any(NEGATION.search(sentence.text) for sentence in best):
        return Evidence(complaint="it denies something that its sentences do not deny")
    if best:
        return Evidence(tuple(best))
    return Evidence(complaint="no sentence of the source says this" if named else 'its "source" names no sentence')


def best_sentences(text: str, named: Sequence[Sentence], source: Numbered, language: str) -> list[Sentence]:
    """The named sentences if they carry the line; else the one sentence that does; else none."""
    wanted = set(terms(text, language))
    if not wanted:
        return list(named)
    if share(wanted, named, language) >= SHARED:
        return list(named)
    best = max(source.sentences, key=lambda s: share(wanted, [s], language), default=None)
    return [best] if best is not None and share(wanted, [best], language) >= max(SHARED, 0.5) else []


def share(wanted: set[str], sentences: Sequence[Sentence], language: str) -> float:
    said = {term for sentence in sentences for term in terms(sentence.text, language)}
    return len(wanted & said) / len(wanted)


def copied_words(text: str, source: Numbered) -> int:
    """The most words in a row that a line shares with a sentence of the source, quotations left aside. Characters of
    Chinese and Japanese count as in `material.length`."""
    spoken = _words(re.sub(r"[“«„「\"][^”»“」\"]*[”»“」\"]", " | ", text))
    longest = max((_longest_run(spoken, _words(sentence.text)) for sentence in source.sentences), default=0)
    return round(longest / CHARACTERS_PER_WORD) if primary(source.language) in UNSPACED else longest


def _translated(text: str, named: Sequence[Sentence]) -> Evidence:
    """Other words say the same in another language: what remains to be held against them are the figures."""
    if not named:
        return Evidence(complaint='its "source" names no sentence')
    theirs = {number_value(m[0]) for sentence in named for m in NUMBER.finditer(sentence.text)}
    strange = [m[0] for m in NUMBER.finditer(text) if number_value(m[0]) not in theirs]
    if strange:
        return Evidence(complaint=f"the number “{strange[0]}” is not in the sentences it names")
    return Evidence(tuple(named))


def _words(text: str) -> list[str]:
    return [match[0] for match in WORD.finditer(text.casefold())]


def _longest_run(ours: list[str], theirs: list[str]) -> int:
    best, row = 0, [0] * (len(theirs) + 1)
    for word in ours:
        row = [0, *(row[i] + 1 if word == other and word != "|" else 0 for i, other in enumerate(theirs))]
        best = max(best, max(row))
    return best
