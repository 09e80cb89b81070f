"""The timed script for the player, and how far a clip is."""

from __future__ import annotations

import pytest

from review.progress import now_doing, overall, stages
from review.support import LineSupport, Span
from review.transcript import timed_lines
from storage.documents import Cut, Script, ScriptLine, SpokenSpan, Word
from tests.support.studio import SmallStudio
from tests.support.topics import TEXTS, topic


def written(cut: Cut, *texts: str, marks: tuple[Span, ...] = ()) -> list[list[tuple[str, str, float, bool]]]:
    script = Script(title="t", lines=tuple(ScriptLine(text=text) for text in texts))
    supports = [LineSupport(line=n, state="quoted", marks=marks) for n in range(1, len(texts) + 1)]
    return [[(w.text, w.gap, w.start, w.marked) for w in line.words] for line in timed_lines(script, cut, supports)]


@pytest.fixture(scope="module")
def cut(small: SmallStudio) -> Cut:
    return small.detail(small.ready_clip(0)).cuts["16:9"]


def spoken(cut: Cut, *words: tuple[str, float], spans: tuple[tuple[float, float], ...] = ((0, 2),)) -> Cut:
    return cut.model_copy(
        update={
            "words": tuple(Word(text=t, start=s, end=s + 0.5) for t, s in words),
            "line_spans": tuple(SpokenSpan(start=a, end=b) for a, b in spans),
        }
    )


def test_words_keep_the_punctuation_that_is_written(cut: Cut) -> None:
    made = written(spoken(cut, ("well", 0.1), ("then", 0.7)), "“Well, then!”")
    assert made == [[("“Well,", " ", 0.1, False), ("then!”", "", 0.7, False)]]


def test_marks_fall_on_the_words_they_touch(cut: Cut) -> None:
    made = written(
        spoken(cut, ("in", 0.0), ("120", 0.5), ("years", 1.0)), "In 120 years.", marks=(Span(start=3, end=6),)
    )
    assert [(text, marked) for text, _, _, marked in made[0]] == [("In", False), ("120", True), ("years.", False)]


def test_speech_that_differs_from_the_writing_lights_up_line_by_line(cut: Cut) -> None:
    made = written(spoken(cut, ("three", 0.2), ("thousand", 0.7)), "3000 galaxies")
    assert made == [[("3000 galaxies", "", 0.0, False)]]


def test_text_without_times_is_shown_all_the_same(cut: Cut) -> None:
    bare = cut.model_copy(update={"words": (), "line_spans": ()})
    assert written(bare, "One.", "Two.") == [[("One.", "", 0.0, False)], [("Two.", "", 0.0, False)]]


@pytest.mark.parametrize("number", range(len(TEXTS)))
def test_the_transcript_of_a_real_clip_is_its_script(small: SmallStudio, number: int) -> None:
    detail = small.detail(small.ready_clip(number))
    assert detail.script is not None
    supports = [LineSupport(line=n, state="quoted") for n in range(1, len(detail.script.lines) + 1)]
    lines = timed_lines(detail.script, detail.cuts["16:9"], supports)
    assert ["".join(w.text + w.gap for w in line.words) for line in lines] == [
        line.text for line in detail.script.lines
    ]
    times = [word.start for line in lines for word in line.words]
    assert times == sorted(times)


class TestProgress:
    def test_a_finished_clip_is_finished_in_every_stage(self, small: SmallStudio) -> None:
        detail = small.detail(small.ready_clip(0))
        rows = stages(detail.plan, detail.nodes, {})
        assert [row.stage for row in rows] == ["script", "scene", "line", "speech", "video", "finish"]
        assert {row.state for row in rows} == {"done"}
        assert overall(rows) == 1.0
        assert now_doing(rows) == ""

    def test_a_clip_under_way_says_what_it_does(self, small: SmallStudio) -> None:
        clip = small.order(topic(5).model_copy(update={"text": "One thing. Two things. Three things. Four things."}))
        small.production.make_some(clip, ("script", "scene"))
        detail = small.detail(clip)
        rows = {row.stage: row for row in stages(detail.plan, detail.nodes, {"line.1": (0.5, "speaking")})}
        assert (rows["script"].state, rows["line"].state, rows["finish"].state) == ("done", "running", "due")
        assert 0 < rows["line"].fraction < 1
        assert rows["line"].detail.endswith("of 5")
        assert 2 / 6 < overall(list(rows.values())) < 3 / 6
        assert now_doing(list(rows.values())) == "Voice"

    def test_a_clip_without_a_plan_has_not_begun(self) -> None:
        assert stages(None, (), {}) == []
        assert overall([]) == 0.0
