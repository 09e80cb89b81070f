"""One file of a training set is looked at by a worker: real weights, a real store; what cannot be read has that for a verdict."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.errors import Cancelled, Unavailable
from producer.dataset.appraise import Appraiser
from producer.dataset.looking import appraisal_handler
from producer.dataset.verdicts import judged
from producer.work import Hands
from storage.appraisals import Appraisal
from storage.artifacts import FolderStore
from storage.documents import ArtifactRef
from storage.training_sets import APPRAISE, AppraisalOrder, SetFile
from storage.work import SCRAPE_QUEUE, WorkOrder
from tests.support.pulled import FOLDER, portrait_file, weights

HANDS = Hands(lambda _fraction, _words: None, lambda: False)


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "store")


def order(source: ArtifactRef, key: str = "a1") -> WorkOrder:
    asked = AppraisalOrder(presenter="ana", source=source, name="it", use="face")
    return WorkOrder(key=key, kind=APPRAISE, queue=SCRAPE_QUEUE, payload=asked.model_dump(mode="json"))


def read(document: dict[str, object]) -> Appraisal:
    return Appraisal.model_validate({name: value for name, value in document.items() if name != "tag"})


@pytest.mark.proof
@pytest.mark.timeout(300)
def test_a_portrait_becomes_a_square_and_whose_face_it_is(store: FolderStore) -> None:
    for name in ("photo", "identity"):
        weights(name)
    handle = appraisal_handler(store, lambda: Appraiser(FOLDER / "weights"))
    files = []
    for number, name in enumerate(("astronaut", "beard")):
        source = store.put(portrait_file(name), "image/png")
        found = read(handle(order(source, f"a{number}"), HANDS).document)
        files.append(SetFile(file=source, name=name, kind="image", insisted=False, state="done", appraisal=found))
        assert found.refused is None
        assert found.face is not None
        assert found.small is not None
        assert store.holds(found.face.square.sha256)
        assert sum(part**2 for part in found.face.vector) == pytest.approx(1, abs=1e-3)
    verdicts = judged(files, files[0])
    assert [one.standing for one in verdicts.files] == ["kept", "left_out"]
    again = appraisal_handler(store, lambda: pytest.fail("it was looked at before"))
    assert read(again(order(files[0].file, "a0"), HANDS).document) == files[0].appraisal


def test_a_file_that_cannot_be_read_has_that_for_a_verdict(store: FolderStore, tmp_path: Path) -> None:
    source = store.put_bytes(b"\x89PNG and no more", "image/png")
    found = read(appraisal_handler(store, lambda: Appraiser(tmp_path))(order(source), HANDS).document)
    assert found.refused is not None
    assert (found.refused.code, found.face) == ("unreadable", None)


def test_without_the_networks_it_says_which_command_helps_and_leaves_no_verdict(
    store: FolderStore, tmp_path: Path
) -> None:
    source = store.put(Path(__file__).parents[2] / "support" / "house.py", "image/png")
    picture = store.put_bytes(png(), "image/png")
    with pytest.raises(Unavailable, match="photo"):
        appraisal_handler(store, lambda: Appraiser(tmp_path))(order(picture), HANDS)
    assert store.result("a1") is None
    stopped = Hands(lambda _fraction, _words: None, lambda: True)
    with pytest.raises(Cancelled):
        appraisal_handler(store, lambda: Appraiser(tmp_path))(order(source), stopped)


def png() -> bytes:
    from io import BytesIO

    from PIL import Image

    data = BytesIO()
    Image.new("RGB", (320, 320), (90, 90, 90)).save(data, "PNG")
    return data.getvalue()
