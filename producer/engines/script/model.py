"""A script written by a language model: asked, read, judged, asked again, and finished. The same for every server.

An engine says how its server is asked (`answer`); everything else is here. What a model cannot do well enough after a
few tries is handed to the next writer in order, which the clip shows.
"""

from __future__ import annotations

import random
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import Any

from config.errors import Unavailable
from producer.engines.base import Context, EngineInfo, Licence, Problem
from producer.engines.requests import ScriptOptions, ScriptRequest
from producer.engines.script.cleaning import plain
from producer.engines.script.closing import closing
from producer.engines.script.finishing import finished
from producer.engines.script.judging import LONGEST_CALL_S, Draft, Task, judge
from producer.engines.script.listening import listen
from producer.engines.script.material import gather
from producer.engines.script.prompting import Budget, Message, first_messages, repair
from producer.engines.script.reply import NoScript, read_reply, schema
from producer.engines.script.sentences import numbered
from producer.engines.servers import ModelServer
from producer.speech.languages import KNOWN, detect, primary
from producer.speech.pace import seconds_to_say
from storage.documents import Script
from storage.orders import TopicCopy

VERSION = "2"
MOST_ANSWERS = 4
REWRITES = 1
"""How often a usable script is asked for once more, to mend what is wrong with it."""
SHORTEST_S = 6.0
STRETCH = 1.15
"""How much longer than its source a script may be: a spoken sentence has a few words more."""
TEMPERATURE = 0.5
MOST_TOKENS = 2_000
MODELS_OWN = Licence("the model's own", "unclear")
"""Until a server has said which model it runs, and under which licence."""


@dataclass(frozen=True)
class Question:
    """One thing asked of a model. `plainly`: an answer came back that was no JSON, so ask in the simplest way."""

    messages: list[Message]
    schema: dict[str, Any]
    seed: int
    plainly: bool = False


class ModelWriter(ABC):
    """What the writers share that ask a language model. `server` is set by the registry."""

    server: ModelServer

    @property
    @abstractmethod
    def info(self) -> EngineInfo: ...

    @abstractmethod
    def check(self) -> list[Problem]: ...

    @abstractmethod
    def answer(self, question: Question) -> AsyncIterator[str]:
        """The pieces of the model's answer as they come. Raises Unavailable or OutOfMemory."""

    def load(self, device: str = "cpu") -> None:
        """Looks whether the server is there; it loads its model when it is first asked."""
        for problem in self.check():
            raise Unavailable(problem.message, problem.cure)

    def unload(self) -> None:
        return None

    def run(self, request: ScriptRequest, context: Context) -> Script:
        context.stop_if_cancelled()
        task, goodbye = task_of(request.options, request.seed)
        if task.source.withheld:
            context.log(f"{task.source.withheld} sentences that speak to a model were left out")
        draft = self._draft(task, request.seed, context)
        script = finished(draft, task, goodbye)
        if not any(line.role == "hook" for line in script.lines):
            raise Unavailable(f"{self.info.title} only copied its source.", "Use a larger model.")
        context.progress(1.0, "written")
        return script

    def _draft(self, task: Task, seed: int, context: Context) -> Draft:
        """The best of a few answers. Raises Unavailable when none of them is a script."""
        asked = first_messages(task.options, task.source, task.budget, own_words=task.topic.only_quotes)
        best, rewrites, reason = None, 0, ""
        messages, plainly = asked, False
        for number in range(MOST_ANSWERS):
            question = Question(messages, schema(), seed + number, plainly)
            answer = listen(self.answer(question), context, number / MOST_ANSWERS, (number + 1) / MOST_ANSWERS)
            try:
                draft = judge(read_reply(answer), task)
            except NoScript as error:
                faults, plainly = [str(error)], "{" not in answer
            else:
                best = draft if best is None or draft.badness < best.badness else best
                faults = [str(fault) for fault in draft.faults]
                if not faults or (draft.usable and rewrites >= REWRITES):
                    break
                rewrites += 1
            reason = faults[0]
            context.log(f"answer {number + 1}: {'; '.join(faults)}")
            messages = [*asked, *repair(answer, faults)]
        if best is None or not best.usable:
            raise Unavailable(f"{self.info.title} wrote no usable script: {reason}", "Use a larger model.")
        return best


def task_of(options: ScriptOptions, seed: int) -> tuple[Task, str]:
    """What a model is to do, and the closing words that follow. Raises BadInput or Unavailable when there is nothing to
    write about."""
    topic = gather(options.topic, source_language(options.topic))
    source = numbered(topic)
    if not source.sentences:
        raise Unavailable(
            "The topic holds no sentence that a language model could be given.", "Write it in your own words."
        )
    chance = random.Random(seed)  # noqa: S311 (a choice of words, no secret)
    goodbye = closing(replace(topic, language=primary(options.language)), options, chance)
    ending_s = seconds_to_say(goodbye, options.language) + (LONGEST_CALL_S / 2 if options.call_to_action else 0.0)
    seconds = max(SHORTEST_S, min(options.length_s - ending_s, source.seconds * STRETCH))
    return Task(options, topic, source, Budget.of(seconds, options.language)), goodbye


def source_language(topic: TopicCopy) -> str:
    """The language that a topic is in: what it says of itself, unless its text plainly says otherwise."""
    said = primary(topic.language)
    if said not in KNOWN:
        return said
    return detect(plain(f"{topic.title}. {topic.text}"), (said, *(other for other in KNOWN if other != said)))
