"""Whose face it is: by the real networks on real portraits, and what is said of it where there is neither."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import cast

import cv2
import numpy as np
import pytest

from producer.alone import work_of
from producer.bench_render import brief_of
from producer.engines.registry import Registry
from producer.engines.requests import QualityRequest, read_request
from producer.quality.evidence import Evidence
from producer.quality.whose_face import LOOKS, SAME, Look, judged, moments, whose_face
from producer.recognition import Faces
from producer.residency import Residency
from producer.stage import StageHandler
from storage.artifacts import FolderStore
from storage.documents import ArtifactRef
from storage.orders import BriefOptions, PresenterSpec
from storage.quality import Finding, QualityReport
from tests.support.evidence import evidence
from tests.support.footage import film
from tests.support.pulled import FOLDER, portrait_file, weights
from tests.support.sitter import portrait

__all__ = ["evidence"]
SECONDS = 5.0

ANA, BEN = np.eye(2, dtype=np.float32)


class Knower:
    """Takes every portrait for Ana's, and sees in the cut whoever it is told to."""

    problem = ""

    def __init__(self, *cut: list[np.ndarray]) -> None:
        self._seen = iter(([ANA], *cut))

    def vectors(self, _picture: np.ndarray, most: int = 1) -> list[np.ndarray]:
        return next(self._seen)[:most]


def shown(evidence: Evidence, folder: Path) -> Evidence:
    """The same clip as a file that can be played."""
    film(folder / "cut.mp4", 160, 96, SECONDS, 1, "Ferry")
    cut = evidence.cut.model_copy(update={"video": evidence.artifacts.put(folder / "cut.mp4", "video/mp4")})
    return Evidence(replace(evidence.request, cut=cut), evidence.artifacts)


def asked(evidence: Evidence, png: bytes | None = None) -> Evidence:
    """The same clip of somebody who has a portrait."""
    data = png or cv2.imencode(".png", portrait()[..., ::-1])[1].tobytes()
    ref = evidence.artifacts.put_bytes(data, "image/png")
    options = evidence.request.options.model_copy(update={"portrait": ref})
    return Evidence(replace(evidence.request, options=options), evidence.artifacts)


def told(evidence: Evidence, *cut: list[np.ndarray]) -> Finding:
    (finding,) = whose_face(asked(evidence), Knower(*cut))
    return finding


def filmed(evidence: Evidence, film: ArtifactRef) -> Evidence:
    performance = evidence.request.performance.model_copy(update={"footage": film})
    return Evidence(replace(evidence.request, performance=performance), evidence.artifacts)


def test_somebody_else_fails_and_is_filmed_anew(evidence: Evidence) -> None:
    looks = [Look(0.5, 0.1), Look(2.5, -0.1), Look(3.0, 0.2)]
    found = judged(filmed(evidence, evidence.cut.video), looks)
    assert (found.verdict, found.value, found.bound) == ("fail", 0.1, "≥ 0.363")
    assert [(place.start, place.line) for place in found.where] == [(2.5, evidence.line_at(2.5))]
    assert found.cure is not None
    assert (found.cure.remedy, found.cure.node) == ("new seed", "video")
    assert judged(evidence, looks).cure is None, "a portrait that is drawn itself would be drawn again"


def test_a_moment_in_which_it_is_strange_is_worth_a_look(evidence: Evidence) -> None:
    found = judged(evidence, [Look(0.5, 0.9), Look(1.0, 0.2), Look(3.0, 0.8)])
    assert (found.verdict, found.value, found.where[0].start, found.cure) == ("warn", 0.8, 1.0, None)


def test_the_same_person_passes_whoever_is_on_a_card_beside_them(evidence: Evidence, tmp_path: Path) -> None:
    found = told(shown(evidence, tmp_path), *([[BEN, ANA]] * LOOKS))
    assert (found.verdict, found.value, found.where) == ("pass", 1.0, ())


def test_frames_without_a_face_tell_nothing(evidence: Evidence, tmp_path: Path) -> None:
    evidence = shown(evidence, tmp_path)
    assert told(evidence, [BEN], *([[]] * (LOOKS - 1))).verdict == "fail"
    nobody = told(evidence, *([[]] * LOOKS))
    assert (nobody.verdict, nobody.why) == ("not run", "No face is seen in it.")


def test_it_looks_at_frames_through_all_that_is_said(evidence: Evidence, tmp_path: Path) -> None:
    evidence = shown(evidence, tmp_path)
    spans, wanted = evidence.cut.line_spans, moments(evidence)
    assert spans[0].start < wanted[0] < wanted[-1] < spans[-1].end
    seen = list(evidence.frames(wanted))
    assert [at for at, _ in seen] == pytest.approx(wanted, abs=0.05)
    assert {frame.shape for _, frame in seen} == {(96, 160, 3)}
    assert list(evidence.frames([SECONDS + 1])) == [], "nothing is beyond the end"


def test_a_drawn_presenter_is_never_asked_about(evidence: Evidence) -> None:
    assert list(whose_face(evidence, Knower())) == []


def test_where_the_networks_are_missing_it_says_how_to_get_them(evidence: Evidence) -> None:
    (found,) = whose_face(asked(evidence), Faces(None))
    assert found.verdict == "not run"
    assert "run.py pull photo identity" in found.why


def test_a_portrait_that_cannot_be_read_is_told(evidence: Evidence) -> None:
    (found,) = whose_face(asked(evidence, b"no picture"), Knower())
    assert (found.verdict, found.why.startswith("A picture cannot be read.")) == ("not run", True)


@pytest.mark.proof
@pytest.mark.timeout(600)
def test_a_real_clip_shows_its_presenter_and_nobody_elses_portrait_passes_for_theirs(tmp_path: Path) -> None:
    """From the brief to the gate's report, by the photo presenter; then with the portraits of others."""
    from producer.nets.identity.encoder import SAME as PUBLISHED

    assert SAME == PUBLISHED
    for name in ("photo", "identity"):
        weights(name)
    store, registry = FolderStore(tmp_path / "store"), Registry(weights=FOLDER / "weights")
    stages = StageHandler(Residency(registry.create, 0), store, tmp_path / "work")
    own, *others = (
        store.put(portrait_file(name), "image/png") for name in ("astronaut", "glasses", "beard", "laughing")
    )
    brief = brief_of(8, BriefOptions(resolution=576))
    spec = PresenterSpec(slug="ana", name="Ana", look={"portrait": own.model_dump()})
    brief = brief.model_copy(update={"presenter": spec})
    for order, work in work_of(brief, stages, registry):
        made = work()
        if isinstance(made, QualityReport):
            report, request = made, cast("QualityRequest", read_request(order.payload))
    (said,) = (finding for finding in report.findings if finding.name == "same face as the portrait")
    print(said)
    assert (said.verdict, said.where) == ("pass", ())
    faces = Faces(FOLDER / "weights")
    for other in others:
        options = request.options.model_copy(update={"portrait": other})
        (found,) = whose_face(Evidence(replace(request, options=options), store), faces)
        print(found)
        assert found.verdict == "fail"
        assert found.where[0].line >= 0
