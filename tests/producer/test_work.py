"""Doing one piece of work: whatever happens becomes a fact that the planner understands and a person can read."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.errors import (
    BadInput,
    Cancelled,
    Corrupt,
    DailiesError,
    EngineError,
    OutOfMemory,
    Refused,
    SourceError,
    StoreUnreachable,
    StudioError,
    Unavailable,
    UsageError,
)
from producer import work
from producer.work import Hands, Outcome, Performer, error_facts
from storage.events import Event
from storage.work import WorkOrder
from tests.support.jobs import make_order


class Told(list[Event]):
    """What a performer said."""

    @property
    def types(self) -> list[str]:
        return [event.type for event in self]


def perform(handler: Callable[[WorkOrder, Hands], Outcome], **conditions: Callable[[], bool]) -> Told:
    told = Told()
    Performer({"stage": handler}, told.append, "w").perform(make_order(attempt=2), **conditions)
    return told


def failing(error: BaseException) -> Callable[[WorkOrder, Hands], Outcome]:
    def handler(_order: WorkOrder, _hands: Hands) -> Outcome:
        raise error

    return handler


class TestAJob:
    def test_that_succeeds_is_told_with_its_document(self) -> None:
        started, finished = perform(lambda _order, _hands: Outcome({"tag": "script/1"}, "hash", 2.5))
        assert (started.type, finished.type) == ("started", "finished")
        assert (finished.document, finished.content_hash, finished.seconds) == ({"tag": "script/1"}, "hash", 2.5)
        for event in (started, finished):
            order = make_order()
            assert (event.kind, event.key, event.attempt, event.worker) == ("stage", order.key, 2, "w")

    @pytest.mark.parametrize(
        ("error", "type", "kind"),
        [
            (BadInput("Nothing to say.", "Write more."), "failed", "bad_input"),
            (Unavailable("No server.", "Start it."), "unavailable", "unavailable"),
            (OutOfMemory("Too big.", "Buy a bigger one."), "oom", "oom"),
            (MemoryError(), "oom", "oom"),
            (Corrupt("a" * 64), "failed", "corrupt"),
            (EngineError("It broke.", "Mend it."), "failed", "error"),
            (StudioError("The disk is full.", "Free some."), "failed", "error"),
            (SourceError("No such page.", "Try later."), "failed", "error"),
            (OSError(errno.ENOSPC, "No space left on device"), "failed", "error"),
            (FileNotFoundError(errno.ENOENT, "No such file"), "failed", "error"),
            (ValueError("2 is not 3"), "failed", "error"),
            (KeyError("no handler for this"), "failed", "error"),
            (AssertionError(), "failed", "error"),
        ],
    )
    def test_that_fails_says_how_and_why(self, error: Exception, type: str, kind: str) -> None:
        told = perform(failing(error))
        assert told.types == ["started", type]
        facts = told[-1].error
        assert facts
        assert facts.kind == kind
        assert facts.message
        if isinstance(error, DailiesError):
            assert (facts.message, facts.cure) == (error.message, error.cure)

    def test_of_a_kind_that_nobody_handles_fails_too(self) -> None:
        told = Told()
        Performer({}, told.append, "w").perform(make_order())
        assert told.types == ["started", "failed"]

    @pytest.mark.parametrize(("leaving", "end"), [(False, "cancelled"), (True, "handed_back")])
    def test_that_is_stopped_is_given_up_or_handed_back(self, leaving: bool, end: str) -> None:
        def handler(_order: WorkOrder, hands: Hands) -> Outcome:
            assert hands.cancelled()
            raise Cancelled

        assert perform(handler, cancelled=lambda: True, leaving=lambda: leaving).types == ["started", end]

    def test_that_ends_although_it_was_asked_to_stop_has_a_result(self) -> None:
        told = perform(lambda *_: Outcome({}), cancelled=lambda: True, leaving=lambda: True)
        assert told.types == ["started", "finished"]

    @pytest.mark.parametrize("error", [KeyboardInterrupt(), SystemExit()])
    def test_that_is_torn_down_with_its_process_says_nothing(self, error: BaseException) -> None:
        """It is found missing, and done again."""
        with pytest.raises(type(error)):
            perform(failing(error))

    def test_that_nobody_can_be_told_of_is_not_pretended_to_be_done(self) -> None:
        """The queue is out of reach: the carrier must see it, and the result lies in the store."""
        made: list[str] = []

        def emit(event: Event) -> None:
            if event.type == "finished":
                raise ConnectionError

        def handler(order: WorkOrder, _hands: Hands) -> Outcome:
            made.append(order.key)
            return Outcome({})

        with pytest.raises(ConnectionError):
            Performer({"stage": handler}, emit, "w").perform(make_order())
        assert made


class TestErrorFacts:
    ERRORS = st.sampled_from([BadInput, Unavailable, OutOfMemory, StudioError, Refused, UsageError, EngineError])

    @given(ERRORS, st.text(min_size=1), st.text())
    def test_keep_a_persons_words(self, kind: type[DailiesError], message: str, cure: str) -> None:
        facts = error_facts(kind(message, cure))
        assert facts.message.startswith(message)
        assert cure in f"{facts.message} {facts.cure}"

    def test_name_the_damaged_file(self) -> None:
        assert error_facts(Corrupt("ab" * 32)).sha256 == "ab" * 32

    def test_of_an_unknown_error_carry_the_end_of_its_traceback(self) -> None:
        try:
            os.stat("/no/such/file")  # noqa: PTH116 - any error with a traceback
        except OSError as error:
            facts = error_facts(error)
        assert "FileNotFoundError" in facts.message
        assert "os.stat" in facts.detail
        assert facts.cure

    def test_are_never_too_long_for_the_stream(self) -> None:
        facts = error_facts(ValueError("x" * 100_000))
        assert len(facts.message) <= 500
        assert len(facts.detail) <= work.DETAIL_CHARS

    def test_say_plainly_that_the_disk_is_full(self) -> None:
        facts = error_facts(OSError(errno.ENOSPC, "No space left on device"))
        assert "full" in facts.message
        assert "space" in facts.cure


class TestProgress:
    def progress(self, monkeypatch: pytest.MonkeyPatch, *steps: tuple[float, float]) -> list[float]:
        """What is told of (time, fraction) steps."""
        clock: dict[str, float] = {}
        monkeypatch.setattr("producer.work.time.monotonic", lambda: clock["now"])

        def handler(_order: WorkOrder, hands: Hands) -> Outcome:
            for now, fraction in steps:
                clock["now"] = now
                hands.progress(fraction, "words")
            return Outcome({})

        told = perform(handler)
        assert all(event.message == "words" for event in told if event.type == "progressed")
        return [event.fraction for event in told if event.type == "progressed"]

    def test_is_told_a_few_times_a_second_at_most(self, monkeypatch: pytest.MonkeyPatch) -> None:
        steps = [(100 + n / 1000, n / 1000) for n in range(1000)]
        told = self.progress(monkeypatch, *steps)
        assert told[0] == 0
        assert 3 <= len(told) <= 1 / work.PROGRESS_S + 1

    def test_stays_between_nothing_and_all(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert self.progress(monkeypatch, (1, -0.5), (2, 0.5), (3, 7.0)) == [0.0, 0.5, 1.0]


def test_every_event_is_heard_of_any_handler(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each job is begun once and ended once, whatever its handler does."""
    ends = {"finished", "failed", "unavailable", "oom", "cancelled", "handed_back"}
    raised: list[Any] = [Cancelled(), BadInput("x"), ValueError(), Corrupt("a" * 64)]
    for error in raised:
        told = perform(failing(error))
        assert told[0].type == "started"
        assert [event.type in ends for event in told] == [False, True]


def test_a_store_that_does_not_answer_is_nobodys_fault() -> None:
    facts = error_facts(StoreUnreachable("The artifact store does not answer.", "Wait."))
    assert (facts.kind, facts.message, facts.cure) == ("lost", "The artifact store does not answer.", "Wait.")
