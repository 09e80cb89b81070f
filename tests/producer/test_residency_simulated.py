"""Twenty clips of heavy engines on a simulated GPU of 16 GB, through the real planner, the real order of queues, the real
handler and the real residency: the card is never filled beyond what it has, and models are swapped a handful of times.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from config.errors import OutOfMemory
from config.folders import DataFolder
from producer.clip import Stepper
from producer.engines.base import Context, Engine, EngineInfo, Profile, Stage
from producer.engines.stub import (
    APACHE,
    Stub,
    StubFinish,
    StubLine,
    StubScene,
    StubScript,
    StubSpeech,
    StubVideo,
)
from producer.inline import inline_events, make_inline
from producer.measured import Measured
from producer.plan.freeze import Capability, freeze_plan
from producer.plan.planner import Known, survey
from producer.queue.fairness import Line, order_queues
from producer.ready import capability_of
from producer.residency import Residency
from producer.stage import StageHandler
from producer.work import Hands, Performer
from review.bundle import fallbacks_of
from storage.artifacts import FolderStore
from storage.clips import create_clip
from storage.database import reading
from storage.orders import Brief
from storage.plans import Plan
from storage.queries import ClipDetail, clip_detail
from storage.upcast import read_document
from storage.work import WorkOrder
from storage.writer import Writer
from tests.support.briefs import make_brief

CARD_MB, CLIPS, BATCH = 16_000, 20, 16


@dataclass
class Card:
    """A GPU that counts. Whoever asks for more than is free is out of memory."""

    size_mb: int = CARD_MB
    taken: dict[str, int] = field(default_factory=dict)
    peak_mb: int = 0

    def take(self, who: str, mb: int) -> None:
        if mb > self.free_mb() + self.taken.get(who, 0):
            raise OutOfMemory(f"{who} needs {mb} MB, and {self.free_mb()} MB are free.")
        self.taken[who] = mb
        self.peak_mb = max(self.peak_mb, self.size_mb - self.free_mb())

    def free(self, who: str) -> None:
        self.taken.pop(who, None)

    def free_mb(self) -> int:
        return self.size_mb - sum(self.taken.values())


class Heavy(Stub):
    """An engine that fills the card as its kind does; what it makes, its stage's stub makes.

    torch: when it is loaded, and more while it works, which its allocator then keeps. ollama: when it is first asked.
    program: only while it runs.
    """

    def __init__(self, card: Card, kind: str, maker: Any, info: EngineInfo, works_mb: int = 0) -> None:
        self.card, self.kind, self.maker, self.works_mb = card, kind, maker, works_mb
        self._info, self.profile = info, "default"

    @property
    def info(self) -> EngineInfo:
        sizes = {profile.id: profile.memory_mb for profile in self._info.profiles}
        return self._info if self.profile not in sizes else _sized(self._info, sizes[self.profile])

    def load(self, device: str = "cpu") -> None:
        if self.kind == "torch":
            self.card.take(self.info.id, self.info.memory_mb)

    def unload(self) -> None:
        self.card.free(self.info.id)

    def run(self, request: Any, context: Context) -> Any:
        self.card.take(self.info.id, self.info.memory_mb + self.works_mb)
        try:
            return self.maker.run(request, context)
        finally:
            if self.kind == "program":
                self.card.free(self.info.id)


def _sized(info: EngineInfo, memory_mb: int) -> EngineInfo:
    return replace(info, memory_mb=memory_mb)


def _heavy(name: str, stage: Stage, memory_mb: int, profiles: tuple[Profile, ...] = ()) -> EngineInfo:
    return EngineInfo(
        id=name, stage=stage, version="1", title=name, code_licence=APACHE, lane="gpu", memory_mb=memory_mb,
        profiles=profiles,
    )  # fmt: skip


PAINTER = (Profile("full", 10_000), Profile("tiled", 8_200), Profile("offload", 5_600))


class House:
    """One GPU worker and one CPU worker, without Redis: queues by engine, served in the real order."""

    def __init__(
        self, folder: Path, card: Card, budget_mb: int = CARD_MB, hungry_mb: int = 0, measured: Measured | None = None
    ) -> None:
        self.card, self.made = card, list[Heavy]()
        kinds: dict[str, tuple[str, Any, EngineInfo, int]] = {
            "ollama": ("ollama", StubScript(), _heavy("ollama", "script", 8_000), 0),
            "sdxl": ("torch", StubScene(), _heavy("sdxl", "scene", 10_000, PAINTER), hungry_mb),
            "xtts": ("torch", StubLine(), _heavy("xtts", "line", 4_000), 0),
            "sadtalker": ("program", StubVideo(), _heavy("sadtalker", "video", 6_000), 0),
        }
        light: dict[str, Any] = {"join": StubSpeech(), "compositor": StubFinish()}
        self.light = light

        def create(engine_id: str) -> Engine:
            if engine_id in light:
                return light[engine_id]  # type: ignore[no-any-return]
            kind, maker, info, works_mb = kinds[engine_id]
            self.made.append(Heavy(card, kind, maker, info, works_mb))
            return self.made[-1]

        self.residency = Residency(create, budget_mb, "cuda", gauge=card.free_mb, measured=measured)
        self.handler = StageHandler(self.residency, FolderStore(folder / "artifacts"), folder / "work")
        facts = [info for _, _, info, _ in kinds.values()]
        facts += [light[name].info for name in light]
        names = [*kinds, *light]
        self.can: dict[str, Capability] = {
            name: capability_of(info, profiles=tuple(p.id for p in info.profiles)).model_copy(update={"engine": name})
            for name, info in zip(names, facts, strict=True)
        }
        self.order = {self.can[name].stage: (name,) for name in names}
        self.known: dict[str, Known] = {}
        self.queues: dict[str, deque[tuple[float, WorkOrder]]] = {}
        self.now = 0.0
        self.served: list[str] = []

    def produce(self, briefs: list[Brief], apart_s: float) -> list[Plan]:
        """All clips to their end; one is ordered every `apart_s`. Time is counted, not waited for."""
        plans = [freeze_plan(brief, self.can, self.order) for brief in briefs]
        current, run = "", 0
        while True:
            finished = 0
            for number, (brief, plan) in enumerate(zip(briefs, plans, strict=True)):
                assert isinstance(plan, Plan)
                if number * apart_s <= self.now:
                    state = survey(brief, plan, self.known.get, attempts=3)
                    finished += state.finished
                    for order in state.due:
                        self.known[order.key] = Known("queued", 1)
                        self.queues.setdefault(order.queue, deque()).append((self.now, order))
            if finished == len(briefs):
                return plans  # type: ignore[return-value]
            for name in [name for name in self.queues if name.startswith("cpu.")]:  # the other worker keeps up
                while self.queues[name]:
                    self._do(self.queues[name].popleft()[1])
            lines = {n: Line(len(q), self.now - q[0][0]) for n, q in self.queues.items() if q}
            if not lines:
                self.now += 1
                continue
            names = sorted(name for name in self.queues if name.startswith("gpu."))
            taken = next(n for n in order_queues(names, current, run, BATCH, lines) if self.queues.get(n))
            run, current = (run + 1 if taken == current else 1), taken
            before = self.residency.swaps
            self._do(self.queues[taken].popleft()[1])
            self.served.append(taken)
            self.now += 2 + 10 * (self.residency.swaps - before)

    def _do(self, order: WorkOrder) -> None:
        hands = Hands(progress=lambda _fraction, _message: None, cancelled=lambda: False)
        made = read_document(self.handler(order, hands).document)
        self.known[order.key] = Known("done", 1, made)


def clips() -> list[Brief]:
    return [make_brief(number) for number in range(CLIPS)]


@pytest.mark.parametrize("apart_s", [0.0, 1.0], ids=["at once", "one after the other"])
def test_twenty_clips_never_fill_more_than_the_card_and_swap_a_dozen_times_at_most(
    tmp_path: Path, apart_s: float, record_property: Any
) -> None:
    card = Card()
    house = House(tmp_path, card)
    house.produce(clips(), apart_s)
    print(f"20 clips: {house.residency.swaps} loads of heavy models, at most {card.peak_mb} of {CARD_MB} MB")
    record_property("swaps", house.residency.swaps)
    assert len(house.served) > 5 * CLIPS, "each clip really went through all heavy stages"
    assert 4 <= house.residency.swaps <= 12
    assert card.peak_mb <= CARD_MB


class TestOutOfMemory:
    """An engine that does not fit as it is to run is run with less, and the clip says so."""

    @pytest.fixture
    def writer(self, studio_folder: DataFolder) -> Iterator[Writer]:
        writer = Writer(studio_folder.database).start()
        yield writer
        writer.stop()

    def make(self, house: House, folder: DataFolder, writer: Writer) -> ClipDetail:
        clip = writer.do(partial(create_clip, brief=make_brief(), author="ana"))
        performer = Performer({"stage": house.handler}, inline_events(writer, lambda _event: None), "here")
        make_inline(writer, folder.database, Stepper(house.order, 3), performer, house.can, clip)
        with reading(folder.database) as db:
            return clip_detail(db, clip)

    def test_steps_down_until_it_fits(self, studio_folder: DataFolder, tmp_path: Path, writer: Writer) -> None:
        card = Card(taken={"a game": 5_000})
        house = House(tmp_path, card, hungry_mb=2_500)
        detail = self.make(house, studio_folder, writer)
        assert detail.row.production == "ready"
        assert detail.plan is not None
        assert [one.profile for one in detail.plan.engines["scene"]] == ["full", "tiled"]
        (fallback,) = fallbacks_of(detail.plan)
        assert (fallback.stage, fallback.used, fallback.profile) == ("scene", "sdxl", "tiled")
        assert "sdxl needs 12500 MB" in fallback.problem, "the clip says why"
        assert card.peak_mb <= CARD_MB

    def test_at_the_last_profile_leaves_it_to_the_next_engine(
        self, studio_folder: DataFolder, tmp_path: Path, writer: Writer
    ) -> None:
        house = House(tmp_path, Card(taken={"a game": 12_000}), budget_mb=4_000)
        house.order = {"scene": ("sdxl", "stub-scene"), "script": ("stub-script",), "line": ("stub-line",),
                       "speech": ("join",), "video": ("stub-video",), "finish": ("compositor",)}  # fmt: skip
        stubs = (StubScript, StubScene, StubLine, StubVideo)
        house.can |= {stub.info.id: capability_of(stub.info) for stub in stubs}
        house.light |= {stub.info.id: stub() for stub in stubs}
        detail = self.make(house, studio_folder, writer)
        assert detail.row.production == "ready"
        assert detail.plan is not None
        tried = [(one.engine, one.profile) for one in detail.plan.engines["scene"]]
        assert tried == [("sdxl", "full"), ("sdxl", "tiled"), ("sdxl", "offload"), ("stub-scene", "default")]

    def test_empties_the_card(self, tmp_path: Path) -> None:
        card = Card(taken={"a game": 5_000})
        house = House(tmp_path, card, hungry_mb=2_500)
        brief = make_brief()
        plan = freeze_plan(brief, house.can, house.order)
        assert isinstance(plan, Plan)
        with pytest.raises(OutOfMemory):
            house.produce([brief], 0)
        assert card.taken == {"a game": 5_000}
        assert house.residency.resident == []


def test_what_an_engine_was_seen_to_take_is_what_room_is_made_for(tmp_path: Path) -> None:
    """It says 10 GB and takes 13: the voice, which would have fitted beside what it says, must leave."""
    known = Measured(tmp_path / "measured.json")
    for _ in range(2):  # the second house reads what the first one wrote
        card = Card()
        house = House(tmp_path, card, hungry_mb=3_000, measured=Measured(tmp_path / "measured.json"))
        if known.memory_mb("sdxl", "full") is None:
            engine = house.residency.load("sdxl", "full")
            card.take("sdxl", 13_000)
            house.residency.measure(engine)
            known = Measured(tmp_path / "measured.json")
    assert known.memory_mb("sdxl", "full") == 13_000
    house.residency.load("xtts")
    card.take("xtts", 4_000)
    house.residency.load("sdxl", "full")
    assert house.residency.resident == ["sdxl"]


def test_a_smaller_profile_takes_the_place_of_a_larger_one(tmp_path: Path) -> None:
    card = Card()
    house = House(tmp_path, card)
    full = house.residency.load("sdxl", "full")
    assert house.residency.load("sdxl", "full") is full
    house.residency.load("sdxl", "tiled")
    assert card.taken == {"sdxl": 8_200}
    assert house.residency.resident == ["sdxl"]
