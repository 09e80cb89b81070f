"""Backup, restore, check and repair of a small studio of real parts: what was there comes back, and damage is told."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from sqlite_utils import Database

from config.errors import StudioError, UsageError
from config.folders import DataFolder
from config.house import PROGRAM
from storage.artifacts import ArtifactStore, FolderStore
from storage.backup import BackupReport, back_up
from storage.catalogue import put_presenter
from storage.database import open_for_writing, reading
from storage.inspection import SPARE_S, Findings, inspect, require_sound
from storage.mending import Mended, mend
from storage.orders import Consent
from storage.people import open_session
from storage.queries import list_clips
from storage.references import needed
from storage.restore import RestoreReport, restore
from storage.work import record_all_lost, set_fact
from storage.writer import Writer
from tests.support.studio import MARA, SmallStudio
from tests.support.topics import topic
from web.terminal.safety import check_studio

PORTRAIT = b"a portrait that only a person has"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A studio's folder: one clip that was approved and exported, and a presenter with a portrait."""
    small = SmallStudio(tmp_path_factory.mktemp("made"))
    small.user("ana")
    add_portrait(small.writer, small.artifacts, PORTRAIT)
    clip = small.ready_clip(0)
    small.approve(clip, "ana")
    with small.studio.reading() as db:
        small.exporter().export(db, clip, "ana")
    small.writer.do(partial(open_session, name="ana", hours=12))
    small.stop()
    return small.studio.folder.root


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Iterator[DataFolder]:
    shutil.copytree(made, tmp_path / "data")
    folder = DataFolder(tmp_path / "data")
    (folder.root / "dailies.toml").write_text("[openai]\nkey = 'k'\n")
    yield folder
    shutil.rmtree(folder.runtime, ignore_errors=True)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "backup"


def add_portrait(writer: Writer, store: ArtifactStore, picture: bytes) -> None:
    portrait = store.put_bytes(picture, "image/png")
    consent = Consent(statement="She agreed.", recorded_at="2026-01-01")
    looks = {"slug": f"p-{portrait.sha256[:8]}", "look": {"portrait": portrait.model_dump()}, "consent": consent}
    writer.do(partial(put_presenter, presenter=MARA.model_copy(update=looks)))


def tree(folder: Path, *parts: str) -> dict[str, bytes]:
    paths = [path for part in parts for path in (folder / part).rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def dump(folder: Path, *, but: tuple[str, ...] = ()) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with reading(folder / "studio.db") as db:
        return {
            table: db.execute(f'SELECT * FROM "{table}"').fetchall() for table in db.table_names() if table not in but
        }


def named_files(folder: DataFolder) -> dict[str, bytes]:
    """What the database names, and no more: engines leave drafts of their own in the store."""
    with reading(folder.database) as db:
        names = needed(db)
    return {name: data for name, data in tree(folder.root, "artifacts/blobs").items() if Path(name).name in names}


def result_of(folder: DataFolder, stage: str) -> tuple[str, list[str]]:
    """The key of a finished stage, and the sha256 of its files."""
    with reading(folder.database) as db:
        key, text = db.execute("SELECT key, document FROM work WHERE stage = ? ORDER BY key", [stage]).fetchone()
    document = json.loads(text)
    return key, [one["sha256"] for one in document.values() if isinstance(one, dict) and "sha256" in one]


def repair(folder: DataFolder, backup: FolderStore | None = None) -> Mended:
    writer = Writer(folder.database).start()
    try:
        return mend(inspect(folder.database, folder.artifacts), writer, FolderStore(folder.artifacts), backup)
    finally:
        writer.stop()


def spoil(path: Path) -> None:
    path.chmod(0o600)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0x10
    path.write_bytes(data)


class TestABackup:
    def test_holds_everything_and_is_for_its_owner_alone(self, folder: DataFolder, target: Path) -> None:
        report = back_up(folder, target)
        assert report == BackupReport(files=report.files, copied=report.files, exports=1, missing=())
        assert report.files > 5
        assert tree(target, "artifacts/blobs") == named_files(folder)
        assert tree(target, "exports") == tree(folder.root, "exports")
        assert dump(target) == dump(folder.root)
        assert (target.stat().st_mode & 0o777, (target / "dailies.toml").stat().st_mode & 0o777) == (0o700, 0o600)

    def test_that_is_brought_up_to_date_copies_only_what_is_new(self, folder: DataFolder, target: Path) -> None:
        back_up(folder, target)
        before = {path: path.stat().st_ino for path in (target / "artifacts").rglob("*")}
        assert back_up(folder, target).copied == 0
        assert before == {path: path.stat().st_ino for path in (target / "artifacts").rglob("*")}

    def test_keeps_a_file_that_the_studio_has_lost_since(self, folder: DataFolder, target: Path) -> None:
        back_up(folder, target)
        _, (sha256, *_) = result_of(folder, "finish")
        FolderStore(folder.artifacts).discard(sha256)
        report = back_up(folder, target)
        assert report.missing == ()
        assert FolderStore(target / "artifacts").sound(sha256)

    def test_takes_no_damaged_file_and_says_so(self, folder: DataFolder, target: Path) -> None:
        _, (sha256, *_) = result_of(folder, "finish")
        spoil(FolderStore(folder.artifacts).blob(sha256))
        assert back_up(folder, target).missing == (sha256,)
        assert not FolderStore(target / "artifacts").holds(sha256)

    def test_drops_what_the_studio_no_longer_speaks_of(self, folder: DataFolder, target: Path) -> None:
        back_up(folder, target)
        store = FolderStore(target / "artifacts")
        left = store.put_bytes(b"of a clip that is gone", "text/plain")
        back_up(folder, target)
        assert not store.holds(left.sha256)

    def test_is_one_moment_of_a_studio_that_writes_on(self, folder: DataFolder, target: Path) -> None:
        """Two facts are always changed together: in no backup may they differ."""
        writer, stop = Writer(folder.database).start(), threading.Event()

        def both(db: Database, value: str) -> None:
            set_fact(db, "left", value)
            set_fact(db, "right", value)

        def work() -> None:
            number = 0
            while not stop.is_set():
                writer.do(partial(both, value=str(number := number + 1)))

        writer.do(partial(both, value="0"))
        thread = threading.Thread(target=work)
        thread.start()
        seen = set()
        try:
            for _ in range(8):
                back_up(folder, target)
                with reading(target / "studio.db") as db:
                    left, right = (
                        row[0] for row in db.execute("SELECT value FROM facts WHERE name IN ('left', 'right')")
                    )
                assert left == right
                seen.add(left)
        finally:
            stop.set()
            thread.join()
            writer.stop()
        assert len(seen) > 1, "it did write on"

    @pytest.mark.parametrize("inside", ["data/backup", ".", "photos"])
    def test_goes_nowhere_else(self, folder: DataFolder, tmp_path: Path, inside: str) -> None:
        (tmp_path / "photos").mkdir()
        (tmp_path / "photos" / "holiday.jpg").touch()
        with pytest.raises(UsageError):
            back_up(folder, tmp_path / inside)
        assert (tmp_path / "photos" / "holiday.jpg").exists()

    def test_of_a_damaged_database_leaves_the_one_before_alone(self, folder: DataFolder, target: Path) -> None:
        back_up(folder, target)
        before = (target / "studio.db").read_bytes()
        break_pages(folder.database)
        with pytest.raises(StudioError, match="damaged") as caught:
            back_up(folder, target)
        assert "restore" in caught.value.cure
        assert (target / "studio.db").read_bytes() == before

    def test_on_a_full_disk_says_so_and_the_next_one_goes_on(self, folder: DataFolder, small_disk: Path) -> None:
        writer = Writer(folder.database).start()
        add_portrait(writer, FolderStore(folder.artifacts), os.urandom(600_000))
        writer.stop()
        with pytest.raises(StudioError, match=r"full|written"):
            back_up(folder, small_disk / "backup")
        assert not list((small_disk / "backup" / "artifacts" / "tmp").iterdir())


KILLED = """
import os, signal, sys
from pathlib import Path
from config.folders import DataFolder
from storage import backup

left = int(sys.argv[3])
def counted(name):
    real = getattr(os, name)
    def call(*arguments, **named):
        global left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*arguments, **named)
    setattr(os, name, call)
for name in ("fsync", "replace", "rename", "mkdir", "unlink"):
    counted(name)
backup.back_up(DataFolder(Path(sys.argv[1])), Path(sys.argv[2]))
print(left)
"""


@pytest.mark.proof
def test_a_backup_killed_at_any_step_leaves_a_whole_one(folder: DataFolder, target: Path, tmp_path: Path) -> None:
    """Killed at every few steps of the second backup; what is there can be brought back each time."""
    back_up(folder, target)
    writer = Writer(folder.database).start()
    add_portrait(writer, FolderStore(folder.artifacts), b"another portrait")
    writer.stop()
    step, ends = 1, set()
    while True:
        trial = tmp_path / f"trial-{step}"
        shutil.copytree(target, trial)
        command = [sys.executable, "-c", KILLED, str(folder.root), str(trial), str(step)]
        done = subprocess.run(command, cwd=PROGRAM.parent, capture_output=True, text=True)
        report = restore(DataFolder(tmp_path / f"back-{step}"), trial)
        assert report.mended == Mended(0, 0, 0, ())
        with reading(tmp_path / f"back-{step}" / "studio.db") as db:
            ends.add(db.execute("SELECT count(*) FROM presenters").fetchone()[0])
        if done.returncode == 0:
            break
        step += 3
    assert step > 6
    assert len(ends) == 2, "the one before or the new one, and nothing between"


class TestARestore:
    def test_brings_everything_back(self, folder: DataFolder, target: Path, tmp_path: Path) -> None:
        back_up(folder, target)
        fresh = DataFolder(tmp_path / "fresh")
        report = restore(fresh, target)
        assert report == RestoreReport(report.files, Mended(0, 0, 0, ()), None)
        assert dump(fresh.root, but=("sessions",)) == dump(folder.root, but=("sessions",))
        assert tree(fresh.root, "artifacts/blobs") == named_files(folder)
        assert tree(fresh.root, "exports") == tree(folder.root, "exports")
        assert not fresh.restoring.exists()
        assert inspect(fresh.database, fresh.artifacts) == Findings(files=report.files)

    def test_signs_as_before(self, folder: DataFolder, target: Path, tmp_path: Path) -> None:
        back_up(folder, target)
        fresh = DataFolder(tmp_path / "fresh")
        restore(fresh, target)
        ours, theirs = (which.credentials / "private.key" for which in (fresh, folder))
        assert ours.read_bytes() == theirs.read_bytes()
        assert ours.stat().st_mode & 0o777 == 0o600

    def test_logs_everybody_out(self, folder: DataFolder, target: Path, tmp_path: Path) -> None:
        back_up(folder, target)
        restore(DataFolder(tmp_path / "fresh"), target)
        with reading(tmp_path / "fresh" / "studio.db") as db:
            assert db.execute("SELECT count(*) FROM sessions").fetchone() == (0,)

    def test_refuses_a_folder_in_use_unless_told_and_then_deletes_nothing(
        self, folder: DataFolder, target: Path
    ) -> None:
        back_up(folder, target)
        writer = Writer(folder.database).start()
        writer.do(partial(set_fact, name="since", value="then"))
        writer.stop()
        before = dump(folder.root)
        with pytest.raises(UsageError, match="already") as caught:
            restore(folder, target)
        assert "--replace" in caught.value.cure
        assert dump(folder.root) == before
        report = restore(folder, target, replace=True)
        assert report.aside is not None
        assert dump(report.aside) == before
        assert ("since", "then") not in dump(folder.root)["facts"]

    def test_is_refused_while_the_studio_runs(self, folder: DataFolder, target: Path) -> None:
        back_up(folder, target)
        with folder.lock(), pytest.raises(StudioError, match="already runs"):
            restore(folder, target, replace=True)

    def test_forgets_what_the_backup_lacks_so_that_it_is_made_again(
        self, folder: DataFolder, target: Path, tmp_path: Path
    ) -> None:
        back_up(folder, target)
        key, (sha256, *_) = result_of(folder, "finish")
        spoil(FolderStore(target / "artifacts").blob(sha256))
        report = restore(DataFolder(tmp_path / "fresh"), target)
        assert report.mended == Mended(0, 1, 0, ())
        with reading(tmp_path / "fresh" / "studio.db") as db:
            assert db.execute("SELECT state FROM work WHERE key = ?", [key]).fetchone() == ("failed",)
            assert {row.production for row in list_clips(db)} == {"making"}

    def test_names_what_only_a_person_can_bring(self, folder: DataFolder, target: Path, tmp_path: Path) -> None:
        back_up(folder, target)
        portrait = FolderStore(folder.artifacts).put_bytes(PORTRAIT, "image/png").sha256
        FolderStore(target / "artifacts").discard(portrait)
        assert restore(DataFolder(tmp_path / "fresh"), target).mended.lost == (portrait,)

    @pytest.mark.parametrize("name", ["backup.json", "studio.db"])
    def test_refuses_what_is_not_whole(self, folder: DataFolder, target: Path, tmp_path: Path, name: str) -> None:
        back_up(folder, target)
        spoil(target / name)
        if name == "backup.json":
            (target / name).unlink()
        with pytest.raises((UsageError, StudioError), match="backup"):
            restore(DataFolder(tmp_path / "fresh"), target)
        assert not (tmp_path / "fresh" / "studio.db").exists()

    def test_that_was_interrupted_keeps_the_studio_from_starting_until_it_is_run_again(
        self, folder: DataFolder, target: Path
    ) -> None:
        back_up(folder, target)
        folder.restoring.mkdir()
        with pytest.raises(StudioError, match="interrupted") as caught:
            folder.make()
        assert "restore" in caught.value.cure
        restore(folder, target, replace=True)
        folder.make()

    def test_of_a_newer_release_is_refused_and_changes_nothing(
        self, folder: DataFolder, target: Path, tmp_path: Path
    ) -> None:
        db = open_for_writing(folder.database)
        db["_sqlite_migrations"].insert({"migration_set": "dailies", "name": "0999_later", "applied_at": "2031"})
        db.conn.close()
        back_up(folder, target)
        with pytest.raises(StudioError, match="newer Dailies"):
            restore(DataFolder(tmp_path / "fresh"), target)
        assert not (tmp_path / "fresh" / "studio.db").exists()


class TestACheck:
    def test_of_a_whole_studio_finds_nothing(self, folder: DataFolder) -> None:
        said: list[str] = []
        assert check_studio(folder, said.append) == 0
        assert said[-1] == "Nothing is missing or damaged."

    def test_looks_a_backup_over_too(self, folder: DataFolder, target: Path) -> None:
        back_up(folder, target)
        assert check_studio(DataFolder(target), print) == 0
        _, (sha256, *_) = result_of(folder, "finish")
        spoil(FolderStore(target / "artifacts").blob(sha256))
        assert check_studio(DataFolder(target), print) == 1

    def test_finds_each_kind_of_damage_and_repair_has_it_made_again(self, folder: DataFolder) -> None:
        store = FolderStore(folder.artifacts)
        finish, (video, poster, *_) = result_of(folder, "finish")
        speech, _ = result_of(folder, "speech")
        script, _ = result_of(folder, "script")
        spoil(store.blob(video))
        store.discard(poster)
        spoil(folder.artifacts / "keys" / speech[:2] / f"{speech}.json")
        db = open_for_writing(folder.database)
        db.execute("UPDATE work SET document = replace(document, 'script/1', 'script/01') WHERE key = ?", [script])
        db.conn.commit()
        db.conn.close()
        found = inspect(folder.database, folder.artifacts)
        assert (found.missing, found.spoiled, found.results, found.records) == (
            (poster,),
            (video,),
            (speech,),
            (script,),
        )
        assert found.damage
        mended = repair(folder)
        assert (mended.forgotten, mended.lost) == (2, ())
        with reading(folder.database) as reader:
            states = dict(reader.execute("SELECT key, state FROM work WHERE state <> 'done'").fetchall())
        assert states == {finish: "failed", script: "failed"}
        assert not inspect(folder.database, folder.artifacts).damage

    def test_brings_a_persons_file_back_from_a_backup_and_leaves_it_alone_without(
        self, folder: DataFolder, target: Path
    ) -> None:
        back_up(folder, target)
        store = FolderStore(folder.artifacts)
        portrait = store.put_bytes(PORTRAIT, "image/png").sha256
        spoil(store.blob(portrait))
        assert repair(folder).lost == (portrait,)
        assert store.holds(portrait), "part of it may be worth saving"
        with pytest.raises(StudioError, match=portrait[:12]):
            check_studio(folder, print, repair=True)
        assert check_studio(folder, print, repair=True, backup=target) == 0
        assert store.sound(portrait)

    def test_drops_what_nobody_asks_for_once_it_is_a_day_old(self, folder: DataFolder) -> None:
        store = FolderStore(folder.artifacts)
        old, young = (store.put_bytes(name, "text/plain").sha256 for name in (b"old", b"young"))
        then = time.time() - SPARE_S - 60
        for sha256 in (old, *(Path(name).name for name in named_files(folder))):
            os.utime(store.blob(sha256), (then, then))
        assert inspect(folder.database, folder.artifacts).orphans == (store.blob(old),)
        assert repair(folder).dropped == 1
        assert (store.holds(old), store.holds(young)) == (False, True)

    def test_tells_an_export_that_was_changed(self, folder: DataFolder) -> None:
        spoil(next(folder.exports.glob("*/*.mp4")))
        said: list[str] = []
        assert check_studio(folder, said.append) == 1
        assert any("export the clip again" in line for line in said)

    def test_says_it_all_as_json(self, folder: DataFolder) -> None:
        said: list[str] = []
        check_studio(folder, said.append, as_json=True)
        assert json.loads(said[0])["missing"] == []

    def test_repairs_no_running_studio(self, folder: DataFolder) -> None:
        with folder.lock(), pytest.raises(StudioError, match="already runs"):
            check_studio(folder, print, repair=True)


def break_pages(database: Path) -> None:
    """As a failing disk would: what one of the pages in the middle holds becomes noise."""
    data = bytearray(database.read_bytes())
    for page in range(4, len(data) // 4096, 3):
        data[page * 4096 : page * 4096 + 200] = os.urandom(200)
    database.write_bytes(data)


class TestADamagedPage:
    def test_is_found_before_the_studio_starts_and_the_way_back_is_named(
        self, folder: DataFolder, target: Path
    ) -> None:
        back_up(folder, target)
        break_pages(folder.database)
        for thorough in (True, False):
            with pytest.raises(StudioError, match="damaged") as caught:
                require_sound(folder.database, thorough=thorough)
            assert "run.py restore BACKUP --replace" in caught.value.cure
        restore(folder, target, replace=True)
        require_sound(folder.database)

    def test_stops_up_with_that_message(self, folder: DataFolder) -> None:
        break_pages(folder.database)
        command = [sys.executable, str(PROGRAM), "--data", str(folder.root), "up"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
        assert done.returncode == 1
        assert "run.py restore BACKUP --replace" in done.stderr


def test_the_command_line_does_the_round(folder: DataFolder, target: Path, tmp_path: Path) -> None:
    def run(*arguments: str) -> str:
        done = subprocess.run([sys.executable, str(PROGRAM), *arguments], capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert "1 export" in run("--data", str(folder.root), "backup", str(target))
    assert "run.py up" in run("--data", str(tmp_path / "fresh"), "restore", str(target))
    assert "Nothing is missing" in run("--data", str(tmp_path / "fresh"), "check")


def test_a_backed_up_studio_goes_on_where_it_was(tmp_path: Path) -> None:
    """A clip that was half made when the backup was taken is finished from it, and nothing is made twice."""
    small = SmallStudio(tmp_path / "one")
    clip = small.order(topic(1))
    small.production.make_some(clip, ("script", "scene", "line"))
    back_up(small.studio.folder, tmp_path / "backup")
    small.stop()
    target = DataFolder(tmp_path / "two" / "data")
    restore(target, tmp_path / "backup")
    writer = Writer(target.database).start()
    with reading(target.database) as db:
        before = set(db.execute("SELECT key FROM work WHERE state = 'done'").fetchall())
    writer.stop()
    again = SmallStudio(tmp_path / "two")
    again.writer.do(record_all_lost)
    assert again.production.make(clip).production == "ready"
    with reading(target.database) as db:
        assert set(db.execute("SELECT key FROM work WHERE finishes = 1").fetchall()) >= before
        assert db.execute("SELECT max(finishes) FROM work").fetchone() == (1,)
    again.stop()
