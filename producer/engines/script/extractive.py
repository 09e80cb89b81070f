"""The default writer: it chooses sentences of the source and says whose they are. It invents nothing.

A hook (the headline), three to six lines of the source's own sentences in their order, and a close that names the
source aloud. Every line carries the exact words of the source that it came from. Where the source may only be
quoted, there are at most three short quotations, each attributed as it is spoken.
"""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Literal

from producer.engines.base import Context, EngineInfo, Licence, Problem
from producer.engines.requests import ScriptRequest
from producer.engines.script.candidates import ended
from producer.engines.script.choice import Limits, choose, in_lines
from producer.engines.script.cleaning import masked, plain
from producer.engines.script.closing import closing
from producer.engines.script.headlines import LONGEST, cut
from producer.engines.script.material import QUOTED_SENTENCES, Material, material
from producer.engines.script.terms import keywords, scene_about
from producer.speech.pace import seconds_to_say
from storage.documents import Script, ScriptLine

JITTER = 0.08
LONG_HOOK_S = 9.0
"""A headline that takes longer than this is no hook; the first sentence is."""
LONG_BODY_S = 55.0
"""Six lines that fill more time than this hold up to three sentences each."""


class Extractive:
    """Works in any language: what it says itself is known in eleven, and is only names in all others."""

    def __init__(self) -> None:
        self.info = EngineInfo(
            id="extractive",
            stage="script",
            version="1",
            title="The source's own sentences",
            code_licence=Licence("Apache-2.0"),
        )

    def check(self) -> list[Problem]:
        return []

    def load(self, device: str = "cpu") -> None:
        pass

    def unload(self) -> None:
        pass

    def run(self, request: ScriptRequest, context: Context) -> Script:
        context.stop_if_cancelled()
        options, chance = request.options, random.Random(request.seed)  # noqa: S311 (a choice of words, no secret)
        topic = material(options.topic, options.language)
        hook, topic = _hook(topic)
        goodbye = closing(topic, options, chance)
        around = [hook, *([ScriptLine(text=goodbye, language=topic.language, role="close")] if goodbye else [])]
        seconds = options.length_s - sum(seconds_to_say(line.text, topic.language) for line in around)
        body = _body(topic, hook.text, seconds, chance if request.seed else None)
        about = keywords(topic.headline, plain(masked(topic.text)), topic.language)
        return Script(
            title=topic.headline or cut(hook.text, LONGEST),
            lines=(hook, *body, *around[1:]),
            source=options.topic.source,
            scene=scene_about(about),
            keywords=about,
        )


def _hook(topic: Material) -> tuple[ScriptLine, Material]:
    """The first line, and the material that is left: the headline, or the first sentence where there is no good one."""
    line = ended(topic.headline, topic.language)
    if topic.headline and not topic.headline.endswith("…") and seconds_to_say(line, topic.language) <= LONG_HOOK_S:
        return _line(topic, _headlined(topic, line), topic.headline_quote, role="hook"), topic
    if topic.sentences:
        first, *others = topic.sentences
        spoken = topic.attributed(first.line, 0)
        return _line(topic, spoken, first.quote, role="hook"), replace(topic, sentences=others, quoted=(first,))
    return _line(topic, _headlined(topic, line), topic.headline_quote, role="hook"), topic


def _headlined(topic: Material, line: str) -> str:
    if not topic.only_quotes:
        return line
    return topic.phrases.headline.format(source=topic.source, quote=topic.phrases.quoted(line))


def _body(topic: Material, hook: str, seconds: float, chance: random.Random | None) -> list[ScriptLine]:
    """The source's own sentences, in their order, in as many lines as the time allows."""
    if topic.only_quotes:
        limits = Limits(seconds, most_lines=QUOTED_SENTENCES, per_line=1, allowed=topic.may_quote)
    else:
        limits = Limits(seconds, per_line=2 if seconds <= LONG_BODY_S else 3)

    def jitter() -> float:
        return chance.uniform(1 - JITTER, 1 + JITTER) if chance else 1.0

    chosen = choose(topic.sentences, topic.headline, hook, topic.language, limits, jitter)
    lines = in_lines(chosen, topic.text, limits, topic.language)
    said_before = len(topic.quoted)
    return [
        _line(topic, topic.attributed(line.line, said_before + number), line.quote) for number, line in enumerate(lines)
    ]


def _line(topic: Material, text: str, quote: str, role: Literal["hook", "body"] = "body") -> ScriptLine:
    return ScriptLine(text=text, language=topic.language, role=role, quote=quote)
