"""From a judged draft to the script: within its time, quotations attributed, unsupported lines marked. Pure."""

from __future__ import annotations

from typing import Literal

from producer.engines.script.judging import FEWEST_LINES, TOO_LONG, Draft, JudgedLine, Task
from producer.engines.script.material import QUOTED_SENTENCES, QUOTED_WORDS, length
from producer.engines.script.phrases import phrases_for
from producer.speech.pace import seconds_to_say
from storage.documents import Script, ScriptLine


def finished(draft: Draft, task: Task, closing: str) -> Script:
    """The script of a usable draft. `closing`: the last words, which name the source."""
    kept, seconds = list[ScriptLine](), 0.0
    for number, (text, line) in enumerate(_spoken(draft, task)):
        seconds += seconds_to_say(text, line.language)
        if number >= FEWEST_LINES and seconds > task.budget.seconds * TOO_LONG:
            break
        role: Literal["hook", "body"] = "body" if number else "hook"
        evidence = line.evidence
        kept.append(
            ScriptLine(
                text=text, language=line.language, role=role, quote=evidence.quote, supported=not evidence.complaint
            )
        )
    ending = [ScriptLine(text=text, language=task.language, role="close") for text in (draft.call, closing) if text]
    return Script(
        title=draft.title, lines=(*kept, *ending), source=task.options.topic.source, scene=draft.scene, keywords=draft.keywords
    )  # fmt: skip


def _spoken(draft: Draft, task: Task) -> list[tuple[str, JudgedLine]]:
    """The lines as they are said. One that copies words which are not ours becomes a quotation with its source's name,
    as long as those stay few and short; else it is left out, unless hardly anything would be left."""
    spoken, quoted, words = list[tuple[str, JudgedLine]](), 0, 0.0
    phrases = phrases_for(task.language)
    for line in draft.lines:
        if not line.copied:
            spoken.append((line.text, line))
            continue
        sentence = line.evidence.sentences[0].text if len(line.evidence.sentences) == 1 else ""
        words += length(sentence)
        if sentence and quoted < QUOTED_SENTENCES and words <= QUOTED_WORDS:
            says = phrases.says[min(quoted, len(phrases.says) - 1)]
            spoken.append((says.format(source=task.topic.source, quote=phrases.quoted(sentence)), line))
            quoted += 1
    return spoken
