"""From a request to the story that its cards tell: what is said when, who said it first, and where that is found."""

from __future__ import annotations

from collections.abc import Sequence

from producer.engines.requests import FinishRequest
from producer.render.cards.plan import Beat, Story, plan
from producer.render.design import link_of
from producer.render.timeline import Timeline
from storage.documents import Word


def beats_for(request: FinishRequest, times: Timeline, words: Sequence[Word]) -> tuple[Beat, ...]:
    """The deck's beats, from the start of the body to the outro; `words` are timed in the cut."""
    source = request.options.source or request.script.source
    later = times.offset_s
    story = Story(
        lines=request.script.lines,
        spans=[
            span.model_copy(update={"start": span.start + later, "end": span.end + later})
            for span in request.speech.lines
        ],
        words=words,
        source=source.name if source else "",
        url=link_of(source),
        photo=True,  # where there is none, one is drawn
    )
    return plan(story, times.body / times.fps, times.outro / times.fps)


def topic_of(request: FinishRequest) -> str:
    """The words that an illustration goes by."""
    script = request.script
    return " ".join([script.title, script.scene, *script.keywords, *(line.text for line in script.lines)])
