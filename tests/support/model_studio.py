"""A studio on paper: the planner's orders are carried out at once by the stub engines, with no queue and no disk."""

from __future__ import annotations

from pathlib import Path

from producer.engines.base import Context, Engine
from producer.engines.registry import Registry
from producer.engines.requests import read_request
from producer.plan.freeze import STUB_ORDER, freeze_plan
from producer.plan.planner import Known, Survey, survey
from producer.ready import capability_of
from storage.documents import Document
from storage.events import ErrorFacts
from storage.orders import Brief
from storage.plans import Plan
from storage.work import WorkOrder
from tests.support.briefs import make_brief
from tests.support.stores import MemoryStore

ATTEMPTS = 3
STUBS: dict[str, Engine] = {engine: Registry().create(engine) for (engine,) in STUB_ORDER.values()}
CAPABILITIES = {engine: capability_of(stub.info) for engine, stub in STUBS.items()}


def stub_plan(brief: Brief | None = None) -> Plan:
    """The plan of a clip, by the stub engines."""
    plan = freeze_plan(brief or make_brief(), CAPABILITIES, STUB_ORDER)
    assert isinstance(plan, Plan)
    return plan


class ModelStudio:
    """What is known of work by key, and who makes it."""

    def __init__(self, plan: Plan | None = None) -> None:
        self.plan = plan or stub_plan()
        self.work: dict[str, Known] = {}
        self.ordered: list[WorkOrder] = []
        self._context = Context(Path("/nowhere"), MemoryStore(Path("/nowhere")))

    def look(self, brief: Brief) -> Survey:
        return survey(brief, self.plan, self.work.get, ATTEMPTS)

    def queue(self, order: WorkOrder) -> None:
        self.ordered.append(order)
        self.work[order.key] = Known("queued", order.attempt)

    def finish(self, order: WorkOrder) -> Document:
        request = read_request(order.payload)
        document = STUBS[order.engine].run(request, self._context)
        self.work[order.key] = Known("done", order.attempt, document)
        return document

    def fail(self, order: WorkOrder, error: ErrorFacts) -> None:
        self.work[order.key] = Known("failed", order.attempt, None, error)

    def make(self, brief: Brief) -> Survey:
        """Carry a clip out to its end."""
        while due := (state := self.look(brief)).due:
            for order in due:
                self.queue(order)
                self.finish(order)
        return state

    def keys(self, brief: Brief) -> dict[str, str]:
        """Node → key of the finished clip."""
        state = self.make(brief)
        assert state.finished
        return {node.name: node.key for node in state.nodes}
