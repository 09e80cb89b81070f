"""By what right each part is used, what must be acknowledged, and what kind of thing that makes of a clip."""

from __future__ import annotations

from dataclasses import replace

import pytest

from config.errors import Unacknowledged
from review.licences import EngineFacts
from review.rights import acknowledgements, human_parts, rights_of, source_type
from storage.documents import ArtifactRef
from storage.orders import Consent, Pin
from storage.queries import ClipDetail
from tests.support.engines import FACTS
from tests.support.studio import SmallStudio
from tests.support.topics import topic

PICTURE = ArtifactRef(sha256="a" * 64, media_type="image/png", size=9)


@pytest.fixture(scope="module")
def detail(small: SmallStudio) -> ClipDetail:
    return small.detail(small.ready_clip(0))


def quoted(detail: ClipDetail) -> ClipDetail:
    """The same clip from a source whose words may only be quoted."""
    assert detail.brief.topic.source is not None
    assert detail.script is not None
    source = detail.brief.topic.source.model_copy(update={"rights": "quote"})
    brief = detail.brief.model_copy(update={"topic": detail.brief.topic.model_copy(update={"source": source})})
    return detail.model_copy(update={"brief": brief, "script": detail.script.model_copy(update={"source": source})})


def with_portrait(detail: ClipDetail, consent: Consent | None) -> ClipDetail:
    look = {"portrait": PICTURE.model_dump()}
    presenter = detail.brief.presenter.model_copy(update={"look": look, "consent": consent})
    return detail.model_copy(update={"brief": detail.brief.model_copy(update={"presenter": presenter})})


def test_every_part_is_named_once(detail: ClipDetail) -> None:
    kinds = [right.kind for right in rights_of(detail, FACTS)]
    assert {*kinds} == {"text", "picture", "voice", "face", "music"}
    assert len(rights_of(detail, FACTS)) == len({*rights_of(detail, FACTS)})


def test_what_is_ones_own_or_open_needs_no_acknowledgement(detail: ClipDetail) -> None:
    assert acknowledgements(detail, FACTS) == ()


def test_quoted_words_need_one(detail: ClipDetail, small: SmallStudio) -> None:
    assert acknowledgements(quoted(detail), FACTS) == ("The text quotes Sample Wire, who was not asked.",)


def test_an_engine_that_is_not_free_needs_one(small: SmallStudio) -> None:
    clip = small.detail(small.clip(topic(5), voice="cloned-voice"))
    (said,) = acknowledgements(clip, FACTS)
    assert "non-commercial" in said
    gone = {name: facts for name, facts in FACTS.items() if name != "cloned-voice"}
    (said,) = acknowledgements(clip, gone)
    assert "unclear licences" in said


def test_an_export_needs_all_of_them_and_no_others(small: SmallStudio) -> None:
    about = topic(3)
    assert about.source is not None
    clip = small.clip(
        about.model_copy(update={"source": about.source.model_copy(update={"rights": "quote"})}), voice="cloned-voice"
    )
    small.approve(clip, "ana")
    with small.studio.reading() as db, pytest.raises(Unacknowledged) as refused:
        small.exporter().export(db, clip, "ana", ["The text quotes Sample Wire, who was not asked."])
    assert len(refused.value.parts) == 2
    with small.studio.reading() as db:
        record = small.exporter().export(db, clip, "ana", refused.value.parts)
    assert {one["kind"]: one["basis"] for one in record.bundle["rights"]}["voice"] == "generated"
    assert {one["whose"] for one in record.bundle["rights"] if one["basis"] == "quote"} == {"Sample Wire"}


def test_a_portrait_is_used_by_the_consent_of_the_one_it_shows(detail: ClipDetail) -> None:
    agreed = Consent(statement="Mara agreed on 3 May 2026", recorded_at="2026-05-03T10:00:00Z")
    (face,) = [right for right in rights_of(with_portrait(detail, agreed), FACTS) if right.kind == "face"]
    assert (face.basis, face.consent) == ("own", "Mara agreed on 3 May 2026")
    assert acknowledgements(with_portrait(detail, None), FACTS) == ("The face quotes Mara, who was not asked.",)


class TestSourceType:
    def test_of_programs_alone(self, detail: ClipDetail) -> None:
        assert source_type(detail, bare()) == "algorithmicMedia"

    def test_of_a_trained_model(self, detail: ClipDetail) -> None:
        assert source_type(detail, {**bare(), "speaking": trained()}) == "trainedAlgorithmicMedia"
        assert source_type(detail, {}) == "trainedAlgorithmicMedia"  # engines that nobody knows any more

    def test_with_what_people_made(self, detail: ClipDetail) -> None:
        assert detail.script is not None
        pin = {"script": Pin(document=detail.script.to_json())}
        edited = detail.model_copy(update={"brief": detail.brief.model_copy(update={"pins": pin})})
        assert human_parts(edited.brief) == ("script",)
        assert source_type(edited, bare()) == "compositeSynthetic"
        assert source_type(edited, {**bare(), "speaking": trained()}) == "compositeWithTrainedAlgorithmicMedia"
        assert human_parts(with_portrait(detail, None).brief) == ("portrait",)

    def test_a_picture_counts_only_where_it_may_be_shown(self, detail: ClipDetail) -> None:
        shown = detail.brief.topic.model_copy(update={"image": PICTURE})
        clip = detail.model_copy(update={"brief": detail.brief.model_copy(update={"topic": shown})})
        assert human_parts(clip.brief) == ("picture",)
        assert human_parts(quoted(clip).brief) == ()


def bare() -> dict[str, EngineFacts]:
    return {name: replace(facts, weights_licence="") for name, facts in FACTS.items()}


def trained() -> EngineFacts:
    return replace(FACTS["speaking"], weights_licence="Apache-2.0")


def test_what_a_person_brought_is_theirs_and_makes_the_clip_a_composite(detail: ClipDetail) -> None:
    brought = detail.brief.model_copy(update={"recording": PICTURE, "picture": PICTURE, "film": PICTURE})
    changed = detail.model_copy(update={"brief": brought})
    assert {"recording", "backdrop", "film"} <= set(human_parts(brought))
    own = {right.kind for right in rights_of(changed, FACTS) if right.basis == "own"}
    assert {"voice", "picture"} <= own
    assert "face" not in own, "nobody wrote down that whoever is seen agreed"
    assert source_type(changed, FACTS).startswith("composite")
