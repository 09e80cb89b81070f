"""What an engine around a model must say itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from producer.engines.models.engine import Closable, ModelEngine
from producer.engines.models.row import Model


class TestAnEngineAroundAModel:
    def test_that_does_not_say_how_its_model_is_opened_cannot_be_made(self) -> None:
        class Unfinished(ModelEngine[Model, Closable]):
            stage = "scene"

        with pytest.raises(TypeError, match="_open"):
            Unfinished(model=None)  # type: ignore[abstract, arg-type]

    def test_that_says_so_can(self) -> None:
        class Nothing:
            def close(self) -> None: ...

        class Finished(ModelEngine[Model, Nothing]):
            stage = "scene"

            def _open(self, folder: Path, device: str) -> Nothing:
                return Nothing()

        assert Finished(model=None).weights_folder is None  # type: ignore[arg-type]
