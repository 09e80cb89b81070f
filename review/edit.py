"""A person edits the script: which lines changed, what now supports them, and the script that comes out."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import Literal

import regex

from config.errors import UsageError
from storage.documents import Frozen, Script, ScriptLine
from storage.grounding import best_passage
from storage.spoken_in import marked, read_mark

MOST_LINES = 24
LONGEST_LINE = 400
LONGEST_TITLE = 160


class EditedLine(Frozen):
    """One line as it stands in the editor, with a mark such as “[es]” where it is spoken in another language than the
    clip. `was`: the line of the old script it came from (from 1), or None."""

    text: str
    was: int | None = None


class Change(Frozen):
    """A stretch of text that was kept, taken out or put in."""

    op: Literal["same", "out", "in"]
    text: str


def edited_script(script: Script, title: str, lines: Sequence[EditedLine], source: str, language: str) -> Script:
    """The script as edited. Untouched lines stay exactly as they were, so that their speech is reused.

    Raises UsageError when there is nothing to say or far too much of it.
    """
    title = " ".join(title.split())
    spoken = [line.model_copy(update={"text": " ".join(line.text.split())}) for line in lines]
    spoken = [line for line in spoken if read_mark(line.text)[1]]
    _check(title, spoken)
    made = []
    for position, line in enumerate(spoken):
        old = script.lines[line.was - 1] if line.was and line.was <= len(script.lines) else None
        if old is not None and marked(old, language) == line.text:
            made.append(old)
        else:
            mark, text = read_mark(line.text)
            made.append(_rewritten(text, old, source, mark or language, last=position == len(spoken) - 1))
    return script.model_copy(update={"title": title, "lines": tuple(made)})


def changes(before: str, after: str) -> list[Change]:
    """What changed between two texts, word by word (character by character in scripts without spaces)."""
    a, b = _units(before), _units(after)
    found = []
    for op, a0, a1, b0, b1 in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if op == "equal":
            found.append(Change(op="same", text="".join(a[a0:a1])))
            continue
        if a1 > a0:
            found.append(Change(op="out", text="".join(a[a0:a1])))
        if b1 > b0:
            found.append(Change(op="in", text="".join(b[b0:b1])))
    return found


def _rewritten(text: str, old: ScriptLine | None, source: str, language: str, *, last: bool) -> ScriptLine:
    """A line in a person's words, with the source sentence that supports it now, if there is one."""
    role = old.role if old else "close" if last else "body"
    quote = best_passage(text, source) if source else ""
    hints = {word: said for word, said in old.hints.items() if word in text} if old else {}
    return ScriptLine(
        text=text, language=language, role=role, quote=quote,
        supported=bool(quote) or not source or role != "body", hints=hints,
    )  # fmt: skip


def _check(title: str, lines: Sequence[EditedLine]) -> None:
    if not title:
        raise UsageError("The clip has no title.", "Write one; it is shown on screen.")
    if len(title) > LONGEST_TITLE:
        raise UsageError(f"The title has {len(title)} characters.", f"It fits on screen up to {LONGEST_TITLE}.")
    if not any(regex.search(r"[\p{L}\p{N}]", line.text) for line in lines):
        raise UsageError("There is nothing to say in this script.", "Write at least one line with words in it.")
    if len(lines) > MOST_LINES:
        raise UsageError(f"The script has {len(lines)} lines.", f"Keep it to {MOST_LINES}, or make two clips.")
    for number, line in enumerate(lines, 1):
        if len(line.text) > LONGEST_LINE:
            raise UsageError(
                f"Line {number} has {len(line.text)} characters.", f"Split it: {LONGEST_LINE} is the limit."
            )


def _units(text: str) -> list[str]:
    return [match.group() for match in UNIT.finditer(text)]


UNIT = regex.compile(
    r"[{unspaced}]|[^\s{unspaced}]+\s*|\s+".format(unspaced=r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}")
)
"""A word with the space after it, or one character of a script without spaces."""
