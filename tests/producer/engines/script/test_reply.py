"""A model's answer is read with suspicion: it is a reply, or it is none; it never breaks anything."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producer.engines.requests import ScriptOptions
from producer.engines.script.contraband import contraband
from producer.engines.script.finishing import finished
from producer.engines.script.judging import judge
from producer.engines.script.model import task_of
from producer.engines.script.reply import NoScript, read_reply, schema
from tests.support.writing import QUOTE, SENTENCES, TOPIC, reply

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["title", "lines", "text", "source"]), inner)
    ),
    max_leaves=12,
)
LINES = st.lists(
    st.tuples(st.text(max_size=60) | st.sampled_from(SENTENCES), st.integers(-2, 9)), min_size=2, max_size=8
)


@given(st.text() | JSON.map(json.dumps) | st.binary().map(lambda data: data.decode("latin-1")))
def test_any_text_is_a_reply_or_none(answer: str) -> None:
    try:
        read_reply(answer)
    except NoScript as error:
        told = str(error)
        assert told.startswith("Your ")


@pytest.mark.parametrize("rights", ["own", "quote"])
@given(lines=LINES, title=st.text(max_size=40), scene=st.text(max_size=40))
def test_whatever_a_reply_says_only_clean_and_marked_lines_get_into_a_script(
    rights: str, lines: list[Any], title: str, scene: str
) -> None:
    topic = TOPIC if rights == "own" else TOPIC.model_copy(update={"source": QUOTE})
    task, closing = task_of(ScriptOptions(topic=topic), seed=1)
    try:
        draft = judge(read_reply(reply(*lines, title=title, scene=scene)), task)
    except NoScript:
        return
    if not draft.usable:
        return
    script = finished(draft, task, closing)
    for line in script.lines:
        assert line.role == "close" or bool(line.quote) == line.supported
        assert contraband(line.text, "Harbour Gazette") == ""
    assert contraband(script.scene) == ""
    assert script.title


def test_the_schema_asks_for_what_a_reply_is() -> None:
    asked = schema()
    assert set(asked["properties"]) == set(json.loads(reply()))
    assert asked["additionalProperties"] is False


def test_a_single_number_counts_as_a_list_of_one() -> None:
    told = json.loads(reply())
    told["lines"][0]["source"] = 2
    assert read_reply(json.dumps(told)).lines[0].source == (2,)


class TestALineInAnotherLanguage:
    SPANISH = ("[es] Las nutrias han vuelto al puerto después de cuarenta años.", 2)
    LINES = (
        ("The otters are back in the harbour.", 2),
        SPANISH,
        ("Cleaner water brought the fish back that they eat.", 4),
    )

    def languages(self, **wishes: str) -> list[str]:
        task, closing = task_of(ScriptOptions(topic=TOPIC, **wishes), seed=1)
        draft = judge(read_reply(reply(*self.LINES)), task)
        assert draft.usable
        return [line.language for line in finished(draft, task, closing).lines if line.role != "close"]

    def test_is_one_where_an_editor_or_the_presenters_manner_could_ask_for_it(self) -> None:
        assert self.languages(guidance="Say one line in Spanish.") == ["en", "es", "en"]
        assert self.languages(persona="Likes to drop a Spanish sentence.") == ["en", "es", "en"]

    def test_is_none_where_only_the_source_could_have(self) -> None:
        task, _ = task_of(ScriptOptions(topic=TOPIC), seed=1)
        draft = judge(read_reply(reply(*self.LINES)), task)
        assert {line.language for line in draft.lines} == {"en"}

    def test_must_be_in_the_language_of_its_mark(self) -> None:
        task, _ = task_of(ScriptOptions(topic=TOPIC, guidance="Say one line in Spanish."), seed=1)
        draft = judge(
            read_reply(reply(self.LINES[0], ("[es] Cleaner water brought back the fish they eat.", 4), self.LINES[2])),
            task,
        )
        assert [fault.line for fault in draft.faults if fault.kind == "language"] == [2]
