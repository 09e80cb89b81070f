"""What a text is about: its terms, and the keywords among them."""

from __future__ import annotations

import math
from collections import Counter
from itertools import pairwise

import regex

from producer.engines.script.stopwords import STOPWORDS, UNSPACED_STOPWORDS
from producer.speech.languages import UNSPACED, primary

WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:['’.-][\p{L}\p{M}\p{N}]+)*")
IDEOGRAPHS = regex.compile(r"[\p{Han}\p{Katakana}ー]+")
STEM = 6
"""Letters of a word that count: cutting words short serves many languages about as well as a stemmer
(McNamee & Mayfield, “Character n-gram tokenization for European language text retrieval”, 2004)."""
MOST = 8
TITLE_WEIGHT = 3


def words(text: str) -> list[str]:
    return [match[0] for match in WORD.finditer(text)]


def terms(text: str, language: str) -> list[str]:
    """Stems of the words that carry meaning; in Chinese and Japanese, pairs of neighbouring characters."""
    code = primary(language)
    if code in UNSPACED:
        return [a + b for run in IDEOGRAPHS.findall(text) for a, b in pairwise(run)]
    stop = STOPWORDS.get(code, frozenset())
    return [_stem(word) for word in words(text) if len(word) > 1 and _bare(word) not in stop]


def keywords(title: str, text: str, language: str) -> tuple[str, ...]:
    """At most eight phrases, most telling first."""
    code = primary(language)
    weighted = [title] * TITLE_WEIGHT + [text]
    if code in UNSPACED:
        return _repeated_runs(weighted)
    return _phrases(weighted, STOPWORDS.get(code, frozenset()))


def scene_about(about: tuple[str, ...]) -> str:
    """What the background should suggest, in words, from a script's keywords."""
    return f"A backdrop for a story about {', '.join(about[:3])}." if about else ""


def _phrases(texts: list[str], stop: frozenset[str]) -> tuple[str, ...]:
    """Runs of one to three content words, scored like RAKE (Rose et al. 2010): words in long, frequent runs count more."""
    runs = [run for text in texts for run in _content_runs(text, stop)]
    frequency, degree, phrase_count = Counter[str](), Counter[str](), Counter[tuple[str, ...]]()
    spelling: dict[tuple[str, ...], str] = {}
    for run in runs:
        stems = tuple(_stem(word) for word in run)
        spelling.setdefault(stems, " ".join(word.removesuffix("'s").removesuffix("’s") for word in run))
        phrase_count[stems] += 1
        for stem in stems:
            frequency[stem] += 1
            degree[stem] += len(stems)

    def score(stems: tuple[str, ...]) -> float:
        return math.sqrt(phrase_count[stems]) * sum(degree[s] * math.sqrt(frequency[s]) for s in stems) / len(stems)

    chosen: list[str] = []
    used: set[str] = set()
    for stems in sorted(phrase_count, key=lambda s: (-score(s), spelling[s])):
        if len(chosen) < MOST and not used & set(stems):
            chosen.append(spelling[stems])
            used |= set(stems)
    return tuple(chosen)


def _content_runs(text: str, stop: frozenset[str]) -> list[list[str]]:
    runs: list[list[str]] = []
    for clause in regex.split(r"[^\p{L}\p{M}\p{N}\s'’.-]+|\.\s|\s[–-]\s", text):
        run: list[str] = []
        for word in [*words(clause), ""]:
            if word and _bare(word) not in stop and len(word) > 2 and not word[0].isdigit():
                run.append(word)
            elif run:
                runs.append(run if len(run) <= 3 else run[-3:])
                run = []
    return runs


def _repeated_runs(texts: list[str]) -> tuple[str, ...]:
    """Character runs that come back, longest first where one holds another."""
    counts = Counter(
        run[start : start + size]
        for text in texts
        for run in IDEOGRAPHS.findall(text)
        for size in (2, 3, 4)
        for start in range(len(run) - size + 1)
    )
    telling = {run: n for run, n in counts.items() if n > 1 and not UNSPACED_STOPWORDS & {run[0], run[-1]}}
    chosen: list[str] = []
    for run in sorted(telling, key=lambda r: (-telling[r] * len(r), r)):
        if len(chosen) < MOST and not any(run in other or other in run or _overlap(run, other) for other in chosen):
            chosen.append(run)
    return tuple(chosen)


def _overlap(a: str, b: str) -> bool:
    """Whether the end of one is the beginning of the other: 水轮 and 轮机 are pieces of one word."""
    return any(a.endswith(b[:n]) or b.endswith(a[:n]) for n in range(1, min(len(a), len(b))))


def _bare(word: str) -> str:
    return word.casefold().replace("’", "'")


def _stem(word: str) -> str:
    return _bare(word).removesuffix("'s")[:STEM]
