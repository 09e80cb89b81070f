"""What a clip that is not ordered yet would cost, and how its first words would sound."""

from __future__ import annotations

from producer.engines.script.direct import script_from_text
from producer.plan.forecast import Forecast
from producer.speech.pace import seconds_to_say
from storage.documents import Script
from storage.orders import Brief, Pin
from web.studio import Production


def estimate(production: Production, brief: Brief) -> list[Forecast]:
    """What would run, each with the median of earlier runs. [] = no engine is ready. Where the script is still to be
    written, the rest is counted on a stand-in: the source's own sentences, for as long as the clip shall last."""
    found = production.forecast("", brief)
    if brief.direct or not found:
        return found
    writing = [node for node in found if node.stage == "script"]
    rest = production.forecast("", _pinned(brief, stand_in(brief)))
    return writing + [node for node in rest if node.stage != "script"]


def stand_in(brief: Brief) -> Script:
    """About as many lines as the writer will make of the topic."""
    topic = brief.topic
    script = script_from_text(topic.text or topic.title, brief.options.language, topic.title)
    lines, seconds = [], 0.0
    for line in script.lines:
        lines.append(line)
        seconds += seconds_to_say(line.text, line.language)
        if seconds >= brief.options.length_s:
            break
    return script.model_copy(update={"lines": tuple(lines)})


def only_line(brief: Brief, text: str) -> Brief:
    """A brief that says one line: the first of `text`, in the voice and with the seed of `brief`. Raises BadInput."""
    script = script_from_text(text, brief.options.language, brief.topic.title)
    return _pinned(brief, script.model_copy(update={"lines": script.lines[:1]}))


def _pinned(brief: Brief, script: Script) -> Brief:
    return brief.model_copy(update={"pins": {"script": Pin(document=script.to_json())}, "direct": True})
