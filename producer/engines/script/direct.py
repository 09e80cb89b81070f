"""Direct mode: the user's own words as a script. Nothing is written, left out or put in another order."""

from __future__ import annotations

from typing import Literal

from config.errors import BadInput
from producer.engines.script.cleaning import BULLET
from producer.engines.script.headlines import LONGEST, cut
from producer.engines.script.terms import keywords, scene_about
from producer.speech.characters import speakable
from producer.speech.languages import UNSPACED, detect, primary
from producer.speech.pace import seconds_to_say
from producer.speech.sentences import split
from storage.documents import Script, ScriptLine
from storage.spoken_in import read_mark

LONGEST_TEXT = 20_000  # characters
TITLE_MARK = "# "
PER_LINE = 2
COMFORTABLE_S = 9.0
"""Two sentences share a line when they take no longer than this together."""


def script_from_text(text: str, language: str, title: str = "") -> Script:
    """A script of the text's own sentences, one or two to a line; a line break always begins a new one.

    A first line “# Like this” is the title, unless one is given; without either, the first words are. What stands behind
    a mark such as “[es]”, up to the end of its line, is in that language; everything else in the script's own.
    `language` "" = recognise it. Raises BadInput for a text that is empty, without words, or too long.
    """
    if len(text) > LONGEST_TEXT:
        raise BadInput(
            f"The script has {len(text):,} characters; {LONGEST_TEXT:,} are allowed.",
            "Shorten it, or make several clips.",
        )
    heading, words = _without_heading(text)
    if not speakable(words):
        raise BadInput("The script has no words that could be spoken.", "Write at least one sentence.")
    paragraphs = [read_mark(BULLET.sub("", paragraph.strip())) for paragraph in words.splitlines()]
    own = "\n".join(said for mark, said in paragraphs if not mark)
    code = primary(language) if language else detect(own) if speakable(own) else primary(paragraphs[0][0])
    lines = [(line, mark or code) for mark, said in paragraphs for line in _lines(said, primary(mark) or code)]
    if not lines:
        raise BadInput("The script has no words that could be spoken.", "Write at least one sentence.")
    name = " ".join((title or heading or split(lines[0][0], code)[0]).split())
    about = keywords(name, own, code)
    return Script(
        title=cut(name, LONGEST),
        lines=tuple(
            ScriptLine(text=line, language=spoken, role=_role(number, len(lines)))
            for number, (line, spoken) in enumerate(lines)
        ),
        scene=scene_about(about),
        keywords=about,
    )


def _without_heading(text: str) -> tuple[str, str]:
    first, _, rest = text.strip().partition("\n")
    return (first.removeprefix(TITLE_MARK).strip(), rest) if first.startswith(TITLE_MARK) else ("", text)


def _lines(paragraph: str, language: str) -> list[str]:
    """One or two sentences each; marks and emoji by themselves stay with the sentence before them."""
    lines: list[str] = []
    count = 0
    space = "" if language in UNSPACED else " "
    for sentence in split(paragraph, language):
        together = f"{lines[-1]}{space}{sentence}" if lines else ""
        short = count < PER_LINE and seconds_to_say(together, language) <= COMFORTABLE_S
        if lines and (short or not speakable(sentence) or not speakable(lines[-1])):
            lines[-1] = together
            count += 1
        else:
            lines.append(sentence)
            count = 1
    return [line for line in lines if speakable(line)]


def _role(number: int, count: int) -> Literal["hook", "body", "close"]:
    if number == 0 and count > 1:
        return "hook"
    return "close" if number == count - 1 and count > 2 else "body"
