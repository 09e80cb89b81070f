"""How much a token may ask in a minute, and how it is told (draft-ietf-httpapi-ratelimit-headers-10, RFC 9110 10.2.3)."""

from __future__ import annotations

import math
import time

from fastapi import HTTPException
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

WINDOW_S = 60


class Budget:
    """Counts in memory, in a window that moves along."""

    def __init__(self, per_minute: int) -> None:
        self._limiter, self._rule = MovingWindowRateLimiter(MemoryStorage()), RateLimitItemPerMinute(per_minute)

    def spend(self, who: str) -> dict[str, str]:
        """Take one request off the budget of `who`. Returns the headers that say what is left. Raises HTTPException (429)."""
        allowed = self._limiter.hit(self._rule, who)
        left = self._limiter.get_window_stats(self._rule, who)
        wait = max(1, math.ceil(left.reset_time - time.time()))
        told = {
            "RateLimit-Policy": f'"default";q={self._rule.amount};w={WINDOW_S}',
            "RateLimit": f'"default";r={left.remaining};t={wait}',
        }
        if not allowed:
            words = f"This token asked more than {self._rule.amount} times within a minute."
            raise HTTPException(429, words, {**told, "Retry-After": str(wait)})
        return told
