"""`run.py presenters prepare`: nobody's face or voice is prepared without consent, and forgetting deletes what was."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from config.errors import Refused, UsageError
from storage import catalogue
from storage.artifacts import FolderStore
from storage.datasets import dataset_folder
from storage.forgetting import forget
from storage.orders import PresenterSpec
from storage.writer import Writer
from web.terminal.dataset import files_of, must_agree, portrait_of

FACE, VOICE = Path("a.png"), Path("b.wav")


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Writer]:
    writer = Writer(tmp_path / "studio.db").start()
    yield writer
    writer.stop()


def consent(scope: str, standing: str = "standing") -> dict[str, Any]:
    return {"standing": standing, "consent": {"scope": scope}}


def test_a_face_and_a_voice_each_need_a_consent_that_holds() -> None:
    assert must_agree("ana", [consent("both")], [FACE, VOICE]) == ("face", "voice")
    assert must_agree("ana", [consent("face")], [FACE]) == ("face",)
    must_agree("ana", [consent("face"), consent("voice")], [FACE, VOICE])
    for held in ([], [consent("face")], [consent("both", "revoked")], [consent("both", "expired")]):
        with pytest.raises(Refused, match="has not agreed"):
            must_agree("ana", held, [FACE, VOICE])


def test_pictures_are_held_against_the_portrait_of_the_version_in_force(tmp_path: Path) -> None:
    store = FolderStore(tmp_path / "artifacts")
    older, newer = (store.put_bytes(data, "image/png") for data in (b"before", b"now"))
    versions = [{"presenter": {"look": {"portrait": ref.model_dump()}}} for ref in (newer, older)]
    assert portrait_of(versions, store) == store.fetch(newer)
    assert portrait_of([{"presenter": {"look": {"name": "mara"}}}, *versions], store) is None
    assert portrait_of([], store) is None


def test_a_folder_means_the_files_in_it(tmp_path: Path) -> None:
    (tmp_path / "b.png").touch()
    (tmp_path / "a.png").touch()
    assert [path.name for path in files_of([tmp_path])] == ["a.png", "b.png"]
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(UsageError):
        files_of([empty])


def test_forgetting_deletes_what_was_prepared_and_lists_it(writer: Writer, tmp_path: Path) -> None:
    writer.do(lambda db: catalogue.put_presenter(db, PresenterSpec(slug="ana", name="Ana", look={"name": "mara"})))
    folder = dataset_folder(tmp_path, "ana")
    folder.mkdir(parents=True)
    (folder / "001.png").write_bytes(b"her face")
    (tmp_path / "copied.png").write_bytes(b"her face")
    other = dataset_folder(tmp_path, "ben")
    other.mkdir()
    (other / "001.png").write_bytes(b"his face")
    told = forget(writer, tmp_path / "studio.db", FolderStore(tmp_path / "artifacts"), tmp_path, "ana", "admin")
    assert [(one.sha256, one.what) for one in told.removed] == [(hashlib.sha256(b"her face").hexdigest(), "data set")]
    assert told.left == ()
    assert not folder.exists()
    assert not (tmp_path / "copied.png").exists()
    assert (other / "001.png").exists()
