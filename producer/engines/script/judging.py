"""What is wrong with a model's reply, and what a script can take from it. Pure.

A line with a fault of form (another language, an address, talk about the task) never reaches a script. A line that the
source does not support reaches it marked, after one rewrite was asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from producer.engines.requests import ScriptOptions
from producer.engines.script.candidates import ended
from producer.engines.script.contraband import contraband
from producer.engines.script.evidence import LONGEST_COPY, Evidence, copied_words, weigh
from producer.engines.script.headlines import LONGEST, cut
from producer.engines.script.injection import speaks_to_a_model
from producer.engines.script.material import Material
from producer.engines.script.prompting import SYSTEM, Budget, may_switch
from producer.engines.script.reply import Reply
from producer.engines.script.sentences import Numbered
from producer.engines.script.terms import keywords, scene_about, words
from producer.speech.characters import speakable, tidy
from producer.speech.languages import KNOWN, could_be, detect, primary
from producer.speech.pace import seconds_to_say
from storage.grounding import tokens, unsupported_marks
from storage.spoken_in import read_mark

Kind = Literal["form", "language", "unsupported", "copied", "length"]
TOO_LONG, TOO_SHORT = 1.2, 0.55
LONGEST_LINE_S = 16.0
LONGEST_CALL_S = 9.0
FEWEST_LINES = 2
RECITED = 5
"""So many words in a row come from the prompt by no accident."""
LONGEST_SCENE, LONGEST_KEYWORD, MOST_KEYWORDS = 240, 40, 6


@dataclass(frozen=True)
class Fault:
    """What is wrong with a line (by its number from 1; 0 = the whole), in words for the model."""

    kind: Kind
    line: int
    message: str

    def __str__(self) -> str:
        return f"Line {self.line}: {self.message}." if self.line else f"{self.message[:1].upper()}{self.message[1:]}."


@dataclass(frozen=True)
class Task:
    """Everything that a reply is held against."""

    options: ScriptOptions
    topic: Material
    source: Numbered
    budget: Budget

    @property
    def language(self) -> str:
        return primary(self.options.language)

    @property
    def translates(self) -> bool:
        return self.language != primary(self.source.language)

    @property
    def known(self) -> tuple[str, ...]:
        """Names that need no source."""
        options = self.options
        return (options.show_name, options.presenter_name, self.topic.source, options.call_to_action)

    @property
    def headline(self) -> str:
        """The source's own, unless it speaks to a model."""
        return "" if speaks_to_a_model(self.topic.headline) else self.topic.headline

    @property
    def names(self) -> str:
        """Where a name that looks like an address may come from."""
        return f"{self.topic.source} {self.headline}"


@dataclass(frozen=True)
class JudgedLine:
    """A line that can be spoken. `copied`: in words that are not ours to use."""

    text: str
    language: str
    evidence: Evidence
    copied: bool = False


@dataclass(frozen=True)
class Draft:
    """What a script can take from a reply, and all that is wrong with the reply."""

    title: str
    lines: tuple[JudgedLine, ...]
    call: str
    scene: str
    keywords: tuple[str, ...]
    faults: tuple[Fault, ...]

    @property
    def usable(self) -> bool:
        """Enough lines, in the right language, at least half of them supported."""
        supported = sum(not line.evidence.complaint for line in self.lines)
        wrong_language = any(f.kind == "language" and not f.line for f in self.faults)
        return len(self.lines) >= FEWEST_LINES and not wrong_language and supported * 2 >= len(self.lines)

    @property
    def badness(self) -> tuple[bool, int, int]:
        """Less is better: unusable, faults that matter, all faults."""
        return not self.usable, sum(f.kind != "length" for f in self.faults), len(self.faults)


def judge(reply: Reply, task: Task) -> Draft:
    """Hold a reply against the source and the order."""
    faults, lines = list[Fault](), list[JudgedLine]()
    for number, line in enumerate(reply.lines, 1):
        mark, said = read_mark(line.text)
        language = mark if mark and may_switch(task.options) else task.language
        text = ended(tidy(said), language) if speakable(said) else ""
        if fault := _fault_of_form(number, text, language, task):
            faults.append(fault)
            continue
        judged = _judged(text, line.source, language, task)
        faults += _faults(number, judged, task)
        lines.append(judged)
    spoken = " ".join(line.text for line in lines if primary(line.language) == task.language)
    if lines and not in_language(spoken, task.language):
        faults.append(Fault("language", 0, f"the lines are not in the asked-for language ({task.language})"))
    faults += _faults_of_length(lines, task)
    about = _keywords(reply, spoken, task)
    return Draft(
        title=_title(reply, lines, task),
        lines=tuple(lines),
        call=_call(reply, task),
        scene=_scene(reply, about),
        keywords=about,
        faults=tuple(faults),
    )


def in_language(text: str, wanted: str) -> bool:
    """Whether a text is in the wanted language, as far as can be told; where little can, its letters have to do."""
    code = primary(wanted)
    if not could_be(text, code):
        return False
    return code not in KNOWN or detect(text, (code, *(other for other in KNOWN if other != code))) == code


def recited(text: str) -> str:
    """“talk about the task” for a line that repeats what the model was told; "" for any other."""
    ours = f" {' '.join(words(SYSTEM.casefold()))} "
    said = words(text.casefold())
    runs = (" ".join(said[at : at + RECITED]) for at in range(len(said) - RECITED + 1))
    return "talk about the task" if any(f" {run} " in ours for run in runs) else ""


def _fault_of_form(number: int, text: str, language: str, task: Task) -> Fault | None:
    if not text:
        return Fault("form", number, "it has no words")
    if smuggled := contraband(text, task.names) or recited(text):
        return Fault("form", number, f"it holds {smuggled}; say it without")
    marked = primary(language) != task.language
    if not could_be(text, language) or (marked and not in_language(text, language)):
        return Fault(
            "language", number, f"it is not in the {'marked' if marked else 'asked-for'} language ({language})"
        )
    return None


def _judged(text: str, cited: tuple[int, ...], language: str, task: Task) -> JudgedLine:
    copied = task.topic.only_quotes and copied_words(text, task.source) > LONGEST_COPY
    return JudgedLine(text, language, weigh(text, cited, task.source, language, task.known), copied)


def _faults(number: int, line: JudgedLine, task: Task) -> list[Fault]:
    faults = list[Fault]()
    if line.evidence.complaint:
        cure = "say only what the source says, or leave it out"
        faults.append(Fault("unsupported", number, f"{line.evidence.complaint}; {cure}"))
    if line.copied:
        faults.append(Fault("copied", number, "it copies the source; say it in your own words"))
    if seconds_to_say(line.text, line.language) > LONGEST_LINE_S:
        faults.append(Fault("length", number, "it is too long to be said in one breath; make two of it"))
    return faults


def _faults_of_length(lines: list[JudgedLine], task: Task) -> list[Fault]:
    seconds, wanted = sum(seconds_to_say(line.text, line.language) for line in lines), task.budget.seconds
    if len(lines) < FEWEST_LINES:
        return [Fault("form", 0, f"fewer than {FEWEST_LINES} lines can be used")]
    told = f"the script takes {seconds:.0f} seconds; {wanted:.0f} are wanted"
    if seconds > wanted * TOO_LONG:
        return [Fault("length", 0, f"{told}: leave out what matters least")]
    fair = min(wanted, task.source.seconds) * TOO_SHORT
    return [Fault("length", 0, f"{told}: tell more of the source")] if seconds < fair else []


def _title(reply: Reply, lines: list[JudgedLine], task: Task) -> str:
    """The model's, when it is clean, in the right language and all in the source; else the source's own."""
    title = tidy(reply.title).rstrip(".")
    everything = tuple(range(1, len(task.source.sentences) + 1))
    clean = (
        speakable(title) and not (contraband(title, task.names) or recited(title)) and could_be(title, task.language)
    )
    if clean and not weigh(title, everything, task.source, task.language, task.known).complaint:
        return cut(title, LONGEST)
    first = lines[0].text if lines else ""
    return cut(first if task.translates else task.headline or first, LONGEST)


def _call(reply: Reply, task: Task) -> str:
    """The call to action that was asked for, with nothing in it that neither the order nor the source holds."""
    call, asked = tidy(reply.call_to_action), task.options.call_to_action
    if not asked or not speakable(call) or contraband(call, asked):
        return ""
    allowed = f"{task.source.text} {' '.join(task.known)}"
    if unsupported_marks(call, allowed, tokens(allowed), names=not task.translates):
        return ""
    fits = in_language(call, task.language) and seconds_to_say(call, task.language) < LONGEST_CALL_S
    return ended(call, task.language) if fits else ""


def _scene(reply: Reply, about: tuple[str, ...]) -> str:
    scene = tidy(reply.scene)
    return scene if speakable(scene) and not contraband(scene) and len(scene) <= LONGEST_SCENE else scene_about(about)


def _keywords(reply: Reply, spoken: str, task: Task) -> tuple[str, ...]:
    """Those that stand in the source or in the script; else the source's own."""
    said = f"{task.source.text} {spoken}".casefold()
    clean = [word for word in map(tidy, reply.keywords) if speakable(word) and not contraband(word)]
    kept = dict.fromkeys(word for word in clean if word.casefold() in said and len(word) <= LONGEST_KEYWORD)
    found = tuple(kept) or keywords(task.topic.headline, task.source.text, task.source.language)
    return found[:MOST_KEYWORDS]
