"""What differs between two versions of a presenter."""

from __future__ import annotations

from storage.documents import ArtifactRef
from storage.orders import PresenterSpec, Trained
from storage.presenter_changes import NAMES, changes, differing

FILE = ArtifactRef(sha256="a" * 64, media_type="image/jpeg", size=1)
MARA = PresenterSpec(slug="mara", name="Mara", look={"name": "mara"}, voices={"en": "heart"})


def test_nothing_of_the_same() -> None:
    assert changes(MARA, MARA.model_copy()) == []


def test_each_field_in_words() -> None:
    after = MARA.model_copy(
        update={
            "role": "Coast", "look": {"portrait": FILE.model_dump()}, "voices": {"es": "ef_dora", "en": "heart"},
            "languages": ("en", "es"), "samples": (FILE,), "trained": (Trained(engine="sdxl", file=FILE),),
        }
    )  # fmt: skip
    assert changes(MARA, after) == [
        "role: – → Coast", "languages: – → en, es", "look: mara → a portrait (aaaaaaaa)",
        "voices: en=heart → en=heart, es=ef_dora", "samples of the voice: – → aaaaaaaa",
        "trained parts: – → lora for sdxl (aaaaaaaa)",
    ]  # fmt: skip
    assert changes(MARA, MARA.model_copy(update={"look": {"name": "mara", "hair": "short"}})) == [
        "look: mara → mara with its own hair"
    ]


def test_no_field_is_overlooked() -> None:
    assert set(NAMES) | {"slug"} == set(PresenterSpec.model_fields)
    assert differing(MARA, MARA.model_copy(update={"slug": "other"})) == []
