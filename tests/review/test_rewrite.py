"""What a reviewer asks for reaches the writer, in their words, with the next revision."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.errors import Refused
from review.decide import decide
from review.rewrite import LONGEST, guidance_of, heeding, rewritten, write_again
from storage.decisions import Decision, DecisionKind
from storage.history import revisions_of
from storage.orders import Pin
from tests.support.briefs import make_brief
from tests.support.studio import SmallStudio

OWN_WORDS = make_brief().model_copy(update={"direct": True})


def request(reason: str = "", note: str = "", kind: DecisionKind = "request_changes") -> Decision:
    return Decision(id="1", clip_id="c", revision=1, kind=kind, cuts={}, reason=reason, note=note, user="ana", at="")


def ask(small: SmallStudio, clip: str, reason: str, note: str = "") -> None:
    small.writer.do(
        partial(decide, clip_id=clip, kind="request_changes", user="ana", played={}, seen=None, reason=reason, note=note)
    )  # fmt: skip


def test_reason_and_note_become_one_wish() -> None:
    assert guidance_of(request("Shorter", "Say 1935\nsooner.")) == "Shorter. Say 1935 sooner"
    assert guidance_of(request(note="Louder!")) == "Louder!"
    assert guidance_of(request("Duplicate", kind="reject")) == guidance_of(None) == ""


@given(st.text(max_size=500), st.text(max_size=2000))
def test_any_wish_fits_a_brief(reason: str, note: str) -> None:
    guidance = guidance_of(request(reason, note))
    assert len(guidance) <= LONGEST
    assert "\n" not in guidance
    assert heeding(OWN_WORDS, guidance).options.guidance == guidance


def test_the_next_revision_is_written_anew_as_it_was_asked(small: SmallStudio) -> None:
    clip = small.ready_clip(0)
    assert len(small.script(clip).lines) > 3
    ask(small, clip, "Shorter", "Two facts are enough")
    assert small.writer.do(partial(write_again, clip_id=clip, user="bo")) == 2
    assert small.production.make(clip).review == "undecided"
    assert len(small.script(clip).lines) == 3
    assert small.detail(clip).brief.options.guidance == "Shorter. Two facts are enough"
    with small.studio.reading() as db:
        newest = revisions_of(db, clip)[-1]
    assert (newest.author, newest.note) == ("bo", "Written again: Shorter. Two facts are enough")


def test_the_same_wish_twice_is_another_take_and_a_persons_script_gives_way(small: SmallStudio) -> None:
    brief = small.detail(small.ready_clip(1)).brief
    edited = brief.model_copy(update={"pins": {"script": Pin(document={}), "scene.16:9": Pin(document={})}})
    once = rewritten(edited, "Shorter")
    twice = rewritten(once, "Shorter")
    assert (once.takes["script"], twice.takes["script"]) == (1, 2)
    assert set(twice.pins) == {"scene.16:9"}


def test_nothing_is_written_again_unasked_nor_in_place_of_ones_own_words(small: SmallStudio) -> None:
    clip = small.ready_clip(2)
    with pytest.raises(Refused, match="Nobody said what should change"):
        small.writer.do(partial(write_again, clip_id=clip, user="ana"))
    ask(small, clip, "Shorter")
    with pytest.raises(Refused, match="Only reviewers"):
        small.writer.do(partial(write_again, clip_id=clip, user="vera"))
    with pytest.raises(Refused, match="somebody's own words"):
        rewritten(OWN_WORDS, "Shorter")
    assert small.detail(clip).row.revision == 1
