"""What is said: whether the source supports it, in which language it is, whether it swears, whether it was said before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from producer.quality.evidence import Evidence
from producer.quality.swearing import swear_words
from producer.speech.languages import could_be, detect, primary
from storage.documents import ScriptLine
from storage.grounding import capitals_are_names, is_translated, locate, tokens, unsupported_marks
from storage.quality import Cure, EarlierClip, Finding, Where

LONG_ENOUGH = 40
"""Characters from which a line's language can be told by its letters."""
SHINGLE = 3
"""Words, or characters of scripts without spaces, that count as a turn of phrase."""
SAME_HOOK = 0.7
OFTEN = 2
"""Earlier clips with the same hook or shape, from which it is a habit."""


def grounding(evidence: Evidence) -> Iterator[Finding]:
    """The share of lines with a claim that the source does not support."""
    source, lines = evidence.request.options.source, evidence.script.lines
    if not source.strip():
        yield Finding(name="grounding", family="script", verdict="not run", why="these are somebody's own words")
        return
    bad = unsupported(lines, source)
    share, most = round(len(bad) / len(lines), 3), evidence.rules.unsupported
    told = ", ".join(str(number + 1) for number in bad)
    yield Finding(
        name="grounding", family="script", verdict="fail" if share > most else "warn" if bad else "pass", value=share,
        bound=f"≤ {most:g} of the lines unsupported", why=f"the source does not say what line {told} says" if bad else "",
        where=_places(evidence, bad),
        cure=Cure(remedy="rewrite", node="script", words=f"Say only what the source says; line {told} says more.")
        if share > most else None,
    )  # fmt: skip


def language(evidence: Evidence) -> Iterator[Finding]:
    """Whether each line is in the language in which it is to be said."""
    bad = [number for number, line in enumerate(evidence.script.lines) if not _in_language(line)]
    yield _lines(
        evidence, "language of the words", bad, "each line in its own language", "Write every line in one language."
    )


def swearing(evidence: Evidence) -> Iterator[Finding]:
    if evidence.rules.swearing:
        yield Finding(name="swear words", family="script", verdict="not run", why="this show may swear")
        return
    bad = [n for n, line in enumerate(evidence.script.lines) if swear_words(line.text, line.language)]
    yield _lines(evidence, "swear words", bad, "none", "Do not swear, and quote nobody who does.")


def sameness(evidence: Evidence) -> Iterator[Finding]:
    """Wording, opening and shape in common with the show's last clips."""
    earlier, lines = evidence.request.options.earlier, [line.text for line in evidence.script.lines]
    if not earlier:
        yield Finding(name="sameness", family="script", verdict="not run", why="the show has no earlier clip")
        return
    shared, clip = max(((shared_wording(lines, one.lines), one) for one in earlier), key=lambda pair: pair[0])
    most = evidence.rules.sameness
    yield Finding(
        name="sameness", family="script", verdict="fail" if shared > most else "pass", value=round(shared, 3),
        bound=f"≤ {most:g} of its wording in an earlier clip",
        why=f"much of it was said in “{clip.title}”" if shared > most else "",
        cure=Cure(remedy="rewrite", node="script", words=f"Put it in other words than the clip “{clip.title}”.")
        if shared > most else None,
    )  # fmt: skip
    hooks = [one for one in earlier if one.lines and shared_wording(lines[:1], one.lines[:1]) > SAME_HOOK]
    shapes = [one for one in earlier if _shape(one.lines) == _shape(lines)]
    yield _habit("same opening", hooks, earlier)
    yield _habit("same shape", shapes if len(lines) > 1 else [], earlier)


def unsupported(lines: Sequence[ScriptLine], source: str) -> list[int]:
    """Lines that were written as unsupported, whose quote is not there, or with figures and names that are not there."""
    vocabulary = tokens(source)
    translated = is_translated((line.text for line in lines), vocabulary)
    return [
        number
        for number, line in enumerate(lines)
        if not line.supported
        or (line.quote and not locate(line.quote, source))
        or any(
            kind != "name" or line.role == "body"  # greetings and farewells name the show and who speaks
            for kind, _ in unsupported_marks(
                line.text, source, vocabulary, names=not translated and capitals_are_names(line.language)
            )
        )
    ]


def shared_wording(lines: Sequence[str], others: Sequence[str]) -> float:
    """Of a text's turns of phrase, the share that another has too."""
    ours, theirs = _shingles(lines), _shingles(others)
    return len(ours & theirs) / len(ours) if ours else 0.0


def _shingles(lines: Sequence[str]) -> set[tuple[str, ...]]:
    found = set()
    for line in lines:
        words = regex.findall(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]|[\p{L}\p{M}\p{N}']+", line.casefold())
        found |= {tuple(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1)) if words}
    return found


def _shape(lines: Sequence[str]) -> tuple[tuple[int, bool], ...]:
    """How a script is built: how long each line is, about, and whether it asks."""
    return tuple((len(line) // 25, line.rstrip().endswith(("?", "？", "؟"))) for line in lines)


def _in_language(line: ScriptLine) -> bool:
    if not regex.search(r"\p{L}", line.text):
        return True
    if not could_be(line.text, line.language):
        return False
    if len(line.text) < LONG_ENOUGH:
        return True
    return primary(detect(line.text, (primary(line.language), "en", "es", "fr", "de", "it", "pt"))) == primary(
        line.language
    )


def _lines(evidence: Evidence, name: str, bad: list[int], bound: str, words: str) -> Finding:
    return Finding(
        name=name, family="script", verdict="fail" if bad else "pass", value=float(len(bad)), bound=bound,
        why=f"line {', '.join(str(number + 1) for number in bad)}" if bad else "", where=_places(evidence, bad),
        cure=Cure(remedy="rewrite", node="script", words=words) if bad else None,
    )  # fmt: skip


def _habit(name: str, same: Sequence[EarlierClip], earlier: Sequence[EarlierClip]) -> Finding:
    bad = len(same) >= OFTEN
    return Finding(
        name=name, family="script", verdict="warn" if bad else "pass", value=float(len(same)),
        bound=f"in fewer than {OFTEN} of the last {len(earlier)}", why=", ".join(f"“{one.title}”" for one in same) if bad else "",
    )  # fmt: skip


def _places(evidence: Evidence, lines: Sequence[int]) -> tuple[Where, ...]:
    return tuple(place for number in lines for place in evidence.line_where(number))
