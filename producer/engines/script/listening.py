"""Listens to a model's answer as it comes, and hangs up within a moment when somebody cancels the work."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from config.errors import Cancelled, Unavailable
from producer.engines.base import Context

LOOK_S = 0.1
LONGEST_ANSWER = 24_000
"""Characters; a script has about 2,000. A model that goes on beyond this is caught in a loop."""
LONGEST_S = 900.0


def listen(pieces: AsyncIterator[str], context: Context, begin: float = 0.0, end: float = 1.0) -> str:
    """The whole answer. Tells progress from `begin` to `end` as it grows.

    Cancelling closes the connection, upon which a server stops generating. Raises Cancelled, Unavailable, and whatever
    `pieces` raises.
    """
    return asyncio.run(_listen(pieces, context, begin, end))


async def _listen(pieces: AsyncIterator[str], context: Context, begin: float, end: float) -> str:
    heard: list[str] = []
    hearing = asyncio.ensure_future(_hear(pieces, heard))
    waited = 0.0
    try:
        while not (await asyncio.wait({hearing}, timeout=LOOK_S))[0]:
            context.stop_if_cancelled()
            waited += LOOK_S
            if waited > LONGEST_S:
                raise Unavailable("The language model took too long.", "Use a smaller model.")
            context.progress(begin + (end - begin) * _share(heard), "writing" if heard else "waiting for the model")
        return hearing.result()
    except Cancelled:
        context.log("hung up on the model")
        raise
    finally:
        if not hearing.done():
            hearing.cancel()
            await asyncio.gather(hearing, return_exceptions=True)


async def _hear(pieces: AsyncIterator[str], heard: list[str]) -> str:
    length = 0
    async for piece in pieces:
        heard.append(piece)
        length += len(piece)
        if length > LONGEST_ANSWER:
            break
    return "".join(heard)


def _share(heard: list[str]) -> float:
    """How much of a usual answer of 2,500 characters has been heard; never all of it."""
    return min(0.95, sum(map(len, heard)) / 2_500)
