"""Nothing leaves unreviewed: export copies exactly the files that were approved, or nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import av
import pytest

from config.errors import Corrupt, Refused, StudioError, Unacknowledged
from review.bundle import Bundle, describe, fallbacks_of, slug
from review.credentials.manifest import manifest_of
from review.damage import remake
from review.decide import current_cuts, decide, undo
from review.draft import MARK, copy_draft
from review.export import Exporter
from review.released import intact
from storage.catalogue import put_show
from storage.clips import revise_clip
from storage.decisions import standing_decision
from storage.documents import ArtifactRef
from storage.exports import ExportRecord, Wanted, list_exports
from storage.orders import Consent
from storage.people import set_role
from storage.plans import EngineChoice, Plan
from storage.queries import clip_detail
from tests.support.engines import FACTS
from tests.support.studio import SmallStudio
from tests.support.topics import SHOWS, topic


def export(small: SmallStudio, clip: str, user: str = "ana", acknowledged: Sequence[str] = ()) -> ExportRecord:
    with small.studio.reading() as db:
        return small.exporter().export(db, clip, user, acknowledged)


def folder(small: SmallStudio, record: ExportRecord) -> Path:
    return small.studio.folder.exports / record.folder


def blob(small: SmallStudio, ref: ArtifactRef) -> Path:
    path = small.artifacts.fetch(ref)
    path.chmod(0o644)
    return path


def left_over(small: SmallStudio) -> list[str]:
    return [path.name for path in small.studio.folder.exports.iterdir() if path.name.startswith(".")]


@pytest.fixture
def approved(small: SmallStudio) -> str:
    clip = small.ready_clip(0, ("16:9", "9:16"), unsupported=True)
    small.approve(clip, "ana")
    return clip


def test_the_bundle_holds_the_files_that_were_watched(small: SmallStudio, approved: str) -> None:
    record = export(small, approved)
    files = {path.name: path for path in folder(small, record).iterdir()}
    stem = "the-secret-of-a-better-cup-just-add-water"
    assert record.folder == f"{approved}-{stem}"
    assert set(files) == {
        *(f"{stem}-{frame}.{ending}" for frame in ("16x9", "9x16") for ending in ("mp4", "c2pa", "srt", "vtt")),
        "poster.jpg", "transcript.txt", "clip.json",
    }  # fmt: skip
    watched = {f["format"]: f["approved_sha256"] for f in record.bundle["files"] if f["watched"]}
    assert watched == current_cuts(small.detail(approved)) == record.bundle["approval"]["cuts"]
    for file in record.bundle["files"]:
        data = files[file["name"]].read_bytes()
        assert (hashlib.sha256(data).hexdigest(), len(data)) == (file["sha256"], file["size"])
    with av.open(str(files[f"{stem}-9x16.mp4"])) as video:
        assert sum(1 for _ in video.decode(video=0)) > 10
    assert "Sample Wire" in files["transcript.txt"].read_text("utf-8")
    assert left_over(small) == []


def test_clip_json_says_who_made_what_by_which_right_and_who_let_it_out(small: SmallStudio, approved: str) -> None:
    bundle = json.loads((folder(small, export(small, approved)) / "clip.json").read_text("utf-8"))
    assert bundle["schema"] == "clip-export/2"
    assert bundle["ai_generated"] is True
    assert bundle["sources"][0]["rights"] == "own"
    assert [line["support"] for line in bundle["script"]][:4] == ["no_claim", "quoted", "quoted", "unsupported"]
    assert {m["stage"]: (m["title"], m["code_licence"]) for m in bundle["made"]}["line"] == (
        "Small voice",
        "Apache-2.0",
    )
    assert bundle["licence_class"] == "osi"
    assert bundle["approval"]["by"] == "ana"
    assert bundle["clip"]["title"] == "The secret of a better cup: just add water"
    assert all(check["name"] for check in bundle["checks"]["16:9"])


@pytest.fixture
def strict(small: SmallStudio) -> Iterator[None]:
    small.writer.do(partial(put_show, show=SHOWS["en"].model_copy(update={"review": "two"})))
    yield
    small.writer.do(partial(put_show, show=SHOWS["en"]))


@pytest.mark.usefixtures("strict")
def test_where_a_show_wants_two_reviewers_both_are_named(small: SmallStudio) -> None:
    clip = small.ready_clip(0)
    small.approve(clip, "bo")
    with small.studio.reading() as db:
        first = standing_decision(db, clip)
    assert first is not None
    small.writer.do(partial(decide, clip_id=clip, kind="approve", user="ana", played=first.cuts, seen=first.id))
    bundle = export(small, clip).bundle
    assert (bundle["endorsed"]["by"], bundle["approval"]["by"]) == ("bo", "ana")
    assert bundle["endorsed"]["cuts"] == bundle["approval"]["cuts"]
    for named in (True, False):
        told = manifest_of(Bundle.model_validate({key: value for key, value in bundle.items() if key != "schema"}), "16:9", reviewer=named)  # fmt: skip
        production = told["assertions"][-1]["data"]
        assert ("bo" in str(production["endorsed"]), "ana" in str(production["approved"])) == (named, named)


def test_an_approval_that_needed_nobody_else_names_nobody_else(small: SmallStudio, approved: str) -> None:
    assert export(small, approved).bundle["endorsed"] is None


def test_the_consent_of_the_person_whose_portrait_speaks_goes_along(small: SmallStudio, approved: str) -> None:
    with small.studio.reading() as db:
        detail, approval = clip_detail(db, approved), standing_decision(db, approved)
    assert approval is not None
    assert describe(detail, approval, FACTS, "Dailies").clip.consent == ""
    agreed = Consent(statement="Mara agreed on 3 May 2026", recorded_at="2026-05-03T10:00:00Z")
    presenter = detail.brief.presenter.model_copy(update={"consent": agreed})
    shown = detail.model_copy(update={"brief": detail.brief.model_copy(update={"presenter": presenter})})
    assert describe(shown, approval, FACTS, "Dailies").clip.consent == "Mara agreed on 3 May 2026"


def test_a_fallback_and_a_limited_licence_are_told(small: SmallStudio) -> None:
    fallen = small.clip(topic(3), voice="studio-voice")
    limited = small.clip(topic(5), voice="cloned-voice")
    for clip in (fallen, limited):
        small.approve(clip, "ana")
    problem = "The studio voice needs 6 GB of device memory."
    assert export(small, fallen).bundle["fallbacks"] == [
        {
            "stage": "line",
            "wanted": "studio-voice",
            "used": "speaking",
            "reason": "instead of studio-voice",
            "problem": problem,
            "profile": "",
        }
    ]
    with pytest.raises(Unacknowledged, match="non-commercial") as refused:
        export(small, limited)
    bundle = export(small, limited, acknowledged=refused.value.parts).bundle
    assert bundle["licence_class"] == "non-commercial"
    assert bundle["restrictions"] == list(refused.value.parts)
    assert bundle["acknowledged"]["by"] == "ana"


def test_an_engine_that_was_wanted_and_not_there_is_a_fallback_too() -> None:
    chosen = EngineChoice(
        engine="compositor", version="3", instead_of="compositor-nvenc", problem="NVENC finds no card. Plug one in."
    )
    (fallen,) = fallbacks_of(Plan(variant="presenter", engines={"finish": (chosen,)}))
    assert (fallen.wanted, fallen.used) == ("compositor-nvenc", "compositor")
    assert fallen.problem == "NVENC finds no card. Plug one in."


def test_exporting_again_returns_the_same_export(small: SmallStudio, approved: str) -> None:
    first = export(small, approved)
    assert export(small, approved, "bo") == first
    (folder(small, first) / "poster.jpg").unlink()
    assert export(small, approved) == first
    assert intact(folder(small, first), first.bundle)
    with small.studio.reading() as db:
        assert list_exports(db, wanted=Wanted(clip=approved)) == [first]


def test_a_video_that_was_damaged_since_is_signed_again_and_the_record_says_so(small: SmallStudio) -> None:
    clip = small.clip(topic(6).model_copy(update={"title": "Restored"}), ("16:9", "9:16"))
    small.approve(clip, "ana")
    first = export(small, clip)
    (folder(small, first) / "restored-16x9.mp4").write_bytes(b"damaged")
    again = export(small, clip)
    hashes = [{f["name"]: f["sha256"] for f in record.bundle["files"]} for record in (first, again)]
    changed = {name for name in hashes[0] if hashes[0][name] != hashes[1][name]}
    assert changed == {"restored-16x9.mp4", "restored-16x9.c2pa"}
    assert (again.id, again.bundle["exported_at"]) == (first.id, first.bundle["exported_at"])
    assert intact(folder(small, again), again.bundle)
    assert json.loads((folder(small, again) / "clip.json").read_text("utf-8")) == again.bundle
    with small.studio.reading() as db:
        assert list_exports(db, wanted=Wanted(clip=clip)) == [again]


class TestRefuses:
    def test_an_undecided_clip(self, small: SmallStudio) -> None:
        with pytest.raises(Refused, match="not approved"):
            export(small, small.ready_clip(4))

    def test_a_rejected_clip(self, small: SmallStudio) -> None:
        clip = small.ready_clip(4)
        facts = {"played": {}, "seen": None, "reason": "Duplicate"}
        small.writer.do(partial(decide, clip_id=clip, kind="reject", user="ana", **facts))
        with pytest.raises(Refused, match="not approved"):
            export(small, clip)

    def test_an_approval_that_was_taken_back(self, small: SmallStudio, approved: str) -> None:
        with small.studio.reading() as db:
            standing = standing_decision(db, approved)
        assert standing is not None
        small.writer.do(partial(undo, decision_id=standing.id, clip_id=approved, user="ana"))
        with pytest.raises(Refused, match="not approved"):
            export(small, approved)

    def test_an_approval_of_an_older_revision(self, small: SmallStudio, approved: str) -> None:
        brief = small.detail(approved).brief
        small.writer.do(partial(revise_clip, clip_id=approved, brief=brief, author="ana", based_on=1))
        small.production.make(approved)
        assert small.detail(approved).row.production == "ready"
        with pytest.raises(Refused, match="not approved"):
            export(small, approved)

    def test_a_clip_whose_file_was_made_anew_since(self, small: SmallStudio, approved: str) -> None:
        """The approval stays on record, but it speaks of a file that is no more."""
        other = small.artifacts.put_bytes(b"another video", "video/mp4").sha256
        old = small.detail(approved).cuts["16:9"].video.sha256
        small.writer.do(lambda db: db.execute("UPDATE work SET document = replace(document, ?, ?)", [old, other]))
        with pytest.raises(Refused, match="changed since it was approved"):
            export(small, approved)

    def test_a_viewer(self, small: SmallStudio, approved: str) -> None:
        with pytest.raises(Refused, match="Only reviewers"):
            export(small, approved, "vera")

    def test_a_reviewer_who_no_longer_is_one(self, small: SmallStudio, approved: str) -> None:
        small.user("cy")
        small.writer.do(partial(set_role, name="cy", role="viewer"))
        with pytest.raises(Refused, match="Only reviewers"):
            export(small, approved, "cy")

    @pytest.mark.parametrize("part", ["video", "poster", "srt"])
    def test_a_damaged_file_which_is_then_made_again(self, small: SmallStudio, part: str) -> None:
        clip = small.clip(topic(6).model_copy(update={"title": f"Damaged {part}"}))
        small.approve(clip, "ana")
        ref = getattr(small.detail(clip).cuts["16:9"], part)
        blob(small, ref).write_bytes(b"x" * ref.size)
        with pytest.raises(Corrupt) as caught:
            export(small, clip)
        assert left_over(small) == []
        remake(caught.value.sha256, small.artifacts, small.writer)
        assert small.detail(clip).row.production == "making"
        small.production.make(clip)
        assert small.artifacts.fetch(getattr(small.detail(clip).cuts["16:9"], part))

    def test_a_folder_that_cannot_be_written(self, small: SmallStudio, approved: str, tmp_path: Path) -> None:
        blocked = tmp_path / "file"
        blocked.write_text("not a folder")
        exporter = Exporter(small.writer, small.artifacts, blocked, FACTS, small.studio.signer())
        with small.studio.reading() as db, pytest.raises(StudioError, match="cannot be written"):
            exporter.export(db, approved, "ana")
        with small.studio.reading() as db:
            assert list_exports(db, wanted=Wanted(clip=approved)) == []


def test_a_draft_is_marked_in_its_name_and_in_its_metadata(small: SmallStudio, tmp_path: Path) -> None:
    video = small.artifacts.fetch(small.detail(small.ready_clip(8)).cuts["16:9"].video)
    draft = copy_draft(video, tmp_path / "preview.mp4")
    assert draft == tmp_path / "preview.draft.mp4"
    with av.open(str(draft)) as copy, av.open(str(video)) as source:
        assert copy.metadata["comment"] == MARK
        assert [s.type for s in copy.streams] == [s.type for s in source.streams]
        assert sum(1 for _ in copy.decode(video=0)) == sum(1 for _ in source.decode(video=0))
    assert copy_draft(video, draft) == draft


def test_a_draft_that_cannot_be_written_says_so(small: SmallStudio, tmp_path: Path) -> None:
    video = small.artifacts.fetch(small.detail(small.ready_clip(8)).cuts["16:9"].video)
    with pytest.raises(StudioError, match="cannot be written"):
        copy_draft(video, tmp_path / "missing" / "x.mp4")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Ärger im Büro!", "arger-im-buro"),
        ("一片空白", "clip"),
        ("../../etc", "etc"),
        ("x" * 99, "x" * 48),
        ("🎉", "clip"),
    ],
)
def test_titles_become_harmless_file_names(title: str, name: str) -> None:
    assert slug(title) == name
