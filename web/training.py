"""Turns what somebody wishes to be learnt of a presenter into work, whoever asked: the command line, the API or the desk.

presenter, pictures ─▶ do they agree? ─▶ is a worker there that can? ─▶ one piece of work, by the key of its stage
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import Field
from sqlite_utils import Database

from config.errors import Refused, Unavailable, UnknownName
from producer.engines.training.lora import training_engine
from producer.plan.freeze import ONE_WAY, Capabilities
from producer.plan.keys import stage_key
from producer.plan.options import training_options
from producer.plan.planner import work_order
from producer.training.dataset import need_pictures, read_prepared
from producer.training.presets import PRESETS
from storage import catalogue
from storage.artifacts import ArtifactStore
from storage.consents import consents, covering, renewal
from storage.documents import ArtifactRef, Frozen
from storage.learning import TrainingOrder, TrainingPicture
from storage.orders import PresenterSpec
from storage.plans import EngineChoice
from storage.work import WorkOrder


class TrainingWish(Frozen):
    """What is to be learnt of a presenter. Without pictures, it is learnt from those that were given with them."""

    engine: str = Field(default="sd15", max_length=40, description="which learns, and paints with it: sd15, sdxl")
    preset: str = Field(default="", max_length=20, description="8gb … 24gb; left out, the largest that fits")
    steps: int | None = Field(default=None, ge=1, le=20_000, description="left out, 1000")
    sample_every: int | None = Field(default=None, ge=1, le=20_000, description="left out, 100")
    prior: float | None = Field(
        default=None, ge=0, le=10, description="how much counts that other people stay as they are; left out, 1"
    )
    kind: str = Field(default="person", min_length=1, max_length=19, description="what they are one of")
    token: str = Field(
        default="", max_length=40, description="the word by which prompts call them; left out, the short name"
    )
    pictures: tuple[TrainingPicture, ...] = Field(default=(), max_length=61)


def training_order(db: Database, slug: str, wish: TrainingWish) -> TrainingOrder:
    """What is to be learnt. Raises UnknownName, Refused for somebody who does not agree, BadInput for too few pictures."""
    if wish.engine not in PRESETS:
        raise UnknownName("engine that learns", wish.engine, list(PRESETS))
    spec = catalogue.presenter(db, slug)
    if covering(consents(db, slug), ["face"]) is None:
        raise Refused(f"{spec.name} has not agreed to their face being learnt.", renewal(slug))
    pictures = wish.pictures or own_pictures(spec)
    need_pictures(len(pictures))
    given = wish.model_dump(include={"steps", "sample_every", "prior"}, exclude_none=True)
    return TrainingOrder(engine=wish.engine, token=wish.token or slug, kind=wish.kind, pictures=pictures, **given)


def own_pictures(spec: PresenterSpec) -> tuple[TrainingPicture, ...]:
    """The pictures to train with that somebody has, without words: what they are called by stands for those."""
    own = [ArtifactRef.model_validate(spec.look["portrait"])] if "portrait" in spec.look else []
    return tuple(TrainingPicture(file=ref) for ref in dict.fromkeys((*own, *spec.portraits)))


def prepared_pictures(folder: Path, artifacts: ArtifactStore) -> tuple[str, tuple[TrainingPicture, ...]]:
    """The token and the pictures of a prepared folder, which are in the store when this returns. Raises BadInput."""
    prepared = read_prepared(folder)
    kept = tuple(
        TrainingPicture(file=artifacts.put(path, "image/png"), caption=words) for path, words in prepared.pictures
    )
    return prepared.token, kept


def training_work(slug: str, order: TrainingOrder, capabilities: Capabilities, preset: str = "") -> WorkOrder:
    """The work. Its key is the one that a clip's own training would have. Raises Unavailable, UnknownName."""
    engine = training_engine(order.engine)
    found = capabilities.get(engine)
    if found is None:
        raise Unavailable(f"No worker that trains for {order.engine} is running.", "Start one with: run.py up")
    if found.problem:
        raise Unavailable(found.problem, found.cure)
    if preset and preset not in found.profiles:
        raise UnknownName("preset that fits here", preset, list(found.profiles))
    choice = EngineChoice(
        engine=engine, version=found.version, weights=found.weights, lane=found.lane,
        profile=preset or (found.profiles[0] if found.profiles else ONE_WAY),
    )  # fmt: skip
    options = training_options(slug, order)
    return work_order(stage_key("training", choice, options, 0, 0, {}), "training", choice, options, 0, {}, 1)


def told_of(row: Mapping[str, Any], fraction: float = 0.0, message: str = "") -> dict[str, Any]:
    """A training as a program reads it: how it stands and, once it is done, what was learnt."""
    return {**row, "fraction": 1.0 if row["state"] == "done" else fraction, "message": message}
