"""Ends this process when it hangs in C with Python's lock in its hands: then no thread of ours and no signal gets a word in.

On the studio's own machine its supervisor kills such a worker; elsewhere nobody watches but this.
"""

from __future__ import annotations

import faulthandler
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def bitten_after(seconds: float) -> Iterator[None]:
    """While this is open for longer than `seconds`, the process says where each thread is, and ends with 1. 0 = never.
    (`faulthandler.dump_traceback_later` watches from a thread of C's, which needs no lock.)"""
    if not seconds or sys.__stderr__ is None:
        yield
        return
    faulthandler.dump_traceback_later(seconds, exit=True, file=sys.__stderr__)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()
