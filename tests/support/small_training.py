"""Trainings and training sets of the small studio: ordered for real, and made when a test says so."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np

from producer.dataset import appraise, judging
from producer.dataset.appraise import Appraiser, Face, HeardSound, SeenPicture
from producer.plan.freeze import Capability
from producer.render.inputs import read_picture
from producer.work import Performer
from storage.database import reading
from storage.training import TrainingRow, order_training, trainings
from storage.training_sets import add_files, look_at_set
from storage.work import WorkOrder, record_cancelled
from storage.writer import Writer
from web.training import TrainingWish, training_order, training_work

STRANGER, BLURRED = (255, 0, 0), (0, 0, 255)
"""Colours of the first pixel by which a picture says to the small eyes what is wrong with it."""


class SmallEyes:
    """Looks at files without networks: every picture shows one face, as its first pixel says. Recordings are really heard."""

    def picture(self, path: Path, side: int) -> SeenPicture:
        pixels = np.ascontiguousarray(read_picture(path)[..., :3])
        sign = tuple(pixels[0, 0].tolist())
        vector = np.eye(128, dtype=np.float32)[int(sign == STRANGER)]
        blurred = judging.Reason(code="blurred", message="The picture is blurred.", cure="Bring a sharper one.")
        face = Face(appraise.as_png(pixels), "front", False, appraise.fingerprint(pixels), vector)
        return SeenPicture(appraise.as_jpeg(pixels), blurred if sign == BLURRED else None, face)

    def sound(self, path: Path) -> HeardSound:
        return Appraiser(path.parent / "no weights").sound(path)


class SmallTraining:
    """The part of `web.studio.Production` that is about training."""

    _writer: Writer
    _database: Path
    _capabilities: dict[str, Capability]
    _performer: Performer

    def __init__(self) -> None:
        self.trained: list[WorkOrder] = []
        self.brought: list[WorkOrder] = []
        """Files of training sets that wait to be looked at."""

    def train(self, slug: str, wish: TrainingWish) -> str:
        with reading(self._database) as db:
            order = training_order(db, slug, wish)
        work = training_work(slug, order, self._capabilities, wish.preset)
        self.trained += self._writer.do(partial(order_training, order=work))
        return work.key

    def trainings(self, slug: str) -> list[tuple[TrainingRow, float, str]]:
        with reading(self._database) as db:
            rows = trainings(db, slug)
        return [(row, *(0.0, "")) for row in rows]

    def stop_training(self, slug: str) -> int:
        with reading(self._database) as db:
            going = [row for row in trainings(db, slug) if row.state == "queued"]
        for row in going:
            self._writer.do(partial(record_cancelled, key=row.key, attempt=row.attempt))
        return len(going)

    def bring(self, slug: str, uploads: Sequence[str], user: str) -> None:
        """Written down, and looked at only when a test says `look_at_files`."""
        self.brought += self._writer.do(partial(add_files, slug=slug, uploads=uploads, user=user))

    def look_again(self, slug: str) -> None:
        self.brought += self._writer.do(partial(look_at_set, slug=slug))

    def look_at_files(self, most: int | None = None) -> None:
        """As a worker would, by the small test eyes."""
        due, self.brought = self.brought[:most], self.brought[most:] if most is not None else []
        for order in due:
            self._performer.perform(order)
