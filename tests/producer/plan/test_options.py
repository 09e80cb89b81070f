"""What a show's way of speaking changes: its lines and their pauses, and nothing that it does not touch."""

from __future__ import annotations

import pytest

from producer.engines.line.kokoro import DEFAULTS
from producer.engines.requests import LineOptions, Recorded, ScriptOptions, SpeechOptions
from producer.plan.options import line_options, script_options, speech_options
from producer.speech.pace import FIRST_VOICE
from storage.documents import ArtifactRef, Script, ScriptLine
from storage.orders import Brief
from storage.speaking import Speaking
from tests.support.briefs import make_brief
from tests.support.model_studio import ModelStudio


def brief_of(speaking: Speaking, **options: int) -> Brief:
    brief = make_brief(**options)
    return brief.model_copy(update={"show": brief.show.model_copy(update={"speaking": speaking})})


def script_of(*lines: ScriptLine) -> Script:
    return Script(title="A script", lines=lines)


def test_a_line_of_a_recording_is_asked_for_with_all_of_them_and_no_voice() -> None:
    voice = ArtifactRef(sha256="1" * 64, media_type="audio/wav", size=1)
    brief = brief_of(Speaking(rate=0.9)).model_copy(update={"recording": voice})
    asked = line_options(brief, script_of(ScriptLine(text="One."), ScriptLine(text="Two.")), 1)
    recorded = Recorded(audio=voice, lines=("One.", "Two."), line=1)
    assert asked == LineOptions(text="Two.", recording=recorded)


def test_a_show_that_says_nothing_asks_for_nothing() -> None:
    brief = brief_of(Speaking())
    assert line_options(brief, script_of(ScriptLine(text="Hello.")), 0) == LineOptions(text="Hello.")
    assert speech_options(brief) == SpeechOptions()


def test_rate_and_pause_reach_the_voice_and_the_join() -> None:
    brief = brief_of(Speaking(rate=0.9, pause_s=0.5))
    assert line_options(brief, script_of(ScriptLine(text="Hello.")), 0).rate == 0.9
    assert speech_options(brief).pause_s == 0.5


def test_a_word_in_the_dictionary_reaches_only_the_lines_that_say_it() -> None:
    brief = brief_of(Speaking(pronunciations={"Nguyen": "win", "GIF": "jif"}))
    assert line_options(brief, script_of(ScriptLine(text="Mrs. Nguyen.")), 0).hints == {"Nguyen": "win"}
    assert line_options(brief, script_of(ScriptLine(text="Nobody.")), 0).hints == {}
    assert line_options(brief, script_of(ScriptLine(text="Nguyen.", hints={"nguyen": "nwen"})), 0).hints == {
        "nguyen": "nwen"
    }


def test_a_new_entry_remakes_the_lines_with_that_word_and_what_follows_from_them() -> None:
    studio = ModelStudio()
    studio.make(brief_of(Speaking()))
    before = set(studio.work)
    studio.make(brief_of(Speaking(pronunciations={"elsewhere": "el swear"})))
    assert set(studio.work) == before
    studio.make(brief_of(Speaking(pronunciations={"second": "seck unt"})))
    assert len({key for key in studio.work if key not in before}) == 4  # one line, speech, video, finish


@pytest.mark.parametrize(("rate", "wanted", "asked"), [(1.0, 35, 35), (0.8, 35, 28), (1.4, 90, 90), (0.7, 15, 15)])
def test_a_slower_show_gets_a_shorter_script_of_the_same_length(rate: float, wanted: int, asked: int) -> None:
    options: ScriptOptions = script_options(brief_of(Speaking(rate=rate), length_s=wanted))
    assert options.length_s == asked


@pytest.mark.parametrize(("voice", "asked"), [("", 35), ("af_nicole", 24), ("bf_emma", 40), ("somebody-new", 35)])
def test_a_slow_voice_gets_fewer_words_and_a_quick_one_more(voice: str, asked: int) -> None:
    brief = make_brief(length_s=35)
    presenter = brief.presenter.model_copy(update={"voices": {"en": voice} if voice else {}})
    assert script_options(brief.model_copy(update={"presenter": presenter})).length_s == asked


def test_where_no_voice_is_named_the_first_of_the_language_is_meant() -> None:
    assert all(DEFAULTS[language] == voice for language, voice in FIRST_VOICE.items())
    assert script_options(make_brief(language="hi", length_s=50)).length_s == 30


def test_the_writer_is_told_the_shows_style_the_presenters_persona_and_the_editors_wish() -> None:
    brief = make_brief(guidance="Shorter, please.")
    show = brief.show.model_copy(update={"style": "playful", "call_to_action": "Subscribe."})
    presenter = brief.presenter.model_copy(update={"persona": "Dry humour."})
    asked = script_options(brief.model_copy(update={"show": show, "presenter": presenter}))
    assert (asked.style, asked.persona, asked.guidance, asked.call_to_action) == (
        "playful", "Dry humour.", "Shorter, please.", "Subscribe.",
    )  # fmt: skip
