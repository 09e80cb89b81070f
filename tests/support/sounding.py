"""Sound as the encoder takes it: promised, here already there."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future

from producer.render.sound.aac import Coded, coded
from producer.render.sound.meter import Sounding


def at_once(sound: Sounding) -> Future[Sequence[Coded]]:
    promise: Future[Sequence[Coded]] = Future()
    promise.set_result(coded(sound))
    return promise
