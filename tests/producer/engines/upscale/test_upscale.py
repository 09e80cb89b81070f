"""Pictures with more pixels: by arithmetic, and by Real-ESRGAN on tiny weights in the published format."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from config.errors import BadInput, Cancelled, OutOfMemory
from producer.engines.requests import UpscaleOptions, UpscaleRequest
from producer.engines.upscale import realesrgan
from producer.engines.upscale.lanczos import Lanczos
from producer.engines.upscale.realesrgan import RealEsrgan
from storage.artifacts import FolderStore
from storage.documents import Upscaled
from tests.support.cutting import context_in, store_in


def request(
    store: FolderStore, size: tuple[int, int] = (80, 60), wanted: tuple[int, int] = (200, 150)
) -> UpscaleRequest:
    rows, columns = np.mgrid[: size[1], : size[0]]
    picture = ((rows // 6 + columns // 6) % 2 * 160 + 40).astype(np.uint8)
    image = store.put_bytes(cv2.imencode(".png", cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR))[1].tobytes(), "image/png")
    return UpscaleRequest(UpscaleOptions(image=image, width=wanted[0], height=wanted[1]))


def pixels(folder: Path, made: Upscaled) -> np.ndarray:
    return np.asarray(cv2.imread(str(store_in(folder).fetch(made.image))))


class TestByArithmetic:
    def test_a_picture_covers_what_is_wanted_and_keeps_its_shape(self, tmp_path: Path) -> None:
        store = store_in(tmp_path)
        made = Lanczos().run(request(store, (80, 60), (200, 120)), context_in(tmp_path, store))
        assert (made.width, made.height, made.times) == (200, 150, 2.5)
        assert pixels(tmp_path, made).shape == (150, 200, 3)

    def test_it_is_sharper_than_stretched(self, tmp_path: Path) -> None:
        store, asked = store_in(tmp_path), request(store_in(tmp_path), wanted=(320, 240))
        made = pixels(tmp_path, Lanczos().run(asked, context_in(tmp_path, store)))
        plain = cv2.resize(
            cv2.imread(str(store.fetch(asked.options.image))), (320, 240), interpolation=cv2.INTER_LINEAR
        )
        assert cv2.Laplacian(made, cv2.CV_64F).std() > 1.2 * cv2.Laplacian(plain, cv2.CV_64F).std()

    def test_what_is_large_enough_is_left_alone(self, tmp_path: Path) -> None:
        store, asked = store_in(tmp_path), request(store_in(tmp_path), (400, 300), (200, 150))
        made = Lanczos().run(asked, context_in(tmp_path, store))
        assert (made.image, made.times, made.width) == (asked.options.image, 1.0, 400)

    def test_what_is_no_picture_is_refused(self, tmp_path: Path) -> None:
        store = store_in(tmp_path)
        text = UpscaleOptions(image=store.put_bytes(b"words", "image/png"), width=10, height=10)
        with pytest.raises(BadInput, match="cannot be read"):
            Lanczos().run(UpscaleRequest(text), context_in(tmp_path, store))


@pytest.mark.proof
class TestByRealEsrgan:
    @pytest.fixture
    def engine(self, tmp_path: Path) -> RealEsrgan:
        torch = pytest.importorskip("torch")
        from tests.support.tiny_esrgan import save_realesrgan

        torch.set_num_threads(1)  # networks this small are faster so
        save_realesrgan(tmp_path / "weights" / "RealESRGAN_x4plus.pth")
        engine = RealEsrgan(tmp_path / "weights")
        assert engine.check() == []
        engine.load("cpu")
        return engine

    def test_a_picture_is_as_large_as_wanted_and_the_same_each_time(self, engine: RealEsrgan, tmp_path: Path) -> None:
        store, told = store_in(tmp_path), list[float]()
        context = context_in(tmp_path, store, progress=lambda done, _: told.append(done))
        made = engine.run(request(store), context)
        assert (made.width, made.height, made.times) == (200, 150, 2.5)
        assert engine.run(request(store), context_in(tmp_path, store)) == made
        assert told == sorted(told)
        assert told[-1] == 1

    def test_a_smaller_profile_makes_the_same_of_smaller_tiles(
        self, engine: RealEsrgan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(realesrgan.TILES, "tiled", 24)  # type: ignore[arg-type]
        frugal, store = RealEsrgan(engine.weights_folder, "tiled"), store_in(tmp_path)
        frugal.load("cpu")
        assert frugal.info.memory_mb < engine.info.memory_mb
        whole, tiled = (
            pixels(tmp_path, one.run(request(store), context_in(tmp_path, store))) for one in (engine, frugal)
        )
        assert np.abs(whole.astype(int) - tiled).max() <= 1

    def test_it_stops_when_it_is_asked_to(self, engine: RealEsrgan, tmp_path: Path) -> None:
        store, asked = store_in(tmp_path), iter([False])
        with pytest.raises(Cancelled):
            engine.run(request(store), context_in(tmp_path, store, cancelled=lambda: next(asked, True)))

    def test_a_card_that_is_too_small_is_told_in_words(
        self, engine: RealEsrgan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        import torch

        from producer.nets.esrgan.enlarger import Enlarger

        def full(*_: object) -> None:
            raise torch.OutOfMemoryError

        monkeypatch.setattr(Enlarger, "_through", full)
        store = store_in(tmp_path)
        with pytest.raises(OutOfMemory, match="Real-ESRGAN does not fit"):
            engine.run(request(store), context_in(tmp_path, store))


def test_without_weights_it_says_what_to_pull(tmp_path: Path) -> None:
    (problem, *_) = RealEsrgan(tmp_path).check()
    assert problem.cure == "run.py pull realesrgan"
