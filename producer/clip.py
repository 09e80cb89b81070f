"""One step of one clip: reads its truth, asks the pure planner, and returns the commands that follow."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import cast

from loguru import logger
from sqlite_utils import Database

from config.errors import DailiesError, Refused, Unavailable
from producer.engines.base import Stage
from producer.plan.forecast import Forecast
from producer.plan.freeze import (
    Capabilities,
    Order,
    Waiting,
    choose,
    follow,
    freeze_plan,
    step_down,
    suitable,
    with_voices,
)
from producer.plan.planner import Find, Known, Node, Survey, survey
from producer.plan.remedy import AUTHOR, NewAttempt, new_attempt
from storage import queries, work_queries
from storage.clips import freeze_plan as store_plan
from storage.clips import go_on, keep_waiting, record_nodes, settle_clip, try_again
from storage.clock import now
from storage.consents import lapse_of
from storage.database import DatabaseError
from storage.documents import Document, Format
from storage.history import brief_of, earlier_clips
from storage.orders import Brief
from storage.plans import EngineChoice, Failure, Plan
from storage.quality import QualityReport, unseen
from storage.queries import ClipRow
from storage.upcast import read_document
from storage.work import WorkOrder, record_unseen
from storage.writer import Command

CACHED = 2000


@dataclass(frozen=True)
class ClipStep:
    """What follows from looking at a clip: commands for the writer, and work that is due."""

    commands: tuple[Command[None], ...] = ()
    due: tuple[WorkOrder, ...] = ()


class Stepper:
    """Looks at clips, from any thread. Keeps parsed documents by content hash: they never change."""

    def __init__(self, order: Order, attempts: int) -> None:
        self._order, self._attempts = order, attempts
        self._documents: OrderedDict[str, Document] = OrderedDict()

    def step(self, db: Database, clip_id: str, capabilities: Capabilities) -> ClipStep:
        """What is to be done for a clip now. One that makes no sense fails by itself: it must not hold up the others."""
        row = queries.clip_row(db, clip_id)
        try:
            with logger.contextualize(clip=clip_id):
                return self._step(db, row, capabilities)
        except DatabaseError:
            raise
        except Exception as error:  # noqa: BLE001 - told to whoever ordered the clip
            logger.exception("Clip {} cannot be planned", clip_id)
            return ClipStep((partial(settle_clip, clip_id=clip_id, revision=row.revision, failure=_nonsense(error)),))

    def _step(self, db: Database, row: ClipRow, capabilities: Capabilities) -> ClipStep:
        clip_id = row.id
        brief = queries.newest_brief(db, clip_id)
        if (lapse := lapse_of(db, brief)) is not None:
            waits = partial(keep_waiting, clip_id=clip_id, reason=str(lapse))
            return ClipStep((waits,) if row.waiting != str(lapse) else ())
        stored = queries.clip_plan(db, clip_id)
        commands: list[Command[None]] = [partial(go_on, clip_id=clip_id)] if stored and row.waiting else []
        plan = self._plan(db, clip_id, brief, stored, capabilities)
        if isinstance(plan, Waiting):
            return ClipStep(
                (partial(keep_waiting, clip_id=clip_id, reason=str(plan)),) if row.waiting != str(plan) else ()
            )
        if stored is None:
            plan = plan.model_copy(update={"last_clips": earlier_clips(db, clip_id)})
        if plan != stored:
            commands.append(partial(store_plan, clip_id=clip_id, plan=plan))
        state = survey(brief, plan, self._find(db), self._attempts, queries.ordered_at(db, clip_id))
        spoken = with_voices(plan, state.script, brief, capabilities, self._order)
        if isinstance(spoken, Waiting):
            kept = () if plan == stored else (partial(store_plan, clip_id=clip_id, plan=plan),)
            waits = partial(keep_waiting, clip_id=clip_id, reason=str(spoken))
            return ClipStep((*kept, waits) if kept or row.waiting != str(spoken) else ())
        if spoken is not plan:
            return ClipStep((*commands, partial(store_plan, clip_id=clip_id, plan=spoken)))
        failure = _failure(state.failed)
        if (node := state.fallback_for) is not None:
            tried = [choice.engine for choice in plan.engines[node.role]]
            why = node.error.message if node.error else ""
            smaller = None
            if node.error and node.error.kind == "oom":
                smaller = step_down(plan.engine_for(node.role), capabilities, why)
            fallback = smaller or choose(node.role, brief, capabilities, self._order, tried, why)
            if not isinstance(fallback, Waiting):
                return ClipStep(
                    (*commands, partial(store_plan, clip_id=clip_id, plan=plan.with_fallback(node.role, fallback)))
                )
            failure = _failure(node)
        commands += _remember_nodes(db, clip_id, state.nodes)
        if blind := _unseen(state.nodes):  # a broken check keeps no finished cut from its reviewer
            return ClipStep((*commands, *blind))
        for order in state.due:
            logger.bind(job=order.key, engine=order.engine).info("{} is due", order.stage)
        if failure is None and not state.finished:
            return ClipStep(tuple(commands), tuple(order.model_copy(update={"clip": clip_id}) for order in state.due))
        if failure is None and (attempt := self._attempt(db, brief, plan, state, capabilities)):
            if attempt.plan is not plan:
                commands.append(partial(store_plan, clip_id=clip_id, plan=attempt.plan))
            return ClipStep(
                (
                    *commands,
                    partial(
                        try_again, clip_id=clip_id, revision=row.revision, brief=attempt.brief, author=AUTHOR,
                        note=attempt.note,
                    ),
                )
            )  # fmt: skip
        title = state.script.title if state.script else ""
        commands.append(partial(settle_clip, clip_id=clip_id, revision=row.revision, title=title, failure=failure))
        return ClipStep(tuple(commands))

    def _attempt(
        self, db: Database, brief: Brief, plan: Plan, state: Survey, capabilities: Capabilities
    ) -> NewAttempt | None:
        """One more attempt at a clip that is made, where a check failed and that would help."""

        def another(stage: Stage) -> EngineChoice | None:
            tried = [choice.engine for choice in plan.engines[stage]]
            choice = choose(stage, brief, capabilities, self._order, tried)
            return None if isinstance(choice, Waiting) else choice

        def cost_s(wanted: Brief, planned: Plan) -> float:
            again = [node for node in survey(wanted, planned, self._find(db), self._attempts).nodes if not node.done]
            return sum(work_queries.median_seconds(db, node.choice.engine) or 0.0 for node in again)

        return new_attempt(brief, plan, state.reports, another, cost_s)

    def forecast(self, db: Database, clip_id: str, brief: Brief, capabilities: Capabilities) -> list[Forecast]:
        """What this brief would run again and reuse."""
        plan = self._plan(db, clip_id, brief, queries.clip_plan(db, clip_id), capabilities)
        if isinstance(plan, Waiting):
            return []
        state = survey(brief, plan, self._find(db), self._attempts)
        spoken = with_voices(plan, state.script, brief, capabilities, self._order)
        if isinstance(spoken, Waiting):
            return []
        if spoken is not plan:
            state = survey(brief, spoken, self._find(db), self._attempts)
        return [
            Forecast(
                n.name,
                n.stage,
                "you" if n.pinned else n.choice.engine,
                not n.done,
                work_queries.median_seconds(db, n.choice.engine),
            )
            for n in state.nodes
        ]

    def _plan(
        self, db: Database, clip_id: str, brief: Brief, stored: Plan | None, capabilities: Capabilities
    ) -> Plan | Waiting:
        """The engines for this revision: frozen when the clip began, and kept for every stage that is asked the same."""
        if stored is None:
            return freeze_plan(brief, capabilities, self._order)
        first = brief if stored.asked else brief_of(db, clip_id, 1)
        return follow(stored, brief, first, capabilities, self._order)

    def choices(self, brief: Brief, capabilities: Capabilities) -> dict[str, list[str]]:
        """Stage → the engines that could make it here for this brief."""
        return suitable(brief, capabilities, self._order)

    def first_line(self, db: Database, brief: Brief, capabilities: Capabilities) -> tuple[str, WorkOrder | None]:
        """The work that speaks the first line of a brief whose script is pinned: its key, and the order unless it is
        made or under way. The key is that of the clip's own line, which then finds it spoken. Raises Unavailable, or
        Refused for the voice of somebody who does not agree."""
        if (lapse := lapse_of(db, brief)) is not None:
            raise Refused(lapse.message, lapse.cure)
        plan = freeze_plan(brief, capabilities, self._order)
        if isinstance(plan, Waiting):
            raise Unavailable(plan.reason, plan.cure)
        script = survey(brief, plan, self._find(db), self._attempts, now()).script
        plan = with_voices(plan, script, brief, capabilities, self._order)
        if isinstance(plan, Waiting):
            raise Unavailable(plan.reason, plan.cure)
        nodes = survey(brief, plan, self._find(db), self._attempts, now()).nodes
        node = next(node for node in nodes if node.stage == "line")
        return node.key, node.order

    def _find(self, db: Database) -> Find:
        def find(key: str) -> Known | None:
            row = work_queries.work_row(db, key)
            if row is None:
                return None
            document = self._document(db, key, row.content_hash) if row.state == "done" else None
            return Known(row.state, row.attempt, document, row.error, row.finished_at or "")

        return find

    def _document(self, db: Database, key: str, content_hash: str | None) -> Document | None:
        if content_hash is None:
            return None
        if (known := self._documents.get(content_hash)) is not None:
            return known
        data = work_queries.work_document(db, key)
        if data is None:
            return None
        document = self._documents[content_hash] = read_document(data)
        if len(self._documents) > CACHED:
            self._documents.popitem(last=False)
        return document


def _remember_nodes(db: Database, clip_id: str, nodes: Sequence[Node]) -> list[Command[None]]:
    """Write down the nodes' keys, if they are not what is written."""
    keys = {node.name: (str(node.stage), node.key) for node in nodes if node.key}
    return [] if queries.node_keys(db, clip_id) == keys else [partial(record_nodes, clip_id=clip_id, nodes=keys)]


def _unseen(nodes: Sequence[Node]) -> list[Command[None]]:
    """Write down of each cut that the gate could not look at, in all its tries, why that is."""
    return [
        partial(record_unseen, key=node.key, report=_blind_report(node))
        for node in nodes
        if node.stage == "quality" and node.verdict in ("failed", "set_aside", "fall_back")
    ]


def _blind_report(node: Node) -> QualityReport:
    why = node.error.message if node.error else "The quality gate broke."
    frame = cast("Format", node.name.partition(".")[2])
    return QualityReport(format=frame, findings=(unseen("quality gate", "picture", why),))


def _nonsense(error: Exception) -> Failure:
    cure = error.cure if isinstance(error, DailiesError) else "The log has the details."
    message = error.message if isinstance(error, DailiesError) else f"This clip cannot be planned: {error}"[:500]
    return Failure(node="", stage="", engine="", message=message, cure=cure)


def _failure(node: Node | None) -> Failure | None:
    if node is None:
        return None
    error = node.error
    return Failure(
        node=node.name,
        stage=node.stage,
        engine=node.choice.engine,
        message=error.message if error else "It failed.",
        cure=error.cure if error else "",
        set_aside=node.verdict == "set_aside",
    )
