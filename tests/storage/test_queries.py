"""What is derived and never stored: how production stands, what people decided, who waits for which work."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlite_utils import Database

from config.errors import UnknownName
from storage.canonical import sha256_text
from storage.clips import cancel_clip, create_clip, keep_waiting, record_nodes, revise_clip, settle_clip
from storage.decisions import record_decision
from storage.documents import ArtifactRef, Cut, Document, Format, MediaFacts
from storage.events import ErrorFacts, Event
from storage.exports import record_export
from storage.plans import Failure
from storage.queries import clip_detail, clip_row, list_clips
from storage.work import WorkOrder, apply_events, record_queued
from storage.work_queries import (
    clips_waiting_on,
    failed_errands,
    in_flight,
    median_seconds,
    unwanted,
    work_document,
    work_row,
)
from tests.support.briefs import make_brief, make_script, pinned
from tests.support.database import memory_database

FAILURE = Failure(node="script", stage="script", engine="x", message="It went wrong.")
SCRIPT = make_script("Said by an engine.")


@pytest.fixture
def db() -> Iterator[Database]:
    database = memory_database()
    yield database
    database.conn.close()


@pytest.fixture
def clip(db: Database) -> str:
    return create_clip(db, make_brief(formats=("16:9", "9:16")), "ana")


def file(name: str) -> ArtifactRef:
    return ArtifactRef(sha256=sha256_text(name), media_type="image/jpeg", size=1)


def cut(frame: Format) -> Cut:
    media = MediaFacts(
        width=16, height=9, fps=25, duration_s=31.5, video_codec="h264", audio_codec="aac", loudness_lufs=-16,
        true_peak_dbtp=-1,
    )  # fmt: skip
    return Cut(
        format=frame, video=file("video"), poster=file(f"poster {frame}"), srt=file("srt"), vtt=file("vtt"), media=media
    )


def queue(db: Database, key: str, kind: str = "stage", engine: str = "x") -> None:
    record_queued(db, [WorkOrder(key=key, kind=kind, queue=f"cpu.{engine}", stage="script", engine=engine, payload={})])


def tell(
    db: Database, key: str, type: Any, kind: str = "stage", document: Document | None = None, **facts: Any
) -> None:
    if document:
        facts |= {
            "document": document.to_json(),
            "content_hash": document.content_hash,
            "seconds": facts.get("seconds", 0),
        }
    apply_events(db, "e", "", [Event(kind=kind, key=key, attempt=1, type=type, worker="w", at="2026-01-01", **facts)])


def made(db: Database, key: str, document: Document = SCRIPT, **facts: Any) -> None:
    queue(db, key, engine=facts.pop("engine", "x"))
    tell(db, key, "finished", document=document, **facts)


class TestProduction:
    def test_is_being_made_from_the_moment_it_is_ordered(self, db: Database, clip: str) -> None:
        assert clip_row(db, clip).production == "making"

    def test_waits_for_what_is_missing_here(self, db: Database, clip: str) -> None:
        keep_waiting(db, clip, "No voice.")
        assert (clip_row(db, clip).production, clip_row(db, clip).waiting) == ("waiting", "No voice.")

    def test_is_ready_when_this_revision_is_settled(self, db: Database, clip: str) -> None:
        settle_clip(db, clip, 1)
        assert clip_row(db, clip).production == "ready"
        revise_clip(db, clip, make_brief(), "ana", based_on=1)
        assert clip_row(db, clip).production == "making"

    def test_failed(self, db: Database, clip: str) -> None:
        settle_clip(db, clip, 1, failure=FAILURE)
        assert clip_row(db, clip).production == "failed"

    def test_is_cancelled_even_if_it_failed_too(self, db: Database, clip: str) -> None:
        cancel_clip(db, clip)
        settle_clip(db, clip, 1, failure=FAILURE)
        assert clip_row(db, clip).production == "cancelled"

    def test_counts_the_nodes_that_are_made(self, db: Database, clip: str) -> None:
        made(db, "a")
        queue(db, "b")
        record_nodes(db, clip, {"script": ("script", "a"), "scene.16:9": ("scene", "b"), "line.0": ("line", "a")})
        assert clip_row(db, clip).done == 2

    def test_of_an_unknown_clip_is_no_question(self, db: Database) -> None:
        for question in (clip_row, clip_detail):
            with pytest.raises(UnknownName):
                question(db, "no-such-clip")


class TestReview:
    @pytest.mark.parametrize(
        ("kind", "review"),
        [("approve", "approved"), ("reject", "rejected"), ("request_changes", "changes"), ("hold", "held")],
    )
    def test_is_the_newest_decision_on_this_revision_that_stands(
        self, db: Database, clip: str, kind: Any, review: str
    ) -> None:
        assert clip_row(db, clip).review == "undecided"
        decision = record_decision(db, clip, 1, kind, "bo", cuts={"16:9": "a" * 64}, reason="because")
        assert clip_row(db, clip).review == review
        record_decision(db, clip, 1, "undo", "bo", undoes=decision.id)
        assert clip_row(db, clip).review == "undecided"
        record_decision(db, clip, 1, kind, "bo", cuts={"16:9": "a" * 64}, reason="because")
        revise_clip(db, clip, make_brief(), "ana", based_on=1)
        assert clip_row(db, clip).review == "undecided"

    def test_exported_means_by_the_decision_that_stands(self, db: Database, clip: str) -> None:
        decision = record_decision(db, clip, 1, "approve", "bo", cuts={"16:9": "a" * 64})
        record_export(db, clip, decision.id, "folder", {}, "bo")
        assert clip_row(db, clip).exported
        record_decision(db, clip, 1, "undo", "bo", undoes=decision.id)
        assert not clip_row(db, clip).exported


class TestTheInbox:
    def test_lists_the_newest_first_and_no_more_than_asked(self, db: Database) -> None:
        clips = [create_clip(db, make_brief(number), "ana") for number in range(4)]
        assert [row.id for row in list_clips(db)] == clips[::-1]
        assert [row.id for row in list_clips(db, limit=2)] == clips[:1:-1]

    def test_shows_the_first_cuts_poster_and_length(self, db: Database, clip: str) -> None:
        assert (clip_row(db, clip).poster, clip_row(db, clip).duration_s) == (None, None)
        made(db, "b", cut("9:16"))
        made(db, "a", cut("16:9"))
        record_nodes(db, clip, {"finish.16:9": ("finish", "a"), "finish.9:16": ("finish", "b")})
        assert clip_row(db, clip).poster == sha256_text("poster 16:9")
        assert clip_row(db, clip).duration_s == 31.5


class TestDetail:
    def test_has_cuts_only_when_all_are_made(self, db: Database, clip: str) -> None:
        made(db, "a", cut("16:9"))
        record_nodes(db, clip, {"finish.16:9": ("finish", "a"), "finish.9:16": ("finish", "b")})
        assert clip_detail(db, clip).cuts == {}
        made(db, "b", cut("9:16"))
        settle_clip(db, clip, 1)
        assert clip_detail(db, clip).cuts == {"16:9": cut("16:9"), "9:16": cut("9:16")}

    def test_has_no_cuts_of_an_older_revision(self, db: Database, clip: str) -> None:
        made(db, "a", cut("16:9"))
        record_nodes(db, clip, {"finish.16:9": ("finish", "a")})
        settle_clip(db, clip, 1)
        revise_clip(db, clip, make_brief(1), "ana", based_on=1)
        assert clip_detail(db, clip).cuts == {}

    def test_has_the_script_in_force(self, db: Database, clip: str) -> None:
        assert clip_detail(db, clip).script is None
        made(db, "a")
        record_nodes(db, clip, {"script": ("script", "a")})
        assert clip_detail(db, clip).script == SCRIPT
        by_hand = make_script("Said by a person.")
        revise_clip(db, clip, pinned(make_brief(), by_hand), "ana", based_on=1)
        assert clip_detail(db, clip).script == by_hand

    def test_says_of_each_node_how_it_stands(self, db: Database, clip: str) -> None:
        made(db, "a", seconds=2.5)
        queue(db, "b")
        tell(db, "b", "failed", error=ErrorFacts(message="It went wrong."))
        record_nodes(db, clip, {"script": ("script", "a"), "line.0": ("line", "b"), "line.1": ("line", "c")})
        script, line, due = clip_detail(db, clip).nodes
        assert (script.state, script.seconds, script.document) == ("done", 2.5, SCRIPT.to_json())
        assert (line.state, line.error) == ("failed", ErrorFacts(message="It went wrong."))
        assert (due.state, due.attempt) == ("due", 0)


class TestWork:
    def test_in_flight_is_queued_or_running(self, db: Database) -> None:
        for key, event in (("a", None), ("b", "started"), ("c", "failed"), ("d", "cancelled")):
            queue(db, key)
            if event:
                tell(db, key, event)
        made(db, "e")
        assert {row.key for row in in_flight(db)} == {"a", "b"}

    def test_is_unwanted_when_no_clip_in_production_waits_for_it(self, db: Database, clip: str) -> None:
        other = create_clip(db, make_brief(1), "bo")
        for key in ("shared", "mine", "nobodys", "done"):
            queue(db, key)
        tell(db, "done", "finished", document=SCRIPT)
        queue(db, "scrape", kind="scrape")
        record_nodes(db, clip, {"script": ("script", "shared"), "line.0": ("line", "mine"), "line.1": ("line", "done")})
        record_nodes(db, other, {"script": ("script", "shared")})
        assert {row.key for row in unwanted(db)} == {"nobodys"}
        cancel_clip(db, clip)
        assert {row.key for row in unwanted(db)} == {"nobodys", "mine"}
        settle_clip(db, other, 1)
        assert {row.key for row in unwanted(db)} == {"nobodys", "mine", "shared"}

    def test_knows_which_clips_wait_for_it(self, db: Database, clip: str) -> None:
        other, settled = create_clip(db, make_brief(1), "bo"), create_clip(db, make_brief(2), "bo")
        for one in (clip, other, settled):
            record_nodes(db, one, {"script": ("script", "a"), "line.0": ("line", one)})
        settle_clip(db, settled, 1)
        assert clips_waiting_on(db, ["a", "x"]) == {clip, other}
        assert clips_waiting_on(db, [clip, settled]) == {clip}
        assert clips_waiting_on(db, []) == set()

    def test_that_belongs_to_no_clip_and_failed_is_an_errand_to_repeat(self, db: Database, clip: str) -> None:
        for key, kind in (("a", "scrape"), ("b", "scrape"), ("c", "stage")):
            queue(db, key, kind=kind)
        for key, kind in (("a", "scrape"), ("c", "stage")):
            tell(db, key, "failed", kind, error=ErrorFacts(kind="lost", message="Lost."))
        assert [row.key for row in failed_errands(db)] == ["a"]

    def test_that_nobody_knows_is_none(self, db: Database) -> None:
        assert work_row(db, "x") is None
        assert work_document(db, "x") is None

    def test_has_a_usual_length(self, db: Database) -> None:
        assert median_seconds(db, "x") is None
        for key, seconds in (("a", 1.0), ("b", 9.0), ("c", 2.0), ("found", 0.0)):
            made(db, key, seconds=seconds)
        made(db, "other", engine="y", seconds=100.0)
        assert median_seconds(db, "x") == 2.0, "a result that was found took nobody's time"
