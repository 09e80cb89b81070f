"""The handler of stage work: a result is made once, found for ever after, and made again only when it is gone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from config.errors import BadInput, Cancelled, Corrupt
from producer.engines.base import Context, EngineInfo
from producer.engines.requests import SceneRequest
from producer.engines.stub import APACHE, StubScene
from producer.residency import Residency
from producer.stage import StageHandler
from producer.work import Hands
from storage.artifacts import FolderStore
from storage.canonical import sha256_text
from storage.documents import ArtifactRef, Scene
from storage.upcast import read_document
from storage.work import WorkOrder


class Painter(StubScene):
    """Counts its pictures, and leaves paint in its work folder."""

    info = EngineInfo(id="painter", stage="scene", version="3", title="Painter", code_licence=APACHE)

    def __init__(self) -> None:
        self.painted = 0
        self.workdirs: list[Path] = []
        self.error: Exception | None = None
        self.context: Context | None = None

    def run(self, request: SceneRequest, context: Context) -> Scene:
        self.painted += 1
        self.context = context
        self.workdirs.append(context.workdir)
        assert list(context.workdir.iterdir()) == [], "private and empty"
        (context.workdir / "paint").write_text("blue")
        context.progress(0.5, "half")
        if self.error:
            raise self.error
        return super().run(request, context)


@pytest.fixture
def painter() -> Painter:
    return Painter()


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "artifacts")


@pytest.fixture
def handler(painter: Painter, store: FolderStore, tmp_path: Path) -> Iterator[StageHandler]:
    yield StageHandler(Residency(lambda _id: painter, 8000), store, tmp_path / "work")
    left = list((tmp_path / "work").iterdir()) if (tmp_path / "work").exists() else []
    assert left == [], "whatever happened, the work folder is empty again"


def order(name: str = "a", seed: int = 0) -> WorkOrder:
    payload = {
        "stage": "scene",
        "engine": "painter",
        "profile": "default",
        "options": {},
        "seed": seed,
        "documents": {},
    }
    return WorkOrder(
        key=sha256_text(name), kind="stage", queue="cpu.painter", stage="scene", engine="painter", engine_version="3",
        payload=payload,
    )  # fmt: skip


def hands(**conditions: Any) -> Hands:
    return Hands(**{"progress": lambda _fraction, _message: None, "cancelled": lambda: False, **conditions})


def image(document: dict[str, Any]) -> ArtifactRef:
    scene = read_document(document)
    assert isinstance(scene, Scene)
    return scene.image


def test_a_result_is_made_stored_and_told(handler: StageHandler, store: FolderStore) -> None:
    outcome = handler(order(), hands())
    record = store.result(order().key)
    assert record
    assert (record.document, record.content_hash) == (outcome.document, outcome.content_hash)
    assert (record.engine, record.engine_version) == ("painter", "3")
    assert store.fetch(image(outcome.document))


def test_a_result_that_is_there_is_found_and_not_made_again(handler: StageHandler, painter: Painter) -> None:
    """A worker was killed after the result was stored and before it was told."""
    made = handler(order(), hands())
    found = handler(order(), hands())
    assert painter.painted == 1
    assert (found.document, found.content_hash) == (made.document, made.content_hash)
    assert found.seconds == 0, "so that it does not count as the engine's usual time"


def test_what_another_worker_made_meanwhile_wins(
    handler: StageHandler, painter: Painter, store: FolderStore, tmp_path: Path
) -> None:
    rival = StageHandler(Residency(lambda _id: Painter(), 8000), store, tmp_path / "rival")
    theirs: list[str] = []

    def progress(_fraction: float, _message: str) -> None:
        other = order(seed=7).model_copy(update={"key": order().key})
        theirs.append(rival(other, hands()).content_hash)

    ours = handler(order(seed=1), hands(progress=progress))
    assert painter.painted == 1
    assert [ours.content_hash] == theirs


class TestAFileThat:
    def test_is_gone_is_made_again(self, handler: StageHandler, painter: Painter, store: FolderStore) -> None:
        made = handler(order(), hands())
        store.discard(image(made.document).sha256)
        again = handler(order(), hands())
        assert painter.painted == 2
        assert store.fetch(image(again.document))

    def test_turns_out_damaged_is_put_out_of_the_way_of_whoever_made_it(
        self, handler: StageHandler, painter: Painter, store: FolderStore
    ) -> None:
        """The next stage stumbles over it; then its own stage, asked again, really makes it again."""
        made = handler(order("a"), hands())
        damaged = image(made.document)
        path = store.fetch(damaged)
        path.chmod(0o644)
        path.write_bytes(b"?")
        painter.error = Corrupt(damaged.sha256)
        with pytest.raises(Corrupt):
            handler(order("b"), hands())
        painter.error = None
        again = handler(order("a"), hands())
        assert painter.painted == 3
        assert store.fetch(image(again.document))

    def test_no_engine_can_write_leaves_nothing(
        self, handler: StageHandler, painter: Painter, store: FolderStore
    ) -> None:
        painter.error = OSError(28, "No space left on device")
        with pytest.raises(OSError, match="No space"):
            handler(order(), hands())
        assert store.result(order().key) is None


@pytest.mark.parametrize("error", [None, BadInput("No."), ValueError(), KeyboardInterrupt()])
def test_the_work_folder_is_private_and_goes(handler: StageHandler, painter: Painter, error: Exception | None) -> None:
    painter.error = error
    for name in ("a", "b"):
        with pytest.raises(type(error)) if error else nullcontext():
            handler(order(name), hands())
    assert len(set(painter.workdirs)) == 2
    assert not any(path.exists() for path in painter.workdirs)


def test_a_job_cancelled_before_its_engine_began_is_not_begun(handler: StageHandler, painter: Painter) -> None:
    with pytest.raises(Cancelled):
        handler(order(), hands(cancelled=lambda: True))
    assert painter.painted == 0


def test_an_engine_is_given_the_hands_of_its_job(handler: StageHandler, painter: Painter) -> None:
    told: list[tuple[float, str]] = []
    handler(order(), hands(progress=lambda fraction, message: told.append((fraction, message))))
    assert told == [(0.5, "half")]
    assert painter.context
    assert painter.context.cancelled() is False


def test_a_work_folder_that_somebody_removed_is_made_again(handler: StageHandler, tmp_path: Path) -> None:
    handler(order("a"), hands())
    shutil.rmtree(tmp_path / "work")
    handler(order("b"), hands())


def test_only_engines_that_this_worker_offers_are_asked_and_for_their_own_stage(
    painter: Painter, store: FolderStore, tmp_path: Path
) -> None:
    """Whoever can write orders chooses among these, and nothing else."""
    handler = StageHandler(Residency(lambda _id: painter, 8000), store, tmp_path / "work", {"painter": "scene"})
    assert handler(order(), hands())
    other = order("b")
    for strange in (
        other.model_copy(update={"engine": "compositor"}),
        other.model_copy(update={"payload": {**other.payload, "stage": "script"}}),
        other.model_copy(update={"payload": {}}),
    ):
        with pytest.raises(BadInput, match="offers no"):
            handler(strange, hands())
    assert painter.painted == 1
