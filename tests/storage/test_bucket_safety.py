"""Backup, restore, check and repair of a studio whose artifacts lie in a bucket: as of one that has them in its folder."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

from config.errors import UsageError
from config.folders import DataFolder
from config.house import House
from producer.doctor.software import artifact_store
from run import main
from storage.artifacts import FolderStore
from storage.backup import back_up
from storage.catalogue import put_presenter
from storage.database import reading
from storage.inspection import Findings, inspect
from storage.mending import Mended, mend
from storage.open_store import open_store, place_of
from storage.orders import Consent
from storage.references import needed
from storage.s3_store import S3Store
from storage.stock import fill
from storage.writer import Writer
from tests.support.bucket import KEY, SECRET, Bucket, bucket
from tests.support.buckets import store_in
from tests.support.studio import MARA, SmallStudio

PORTRAIT = b"a portrait that only a person has"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A studio's folder: one clip, and a presenter with a portrait."""
    small = SmallStudio(tmp_path_factory.mktemp("made"))
    portrait = small.artifacts.put_bytes(PORTRAIT, "image/png")
    consent = Consent(statement="She agreed.", recorded_at="2026-01-01")
    looks = {"slug": "portrayed", "look": {"portrait": portrait.model_dump()}, "consent": consent}
    small.writer.do(partial(put_presenter, presenter=MARA.model_copy(update=looks)))
    small.ready_clip(0)
    small.stop()
    return small.studio.folder.root


@pytest.fixture
def there() -> Iterator[Bucket]:
    with bucket() as there:
        yield there


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Iterator[DataFolder]:
    shutil.copytree(made, tmp_path / "data")
    folder = DataFolder(tmp_path / "data")
    yield folder
    shutil.rmtree(folder.runtime, ignore_errors=True)


@pytest.fixture
def store(folder: DataFolder, there: Bucket) -> S3Store:
    """All that the folder had lies in the bucket now, and nothing in the folder."""
    store = store_in(there, folder.cache)
    assert fill(store, folder.artifacts) > 3
    assert fill(store, folder.artifacts) == 0, "nothing is handed over twice"
    shutil.rmtree(folder.artifacts)
    return store


def names(folder: DataFolder) -> set[str]:
    with reading(folder.database) as db:
        return needed(db)


def repair(folder: DataFolder, store: S3Store, backup: FolderStore | None = None) -> Mended:
    writer = Writer(folder.database).start()
    try:
        return mend(inspect(folder.database, store), writer, store, backup)
    finally:
        writer.stop()


def blob(there: Bucket, sha256: str) -> str:
    return next(name for name in there.objects if name.endswith(sha256))


def test_a_backup_holds_every_file_of_the_bucket(folder: DataFolder, store: S3Store, tmp_path: Path) -> None:
    report = back_up(folder, tmp_path / "backup", store)
    assert (report.files, report.missing) == (len(names(folder)), ())
    assert inspect(tmp_path / "backup" / "studio.db", tmp_path / "backup" / "artifacts") == Findings(files=report.files)
    again = back_up(folder, tmp_path / "backup", store)
    assert (again.files, again.copied) == (report.files, 0)


def test_a_damaged_file_does_not_get_into_a_backup(
    folder: DataFolder, store: S3Store, there: Bucket, tmp_path: Path
) -> None:
    name = sorted(names(folder))[0]
    there.objects[blob(there, name)] = b"noise"
    assert back_up(folder, tmp_path / "backup", store).missing == (name,)


def test_a_check_reads_all_of_it_and_repair_has_it_made_again(
    folder: DataFolder, store: S3Store, there: Bucket, tmp_path: Path
) -> None:
    assert inspect(folder.database, store) == Findings(files=len(there.objects) - 1)
    back_up(folder, tmp_path / "backup", store)
    with reading(folder.database) as db:
        document = json.loads(db.execute("SELECT document FROM work WHERE stage = 'scene'").fetchone()[0])
    scene = document["image"]["sha256"]
    portrait = next(name for name in names(folder) if there.objects[blob(there, name)] == PORTRAIT)
    there.objects[blob(there, scene)] = b"noise"
    del there.objects[blob(there, portrait)]
    orphan = f"studio/blobs/aa/{'a' * 64}"
    there.objects[orphan] = b"of nobody"
    there.old.add(orphan)
    found = inspect(folder.database, store)
    assert (found.missing, scene in found.spoiled, len(found.orphans)) == ((portrait,), True, 1)

    mended = repair(folder, store, FolderStore(tmp_path / "backup" / "artifacts"))
    assert (mended.dropped, mended.lost) == (1, ())
    assert mended.brought_back >= 2
    assert there.objects[blob(there, portrait)] == PORTRAIT
    assert orphan not in there.objects
    assert not inspect(folder.database, store).damage

    there.objects[blob(there, scene)] = b"noise"
    assert repair(folder, store).forgotten >= 1
    assert not inspect(folder.database, store).damage


@pytest.fixture
def settings(there: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("URL", f"s3://{there.name}/studio"), ("ENDPOINT", there.address), ("ACCESS_KEY", KEY), ("SECRET_KEY", SECRET)):  # fmt: skip
        monkeypatch.setenv(f"DAILIES_STORE__{name}", value)


@pytest.mark.usefixtures("settings")
def test_the_command_line_does_the_round(folder: DataFolder, there: Bucket, tmp_path: Path) -> None:
    def say(*arguments: str, data: Path = folder.root) -> str:
        done = CliRunner().invoke(main, ["--data", str(data), *arguments])
        assert done.exit_code == 0, done.output
        return done.output

    assert "files handed over" in say("fill-store")
    shutil.rmtree(folder.artifacts)
    assert "Nothing is missing or damaged" in say("check")
    assert "The backup holds" in say("backup", str(tmp_path / "backup"))
    assert "Nothing is missing or damaged" in say("check", data=tmp_path / "backup")
    there.objects.clear()
    assert "handed to the studio's bucket" in say("restore", str(tmp_path / "backup"), data=tmp_path / "fresh")
    assert "Nothing is missing or damaged" in say("check", data=tmp_path / "fresh")


@pytest.mark.usefixtures("settings")
def test_the_doctor_looks_at_it_and_changes_nothing(there: Bucket, studio_folder: DataFolder) -> None:
    def looked() -> tuple[str, str]:
        (part,) = artifact_store(House(studio_folder))
        return part.state, part.detail

    assert looked() == ("ok", f"s3://{there.name}/studio, not used yet")
    assert there.objects == {}
    assert not studio_folder.cache.exists()
    store_in(there, studio_folder.cache)
    assert looked() == ("ok", f"s3://{there.name}/studio")
    there.name = "renamed"
    state, detail = looked()
    assert state == "missing"
    assert "NoSuchBucket" in detail


@pytest.mark.usefixtures("settings")
def test_secrets_may_stand_alone_in_files(studio_folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("ACCESS_KEY", KEY), ("SECRET_KEY", SECRET)):
        (studio_folder.root / name).write_text(f"{value}\n")
        monkeypatch.delenv(f"DAILIES_STORE__{name}")
        monkeypatch.setenv(f"DAILIES_STORE__{name}_FILE", str(studio_folder.root / name))
    assert place_of(House(studio_folder).settings.store).secret_key == SECRET
    assert isinstance(open_store(House(studio_folder)), S3Store)
    (studio_folder.root / "SECRET_KEY").unlink()
    with pytest.raises(UsageError, match="SECRET_KEY cannot be read"):
        open_store(House(studio_folder))
