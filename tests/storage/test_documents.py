"""Stage documents: immutable, exact through JSON, and identified by what they say and nothing else."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from pydantic import ValidationError

from config.errors import StudioError
from storage import upcast
from storage.canonical import canonical_json
from storage.documents import DOCUMENTS, ArtifactRef, Document, Performance, Script, ScriptLine, Word
from storage.upcast import read_document
from tests.support.documents import ANY_DOCUMENT, TWO_OF_A_KIND

HELLO = Script(title="Hello", lines=(ScriptLine(text="Hello."),))


@given(ANY_DOCUMENT)
def test_a_document_survives_json_word_for_word(document: Document) -> None:
    again = read_document(json.loads(canonical_json(document.to_json())))
    assert again == document
    assert type(again) is type(document)
    assert again.content_hash == document.content_hash


@given(ANY_DOCUMENT, ANY_DOCUMENT)
def test_the_hash_is_the_identity(one: Document, other: Document) -> None:
    assert (one == other) == (one.content_hash == other.content_hash)


@given(TWO_OF_A_KIND)
def test_every_field_counts(pair: tuple[Document, Document]) -> None:
    document, other = pair
    changed = [name for name in type(document).model_fields if getattr(document, name) != getattr(other, name)]
    for name in changed:
        assert document.model_copy(update={name: getattr(other, name)}).content_hash != document.content_hash


def test_a_changed_copy_has_its_own_identity_even_if_the_original_was_asked_for_its() -> None:
    before = HELLO.content_hash
    assert HELLO.model_copy(update={"title": "Goodbye"}).content_hash != before


def test_a_default_value_is_not_part_of_the_identity() -> None:
    """A release that adds a field with a default remakes nothing."""
    spelled_out = Script(
        title="Hello",
        lines=(ScriptLine(text="Hello.", language="en", role="body", hints={}),),
        source=None,
        keywords=(),
    )
    assert spelled_out.content_hash == HELLO.content_hash
    assert set(spelled_out.to_json()) == {"tag", "title", "lines"}


def test_the_identity_of_a_known_document_never_changes() -> None:
    assert HELLO.content_hash == "d735075c7c1ce60e6f202cc1480cda303958d53488b3350cd0deb29d24bca9e7"


def test_a_document_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        HELLO.title = "Goodbye"  # type: ignore[misc]


@pytest.mark.parametrize("tag", sorted(DOCUMENTS))
def test_an_unknown_field_is_refused(tag: str) -> None:
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        read_document({"tag": tag, "colour_of_the_tie": "red"})


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        (Script, {"title": "", "lines": [{"text": "Hello."}]}),
        (Script, {"title": "Hello", "lines": []}),
        (ScriptLine, {"text": ""}),
        (Word, {"text": "hello", "start": -0.1, "end": 0.2}),
        (Performance, {"duration_s": float("nan"), "fps": 25}),
        (ArtifactRef, {"sha256": "../../etc/passwd", "media_type": "video/mp4", "size": 1}),
        (ArtifactRef, {"sha256": "a" * 64, "media_type": "video/mp4", "size": -1}),
    ],
)
def test_what_makes_no_sense_is_refused(kind: type, fields: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        kind(**fields)


@pytest.mark.parametrize("data", [{}, {"tag": "script/99", "title": "x"}, {"tag": "shopping-list/1"}])
def test_a_document_of_a_newer_release_is_refused_with_a_cure(data: dict[str, object]) -> None:
    with pytest.raises(StudioError) as caught:
        read_document(data)
    assert "newer Dailies" in caught.value.cure


def test_old_documents_are_lifted_step_by_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """script/-1 had its lines as one text, script/0 called its title a headline."""
    monkeypatch.setitem(
        upcast.LIFTS,
        "script/-1",
        ("script/0", lambda old: {**old, "lines": [{"text": t} for t in old["lines"].split("|")]}),
    )
    monkeypatch.setitem(
        upcast.LIFTS, "script/0", ("script/1", lambda old: {"title": old["headline"], "lines": old["lines"]})
    )
    stored = {"tag": "script/-1", "headline": "Hello", "lines": "Hello."}
    assert read_document(stored) == HELLO
    assert stored["tag"] == "script/-1", "the stored document is not touched"
