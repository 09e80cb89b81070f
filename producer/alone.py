"""Makes what one brief asks for in this very process, with no database: for measuring, and for showing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from config.errors import StudioError
from producer.engines.registry import Registry
from producer.plan.freeze import DEFAULT_ORDER, Waiting, freeze_plan, with_voices
from producer.plan.planner import Known, survey
from producer.ready import publish_capabilities
from producer.stage import StageHandler
from producer.work import Hands
from storage.documents import Document
from storage.orders import Brief
from storage.upcast import read_document
from storage.work import WorkOrder


def work_of(
    brief: Brief, stages: StageHandler, registry: Registry | None = None
) -> Iterator[tuple[WorkOrder, Callable[[], Document]]]:
    """Each piece of work that the clip needs, in order, and how to do it: each must be done before the next is asked
    for. `registry`: the engines that may do it. Raises StudioError when no engine can do it, or the encoder that was asked for
    is not there."""
    capabilities = {capability.engine: capability for capability in publish_capabilities(registry or Registry())}
    plan = freeze_plan(brief, capabilities, DEFAULT_ORDER)
    if isinstance(plan, Waiting):
        raise StudioError(plan.reason, plan.cure)
    if wanted := plan.engine_for("finish").instead_of:
        raise StudioError(capabilities[wanted].problem, capabilities[wanted].cure)
    known: dict[str, Known] = {}
    hands = Hands(progress=lambda _fraction, _message: None, cancelled=lambda: False)

    def do(order: WorkOrder) -> Document:
        made = read_document(stages(order, hands).document)
        known[order.key] = Known("done", document=made)
        return made

    while not (state := survey(brief, plan, known.get, attempts=1)).finished:
        spoken = with_voices(plan, state.script, brief, capabilities, DEFAULT_ORDER)
        if isinstance(spoken, Waiting):
            raise StudioError(spoken.reason, spoken.cure)
        if spoken is not plan:
            plan = spoken
            continue
        for order in state.due:
            yield order, partial(do, order)
