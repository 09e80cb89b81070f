"""The record of decisions is append-only, and what stands is always derived from it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from storage.clips import create_clip, revise_clip
from storage.database import open_for_writing
from storage.decisions import Decision, decisions_of, record_decision, standing_decision
from storage.exports import Wanted, export_of_decision, find_export, list_exports, record_export
from storage.orders import Brief, BriefOptions, PresenterSpec, ShowSpec, TopicCopy
from storage.queries import clip_row

BRIEF = Brief(
    topic=TopicCopy(title="Glass"), show=ShowSpec(slug="desk", name="Desk"), presenter=PresenterSpec(slug="mara", name="Mara"),
    options=BriefOptions(),
)  # fmt: skip
CUTS = {"16:9": "a" * 64}


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    database = open_for_writing(tmp_path / "studio.db")
    yield database
    database.conn.close()


@pytest.fixture
def clip(db: Database) -> str:
    return create_clip(db, BRIEF, "ana")


def test_an_undone_decision_stays_on_record_but_stands_no_more(db: Database, clip: str) -> None:
    held = record_decision(db, clip, 1, "hold", "ana")
    approved = record_decision(db, clip, 1, "approve", "bo", cuts=CUTS, note="fine")
    assert standing_decision(db, clip) == approved
    undo = record_decision(db, clip, 1, "undo", "bo", undoes=approved.id)
    assert standing_decision(db, clip) == held
    assert decisions_of(db, clip) == [held, approved, undo]


def test_a_decision_speaks_of_one_revision_only(db: Database, clip: str) -> None:
    record_decision(db, clip, 1, "approve", "ana", cuts=CUTS)
    revise_clip(db, clip, BRIEF, "ana", based_on=1)
    assert standing_decision(db, clip) is None
    assert len(decisions_of(db, clip)) == 1


def test_exports_are_listed_newest_first_and_in_pages(db: Database, clip: str) -> None:
    made = []
    for _ in range(3):
        decision = record_decision(db, clip, 1, "approve", "ana", cuts=CUTS)
        made.append(record_export(db, clip, decision.id, "folder", {"schema": "clip-export/1"}, "ana"))
    newest_first = made[::-1]
    assert list_exports(db, limit=2) == newest_first[:2]
    assert list_exports(db, limit=2, before=newest_first[1].id) == newest_first[2:]
    assert find_export(db, made[0].id) == made[0]
    assert export_of_decision(db, made[0].decision_id) == made[0]
    assert list_exports(db, wanted=Wanted(clip="another")) == []


ACTS = st.lists(st.sampled_from(["approve", "reject", "request_changes", "hold", "undo", "revise"]), max_size=12)


@given(acts=ACTS)
@settings(max_examples=40, deadline=None)
def test_the_inbox_and_the_record_never_disagree(tmp_path_factory: pytest.TempPathFactory, acts: list[str]) -> None:
    db = open_for_writing(tmp_path_factory.mktemp("any") / "studio.db")
    clip = create_clip(db, BRIEF, "ana")
    revision, standing = 1, list[Decision]()
    for act in acts:
        if act == "revise":
            revision = revise_clip(db, clip, BRIEF, "ana", based_on=revision)
            standing = []
        elif act == "undo":
            if standing:
                record_decision(db, clip, revision, "undo", "ana", undoes=standing.pop().id)
        else:
            standing.append(record_decision(db, clip, revision, act, "ana"))  # type: ignore[arg-type]
    expected = standing[-1] if standing else None
    names = {"approve": "approved", "reject": "rejected", "request_changes": "changes", "hold": "held"}
    assert standing_decision(db, clip) == expected
    assert clip_row(db, clip).review == (names[expected.kind] if expected else "undecided")
    db.conn.close()


def test_the_newest_decision_stands_though_the_clock_was_set_back_in_between(db: Database, clip: str) -> None:
    """Ids sort by the clock: an approval from an hour that has yet to come must not outlast the rejection after it."""
    for kind, moment in (("approve", "01990000"), ("reject", "01980000")):
        db.execute(
            "INSERT INTO decisions VALUES (?, ?, 1, ?, '{}', '', '', 'ana', '2026-01-01T00:00:00.000Z', NULL)",
            [f"{moment}-0000-7000-8000-000000000000", clip, kind],
        )
    standing = standing_decision(db, clip)
    assert standing
    assert standing.kind == clip_row(db, clip).review.removesuffix("ed") == "reject"
    assert [decision.kind for decision in decisions_of(db, clip)] == ["approve", "reject"]
