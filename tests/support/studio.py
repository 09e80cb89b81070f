"""A whole studio in a temporary folder: real SQLite, writer, artifact store and planner, with small test engines.

small = SmallStudio(tmp_path).start()
clip = small.ready_clip(0)
small.stop()
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from config.errors import UnknownName
from config.folders import DataFolder
from config.settings import load
from producer.clip import Stepper
from producer.control import carry_out
from producer.doctor.report import Report, judged
from producer.doctor.software import Part
from producer.engines.registry import Registry
from producer.engines.stub import StubFinish, StubLine, StubScene, StubScript, StubSpeech, StubVideo
from producer.inline import inline_events, make_inline
from producer.machine import look_around
from producer.plan.forecast import Forecast
from producer.plan.freeze import Capability
from producer.queue.leases import Lease
from producer.ready import capability_of
from producer.residency import Residency
from producer.stage import StageHandler
from producer.work import Performer
from review.decide import decide
from review.edit import EditedLine, edited_script
from review.export import Exporter
from review.licences import EngineFacts
from scraper.autopilot import day_ahead, scrape_request
from storage import queries
from storage.artifacts import FolderStore
from storage.catalogue import put_presenter, put_show
from storage.clips import create_clip, revise_clip
from storage.clock import now
from storage.database import open_for_reading, reading
from storage.documents import Document, Format, Script
from storage.events import Event
from storage.ids import new_id
from storage.orders import Brief, BriefOptions, Pin, PresenterSpec, TopicCopy
from storage.people import Role, create_user
from storage.queries import ClipDetail, ClipRow
from storage.secrets import hash_password
from storage.topics import FetchPolicy
from storage.training import TrainingRow, order_training, trainings
from storage.work import WorkOrder, apply_events, record_cancelled, record_queued
from storage.writer import Writer
from tests.support.engines import ENGINES, FACTS, ORDER, TABLE
from tests.support.topics import SHOWS, topic
from tests.support.waiting import until
from web.studio import Progress, Studio
from web.training import TrainingWish, training_order, training_work

STUBS = (StubScript, StubScene, StubLine, StubSpeech, StubVideo, StubFinish)
PASSWORD = "correct horse battery"
MARA = PresenterSpec(slug="mara", name="Mara", role="Presenter")


class SmallProduction:
    """`web.studio.Production` over the real planner; a thread makes what is open whenever it is woken."""

    def __init__(self, writer: Writer, folder: DataFolder, artifacts: FolderStore) -> None:
        self._writer, self._database = writer, folder.database
        self._capabilities = {cls.info.id: capability_of(cls.info) for cls in ENGINES}
        self._capabilities["train-sd15"] = Capability(engine="train-sd15", stage="training", version="1", lane="gpu", profiles=("12gb", "8gb"))  # fmt: skip
        self._stepper = Stepper(ORDER, attempts=1)
        handler = StageHandler(Residency(Registry(TABLE).create, 8000), artifacts, folder.root / "workshop")
        self._performer = Performer({"stage": handler}, inline_events(writer, lambda _event: None), "here")
        self._wake, self._working, self._stopping = threading.Event(), False, False
        self._thread = threading.Thread(target=self._work, name="small-production", daemon=True)
        self.paused: dict[str, list[Progress]] = {}
        """Clips that are left half-made, and what they pretend to be doing."""
        self.scrapes: list[WorkOrder] = []
        self.trained: list[WorkOrder] = []
        self.staff: list[Lease] = []

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping = True
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join()

    def rest(self) -> None:
        """Wait until nothing is left to do of what it was woken for."""
        until(lambda: not self._thread.is_alive() or not (self._wake.is_set() or self._working), "the end of all work")

    def forecast(self, clip_id: str, brief: Brief) -> list[Forecast]:
        db = open_for_reading(self._database)
        try:
            return self._stepper.forecast(db, clip_id, brief, self._capabilities)
        finally:
            db.conn.close()

    def choices(self, brief: Brief) -> dict[str, list[str]]:
        return self._stepper.choices(brief, self._capabilities)

    def hear(self, brief: Brief) -> str:
        db = open_for_reading(self._database)
        try:
            key, order = self._stepper.first_line(db, brief, self._capabilities)
        finally:
            db.conn.close()
        if order is not None:
            for fresh in self._writer.do(partial(record_queued, orders=[order])):
                self._performer.perform(fresh)
        return key

    def progress(self, clip_id: str) -> list[Progress]:
        return self.paused.get(clip_id, [])

    def pin_script(self, clip_id: str, brief: Brief, script: object) -> Brief:
        assert isinstance(script, Document)
        return brief.model_copy(update={"pins": {**brief.pins, "script": Pin(document=script.to_json())}})

    def wake(self) -> None:
        self._wake.set()

    def scrape(self, show: str) -> str:
        """Ordered, and left to whoever plays the worker."""
        with reading(self._database) as db:
            request = scrape_request(db, show, FetchPolicy())
        order = WorkOrder(key=new_id(), kind="scrape", queue="cpu.scrape", payload=request.to_json())
        self._writer.do(partial(record_queued, orders=[order]))
        self.scrapes.append(order)
        return order.key

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

    def read_page(self, url: str) -> str:
        """Ordered, and left to whoever plays the worker."""
        order = WorkOrder(key=new_id(), kind="read", queue="cpu.scrape", payload={"url": url})
        self._writer.do(partial(record_queued, orders=[order]))
        self.scrapes.append(order)
        return order.key

    def next_scrape(self) -> str:
        return "2026-11-20T07:00:00+00:00"

    def day_ahead(self, now: datetime) -> dict[str, list[datetime]]:
        """As the autopilot plans it, every hour."""
        with reading(self._database) as db:
            return day_ahead(db, 60, now)

    def examine(self) -> Report:
        """Of this very machine and the stub engines; of its software, one thing that is here and one that is not."""
        parts = (Part(name="ffmpeg", state="ok", version="7.1"),
                 Part(name="Ollama", state="optional", detail="nobody answers", cure="ollama serve"))  # fmt: skip
        return judged(
            look_around(self._database.parent), parts, tuple(capability_of(stub.info) for stub in STUBS), "stub"
        )

    def workers(self) -> list[Lease]:
        return self.staff

    def make(self, clip_id: str) -> ClipRow:
        """Make a clip here and now, once the thread is through with what it was woken for: it may be at this very clip."""
        self.rest()
        return self._make(clip_id)

    def _make(self, clip_id: str) -> ClipRow:
        return make_inline(self._writer, self._database, self._stepper, self._performer, self._capabilities, clip_id)

    def make_some(self, clip_id: str, stages: Sequence[str]) -> None:
        """Make only these stages; whatever comes next is left running."""
        self.rest()
        db = open_for_reading(self._database)
        try:
            while True:
                step = self._stepper.step(db, clip_id, self._capabilities)
                orders = self._writer.do(partial(carry_out, steps=[step]))
                for order in orders:
                    if order.stage in stages:
                        self._performer.perform(order)
                    else:
                        started = Event(kind="stage", key=order.key, attempt=1, type="started", worker="here", at=now())
                        self._writer.do(partial(apply_events, epoch="inline", last_id="", events=[started]))
                if (not orders and not step.commands) or queries.clip_row(db, clip_id).production != "making":
                    return
        finally:
            db.conn.close()

    def _work(self) -> None:
        while True:
            self._working = False
            self._wake.wait()
            self._working = True  # before the other is cleared: who asks in between sees one of them
            self._wake.clear()
            if self._stopping:
                return
            db = open_for_reading(self._database)
            clips = [clip for clip in queries.open_clips(db) if clip not in self.paused]
            db.conn.close()
            for clip_id in clips:
                with contextlib.suppress(UnknownName):  # a test has taken it out of the studio since
                    self._make(clip_id)


class SmallStudio:
    """Builds clips in any state a test or a picture needs."""

    def __init__(self, root: Path) -> None:
        folder = DataFolder(root / "data").make()
        self.writer = Writer(folder.database).start()
        artifacts = FolderStore(folder.artifacts)
        self.production = SmallProduction(self.writer, folder, artifacts)
        self.studio = Studio(load(folder.root), folder, self.writer, artifacts, self.production)
        self.artifacts = artifacts
        for show in SHOWS.values():
            self.writer.do(partial(put_show, show=show))
        self.writer.do(partial(put_presenter, presenter=MARA))

    def start(self) -> SmallStudio:
        self.production.start()
        return self

    def stop(self) -> None:
        self.production.stop()
        self.writer.stop()

    def exporter(self, engines: dict[str, EngineFacts] = FACTS) -> Exporter:
        studio = self.studio
        return Exporter(self.writer, self.artifacts, studio.folder.exports, engines, studio.signer())

    def user(self, name: str, role: Role = "reviewer", password: str = PASSWORD) -> str:
        self.writer.do(partial(create_user, name=name, role=role, password_hash=hash_password(password)))
        return name

    def order(
        self, about: TopicCopy, formats: Sequence[Format] = ("16:9",), *, voice: str = "", author: str = "autopilot"
    ) -> str:
        """`voice`: the id of a preferred voice engine."""
        preferred = {"line": (voice,)} if voice else {}
        options = BriefOptions(language=about.language, formats=tuple(formats), preferred=preferred)
        show = SHOWS.get(about.language, SHOWS["en"])
        brief = Brief(topic=about, show=show, presenter=MARA, options=options)
        return self.writer.do(partial(create_clip, brief=brief, author=author))

    def clip(self, about: TopicCopy, formats: Sequence[Format] = ("16:9",), *, voice: str = "") -> str:
        """Order a clip and make it."""
        clip_id = self.order(about, formats, voice=voice)
        self.production.make(clip_id)
        return clip_id

    def ready_clip(self, number: int = 0, formats: Sequence[Format] = ("16:9",), *, unsupported: bool = False) -> str:
        return self.clip(topic(number, unsupported=unsupported), formats)

    def two_takes(self, number: int = 5, title: str = "") -> str:
        """A clip whose second take says less, in one line other words, under another title."""
        about = topic(number)
        clip = self.clip(about.model_copy(update={"title": title or about.title}), ("16:9", "9:16"))
        script, brief = self.script(clip), self.detail(clip).brief
        lines = [EditedLine(text=line.text, was=place) for place, line in enumerate(script.lines, 1)][:-1]
        lines[1] = EditedLine(text=f"Honestly, {lines[1].text}", was=2)
        edited = edited_script(script, f"{script.title}, again", lines, "", about.language)
        new = self.production.pin_script(clip, brief, edited)
        self.writer.do(partial(revise_clip, clip_id=clip, brief=new, author="bo", based_on=1, note="Edited the script"))
        self.production.make(clip)
        return clip

    def approve(self, clip_id: str, user: str) -> None:
        cuts = {name: cut.video.sha256 for name, cut in self.detail(clip_id).cuts.items()}
        self.writer.do(partial(decide, clip_id=clip_id, kind="approve", user=user, played=cuts, seen=None))

    def detail(self, clip_id: str) -> ClipDetail:
        with self.studio.reading() as db:
            return queries.clip_detail(db, clip_id)

    def script(self, clip_id: str) -> Script:
        script = self.detail(clip_id).script
        assert script is not None
        return script
